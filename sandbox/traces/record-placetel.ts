import { mkdir, writeFile } from 'node:fs/promises'
import type { z } from 'zod'
import { startSandbox } from '../index.ts'
import type { ScenarioName } from '../placetel/scenarios.ts'
import type { PlacetelSettings } from '../placetel/settings.ts'
import { startReceiver } from '../receiver.ts'
import { placetelSipUsers } from './index.ts'

type Play = { scenario: ScenarioName; settings?: Partial<z.input<typeof PlacetelSettings>> }

/**
 * Which play of the stand-in shows which sequence; with the settings for what Placetel leaves open. A call that an agent
 * asked for and did not pick up has no trace, because nothing is told of it.
 */
const plays: Record<string, Play> = {
  answered: { scenario: 'answered' },
  missed: { scenario: 'missed' },
  'ring-all': { scenario: 'ring-all' },
  'blind-transfer': { scenario: 'transfer', settings: { transfers: 'accepted-again' } },
  'transfer-not-told': { scenario: 'transfer', settings: { transfers: 'silent' } },
  'forwarded-outside': { scenario: 'forwarded' },
  'forwarded-outside-by-number': {
    scenario: 'forwarded',
    settings: { forwardedAnswer: 'peer-is-number' },
  },
  voicemail: { scenario: 'voicemail' },
  withheld: { scenario: 'anonymous-answered' },
  blocked: { scenario: 'blocked' },
  outbound: { scenario: 'outbound' },
  'outbound-older': { scenario: 'outbound', settings: { olderOutgoing: true } },
  'outbound-busy': { scenario: 'outbound-busy' },
  'outbound-not-answered': { scenario: 'outbound-canceled' },
  'outbound-unavailable': { scenario: 'outbound-unavailable' },
  'outbound-failed': { scenario: 'outbound-congestion' },
  'call-back': { scenario: 'click-to-call' },
  internal: { scenario: 'internal' },
  'internal-not-answered': { scenario: 'internal-missed' },
}

const folder = new URL('placetel/', import.meta.url)

/** Writes `placetel/<name>.json`. Each is played with the same dice, so that a new recording is the old one. */
export async function recordPlacetel(): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, { scenario, settings = {} }] of Object.entries(plays)) {
    const sandbox = await startSandbox({ seed: 7 })
    const receiver = await startReceiver()
    sandbox.placetel.set(settings)
    sandbox.placetel.createAccount({
      name: 'acme',
      apiKey: 'key',
      endpointUrl: receiver.url,
      sipUsers: Object.entries(placetelSipUsers).map(([sipuid, did]) => ({
        sipuid,
        did,
        name: `Phone ${did}`,
        callerid: '+492214710123',
      })),
      numbers: [{ number: '+492214710123', rings: ['21', '22'] }],
    })
    await sandbox.placetel.play(scenario, { outer: '+442079460123', speed: 100_000 })
    await sandbox.idle()
    const lines = receiver.received.map(({ body }) => `  ${JSON.stringify(body)}`)
    await writeFile(new URL(`${name}.json`, folder), `[\n${lines.join(',\n')}\n]\n`)
    await sandbox.close()
    await receiver.close()
  }
}
