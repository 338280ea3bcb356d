import type { ScenarioName } from '../optimcall/scenarios.ts'
import { outer, type Play, speed, startAt } from './play.ts'

/** Which play of the stand-in shows which sequence. */
export const optimCallPlays: Record<string, Play> = {
  answered: play('inbound-answered'),
  missed: play('inbound-missed'),
  'ring-all': play('ring-group'),
  'ring-all-missed': play('ring-group-missed'),
  'pick-up-elsewhere': play('pick-up'),
  'blind-transfer': play('blind-transfer'),
  'attended-transfer': play('attended-transfer'),
  conference: play('conference'),
  'listened-in': play('monitored'),
  voicemail: play('voicemail'),
  withheld: play('withheld-answered'),
  outbound: play('outbound-answered'),
  'call-back': play('click-to-call'),
  'nobody-picked-up-to-call': play('setup-failed'),
  blocked: play('blocked'),
  internal: play('internal'),
}

function play(scenario: ScenarioName): Play {
  return async ({ optimcall }, url) => {
    optimcall.createTenant({
      name: 'acme',
      hookUrl: url,
      extensions: [{ number: '21', devices: 2 }, { number: '22' }, { number: '30' }],
      groups: { '20': ['21', '22'] },
      lines: [{ number: '+420222333444', rings: ['20'] }],
    })
    await optimcall.play(scenario, { outer, startAt, speed })
    return undefined
  }
}
