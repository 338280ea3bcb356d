import { randomBytes } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { it } from '../../testing/it.ts'
import type { ConnectionView } from '../http/shapes.ts'
import { largestHookBytes } from './route.ts'

const ringing = (more: object = {}) => ({
  name: 'legRinging',
  callId: 'call-1',
  callType: 'externalInbound',
  eventTime: '2026-11-25T10:00:00Z',
  callerNumber: '+442079460123',
  calledNumber: '+420222333444',
  legId: 'leg-1',
  legType: 'callee',
  legNumber: '21',
  ...more,
})

async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: answer.status, text: await answer.text() }
}

const callsOf = (company: Company) => company.query('select id from calls')

describe('a delivery at a hook', () => {
  it('without the right key is refused, changes nothing, and leaves no trace of what it said', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const needle = `needle${randomBytes(6).toString('hex')}`
    const body = JSON.stringify(ringing({ callerName: needle, callerNumber: '+442079460177' }))

    for (const headers of [{}, { 'x-optimcall-key': 'wrong' }, { 'x-optimcall-key': '' }]) {
      const answer = await post(acme.hookUrl, body, headers)
      expect(answer.status).toBe(401)
      expect(answer.text).not.toContain(needle)
    }

    expect(await callsOf(acme)).toEqual([])
    const said = hub.log.raw.join('')
    expect(said).not.toContain(needle)
    expect(said).not.toContain('442079460177')
    expect(said).not.toContain(acme.hookUrl.split('/').at(-1))
  })

  it('at an address nobody was given is not found', async ({ hub }) => {
    const answer = await post(`${hub.url}/hooks/${randomBytes(24).toString('base64url')}`, '{}')
    expect(answer.status).toBe(404)
  })

  it('with the key of another organization is refused', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const rival = await hub.given.organization({ set: 'connected' })
    const answer = await post(acme.hookUrl, JSON.stringify(ringing()), { 'x-optimcall-key': rival.secret })
    expect(answer.status).toBe(401)
    expect(await callsOf(acme)).toEqual([])
  })

  it.for<[string, string]>([
    ['is no JSON', '{"name":"legRinging", needle'],
    ['is JSON of another kind', '[]'],
    ['has no call', JSON.stringify(ringing({ callId: undefined, legName: 'needle' }))],
    ['has no readable time', JSON.stringify(ringing({ eventTime: 'needle' }))],
    ['is empty', ''],
  ])('that %s is refused as malformed, without repeating it', async ([, body], { hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const answer = await post(acme.hookUrl, body, { 'x-optimcall-key': acme.secret })
    expect(answer.status).toBe(400)
    expect(answer.text).not.toContain('needle')
    expect(hub.log.raw.join('')).not.toContain('needle,')
    expect(await callsOf(acme)).toEqual([])
  })

  it('larger than an event can be is refused', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const body = JSON.stringify(ringing({ tags: ['x'.repeat(largestHookBytes)] }))
    expect((await post(acme.hookUrl, body, { 'x-optimcall-key': acme.secret })).status).toBe(413)
    expect(await callsOf(acme)).toEqual([])
  })

  it('of a kind we do not know is accepted and counted', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    expect(await acme.hook(ringing({ name: 'callTeleported' }))).toBe(200)
    expect(await acme.hook(ringing({ name: 'callTeleported', callId: 'call-2' }))).toBe(200)

    await hub.app.counters.flush()
    const { connections } = await acme.admin.client.ok<{ connections: ConnectionView[] }>(
      'GET',
      '/api/v1/connections',
    )
    const phone = connections.find((connection) => connection.side === 'phone')
    expect(phone).toMatchObject({ health: 'healthy', counts: { 'unknown-kind': 2 } })
    expect(await callsOf(acme)).toEqual([])
  })

  it('may carry any content type, as long as its bytes are an event', async ({ hub }) => {
    const acme = await hub.given.organization()
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    expect(await acme.hook(ringing(), headers)).toBe(200)
    expect(await callsOf(acme)).toHaveLength(1)
  })

  it('changes nothing when it comes a second time', async ({ hub }) => {
    const acme = await hub.given.organization()
    for (let copy = 0; copy < 3; copy += 1) expect(await acme.hook(ringing())).toBe(200)
    expect(await acme.query('select version from calls')).toEqual([{ version: 1 }])
  })

  it('PD-1 before the agreement is counted, and nothing of it is stored', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    expect(await acme.hook(ringing())).toBe(200)
    await hub.app.counters.flush()
    expect(await callsOf(acme)).toEqual([])
    const counted = await acme.query<{ what: string; count: string }>(
      'select what, count from delivery_counts',
    )
    expect(counted).toContainEqual({ what: 'before the agreement', count: '1' })
  })

  it('of the CRM with a wrong password is refused', async ({ hub }) => {
    const acme = await hub.given.organization()
    const [hook] = hub.sandbox.pipedrive.company(acme.domain).webhooks.values()
    expect(hook).toBeDefined()
    const headers = { authorization: `Basic ${Buffer.from('ringfence:wrong').toString('base64')}` }
    expect((await post(hook?.subscription_url ?? '', '{}', headers)).status).toBe(401)
  })
})
