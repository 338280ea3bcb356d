import { describe, expect } from 'vitest'
import { declarations, inForce, joinAdapters, runUnder } from '../../policy/index.ts'
import { ringfence } from '../../testing/cli.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { Sends } from '../egress/index.ts'
import { onBehalfOf } from '../egress/on-behalf.ts'
import { failureOf } from '../failure.ts'
import type { DataMapView, RecipientsView } from '../http/shapes.ts'
import { createLog } from '../log.ts'
import { readSettings } from '../settings.ts'
import { startServer } from '../start.ts'

/** Nothing of ours is in these requests: what may be is tested beside `sent-fields.ts`. */
const sends: Sends = 'as an administrator configured it'

const it = itWithHub({
  env: {
    RINGFENCE_HOST_NAME: 'Hostitel a.s.',
    RINGFENCE_HOST_COUNTRY: 'CZ',
    WEBEX_CLIENT_ID: 'an-app',
    WEBEX_CLIENT_SECRET: 'its-secret',
  },
})

const clauses = {
  recipient: 'Webex',
  ground: 'clauses',
  country: 'US',
  document: 'Clauses 2021/914, module 3, no. 17',
  dated: '2026-09-01',
  assessment: 'TIA 4/2026',
} as const

/** What the network layer says, without a request leaving: its address is one inside. */
const wayTo = async (send: () => Promise<unknown>) => {
  try {
    await send()
  } catch (error) {
    return failureOf(error)
  }
  return undefined
}

describe('a recipient outside the region', () => {
  it('BX-9 is refused until a ground is on record, and again when it has ended', async ({ hub }) => {
    const { egress } = hub.app
    const webex = () =>
      wayTo(() =>
        egress.request({
          url: 'https://127.0.0.1/x',
          method: 'GET',
          provider: 'webex',
          sends,
          allow: ['127.0.0.1'],
        }),
      )
    // 127.0.0.1 stands for a phone system at its own address, within the region: it is refused for being inside.
    expect(await webex()).toEqual({ code: 'undeclared', what: 'private' })
    const { places } = hub.app
    const goes = (url: string) => places.allows(new URL(url))
    expect(goes('https://webexapis.com/v1/people/me')).toBe(false)
    expect(goes('https://acme.pipedrive.com/')).toBe(true)
    expect(goes('https://api.placetel.de/v2/me')).toBe(true)
    const refused = await wayTo(() =>
      egress.request({ url: 'https://webexapis.com/v1/people/me', method: 'GET', provider: 'webex', sends }),
    )
    expect(refused).toEqual({ code: 'undeclared', what: 'region' })

    const { id } = await hub.operator.ok<{ id: string }>('POST', '/api/v1/transfers', clauses)
    expect(goes('https://webexapis.com/v1/people/me')).toBe(true)
    await hub.restart()
    expect(hub.app.places.allows(new URL('https://webexapis.com/'))).toBe(true)
    await hub.operator.ok('DELETE', `/api/v1/transfers/${id}`)
    expect(hub.app.places.allows(new URL('https://webexapis.com/'))).toBe(false)
    const { transfers } = await hub.operator.ok<{ transfers: { id: string; endJws?: string }[] }>(
      'GET',
      '/api/v1/transfers',
    )
    expect(transfers.find((one) => one.id === id)?.endJws).toBeDefined()
  })

  it('BX-9 needs an assessment for clauses, a country of the region to be within it, and a name we know', async ({
    hub,
  }) => {
    const { assessment: _, ...unassessed } = clauses
    for (const wrong of [
      unassessed,
      { ...clauses, ground: 'in-region' },
      { ...clauses, recipient: 'Somebody' },
      { ...clauses, country: 'USA' },
    ])
      expect((await hub.operator.request('POST', '/api/v1/transfers', { body: wrong })).status).toBe(400)
  })

  it('BX-9 is put on record by command, and running nodes obey', async ({ hub }) => {
    const wish = [
      '--recipient',
      'Webex',
      '--ground',
      'in-region',
      '--country',
      'NL',
      '--document',
      'Order form 12',
      '--dated',
      '2026-10-01',
    ]
    const made = await ringfence(hub.env, 'transfer', 'add', ...wish, '--json')
    expect(made.status, made.complaint).toBe(0)
    await until('the node has heard', async () => hub.app.places.allows(new URL('https://webexapis.com/')))
    const { id } = JSON.parse(made.out)
    await hub.app.transfers.end(id)
    await hub.app.places.load()
  })
})

describe('a relay for mail', () => {
  it('BX-9 outside the region stops the start, unless its country or a ground is told', async ({ hub }) => {
    const env = { ...hub.env, RINGFENCE_SMTP_URL: 'smtps://relay.operator.example' }
    const failure = await wayTo(() => startServer(readSettings(env), { log: createLog('silent') }))
    expect(failure).toMatchObject({ code: 'setting', name: 'RINGFENCE_SMTP_URL' })
    const abroad = { ...env, RINGFENCE_SMTP_COUNTRY: 'US' }
    const refused = await wayTo(() => startServer(readSettings(abroad), { log: createLog('silent') }))
    expect(refused).toMatchObject({ code: 'setting', name: 'RINGFENCE_SMTP_URL' })
  })
})

describe('who gets what and where', () => {
  it('BX-8/BX-9 is shown to the organization, with what was refused and with whose machines these are', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const { egress } = hub.app
    const send = (url: string) =>
      wayTo(() => egress.request({ url, method: 'POST', body: 'a name', provider: 'test', sends }))
    await onBehalfOf({ organizationId: acme.id, connectionId: acme.phoneId }, async () => {
      expect(await send('https://tracker.example/collect?who=Ada')).toEqual({
        code: 'undeclared',
        what: 'host',
      })
      await send('https://tracker.example/other')
      await send('http://acme.pipedrive.com/')
    })
    const shown = await acme.admin.client.ok<RecipientsView>('GET', '/api/v1/recipients')
    expect(shown).toMatchObject({ region: 'EU', host: { name: 'Hostitel a.s.', country: 'CZ' } })
    expect(shown.refused).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          host: 'tracker.example',
          why: 'undeclared',
          count: 2,
          connectionId: acme.phoneId,
        }),
        expect.objectContaining({ host: 'acme.pipedrive.com', why: 'scheme', count: 1 }),
      ]),
    )
    expect(JSON.stringify(shown)).not.toMatch(/collect|Ada/)
    expect(shown.recipients.map(({ name, country }) => [name, country])).toEqual([
      ['Pipedrive', 'EE'],
      ['the connected phone system', 'CZ'],
      ['the operator’s mail server', undefined],
    ])
    expect(shown.recipients[0]?.kinds).toContain('Calls')
    const rival = await hub.given.organization({ set: 'installed' })
    expect((await rival.admin.client.ok<RecipientsView>('GET', '/api/v1/recipients')).refused).toEqual([])
  })

  it('OC-9 is told of the policy in force, whatever the files of a newer program say', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const shown = async () =>
      (await acme.admin.client.ok<RecipientsView>('GET', '/api/v1/recipients')).recipients
    const before = inForce()
    const told = (await shown()).find(({ name }) => name === 'Pipedrive')
    const without = (name: string, kinds = before.kinds) =>
      kinds.map((kind) => ({ ...kind, recipients: kind.recipients.filter((one) => one.name !== name) }))
    try {
      const journal = without('Pipedrive').find(({ kind }) => kind === 'call journal')
      runUnder({
        ...before,
        kinds: before.kinds.map((kind) => (journal && kind.kind === 'call journal' ? journal : kind)),
      })
      const fewer = (await shown()).find(({ name }) => name === 'Pipedrive')
      expect(fewer?.kinds).toEqual(told?.kinds.filter((kind) => kind !== 'Calls'))
      runUnder({ ...before, kinds: without('Pipedrive') })
      expect((await shown()).map(({ name }) => name)).not.toContain('Pipedrive')
      // What an adapter of others connects is declared by itself, and says where it is.
      const ours = { kind: 'crm', title: 'Pipedrive' } as const
      const hosts = [
        { host: 'api.acme.example', region: 'CH', transferGround: 'binding corporate rules' as const },
      ]
      const declaration = { data: ['call journal'], hosts }
      runUnder({ ...before, kinds: joinAdapters(without('Pipedrive'), [{ ...ours, declaration }]) })
      expect((await shown()).find(({ name }) => name === 'Pipedrive')).toMatchObject({
        country: 'CH',
        ground: 'rules',
        kinds: ['Calls'],
      })
    } finally {
      runUnder(before)
    }
  })

  it('is drawn from source to recipient: whole what is connected, of others only that it is declared', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed', name: 'Analytical Engines' })
    const mine = await acme.admin.client.ok<DataMapView>('GET', '/api/v1/privacy/map?lang=en')
    expect(mine).toMatchObject({ scope: 'organization', region: 'EU', host: { name: 'Hostitel a.s.' } })
    expect(mine.kinds.map(({ id }) => id)).toEqual(declarations.map(({ kind }) => kind))
    const calls = mine.kinds.find(({ id }) => id === 'call journal')
    expect(calls).toMatchObject({
      about: 'people',
      source: 'phone system',
      keep: { hours: 168 },
      connected: true,
    })
    expect(calls?.facts.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['sealed', 'database', 'keep']),
    )
    const named = new Set(mine.recipients.map(({ id }) => id))
    expect(mine.kinds.flatMap(({ recipients }) => recipients).filter((id) => !named.has(id))).toEqual([])
    const connected = (map: DataMapView) => map.recipients.filter((one) => one.connected).map(({ id }) => id)
    expect(connected(mine)).toEqual(['the connected phone system', 'Pipedrive', 'the mail server'])
    expect(mine.sources.find(({ id }) => id === 'CRM')?.systems).toEqual(['Pipedrive'])

    const all = await hub.operator.ok<DataMapView>('GET', '/api/v1/privacy/map?lang=cs')
    expect(all.scope).toBe('installation')
    expect(connected(all)).toEqual(connected(mine))
    expect(all.sources.find(({ id }) => id === 'phone system')?.name).toBe('připojená ústředna')
    expect(JSON.stringify(all)).not.toMatch(/Analytical/)
    expect(JSON.stringify(all)).not.toContain(acme.id)
    const agent = await acme.given.user({ extension: '29' })
    expect((await agent.client.request('GET', '/api/v1/privacy/map')).status).toBe(403)
  })

  it('BX-8 is counted for the organization whose connection leads inside', async ({ hub }) => {
    const acme = await hub.given.organization()
    const { egress } = hub.app
    await onBehalfOf({ organizationId: acme.id, connectionId: acme.phoneId }, () =>
      wayTo(() =>
        egress.open({
          url: 'https://10.0.0.7/recording',
          maxBytes: 1,
          allow: ['10.0.0.7'],
          provider: 'optimcall',
          sends,
        }),
      ),
    )
    const { refused } = await acme.admin.client.ok<RecipientsView>('GET', '/api/v1/recipients')
    expect(refused).toEqual([expect.objectContaining({ host: '10.0.0.7', why: 'private', count: 1 })])
  })
})
