import { describe, expect } from 'vitest'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { PortalCompany, portalApp, portalEnv, saidOn } from '../../testing/portal-company.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionView, SessionView } from '../http/shapes.ts'
import { tendInstallations } from './tend-installations.ts'

const it = itWithHub({ env: portalEnv })
const itLocal = itWithHub({
  env: (sandbox) => {
    const { BITRIX24_CLIENT_ID: _, BITRIX24_CLIENT_SECRET: __, ...env } = portalEnv(sandbox)
    return { ...env, BITRIX24_LOCAL_APPS: 'yes' }
  },
})

let companies = 0
const found = (hub: Hub, wish: Parameters<typeof PortalCompany.found>[2] = {}) => {
  companies += 1
  return PortalCompany.found(hub, `visited-${companies}`, wish)
}
const cardOf = async (acme: PortalCompany): Promise<ConnectionView | undefined> => {
  const { connections } = await acme.admin.client.ok<{ connections: ConnectionView[] }>(
    'GET',
    '/api/v1/connections',
  )
  return connections.find(({ side }) => side === 'crm')
}
const post = (hub: Hub, path: string, fields: Record<string, string>) =>
  fetch(`${hub.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

describe('a portal', () => {
  it('BX-1 installs the app by an invitation, and makes what it needs there', async ({ hub }) => {
    const acme = await found(hub, { set: 'connected' })
    const admin = await acme.install()
    const portal = hub.sandbox.bitrix24.portal(acme.name)

    expect(portal.handlers.map(({ event }) => event).sort()).toEqual([
      'ONAPPUNINSTALL',
      'ONAPPUPDATE',
      'ONEXTERNALCALLSTART',
    ])
    expect(portal.lines).toMatchObject([{ number: '+420222333444' }])
    expect(await admin.client.ok<SessionView>('GET', '/api/v1/session')).toMatchObject({
      kind: 'user',
      name: 'Anna Nováková',
      role: 'administrator',
      crm: 'Bitrix24',
      agreement: 'waiting-for-you',
    })
    expect(saidOn(admin.page)).toMatchObject({ state: 'open', finishes: true })
    await acme.accept()
    expect(await cardOf(acme)).toMatchObject({ health: 'healthy', reason: 'ok', mirror: { state: 'none' } })
  })

  it('BX-1 shows our page in its own frame and in no other, and gives nobody a cookie', async ({ hub }) => {
    const acme = await found(hub)
    const { page } = await acme.opens(1)
    const policy = page.headers['content-security-policy'] ?? ''
    expect(policy).toContain(`frame-ancestors ${new URL(hub.sandbox.url).origin};`.replace(/;$/, ''))
    expect(policy).not.toContain("frame-ancestors 'none'")
    expect(page.headers['x-frame-options']).toBeUndefined()
    expect(page.headers['set-cookie']).toBeUndefined()
    expect(page.headers['cache-control']).toBe('no-store')
    expect(saidOn(page)).toMatchObject({ state: 'open', finishes: false })
  })

  it('BX-1 takes in its users as they come, each as themselves', async ({ hub }) => {
    const acme = await found(hub)
    const boris = await acme.given.user('22')
    expect(await boris.client.ok<SessionView>('GET', '/api/v1/session')).toMatchObject({
      name: 'Colleague 22',
      role: 'agent',
      extensions: ['22'],
    })
    expect((await boris.client.request('GET', '/api/v1/users')).status).toBe(403)
  })

  it('is not let in without an invitation, nor by one for another company', async ({ hub }) => {
    const acme = await found(hub, { set: 'connected' })
    acme.installUrl = acme.installUrl.replace(/invite=.*/, '')
    await expect(acme.install()).rejects.toThrow('unknown-company')
    acme.installUrl = `${acme.installUrl}invite=forged`
    await expect(acme.opens(1)).rejects.toThrow(/expired|unknown-company/)
  })

  it('is not believed when somebody else says it', async ({ hub }) => {
    const acme = await found(hub)
    const rival = await found(hub)
    const { memberId } = hub.sandbox.bitrix24.portal(acme.name)
    const forged = {
      'auth[member_id]': memberId,
      event: 'ONAPPUNINSTALL',
      ts: '1',
    }
    for (const token of [
      '',
      'x',
      hub.sandbox.bitrix24.portal(rival.name).install(portalApp.clientId).applicationToken,
    ])
      expect(
        (await post(hub, '/apps/bitrix24/event', { ...forged, 'auth[application_token]': token })).status,
      ).toBe(401)
    expect((await post(hub, '/apps/bitrix24/event', { event: 'ONAPPUNINSTALL' })).status).toBe(400)
    expect(
      (await post(hub, '/apps/bitrix24/app', { member_id: memberId, AUTH_ID: 'x', REFRESH_ID: 'y' })).status,
    ).toBeGreaterThanOrEqual(400)
    expect(await acme.admin.client.ok('GET', '/api/v1/session')).toMatchObject({ kind: 'user' })
  })

  it('lets a user into a tab of their own by a link that is good once', async ({ hub }) => {
    const acme = await found(hub)
    const { url } = await acme.admin.client.ok<{ url: string }>('POST', '/api/v1/session/hand-over')
    const [, token = ''] = url.split('#')
    const tab = hub.client()
    expect(await tab.ok('POST', '/api/v1/session/link', { token })).toMatchObject({ name: 'Anna Nováková' })
    expect(await tab.ok('GET', '/api/v1/session')).toMatchObject({ kind: 'user', role: 'administrator' })
    expect((await hub.client().request('POST', '/api/v1/session/link', { body: { token } })).status).toBe(401)
  })

  it('BX-7 takes everything with it when it removes the app, and gives a receipt', async ({ hub }) => {
    const acme = await found(hub)
    const call = await acme.phone.rings({ from: '+442079460123', to: ['21'] })
    await acme.shows([1])
    await acme.phone.hangsUp(call)
    await acme.written(call)

    hub.sandbox.bitrix24.uninstall({ portal: acme.name, clientId: portalApp.clientId })
    await hub.sandbox.idle()
    await until('there is a receipt', async () => {
      const rows = await hub.control(
        `select 1 from receipts where organization_id = $1 and ended = 'company' and done_at is not null`,
        [acme.id],
      )
      return rows.length > 0
    })
    for (const table of ['users', 'calls', 'call_logs', 'live_calls', 'requested_calls', 'agreements'])
      expect([table, await acme.query(`select 1 from ${table}`)]).toEqual([table, []])
    for (const table of ['installations', 'portals', 'sessions'])
      expect([
        table,
        await hub.control(`select 1 from ${table} where organization_id = $1`, [acme.id]),
      ]).toEqual([table, []])
    expect((await acme.admin.client.request('GET', '/api/v1/desk')).status).toBe(401)
  })

  it('is not believed to be gone while its grants work, though everybody there can read what proves it', async ({
    hub,
  }) => {
    const acme = await found(hub)
    const portal = hub.sandbox.bitrix24.portal(acme.name)
    const { applicationToken } = portal.install(portalApp.clientId)
    const uninstall = {
      event: 'ONAPPUNINSTALL',
      ts: '1',
      'auth[member_id]': portal.memberId,
      'auth[application_token]': applicationToken,
    }
    expect((await post(hub, '/apps/bitrix24/event', uninstall)).status).toBe(200)
    await until('it is counted', async () => {
      await hub.app.counters.flush()
      return (await cardOf(acme))?.counts['refused uninstalls'] === 1
    })
    expect(await acme.admin.client.ok('GET', '/api/v1/session')).toMatchObject({ kind: 'user' })
    expect(await cardOf(acme)).toMatchObject({ health: 'healthy', reason: 'ok' })
    expect(await hub.control('select 1 from receipts where organization_id = $1', [acme.id])).toEqual([])
  })

  it('BX-7 is noticed to be gone when it could not say so', async ({ hub }) => {
    const acme = await found(hub)
    hub.sandbox.bitrix24.revokeTokens({ portal: acme.name })
    for (const [was, hours] of [
      ['active', 0],
      ['refused', 25],
    ] as const) {
      await hub.control(
        `update installations set renewed_at = renewed_at - interval '40 days', tokens_expire_at = now() - interval '1 hour',
                refused_at = refused_at - make_interval(hours => $2), refused_again_at = refused_again_at - make_interval(hours => $2)
         where organization_id = $1`,
        [acme.id, hours],
      )
      await tendInstallations(hub.app)
      const [row] = await hub.control<{ state: string; lost: boolean }>(
        'select state, ends_at is not null as lost from installations where organization_id = $1',
        [acme.id],
      )
      expect(row).toEqual({ state: 'refused', lost: was === 'refused' })
    }
  })
})

describe('an app that exists in one portal only', () => {
  itLocal('BX-1 works with its own credentials, which nobody is shown again', async ({ hub }) => {
    const acme = await PortalCompany.found(hub, 'local', { set: 'connected' })
    const to = { 'x-organization': acme.id }
    const path = `/api/v1/connections/${acme.crmId}/settings`
    await hub.operator.ok('PUT', path, portalApp, to)
    expect(await hub.operator.ok('GET', path, undefined, to)).toMatchObject({
      values: { clientId: portalApp.clientId },
      secretsSet: ['clientSecret'],
    })
    const admin = await acme.install()
    expect(await admin.client.ok('GET', '/api/v1/session')).toMatchObject({ role: 'administrator' })

    hub.sandbox.bitrix24.expireTokens({ portal: acme.name })
    await hub.control(`update installations set tokens_expire_at = now()`)
    const [installation] = await hub.app.installations.active(acme.crmId)
    const crm = hub.app.crms.get('bitrix24')
    if (!installation || !crm) throw new Error('nobody has installed')
    const users = await crm.users(hub.app.installations.session(crm, installation))
    expect(users).toMatchObject([{ name: 'Anna Nováková' }])
  })
})
