import { mkdir, writeFile } from 'node:fs/promises'
import { startSandbox } from '../index.ts'
import type { ScenarioName } from '../optimcall/scenarios.ts'
import { startReceiver } from '../receiver.ts'
import { recordPlacetel } from './record-placetel.ts'

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
  const lines = receiver.received.map(({ body }) => `  ${JSON.stringify(body)}`)
  await writeFile(new URL(`${name}.json`, folder), `[\n${lines.join(',\n')}\n]\n`)
  await sandbox.close()
  await receiver.close()
}
await recordPlacetel()
