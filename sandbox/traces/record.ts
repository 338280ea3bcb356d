import { mkdir, writeFile } from 'node:fs/promises'
import { startSandbox } from '../index.ts'
import type { ScenarioName } from '../optimcall/scenarios.ts'
import { startReceiver } from '../receiver.ts'
import { recordWebex, webexPlays } from './record-webex.ts'

/** Which play of the stand-in shows which sequence. Each is played with the same dice, so that a new recording is the old one. */
const plays: Record<string, ScenarioName> = {
  answered: 'inbound-answered',
  missed: 'inbound-missed',
  'ring-all': 'ring-group',
  'ring-all-missed': 'ring-group-missed',
  'pick-up-elsewhere': 'pick-up',
  'blind-transfer': 'blind-transfer',
  'attended-transfer': 'attended-transfer',
  conference: 'conference',
  'listened-in': 'monitored',
  voicemail: 'voicemail',
  withheld: 'withheld-answered',
  outbound: 'outbound-answered',
  'call-back': 'click-to-call',
  'nobody-picked-up-to-call': 'setup-failed',
  blocked: 'blocked',
  internal: 'internal',
}

const folder = new URL('optimcall/', import.meta.url)
await mkdir(folder, { recursive: true })
for (const [name, scenario] of Object.entries(plays)) {
  const sandbox = await startSandbox({ seed: 7 })
  const receiver = await startReceiver()
  sandbox.optimcall.createTenant({
    name: 'acme',
    hookUrl: receiver.url,
    extensions: [{ number: '21', devices: 2 }, { number: '22' }, { number: '30' }],
    groups: { '20': ['21', '22'] },
    lines: [{ number: '+420222333444', rings: ['20'] }],
  })
  await sandbox.optimcall.play(scenario, {
    outer: '+442079460123',
    startAt: Date.parse('2026-11-23T09:15:00Z'),
    speed: 100_000,
  })
  await sandbox.idle()
  await write(
    new URL(`${name}.json`, folder),
    receiver.received.map(({ body }) => body),
  )
  await sandbox.close()
  await receiver.close()
}

const webexFolder = new URL('webex/', import.meta.url)
await mkdir(webexFolder, { recursive: true })
let people: Record<string, string> = {}
for (const name of Object.keys(webexPlays)) {
  const recorded = await recordWebex(name)
  people = recorded.people
  await write(new URL(`${name}.json`, webexFolder), recorded.bodies)
}
await writeFile(new URL('people.json', import.meta.url), `${JSON.stringify({ webex: people }, null, 2)}\n`)

async function write(file: URL, bodies: readonly unknown[]): Promise<void> {
  const lines = bodies.map((body) => `  ${JSON.stringify(body)}`)
  await writeFile(file, `[\n${lines.join(',\n')}\n]\n`)
}
