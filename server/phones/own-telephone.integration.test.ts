import { describe, expect } from 'vitest'
import type { Colleague, Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { WebexOrg } from '../../testing/webex-org.ts'
import type { CallView, DialAnswer } from '../http/shapes.ts'

const it = itWithHub()
const ada = '+442079460123'

async function company(
  hub: Hub,
): Promise<{ acme: Company; anna: Colleague; boris: Colleague; org: WebexOrg }> {
  const acme = await hub.given.organization()
  const anna = await acme.given.user({ name: 'Anna Webex', extension: '21' })
  const boris = await acme.given.user({ name: 'Boris Webex', extension: '22' })
  return { acme, anna, boris, org: await WebexOrg.of(acme, [anna, boris]) }
}

describe('a user who connects their own telephone', () => {
  it('BX-1 BX-2 grants access in a tab, and from then on sees the calls of that telephone', async ({
    hub,
  }) => {
    const { acme, anna, boris, org } = await company(hub)
    await acme.given.person({ name: 'Ada Lovelace', number: ada })
    expect(await org.mine(anna)).toMatchObject({ access: 'user', state: 'not-connected' })
    expect(await org.connect(anna)).toBe('/phone-connected')
    expect(await org.mine(anna)).toMatchObject({ state: 'connected', told: 'subscribed', extension: '21' })
    expect(org.webhooks.filter(({ resource }) => resource === 'telephony_calls')).toHaveLength(1)
    const [desk, other] = [await acme.deskOf(anna), await acme.deskOf(boris)]

    const live = hub.sandbox.webex.ring({ org: acme.domain, from: ada, ring: ['21', '22'] })
    await hub.sandbox.idle()
    const shown = await until('the card opens', () => desk.shown.find(({ state }) => state === 'ringing'))
    expect(shown).toMatchObject({ phone: 'Webex Calling', mine: true, matches: [{ name: 'Ada Lovelace' }] })
    hub.sandbox.webex.answer(live.id, '21')
    await hub.sandbox.idle()
    await desk.shows(shown.id, ({ state }) => state === 'answered')
    hub.sandbox.webex.hangUp(live.id)
    await hub.sandbox.idle()
    expect(await desk.shows(shown.id, ({ state }) => state === 'ended')).toMatchObject({
      outcome: 'answered',
    })
    await until('the call is written', async () => {
      const [row] = await acme.query<{ state: string }>('select state from call_logs where call_id = $1', [
        shown.id,
      ])
      return row?.state === 'written'
    })
    // Boris has not connected his, so nothing of it was told.
    expect(other.shown.filter(({ id }) => id === shown.id)).toEqual([])
  })

  it('is bound to whoever began: the way of another browser, a ticket used twice and a refusal connect nothing', async ({
    hub,
  }) => {
    const { anna, boris, org } = await company(hub)
    const ticket = async (colleague: Colleague) =>
      (await colleague.client.ok<{ url: string }>('POST', `/api/v1/users/me/telephones/${org.id}/connect`))
        .url
    expect(await org.connect(anna, 'deny')).toBe('/phone-connected?problem=denied')

    const url = await ticket(anna)
    const begun = await anna.client.request('GET', url)
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state')
    const stranger = await boris.client.request('GET', `/apps/webex/callback?code=any&state=${state}`)
    expect(stranger.headers.get('location')).toBe('/phone-connected?problem=expired')
    expect((await boris.client.request('GET', url)).headers.get('location')).toBe(
      '/phone-connected?problem=expired',
    )
    // Opened by a colleague who is signed in, it would make their telephone Anna's.
    const lured = await boris.client.request('GET', await ticket(anna))
    expect(lured.headers.get('location')).toBe('/phone-connected?problem=expired')
    const exchanged = url.replace(anna.id, boris.id)
    expect((await boris.client.request('GET', exchanged)).headers.get('location')).toBe(
      '/phone-connected?problem=expired',
    )
    expect(await org.mine(anna)).toMatchObject({ state: 'not-connected' })
    // One telephone is one user's.
    expect(await org.connect(anna)).toBe('/phone-connected')
    expect(await boris.client.signIn(await ticket(boris), anna.email)).toBe('/phone-connected?problem=taken')
    expect(await org.mine(boris)).toMatchObject({ state: 'not-connected' })
  })

  it('BX-4 dials with it, and is told so while it is not connected', async ({ hub }) => {
    const { acme, anna, org } = await company(hub)
    const desk = await acme.deskOf(anna)
    const dials = () => anna.client.ok<DialAnswer>('POST', '/api/v1/dial', { number: ada })
    expect(await dials()).toMatchObject({ how: 'tel', why: 'not-connected' })
    await org.connect(anna)
    expect(await dials()).toEqual({ how: 'ringing', extension: '21', number: ada })
    const [live] = hub.sandbox.webex.liveCalls().filter((call) => call.org === acme.domain)
    expect(live).toMatchObject({ direction: 'outbound', to: ada, halves: [{ extension: '21' }] })
    hub.sandbox.webex.pickUp(live?.id ?? '')
    hub.sandbox.webex.answer(live?.id ?? '', ada)
    await hub.sandbox.idle()
    const isIt = (call: CallView) => call.direction === 'outbound' && call.state === 'answered'
    expect(await until('the call is shown', () => desk.shown.find(isIt))).toMatchObject({ mine: true })
    hub.sandbox.webex.hangUp(live?.id ?? '')
    await hub.sandbox.idle()
  })

  it('BX-6 disconnects it: nothing of it is left at Webex or here, and what Webex tells is let in no more', async ({
    hub,
  }) => {
    const { acme, anna, org } = await company(hub)
    await org.connect(anna)
    const [hook] = org.webhooks
    const [person] = hub.sandbox.webex.org(acme.domain).people
    await anna.client.ok('DELETE', '/api/v1/users/me/telephones')
    expect(org.webhooks).toEqual([])
    expect(await org.mine(anna)).toMatchObject({ state: 'not-connected' })
    expect(await acme.query('select 1 from phone_people')).toEqual([])
    expect(await acme.query('select 1 from user_extensions where user_id = $1', [anna.id])).toEqual([])
    expect(await hub.control('select 1 from phone_accesses where user_id = $1', [anna.id])).toEqual([])
    expect((await fetch(hook?.targetUrl ?? '', { method: 'POST', body: '{}' })).status).toBe(404)
    await until('its bytes are forgotten', async () => {
      const left = await hub.control(
        `select 1 from graphile_worker.jobs where task_identifier = 'forget-phone' and attempts < max_attempts`,
      )
      return left.length === 0
    })
    expect(await tablesWith(hub, [person?.id ?? ''])).toEqual([])
    // The end of a browser session is none of a telephone.
    await org.connect(anna)
    await anna.client.ok('DELETE', '/api/v1/session')
    expect(org.webhooks).toHaveLength(1)
  })

  it('BX-6 an uninstall takes the telephone with it, at Webex too', async ({ hub }) => {
    const { acme, anna, org } = await company(hub)
    await org.connect(anna)
    await hub.sandbox.pipedrive.uninstall(anna.vendorId)
    await until('the webhook is gone', () => org.webhooks.length === 0)
    await until('the access is gone', async () => {
      const left = await hub.control('select 1 from phone_accesses where user_id = $1', [anna.id])
      return left.length === 0 && (await acme.query('select 1 from phone_people')).length === 0
    })
  })
})

describe('a subscription', () => {
  it('BX-1 that became inactive is made anew, with an address of its own', async ({ hub }) => {
    const { acme, anna, org } = await company(hub)
    await org.connect(anna)
    const [before] = org.webhooks
    hub.sandbox.webex.deactivateWebhooks({ org: acme.domain })
    await org.tend()
    expect(org.webhooks.map(({ status }) => status)).toEqual(['active'])
    const card = await cardOf(acme, org)
    expect(card).toMatchObject({ health: 'healthy', reason: 'asked', asked: { connected: 1, refused: 0 } })
    const there = org.webhooks.some(({ targetUrl }) => targetUrl === before?.targetUrl)
    if (!there)
      expect((await fetch(before?.targetUrl ?? '', { method: 'POST', body: '{}' })).status).toBe(404)
  })

  it('BX-1 of a grant that is taken back is in trouble, for its user and for the administrator', async ({
    hub,
  }) => {
    const { acme, anna, org } = await company(hub)
    await org.connect(anna)
    hub.sandbox.webex.killTokens({ org: acme.domain, user: anna.email, refreshToo: true })
    await org.tend()
    expect(await org.mine(anna)).toMatchObject({ state: 'refused' })
    expect(await cardOf(acme, org)).toMatchObject({ health: 'trouble', reason: 'asked-some-refused' })
    expect((await org.telephones()).users).toContainEqual(
      expect.objectContaining({ name: anna.name, state: 'refused' }),
    )
    expect(await org.connect(anna)).toBe('/phone-connected')
    expect(await org.mine(anna)).toMatchObject({ state: 'connected', told: 'subscribed' })
  })
})

async function cardOf(acme: Company, org: WebexOrg) {
  const { connections } = await acme.admin.client.ok<{ connections: { id: string }[] }>(
    'GET',
    '/api/v1/connections',
  )
  return connections.find(({ id }) => id === org.id)
}
