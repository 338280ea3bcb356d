import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scopes } from '../../../sandbox/demo-world.ts'
import type { MirrorEvent } from '../contract.ts'
import type { TestSession } from './stand-in.ts'
import {
  aCall,
  codeFor,
  connectStandIn,
  failureFrom,
  installed,
  redirectUri,
  total,
  walk,
} from './stand-in.ts'

const anna = 101
const bob = 102
const users = [
  { name: 'Anna Nováková', email: 'anna@acme.example', admin: true, language: 'cs' },
  { name: 'Bob Byte', email: 'bob@acme.example' },
]

let standIn: Awaited<ReturnType<typeof connectStandIn>>
const closers: (() => Promise<unknown> | unknown)[] = []

async function start(options: Parameters<typeof connectStandIn>[0] = {}, persons: unknown[] = []) {
  await standIn?.close()
  standIn = await connectStandIn(options)
  standIn.sandbox.pipedrive.createCompany({ domain: 'acme', users, persons } as never)
}

beforeEach(() => start())
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  await standIn.close()
})

const requestsTo = (path: string) =>
  standIn.sandbox.ledger.requests.filter(({ template }) => template.endsWith(path))
const ledgerTokens = () => standIn.sandbox.ledger.requests.reduce((sum, { tokens }) => sum + tokens, 0)

describe('signing in through Pipedrive', () => {
  it('turns the code into tokens and says who it is', async () => {
    const { crm } = standIn
    const session = await installed(crm, anna)
    expect(session.tokens.expiresAt.getTime()).toBeGreaterThan(Date.now() + 3000 * 1000)
    expect(await crm.oauth.identity(session)).toEqual({
      companyRef: expect.stringMatching(/^\d+$/),
      companyName: 'acme',
      userRef: '101',
      userName: 'Anna Nováková',
      administrator: true,
      language: 'cs',
      country: 'CZ',
      timeZone: 'Europe/Prague',
    })
    const hers = await crm.oauth.identity(await installed(crm, bob))
    expect(hers).toMatchObject({ userRef: '102', administrator: false })
  })

  it('takes each code once, and no forged one', async () => {
    const { crm } = standIn
    const code = await codeFor(crm, anna)
    await crm.oauth.exchange(code, redirectUri)
    for (const spent of [code, 'forged']) {
      expect(await failureFrom(crm.oauth.exchange(spent, redirectUri))).toEqual({
        code: 'provider-refused',
        provider: 'pipedrive',
        status: 400,
      })
    }
  })

  it('goes on with the rotated refresh token', async () => {
    const { crm, sandbox } = standIn
    sandbox.pipedrive.set({ rotateRefreshTokens: true })
    const session = await installed(crm, anna)
    const first = session.tokens
    const second = await crm.refresh(first.refreshToken)
    const third = await crm.refresh(second.refreshToken)
    expect(new Set([first.refreshToken, second.refreshToken, third.refreshToken]).size).toBe(3)
    expect(await failureFrom(crm.refresh(first.refreshToken))).toMatchObject({
      code: 'provider-refused',
      status: 400,
    })
  })

  it('renews a token that has run out, once, and the work goes on', async () => {
    const { crm, sandbox } = standIn
    const session = await installed(crm, anna)
    sandbox.clock.advance(3700)
    expect(await crm.oauth.identity(session)).toMatchObject({ userRef: '101' })
    expect(session.renewals).toBe(1)
    expect(requestsTo('/users/me').map(({ status }) => status)).toEqual([401, 200])
  })

  it('asks for a person when the installation was revoked', async () => {
    const { crm } = standIn
    const session = await installed(crm, anna)
    await crm.revoke(session.tokens.refreshToken)
    expect(await failureFrom(crm.oauth.identity(session))).toMatchObject({
      code: 'provider-refused',
      status: 400,
    })
    await crm.revoke('unknown already') // any number of times
  })

  it('sends nothing to an address that is not of Pipedrive', async () => {
    const { crm } = standIn
    const session = await installed(crm, anna)
    const elsewhere = { ...session, apiBase: 'https://collector.example.org' }
    expect(await failureFrom(crm.oauth.identity(elsewhere))).toEqual({ code: 'undeclared', what: 'host' })
    expect(total(session)).toBe(0)
  })
})

describe('the users', () => {
  it('are all listed, and who administers', async () => {
    const { crm, sandbox } = standIn
    sandbox.pipedrive.deactivateUser('acme', bob)
    expect(await crm.users(await installed(crm, anna))).toEqual([
      {
        externalId: '101',
        name: 'Anna Nováková',
        email: 'anna@acme.example',
        active: true,
        administrator: true,
      },
      { externalId: '102', name: 'Bob Byte', email: 'bob@acme.example', active: false, administrator: false },
    ])
  })
})

describe('the contacts', () => {
  it('PD-2 are all read, companies first, with custom numbers and in pages of 500', async () => {
    const persons = Array.from({ length: 1203 }, (_, i) => ({
      name: `Person ${i + 1}`,
      phones: [{ value: `020 7946 ${String(i % 1000).padStart(4, '0')}` }],
    }))
    await start({}, persons)
    const { crm, sandbox } = standIn
    const field = sandbox.pipedrive.addPhoneField('acme', 'Second mobile')
    const company = sandbox.pipedrive.addOrganization('acme', { name: 'Analytical Engines' })
    sandbox.pipedrive.addPerson('acme', {
      name: 'Ada Lovelace',
      org_id: company.id,
      phones: [{ value: '+44 (20) 7946 0999' }],
      custom_fields: { [field]: '07700 900123' },
    })
    const session = await installed(crm, anna)
    const all = await walk(crm, session)
    expect(all.contacts.length).toBe(1204)
    expect(new Set(all.contacts.map(({ externalId }) => externalId)).size).toBe(1204)
    expect(all.companies).toEqual([{ externalId: String(company.id), name: 'Analytical Engines' }])
    expect(all.contacts.at(-1)).toMatchObject({
      name: 'Ada Lovelace',
      companyExternalId: String(company.id),
      numbers: ['+44 (20) 7946 0999', '07700 900123'],
    })
    expect(requestsTo('/v2/persons').length).toBe(3)
    expect(requestsTo('/personFields').length).toBe(1)
    expect(sandbox.ledger.requestViolations).toEqual([])
  })

  it('PD-2 that changed since are read without the others', async () => {
    await start({}, [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }])
    const { crm, sandbox } = standIn
    sandbox.clock.advance(3600)
    const since = new Date(Date.now() + 1800 * 1000 + 123)
    sandbox.pipedrive.editPerson('acme', 2, { name: 'Grace Murray Hopper' })
    const { contacts } = await walk(crm, await installed(crm, anna), since)
    expect(contacts.map(({ name }) => name)).toEqual(['Grace Murray Hopper'])
    expect(sandbox.ledger.requestViolations).toEqual([])
  })

  it('are read on from where a walk stopped, by another instance', async () => {
    const persons = Array.from({ length: 700 }, (_, i) => ({ name: `Person ${i + 1}` }))
    await start({}, persons)
    const { crm } = standIn
    const session = await installed(crm, anna)
    const companies = await crm.mirror.contacts(session, {})
    const first = await crm.mirror.contacts(session, { cursor: companies.next ?? '' })
    const rest = await crm.mirror.contacts(session, { cursor: first.next ?? '' })
    expect([first.contacts.length, rest.contacts.length, rest.next]).toEqual([500, 200, undefined])
    expect(await failureFrom(crm.mirror.contacts(session, { cursor: 'not ours' }))).toMatchObject({
      code: 'invalid-input',
    })
  })

  it('come in the end although Pipedrive stumbles, and each try is counted', async () => {
    await start({}, [{ name: 'Ada Lovelace' }])
    const { crm, sandbox } = standIn
    const session = await installed(crm, anna)
    sandbox.faults.order({ kind: '500', path: '/api/v2/persons', times: 2 })
    expect((await walk(crm, session)).contacts.length).toBe(1)
    expect(requestsTo('/v2/persons').map(({ status }) => status)).toEqual([500, 500, 200])
    expect(session.spent.get('contacts')).toBe(10 + 10 + 3 * 10)
  })
})

describe('the price of it all', () => {
  it('PD-7 is counted to the token, by what it was spent on', async () => {
    await start({}, [{ name: 'Ada Lovelace' }])
    const { crm } = standIn
    const session = await installed(crm, anna)
    await crm.oauth.identity(session)
    await crm.users(session)
    await walk(crm, session)
    await crm.writeActivity(session, aCall())
    await crm.findWritten(session, aCall())
    expect(total(session)).toBe(ledgerTokens())
    expect(Object.fromEntries(session.spent)).toEqual({ 'set-up': 22, contacts: 30, 'call log': 30 })
    expect(session.allowances.at(-1)).toEqual({ left: 90_000 - ledgerTokens(), limit: 90_000 })
  })
})

describe('webhooks', () => {
  const secrets = { user: 'ringfence', password: 'a long and random password' }

  /** An address of ours that answers 200 and gives each delivery to the adapter. */
  async function listening() {
    const events: MirrorEvent[] = []
    const refused: unknown[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks)
      try {
        if (body.length > 0) {
          events.push(
            ...standIn.crm.mirror.receive(
              { method: request.method ?? '', headers: request.headers, body },
              secrets,
            ),
          )
        }
      } catch (error) {
        refused.push(error)
      }
      response.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closers.push(() => new Promise((done) => server.close(done)))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/key`
    return { url, events, refused }
  }

  it('PD-2 tell of new, changed, merged and deleted persons', async () => {
    await start({}, [{ name: 'Ada Byron', phones: [{ value: '020 7946 0123' }] }])
    const { crm, sandbox } = standIn
    const { url, events, refused } = await listening()
    const session = await installed(crm, anna)
    const ids = await crm.mirror.makeHooks(session, { url, ...secrets })
    expect(new Set(ids).size).toBe(5)
    await walk(crm, session)

    sandbox.pipedrive.editPerson('acme', 1, { name: 'Ada Lovelace' })
    const grace = sandbox.pipedrive.addPerson('acme', {
      name: 'Grace Hopper',
      phones: [{ value: '07700 900123' }],
    })
    await sandbox.idle()
    sandbox.pipedrive.mergePersons('acme', { fromId: grace.id, intoId: 1 })
    await sandbox.idle()
    sandbox.pipedrive.deletePerson('acme', 1)
    await sandbox.idle()

    expect(refused).toEqual([])
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'contact-changed',
        contact: expect.objectContaining({ name: 'Ada Lovelace', shared: true, numbers: ['020 7946 0123'] }),
      }),
    )
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'contact-changed',
        contact: expect.objectContaining({ name: 'Grace Hopper', numbers: ['07700 900123'] }),
      }),
    )
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'contact-gone', externalId: String(grace.id), mergedInto: '1' }),
    )
    expect(events.at(-1)).toMatchObject({ kind: 'contact-gone', externalId: '1' })
    expect(sandbox.ledger.requestViolations).toEqual([])
  })

  it('tell of a user who was removed, and of companies', async () => {
    const { crm, sandbox } = standIn
    const { url, events } = await listening()
    await crm.mirror.makeHooks(await installed(crm, anna), { url, ...secrets })
    sandbox.pipedrive.deactivateUser('acme', bob)
    sandbox.pipedrive.addOrganization('acme', { name: 'Analytical Engines' })
    await sandbox.idle()
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'user-changed',
        user: expect.objectContaining({ externalId: '102', active: false }),
      }),
    )
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'company-changed',
        company: expect.objectContaining({ name: 'Analytical Engines' }),
      }),
    )
  })

  it('are made once, made anew for another password, and removed', async () => {
    const { crm } = standIn
    const { url } = await listening()
    const session = await installed(crm, anna)
    const first = await crm.mirror.makeHooks(session, { url, ...secrets })
    expect(await crm.mirror.makeHooks(session, { url, ...secrets })).toEqual(first)
    const anew = await crm.mirror.makeHooks(session, { url, ...secrets, password: 'another one' })
    expect(anew.some((id) => first.includes(id))).toBe(false)
    await crm.mirror.removeHooks(session, anew)
    await crm.mirror.removeHooks(session, anew) // gone already is as good
    const again = await crm.mirror.makeHooks(session, { url, ...secrets })
    expect(again.length).toBe(5)
    await crm.mirror.removeHooks(session, again)
  })

  it('are refused for good when the app lacks the scope', async () => {
    await start({ scopes: scopes.filter((scope) => scope !== 'webhooks:full') })
    const { crm } = standIn
    const session = await installed(crm, anna)
    const failure = await failureFrom(
      crm.mirror.makeHooks(session, { url: 'http://127.0.0.1:1/', ...secrets }),
    )
    expect(failure).toEqual({ code: 'provider-refused', provider: 'pipedrive', status: 403 })
    expect(session.renewals).toBe(0)
  })
})

describe('writing a call', () => {
  let session: TestSession
  beforeEach(async () => {
    await start({ timeoutMs: 400 }, [{ name: 'Ada Lovelace', phones: [{ value: '020 7946 0123' }] }])
    session = await installed(standIn.crm, anna)
  })
  const held = () => standIn.sandbox.ledger.held()

  it('PD-4 makes one call log with its activity, linked to the person', async () => {
    const { crm, sandbox } = standIn
    const written = await crm.writeActivity(session, aCall({ personExternalId: '1', ownerExternalId: '101' }))
    expect(written).toEqual({ logId: expect.stringMatching(/./), activityId: expect.stringMatching(/^\d+$/) })
    expect(held().length).toBe(1)
    const [log] = await readLogs(session)
    expect(log).toMatchObject({
      id: written.logId,
      person_id: 1,
      user_id: 101,
      subject: 'Inbound call from +44 20 7946 0123',
      duration: '183',
      outcome: 'connected',
      from_phone_number: '+442079460123',
      to_phone_number: '+420222333444',
      start_time: '2026-11-23T06:01:00.000Z',
      end_time: '2026-11-23T06:04:03.000Z',
      note: 'Answered by Anna<br>Ref. RF-7K2Q',
    })
    expect(sandbox.ledger.requestViolations).toEqual([])
  })

  it('PD-4 finds by its marker what was written although the answer never came', async () => {
    const { crm, sandbox } = standIn
    sandbox.faults.order({ kind: 'late-effect', method: 'POST', path: '/api/v1/callLogs', times: 1 })
    const failure = await failureFrom(crm.writeActivity(session, aCall()))
    expect(failure).toEqual({ code: 'provider-outcome-unknown', provider: 'pipedrive' })
    await sandbox.idle()
    await expect.poll(() => held().length).toBe(1)
    const found = await crm.findWritten(session, aCall())
    expect(found).toMatchObject({ logId: expect.stringMatching(/./), activityId: expect.stringMatching(/./) })
    // and only this one
    expect(
      await crm.findWritten(
        session,
        aCall({ marker: 'RF-7K2', startedAt: new Date('2026-11-23T06:01:01Z') }),
      ),
    ).toBe(undefined)
  })

  it.each(['newest-first', 'oldest-first'] as const)(
    'is found on a later page, among calls that share its second, with the list %s',
    async (order) => {
      const { crm, sandbox } = standIn
      sandbox.pipedrive.set({ callLogOrder: order })
      const morning = new Date('2026-11-22T06:01:00Z')
      for (let i = 0; i < 60; i += 1) {
        if (i % 30 === 0) sandbox.clock.advance(3) // Pipedrive takes only so many in two seconds
        await crm.writeActivity(session, aCall({ marker: `RF-${i}Y`, startedAt: morning }))
      }
      const first = await crm.writeActivity(session, aCall({ marker: 'RF-FIRST' }))
      for (let i = 0; i < 60; i += 1) {
        if (i % 30 === 0) sandbox.clock.advance(3)
        const startedAt = new Date(Date.parse('2026-11-23T06:01:00Z') + (i % 7) * 1000)
        await crm.writeActivity(session, aCall({ marker: `RF-${i}X`, startedAt }))
      }
      expect(await crm.findWritten(session, aCall({ marker: 'RF-FIRST' }))).toEqual(first)
      expect(await crm.findWritten(session, aCall({ marker: 'RF-NEVER' }))).toBe(undefined)
    },
  )

  it('is written without the person when that one is gone', async () => {
    const { crm, sandbox } = standIn
    sandbox.pipedrive.deletePerson('acme', 1)
    const written = await crm.writeActivity(session, aCall({ personExternalId: '1' }))
    expect(written.without).toEqual(['person'])
    expect(held().length).toBe(1)
  })

  it("is an administrator's to write for a colleague, and is found among the colleague's activities", async () => {
    const { crm } = standIn
    const call = aCall({ ownerExternalId: String(bob) })
    const written = await crm.writeActivity(session, call)
    expect(written.without).toBe(undefined)
    const found = await crm.findWritten(session, call)
    expect(found?.activityId).toBe(written.activityId)
  })

  it('is written for oneself when one may not write for the colleague', async () => {
    const { crm } = standIn
    const hers = await installed(crm, bob)
    const written = await crm.writeActivity(hers, aCall({ ownerExternalId: String(anna) }))
    expect(written.without).toEqual(['owner'])
    expect(held().length).toBe(1)
  })

  it('goes in without a number that was withheld', async () => {
    const { crm } = standIn
    await crm.writeActivity(session, aCall({ from: { kind: 'withheld' } }))
    const [log] = await readLogs(session)
    expect(log).not.toHaveProperty('from_phone_number')
    expect(await crm.findWritten(session, aCall({ from: { kind: 'withheld' } }))).toBeDefined()
  })
})

describe('too many requests', () => {
  it('are followed by silence of the whole installation for the window', async () => {
    let now = Date.now()
    await start({ now: () => new Date(now) })
    const { crm, sandbox } = standIn
    const session = await installed(crm, anna)
    sandbox.faults.order({ kind: '429', path: '/api/v1/users', times: 1 })
    const failure = await failureFrom(crm.users(session))
    expect(failure).toMatchObject({ code: 'provider-unavailable', provider: 'pipedrive' })
    const before = sandbox.ledger.requests.length
    expect(await failureFrom(crm.writeActivity(session, aCall()))).toMatchObject({
      code: 'provider-unavailable',
    })
    expect(sandbox.ledger.requests.length).toBe(before)
    now += 60_000
    expect((await crm.users(session)).length).toBe(2)
  })

  it('of the day are waited out until midnight, then tried each quarter of an hour', async () => {
    let now = Date.parse('2026-11-25T21:00:00Z')
    await start({ now: () => new Date(now) })
    const { crm } = standIn
    const session = await installed(crm, anna)
    await control('pipedrive/exhaust-budget', { domain: 'acme' })
    expect(await failureFrom(crm.users(session))).toMatchObject({ retryAfterSeconds: 3 * 3600 })
    now += 3 * 3600 * 1000
    expect(await failureFrom(crm.users(session))).toMatchObject({ retryAfterSeconds: 15 * 60 })
    now += 15 * 60 * 1000
    await control('pipedrive/restore-budget', { domain: 'acme' })
    expect((await crm.users(session)).length).toBe(2)
  })
})

async function control(name: string, input: unknown): Promise<void> {
  const body = JSON.stringify(input)
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${standIn.sandbox.url}/control/${name}`, { method: 'POST', headers, body })
  expect(answer.status).toBe(200)
}

/** What Pipedrive itself says is there, asked around the adapter. */
async function readLogs(session: TestSession): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${session.apiBase}/api/v1/callLogs`, {
    headers: { authorization: `Bearer ${session.tokens.accessToken}` },
  })
  const { data } = (await answer.json()) as { data: Record<string, unknown>[] }
  return data
}
