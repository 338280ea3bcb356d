import type { z } from 'zod'
import type { ScenarioName } from '../placetel/scenarios.ts'
import type { PlacetelSettings } from '../placetel/settings.ts'
import { outer, type Play, speed } from './play.ts'

/** `sipuid` -> extension. */
const sipUsers = {
  '777711111121@fpbx.de': '21',
  '777711111122@fpbx.de': '22',
  '777711111130@fpbx.de': '30',
}

/**
 * Which play of the stand-in shows which sequence; with the settings for what Placetel leaves open. A call that an agent
 * asked for and did not pick up has no trace, because nothing is told of it.
 */
export const placetelPlays: Record<string, Play> = {
  answered: play('answered'),
  missed: play('missed'),
  'ring-all': play('ring-all'),
  'blind-transfer': play('transfer', { transfers: 'accepted-again' }),
  'transfer-not-told': play('transfer', { transfers: 'silent' }),
  'forwarded-outside': play('forwarded'),
  'forwarded-outside-by-number': play('forwarded', { forwardedAnswer: 'peer-is-number' }),
  voicemail: play('voicemail'),
  withheld: play('anonymous-answered'),
  blocked: play('blocked'),
  outbound: play('outbound'),
  'outbound-older': play('outbound', { olderOutgoing: true }),
  'outbound-busy': play('outbound-busy'),
  'outbound-not-answered': play('outbound-canceled'),
  'outbound-unavailable': play('outbound-unavailable'),
  'outbound-failed': play('outbound-congestion'),
  'call-back': play('click-to-call'),
  internal: play('internal'),
  'internal-not-answered': play('internal-missed'),
}

function play(scenario: ScenarioName, settings: Partial<z.input<typeof PlacetelSettings>> = {}): Play {
  return async ({ placetel }, url) => {
    placetel.set(settings)
    placetel.createAccount({
      name: 'acme',
      apiKey: 'key',
      endpointUrl: url,
      sipUsers: Object.entries(sipUsers).map(([sipuid, did]) => ({
        sipuid,
        did,
        name: `Phone ${did}`,
        callerid: '+492214710123',
      })),
      numbers: [{ number: '+492214710123', rings: ['21', '22'] }],
    })
    await placetel.play(scenario, { outer, speed })
    return sipUsers
  }
}
