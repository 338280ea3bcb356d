import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'

/**
 * Imports point one way: `main`, `start`, `cli`, `http` → rooms → `jobs`, `live` → `database`, `keys`, `egress` →
 * `policy`. `calls` and `contacts` know no vendor; `policy` knows nobody; sandbox, web, demo and bench stay outside.
 * Tests may import what they test with.
 */
interface Rule {
  from: RegExp
  /** what may be imported from outside the own room */
  may: RegExp[]
  /** of these, only types: they are gone before anything runs */
  mayTypes?: RegExp[]
  why: string
}

const basics = [/^server\/(failure|log|clock|settings|declared-fields)\.ts$/, /^server\/settings\//]
const keys = /^server\/keys\//
const database = /^server\/database\//
const policy = /^policy\//

const rules: Rule[] = [
  { from: /^policy\//, may: [], why: 'policy knows nobody' },
  {
    from: /^server\/((failure|clock|settings|node-id|log|declared-fields)\.ts$|settings\/)/,
    may: [...basics, policy],
    why: 'the basics know policy at most',
  },
  { from: /^server\/keys\//, may: [...basics, policy], why: 'keys know policy at most' },
  { from: /^server\/mail\//, may: [...basics, policy], why: 'mail knows policy at most' },
  { from: /^server\/egress\//, may: [...basics, policy], why: 'egress knows policy at most' },
  { from: /^server\/database\//, may: [...basics, policy], why: 'the database knows no room' },
  { from: /^server\/jobs\//, may: [...basics, database, keys, policy], why: 'jobs know no feature room' },
  {
    from: /^server\/(calls|contacts)\//,
    may: [/^server\/(?!crms\/[^/]+\/|phones\/[^/]+\/)/, policy],
    why: 'calls and contacts know no vendor',
  },
  { from: /^server\/http\//, may: [/^server\//, policy], why: 'http puts the rooms together' },
  // The command line starts demo and sandbox, which are not part of a running server.
  {
    from: /^server\//,
    may: [/^server\//, policy, /^demo\/demo\.ts$/, /^sandbox\/main\.ts$/],
    why: 'the server knows neither web nor sandbox',
  },
  { from: /^sandbox\//, may: [], why: 'stand-ins are written without having seen the server' },
  {
    from: /^web\//,
    may: [/^testing\/browser\.ts$/],
    mayTypes: [/^server\/http\/shapes\.ts$/],
    why: 'the web app knows the API’s shapes only',
  },
  {
    from: /^demo\//,
    // The rehearsal of forgetting opens what a server left behind; the stand-ins are a process of their own.
    may: [/^server\//, policy],
    why: 'the demo speaks to the stand-ins by their address',
  },
  {
    from: /^bench\//,
    may: [/^(server|sandbox|demo)\//, policy],
    why: 'nothing is measured by what tests with',
  },
]
/** Only these entrances of `crms` are seen by rooms that know no vendor; the server's own entrance picks the adapters. */
const vendorsKnownBy = /^(bench\/|server\/(start|cli|phones\/|crms\/))/

const files = (
  await Promise.all(['policy', 'server', 'web', 'sandbox', 'demo', 'bench'].map((folder) => walk(folder)))
).flat()
const faults: string[] = []
for (const file of files) {
  const isTest = /\.(test|fixture)\.tsx?$|\/(stand-in|embedded-holder)\.ts$/.test(file)
  if (isTest) continue
  for (const { target, typesOnly } of importsOf(await readFile(file, 'utf8'), file)) {
    const rule = rules.find(({ from }) => from.test(file))
    if (!rule || sameRoom(file, target)) continue
    const may = typesOnly ? [...rule.may, ...(rule.mayTypes ?? [])] : rule.may
    if (!may.some((allowed) => allowed.test(target))) faults.push(`${file} imports ${target}: ${rule.why}`)
    if (/^server\/(crms|phones)\/[^/]+\//.test(target) && !vendorsKnownBy.test(file)) {
      faults.push(
        `${file} imports ${target}: only the start, the command line and benchmarks choose adapters`,
      )
    }
  }
}
for (const fault of faults) process.stdout.write(`${fault}\n`)
process.exit(faults.length === 0 ? 0 : 1)

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/node_modules|dist/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name))
}

function importsOf(source: string, file: string): { target: string; typesOnly: boolean }[] {
  return [
    ...source.matchAll(/(?:(import|export)\s+(type\s)?[^'"()]*?from|import\s*\(|import)\s*'(\.[^']+)'/g),
  ].map(([, , type, path = '']) => ({
    target: normalize(join(dirname(file), path)),
    typesOnly: type !== undefined,
  }))
}

function sameRoom(a: string, b: string): boolean {
  const room = (path: string) =>
    /^(?:server\/[^/]+\/|policy\/|web\/|sandbox\/|demo\/|bench\/)/.exec(path)?.[0]
  return room(a) !== undefined && room(a) === room(b)
}
