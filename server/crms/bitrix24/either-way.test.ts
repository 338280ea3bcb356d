import { expect, it } from 'vitest'
import { aCall, failureFrom } from '../pipedrive/stand-in.ts'
import { anna, app, connectStandIn, installed } from './stand-in.ts'

/** Where the vendor's documents are silent or disagree: everything has to work whichever way it is. */
const ways = [
  { businessErrorCode: '', timeInErrors: true },
  { unboundActivity: 'null', nothingFound: '{}' },
  { repeatedBind: 'true', eventServerEndpoint: false, eventHandlerId: false },
  { eventTokens: false, openWithServerEndpoint: false },
  { tokenDomain: 'portal', tokenScope: 'scopes', eventRefreshToken: true },
  { dedupeFinished: true, dedupeNumber: 'digits' },
  { removedToken: 'APPLICATION_NOT_FOUND', removedRefresh: 'invalid_client' },
  { removedToken: 'invalid_token', removedRefresh: 'invalid_grant', uninstallRemovesLines: true },
  { oauthServersShared: true, refreshGraceSeconds: 60, phoneMatch: 'national' },
] as const

it.each(ways)('BX-2 a call goes its way with %j', async (settings) => {
  const on = await connectStandIn()
  try {
    on.bitrix24.set(settings)
    const session = await installed(on)
    const setUp = { eventUrl: `${on.url}/event`, lines: [{ number: '+420222333444', name: 'Prague' }] }
    on.bitrix24.faults.order({ kind: 'lost-answer', method: 'event.bind', times: 1 })
    await failureFrom(on.crm.portal.setUp(session, setUp))
    await on.crm.portal.setUp(session, setUp)
    on.bitrix24.expireTokens({ portal: 'acme' })
    expect(await on.crm.persons.find(session, '+442079460123')).toBe(undefined)
    await on.crm.writeActivity(session, aCall({ marker: 'RF-1' }))
    on.bitrix24.people.add('acme', 'CONTACT', { name: 'Ada Lovelace', phones: ['+442079460123'] })
    expect((await on.crm.identify(session, '+442079460123')).length).toBe(1)

    on.bitrix24.setOutgoing({ portal: 'acme', clientId: app.clientId })
    const { callId } = on.bitrix24.clickToCall({ portal: 'acme', userId: 1, number: '+442079460123' })
    await on.sandbox.idle()
    const told = on.arrived.at(-1)
    const token = on.bitrix24.portal('acme').install(app.clientId).applicationToken
    expect(told && on.crm.portal.receive(told.request, token)).toMatchObject([{ ref: callId, userRef: anna }])

    const call = aCall({ marker: 'RF-2', liveRef: callId, words: 'First' })
    on.bitrix24.faults.order({ kind: 'lost-answer', method: 'telephony.externalCall.finish', times: 1 })
    expect(await failureFrom(on.crm.writeActivity(session, call))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    const written = await on.crm.writeActivity(session, call)
    await on.crm.amend(session, written, { words: { text: 'Second', ours: ['First', 'Second'] } })
    const { comments, statistics } = on.bitrix24.portal('acme')
    expect(statistics.length).toBe(2)
    expect([...comments.values()].map(({ text }) => text.split('\n')[0])).toEqual(['Second'])

    on.bitrix24.uninstall({ portal: 'acme', clientId: app.clientId })
    expect(await failureFrom(on.crm.users(session))).toMatchObject({ code: 'provider-refused', status: 400 })
  } finally {
    await on.close()
  }
})
