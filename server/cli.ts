import { parseArgs } from 'node:util'
import { accountCommands } from './accounts/commands.ts'
import { adapterCommands } from './adapters/commands.ts'
import { archiveCommands } from './archive/commands.ts'
import { backupCommands } from './backups/commands.ts'
import { breachCommands } from './breaches/commands.ts'
import type { Command } from './command.ts'
import { failed } from './failure.ts'
import { helpOn } from './help.ts'
import { explainAndExit } from './main.ts'
import { organizationCommands } from './organizations/commands.ts'
import { connectCommands } from './organizations/connect-command.ts'
import { transferCommands } from './places/commands.ts'
import { personCommands } from './privacy/person-commands.ts'
import { policyCommands } from './privacy/policy-commands.ts'
import { receiptCommands } from './privacy/receipt-commands.ts'
import { programs } from './programs.ts'

/** By the words that call it; in the order in which they are told. */
const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...programs,
    ...accountCommands,
    ...organizationCommands,
    ...archiveCommands,
    ...connectCommands,
    ...receiptCommands,
    ...policyCommands,
    ...personCommands,
    ...backupCommands,
    ...adapterCommands,
    ...breachCommands,
    ...transferCommands,
  }),
)

const { positionals, values } = parseArgs({ allowPositionals: true, options: optionsOf(commands) })

await run(positionals).catch(explainAndExit)

async function run([first, second, ...rest]: readonly string[]): Promise<void> {
  if (values['help'] || first === undefined) return say(helpOn(commands))
  const ofTwo = commands.get(`${first} ${second}`)
  const told = await (ofTwo
    ? ofTwo.run(values, ...rest)
    : (commands.get(first) ?? unknown(first)).run(values, second, ...rest))
  if (!told) return
  say(values['json'] ? `${JSON.stringify(told.json)}\n` : `${told.text}\n`)
  if (told.wrong) process.exitCode = 1
}

function unknown(first: string): never {
  const those = [...commands.keys()].filter((name) => name.startsWith(`${first} `))
  const either = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
    those.map((name) => name.slice(first.length + 1)),
  )
  const sentence =
    those.length === 0
      ? `There is no command "${first}": ringfence --help shows all.`
      : `ringfence ${first} ${either}: ringfence --help shows how.`
  return failed({ code: 'setting', name: 'command', sentence })
}

/** What several commands take is the same for each. */
function optionsOf(all: typeof commands) {
  const config: Record<string, { type: 'string' } | { type: 'boolean'; short?: string; default: false }> = {
    help: { type: 'boolean', short: 'h', default: false },
    json: { type: 'boolean', default: false },
  }
  for (const { options } of all.values())
    for (const [name, takes] of Object.entries(options))
      config[name] = takes === 'flag' ? { type: 'boolean', default: false } : { type: 'string' }
  return config
}

function say(text: string): void {
  process.stdout.write(text)
}
