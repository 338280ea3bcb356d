import { describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { PortalCompany, type PortalUser, portalEnv } from '../../testing/portal-company.ts'
import { until } from '../../testing/until.ts'
import { WebexOrg } from '../../testing/webex-org.ts'
import type { ConnectionView } from '../http/shapes.ts'

const it = itWithHub({ env: portalEnv })
const ada = '+442079460123'

/** A portal whose administrator has a telephone at Webex that records. */
async function recorded(
  hub: Hub,
  name: string,
  way: 'copy' | 'link',
): Promise<{ acme: PortalCompany; org: WebexOrg }> {
  const acme = await PortalCompany.found(hub, name, { contacts: [{ name: 'Ada Lovelace', phones: [ada] }] })
  const org = await WebexOrg.of(acme, [acme.admin], true)
  expect(await org.connect(acme.admin)).toBe('/phone-connected')
  await acme.admin.client.ok('PUT', `/api/v1/connections/${org.id}/settings`, { recordings: way })
  return { acme, org }
}

/** A short call that is answered, written and looked for at the phone system. @returns our id of it */
async function calls(hub: Hub, acme: PortalCompany): Promise<string> {
  const live = hub.sandbox.webex.ring({ org: acme.name, from: ada, ring: ['21'] })
  await hub.sandbox.idle()
  hub.sandbox.webex.answer(live.id, '21')
  hub.sandbox.clock.advance(20)
  hub.sandbox.webex.hangUp(live.id)
  await hub.sandbox.idle()
  const [row] = await until('the recording is looked for', async () => {
    const rows = await acme.query<{ id: string }>('select id from recordings')
    return rows.length > 0 ? rows : undefined
  })
  const callId = row?.id ?? ''
  await until('it is to be asked for', async () => {
    const jobs = await hub.control('select 1 from graphile_worker.jobs where key = $1', [
      `find-recording:${callId}`,
    ])
    return jobs.length > 0
  })
  await hub.app.jobs.add(
    'find-recording',
    { organizationId: acme.id, callId },
    { key: `find-recording:${callId}`, at: new Date() },
  )
  return callId
}

const state = (acme: PortalCompany, wished: string) =>
  until(`the recording is ${wished}`, async () => {
    const [row] = await acme.query<{ state: string; address_sealed: Buffer | null }>(
      'select state, address_sealed from recordings',
    )
    return row?.state === wished ? row : undefined
  })

/** Somebody who has gone from the portal's frame into a tab of their own. */
async function tabOf(hub: Hub, { client }: PortalUser) {
  const { url } = await client.ok<{ url: string }>('POST', '/api/v1/session/hand-over')
  const tab = hub.client()
  await tab.ok('POST', '/api/v1/session/link', { token: url.split('#')[1] })
  return tab
}

describe('a recording that does not pass through us', () => {
  it('BX-3 is fetched by the CRM, where an administrator chose that it keeps a copy', async ({ hub }) => {
    const { acme } = await recorded(hub, 'copies', 'copy')
    await calls(hub, acme)
    expect(await state(acme, 'attached')).toMatchObject({ address_sealed: null })
    expect(acme.records()).toMatchObject([{ finished: 1, records: 1 }])
    expect(await tablesWith(hub, ['webex-files'])).toEqual([])
    expect(hub.log.raw.filter((line) => line.includes('webex-files'))).toEqual([])
  })

  it('BX-3 stays where it is behind a link, which is asked for at each click and opens for the entitled', async ({
    hub,
  }) => {
    const { acme, org } = await recorded(hub, 'links', 'link')
    const boris = await acme.given.user('22')
    await calls(hub, acme)
    expect(await state(acme, 'attached')).toMatchObject({ address_sealed: null })
    const comments = [...hub.sandbox.bitrix24.portal(acme.name).comments.values()]
    const links = comments.flatMap(({ text }) => text.match(/https?:\S+\/recordings\/[\w-]+/g) ?? [])
    expect(links).toHaveLength(1)
    const path = new URL(links[0] ?? '').pathname

    expect((await hub.client().request('GET', path)).headers.get('location')).toBe(
      '/sign-in?problem=recording',
    )
    const anna = await tabOf(hub, acme.admin)
    const first = await anna.request('GET', path)
    expect(first.status).toBe(302)
    const audio = await fetch(first.headers.get('location') ?? '')
    expect(audio.status).toBe(200)
    expect((await audio.arrayBuffer()).byteLength).toBeGreaterThan(0)
    expect((await (await tabOf(hub, boris)).request('GET', path)).status).toBe(404)
    expect((await anna.request('GET', `${path.slice(0, -4)}AAAA`)).status).toBe(404)

    await acme.admin.client.ok('DELETE', '/api/v1/users/me/telephones')
    expect((await anna.request('GET', path)).status).toBe(404)
    expect(await org.mine(acme.admin)).toMatchObject({ state: 'not-connected' })
  })

  it('BX-3 is offered and taken only as both systems can do it together', async ({ hub }) => {
    const { acme, org } = await recorded(hub, 'offers', 'link')
    const { connections } = await acme.admin.client.ok<{ connections: ConnectionView[] }>(
      'GET',
      '/api/v1/connections',
    )
    const waysOf = (id: string) => connections.find((one) => one.id === id)?.recordingWays
    expect(waysOf(org.id)).toEqual(['copy', 'link', 'leave'])
    expect(waysOf(acme.phoneId)).toEqual(['leave'])
    const attach = await acme.admin.client.request('PUT', `/api/v1/connections/${org.id}/settings`, {
      body: { recordings: 'attach' },
    })
    expect(attach).toMatchObject({ status: 400, json: { code: 'invalid-input', field: 'recordings' } })
  })
})
