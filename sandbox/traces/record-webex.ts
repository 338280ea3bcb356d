import { startSandbox } from '../index.ts'
import { startReceiver } from '../receiver.ts'
import type { ScenarioName } from '../webex/scenarios.ts'

/** Which play of the stand-in shows which sequence, and with whom where not with all. */
export const webexPlays: Record<string, { scenario: ScenarioName; agents?: string[] }> = {
  answered: { scenario: 'inbound-answered' },
  missed: { scenario: 'inbound-missed' },
  'ring-all': { scenario: 'hunt-group', agents: ['21', '22'] },
  'ring-all-missed': { scenario: 'hunt-group-missed', agents: ['21', '22'] },
  'hunt-group': { scenario: 'hunt-group' },
  queue: { scenario: 'queue-answered' },
  'queue-abandoned': { scenario: 'queue-abandoned' },
  held: { scenario: 'hold-resume' },
  'blind-transfer': { scenario: 'blind-transfer' },
  'attended-transfer': { scenario: 'attended-transfer' },
  withheld: { scenario: 'private-answered' },
  outbound: { scenario: 'outbound-answered' },
  'call-back': { scenario: 'click-to-call' },
  'nobody-picked-up-to-call': { scenario: 'click-to-call-not-picked-up' },
  internal: { scenario: 'internal' },
}

/**
 * Plays one call of an organization in which everybody has a webhook of their own with the same secret. Gives the bodies
 * in the order they came, and whose ids they name.
 */
export async function recordWebex(
  name: string,
): Promise<{ bodies: Record<string, unknown>[]; people: Record<string, string> }> {
  const play = webexPlays[name]
  if (play === undefined) throw new Error(`no play ${name}`)
  const sandbox = await startSandbox({ seed: 7 })
  const receiver = await startReceiver()
  const { webex } = sandbox
  const scopes = ['spark:calls_read']
  webex.registerApp({
    clientId: 'ringfence',
    clientSecret: 'for fiction',
    redirectUris: [receiver.url],
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
        targetUrl: receiver.url,
        resource: 'telephony_calls',
        event: 'all',
        secret: 'a secret for fiction',
      }),
    })
  }
  for (const hook of webex.webhooks()) hook.created = Date.parse('2026-11-20T08:00:00Z')
  await webex.play(play.scenario, {
    outer: '+442079460123',
    agents: play.agents,
    startAt: Date.parse('2026-11-23T09:15:00Z'),
    speed: 100_000,
  })
  await sandbox.idle()
  await sandbox.close()
  await receiver.close()
  // Whatever port the receiver had is nobody's business.
  const targetUrl = 'https://ringfence.example/hooks/webex'
  return {
    bodies: receiver.received.map(({ body }) => ({ ...body, targetUrl })),
    people: Object.fromEntries(org.people.map(({ id, extension }) => [id, extension])),
  }
}
