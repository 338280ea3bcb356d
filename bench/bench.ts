import { parseArgs } from 'node:util'
import { eraseOne } from './erase.ts'
import { exportOne } from './export.ts'
import { hour } from './hour.ts'
import { ingest } from './ingest.ts'
import { lookup } from './lookup.ts'
import { mirror } from './mirror.ts'
import { openPlace, type Place } from './place.ts'
import { policy } from './policy.ts'
import { pop } from './pop.ts'
import { portals } from './portals.ts'
import { judge, machine, type Result, table } from './report.ts'
import { sweepExpired } from './sweep.ts'
import { tokens } from './tokens.ts'
import { uninstall } from './uninstall.ts'
import { written } from './written.ts'

/** How much is done; every count holds for one round of one contestant. */
export interface Effort {
  rounds: number
  /** no further round begins after this, two excepted */
  limitMs: number
  popCalls: number
  ingestCalls: number
  contacts: number
  lookups: number
  persons: number
  /** of one hour at 128 kbit/s, unless it is to be quick */
  recordingBytes: number
  /** for written */
  writtenCalls: number
  /** for tokens: persons in the CRM, and calls of a day */
  companyPersons: number
  dayCalls: number
  /** for portals: calls in each; two requests each, of fifty that a portal takes at once */
  portalCalls: number
  /** for sweep: calls whose time is over, five rows each */
  sweptCalls: number
  /** for policy */
  policyCalls: number
  policyContacts: number
  profileFolder: string | undefined
}

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    contacts: { type: 'string' },
    persons: { type: 'string' },
    profile: { type: 'string' },
  },
})

const effort: Effort = {
  ...(values.quick
    ? {
        rounds: 3,
        limitMs: 5_000,
        popCalls: 5,
        ingestCalls: 64,
        contacts: 5_000,
        lookups: 200,
        persons: 1_500,
        recordingBytes: 6_000_000,
        companyPersons: 1_200,
        dayCalls: 20,
        writtenCalls: 10,
        portalCalls: 3,
        sweptCalls: 200,
        policyCalls: 8,
        policyContacts: 500,
      }
    : {
        rounds: 7,
        limitMs: 60_000,
        popCalls: 100,
        ingestCalls: 320,
        contacts: 1_000_000,
        lookups: 4_000,
        persons: 100_000,
        recordingBytes: 57_600_000,
        companyPersons: 12_345,
        dayCalls: 200,
        writtenCalls: 200,
        portalCalls: 20,
        sweptCalls: 12_000,
        policyCalls: 100,
        policyContacts: 20_000,
      }),
  ...(values.contacts === undefined ? {} : { contacts: Number(values.contacts) }),
  ...(values.persons === undefined ? {} : { persons: Number(values.persons) }),
  profileFolder: values.profile,
}

const benchmarks: Record<string, ((place: Place) => Promise<Result[]>)[]> = {
  pop: [(place) => pop(place, effort)],
  ingest: [(place) => ingest(place, 1, effort), (place) => ingest(place, values.quick ? 4 : 32, effort)],
  lookup: [(place) => lookup(place, effort)],
  mirror: [(place) => mirror(place, effort)],
  recording: [() => hour(effort)],
  tokens: [(place) => tokens(place, effort)],
  written: [(place) => written(place, effort)],
  uninstall: [(place) => uninstall(place, effort)],
  portals: [() => portals(effort)],
  erase: [(place) => eraseOne(place, effort)],
  export: [(place) => exportOne(place, effort)],
  sweep: [(place) => sweepExpired(place, effort)],
  policy: [(place) => policy(place, effort)],
}

const help = `npm run bench -- [--json] [--only ${Object.keys(benchmarks).join(',')}] [--quick] [--contacts N] [--persons N] [--profile FOLDER]

  Measures Ringfence beside its floors in the same run, ours and theirs in turn.
  --json      one object a line: name, ours, floor, ratio, bareRatio, goal, met, unit
  --quick     small counts: shows that it works, not how fast it is
  --contacts  in the mirror for lookup (1000000)
  --persons   copied by mirror, exported by export (100000)
  --profile   processor profiles of our own processes go there
`

if (values.help) process.stdout.write(help)
else await run(values.only?.split(',') ?? Object.keys(benchmarks))

async function run(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !(name in benchmarks))
  if (unknown !== undefined) {
    process.stderr.write(`There is no benchmark "${unknown}": ${Object.keys(benchmarks).join(', ')}.\n`)
    process.exitCode = 1
    return
  }
  const startedAt = performance.now()
  const place = await openPlace()
  // PostgreSQL would outlive us, and its folder with it.
  const leave = () => void place.close().finally(() => process.exit(1))
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  const results: Result[] = []
  try {
    for (const name of names) {
      for (const benchmark of benchmarks[name] ?? []) {
        say(`${name} …\n`)
        const found = await benchmark(place)
        results.push(...found)
        if (values.json)
          for (const result of found) process.stdout.write(`${JSON.stringify(judge(result))}\n`)
      }
    }
  } finally {
    process.off('SIGINT', leave)
    process.off('SIGTERM', leave)
    await place.close()
  }
  if (!values.json) process.stdout.write(`\n${table(results.map(judge), machine(place.postgresVersion))}`)
  say(`${Math.round((performance.now() - startedAt) / 1000)} s\n`)
}

/** What goes on, for whoever waits; on the error output, so that the results stand alone. */
function say(text: string): void {
  process.stderr.write(text)
}
