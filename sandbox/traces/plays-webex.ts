import type { ScenarioName } from '../webex/scenarios.ts'
import { outer, type Play, speed, startAt } from './play.ts'

/** Which play of the stand-in shows which sequence, and with whom where not with all. */
export const webexPlays: Record<string, Play> = {
  answered: play('inbound-answered'),
  missed: play('inbound-missed'),
  'ring-all': play('hunt-group', ['21', '22']),
  'ring-all-missed': play('hunt-group-missed', ['21', '22']),
  'hunt-group': play('hunt-group'),
  queue: play('queue-answered'),
  'queue-abandoned': play('queue-abandoned'),
  held: play('hold-resume'),
  'blind-transfer': play('blind-transfer'),
  'attended-transfer': play('attended-transfer'),
  withheld: play('private-answered'),
  outbound: play('outbound-answered'),
  'call-back': play('click-to-call'),
  'nobody-picked-up-to-call': play('click-to-call-not-picked-up'),
  internal: play('internal'),
}

/** In an organization in which everybody has a webhook of their own with the same secret. */
function play(scenario: ScenarioName, agents?: string[]): Play {
  return async ({ webex }, url) => {
    const scopes = ['spark:calls_read']
    webex.registerApp({
      clientId: 'ringfence',
      clientSecret: 'for fiction',
      redirectUris: [url],
      scopes,
    })
    const org = webex.createOrg({
      name: 'acme',
      people: [
        { name: 'Anna Nováková', email: 'anna@acme.example', extension: '21', number: '+420222333421' },
        { name: 'Boris Král', email: 'boris@acme.example', extension: '22', number: '+420222333422' },
        { name: 'Cyril Svoboda', email: 'cyril@acme.example', extension: '23', number: '+420222333423' },
      ],
      huntGroups: [{ number: '+420222333400', name: 'Sales', rings: ['21', '22', '23'] }],
      queues: [{ number: '+420222333500', name: 'Support', rings: ['21', '22'] }],
      callerNames: { '+442079460123': 'Ada Lovelace' },
    })
    for (const { extension } of org.people) {
      const { access_token } = webex.allow({ clientId: 'ringfence', user: extension })
      await fetch(`${webex.apiUrl}/webhooks`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          name: `ringfence ${extension}`,
          targetUrl: url,
          resource: 'telephony_calls',
          event: 'all',
          secret: 'a secret for fiction',
        }),
      })
    }
    for (const hook of webex.webhooks()) hook.created = Date.parse('2026-11-20T08:00:00Z')
    await webex.play(scenario, { outer, agents, startAt, speed })
    return Object.fromEntries(org.people.map(({ id, extension }) => [id, extension]))
  }
}
