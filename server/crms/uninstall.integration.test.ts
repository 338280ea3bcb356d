import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { ringfence } from '../../testing/cli.ts'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionMade } from '../http/shapes.ts'
import { filledCompany } from '../privacy/filled.fixture.ts'
import type { SignedReceipt } from '../privacy/receipt-signing.ts'

async function receiptsOf(acme: Company): Promise<SignedReceipt[]> {
  const { receipts } = await acme.hub.operator.ok<{ receipts: SignedReceipt[] }>('GET', '/api/v1/receipts')
  return receipts.filter(({ receipt }) => receipt.organization === acme.id)
}

/** Resolves when every uninstall that was begun is done. */
async function receiptsDone(acme: Company, count: number): Promise<SignedReceipt[]> {
  return until(`there are ${count} receipts`, async () => {
    const receipts = await receiptsOf(acme)
    const jobs = await acme.hub.control(
      `select 1 from graphile_worker.jobs where task_identifier = 'uninstall'`,
    )
    return receipts.length >= count && jobs.length === 0 ? receipts : undefined
  })
}

const rows = async (acme: Company, table: string) => (await acme.query(`select 1 from ${table}`)).length

/** Rows cannot go until it is let go: what happens meanwhile happens in the middle of a removal. */
async function holdRemoval(acme: Company): Promise<{ letGo(): Promise<void> }> {
  await acme.query('begin')
  await acme.query('lock table user_extensions in share mode')
  return { letGo: async () => void (await acme.query('commit')) }
}

/** The callback as anybody could send it. */
async function callback(
  hub: Hub,
  told: { company: string; user: number; secret?: string; app?: string },
): Promise<number> {
  const { clientId, clientSecret } = hub.app.settings.pipedrive ?? { clientId: '', clientSecret: '' }
  const credentials = Buffer.from(`${clientId}:${told.secret ?? clientSecret}`).toString('base64')
  const answer = await fetch(`${hub.url}/apps/pipedrive/callback`, {
    method: 'DELETE',
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: told.app ?? clientId,
      company_id: Number(told.company),
      user_id: told.user,
      timestamp: '2026-11-23T06:00:00.000Z',
    }),
  })
  return answer.status
}

async function companyRef(acme: Company): Promise<string> {
  const [row] = await acme.query<{ company_ref: string }>(
    `select company_ref from connections where side = 'crm'`,
  )
  return row?.company_ref ?? ''
}

describe('an uninstall', () => {
  it('PD-8 of a user has one receipt, however often and by whomever it is told, and can be checked by anybody', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '31', name: 'Boris Novotny' })
    const company = await companyRef(acme)
    const told = { company, user: boris.vendorId }

    expect(await callback(hub, { ...told, secret: 'guessed' })).toBe(401)
    expect(await callback(hub, { ...told, app: 'another' })).toBe(400)
    expect(await callback(hub, { ...told, user: 999_999 })).toBe(200) // nobody here
    expect(await callback(hub, { ...told, company: '1' })).toBe(200)
    expect(await receiptsOf(acme)).toEqual([])

    const statuses = await Promise.all([
      hub.sandbox.pipedrive.uninstall(boris.vendorId),
      callback(hub, told),
      callback(hub, told),
      callback(hub, told),
    ])
    expect(statuses).toEqual([200, 200, 200, 200])
    const [shown] = await receiptsDone(acme, 1)
    expect(await callback(hub, told)).toBe(200) // late, when everything is done
    expect(await receiptsDone(acme, 1)).toHaveLength(1)

    const receipt = shown?.receipt
    expect(receipt).toMatchObject({
      ended: 'user',
      cause: 'uninstall',
      connection: acme.crmId,
      removed: { installations: 1, users: 1, user_extensions: 1 },
      left: 0,
      keysDestroyed: false,
      keyRing: { id: hub.app.ring.id },
      policy: (await hub.app.policies.read())?.version,
      agreement: expect.any(String),
    })
    expect(Date.parse(receipt?.doneAt ?? '')).toBeGreaterThanOrEqual(Date.parse(receipt?.askedAt ?? ''))
    for (const personal of ['Boris', boris.email, boris.id, company])
      expect(JSON.stringify(receipt)).not.toContain(personal)
    expect(JSON.stringify(receipt)).not.toMatch(new RegExp(`\\b${boris.vendorId}\\b`))

    const { keys } = await hub
      .client()
      .ok<{ keys: { x: string; kty: 'OKP'; crv: 'Ed25519' }[] }>(
        'GET',
        '/.well-known/ringfence-receipts.json',
      )
    const [head, payload, signature] = (shown?.jws ?? '').split('.')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: keys[0]?.x ?? '' }, format: 'jwk' })
    const signed = Buffer.from(`${head}.${payload}`)
    expect(verify(null, signed, key, Buffer.from(signature ?? '', 'base64url'))).toBe(true)
    expect(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())).toEqual(receipt)

    const listed = await ringfence(hub.env, 'receipts', '--json')
    expect(JSON.parse(listed.out)).toContainEqual(shown)
    const at = (name: string) => join(hub.folder, name)
    await writeFile(at('keys.json'), JSON.stringify({ keys }))
    const bent = { ...shown, receipt: { ...receipt, id: acme.id, cause: 'lost uninstall' } }
    await writeFile(at('receipts.json'), JSON.stringify([shown, bent]))
    const verdict = await ringfence({}, 'receipts', 'verify', at('receipts.json'), '--keys', at('keys.json'))
    expect(verdict.status).toBe(1)
    expect(verdict.out).toContain(`${receipt?.id}: genuine`)
    expect(verdict.out).toContain(`${acme.id}: NOT genuine`)
  })

  it('PD-8 of all who are left at once: one is the last, and its receipt says what went and outlives the organization', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({
      persons: [
        { name: 'Ada Lovelace', phones: [{ value: '+442079460123' }, { value: '+442079460124' }] },
        { name: 'Karel Čapek', phones: [{ value: '+420601000102' }] },
      ],
    })
    const boris = await acme.given.user({ extension: '31' })
    await acme.written(await acme.phone.calls({ from: '+442079460123', to: '31' }))
    expect(hub.sandbox.pipedrive.company(acme.domain).webhooks.size).toBe(5)

    await Promise.all([boris, acme.admin].map((user) => hub.sandbox.pipedrive.uninstall(user.vendorId)))
    const receipts = await receiptsDone(acme, 2)
    expect(receipts.map(({ receipt }) => receipt.ended).sort()).toEqual(['company', 'user'])
    const last = receipts.find(({ receipt }) => receipt.ended === 'company')
    expect(last?.receipt).toMatchObject({
      keysDestroyed: true,
      removed: { persons: 2, person_numbers: 3, calls: 1, call_logs: 1, agreements: 1 },
    })
    for (const table of ['persons', 'person_numbers', 'calls', 'users', 'agreements'])
      expect(await rows(acme, table)).toBe(0)
    const where = [acme.id]
    expect(await hub.control('select 1 from installations where organization_id = $1', where)).toEqual([])
    expect(hub.sandbox.pipedrive.company(acme.domain).webhooks.size).toBe(0)

    // Whoever comes back needs a new invitation, and agrees anew.
    expect(await hub.client().signIn('/apps/pipedrive/install', acme.admin.vendorId)).toContain(
      'problem=unknown-company',
    )
    const { installUrl = '' } = await hub.operator.ok<ConnectionMade>(
      'POST',
      '/api/v1/connections',
      { side: 'crm', adapter: 'pipedrive' },
      { 'x-organization': acme.id },
    )
    expect(await acme.admin.client.signIn(installUrl, acme.admin.vendorId)).toBe('/agreement')

    await hub.operator.ok('DELETE', `/api/v1/organizations/${acme.id}`, { name: acme.name })
    expect(await receiptsOf(acme)).toEqual(receipts)

    // Deleted in the middle of a removal: everything went, and that is said too.
    await hub.control(
      `insert into receipts (id, organization_id, connection_id, crm, ended, cause) values ($1, $2, $3, 'pipedrive', 'user', 'uninstall')`,
      [randomUUID(), acme.id, acme.crmId],
    )
    await hub.app.jobs.add('installations', {}, { key: 'installations', at: new Date(), alone: true })
    expect(await receiptsDone(acme, 3)).toHaveLength(3)
  })

  it('PD-8 comes also when the contacts are just being read: nothing of them is left, and nothing follows', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({
      set: 'installed',
      persons: Array.from({ length: 1_600 }, (_, at) => ({ name: `Person ${at}`, phones: [] })),
    })
    const slow = hub.sandbox.faults.order({ kind: 'slow', path: '/api/v2/persons', delayMs: 250 })
    const { version } = await acme.admin.client.ok<{ version: string }>('GET', '/api/v1/agreement')
    await acme.admin.client.ok('POST', '/api/v1/agreement/accept', { version })
    await until('some are stored', async () => (await rows(acme, 'persons')) > 0)
    await hub.sandbox.pipedrive.uninstall(acme.admin.vendorId)
    const [last] = await receiptsDone(acme, 1)
    hub.sandbox.faults.cancel(slow)

    expect(last?.receipt).toMatchObject({ ended: 'company', keysDestroyed: true })
    await until('nothing reads any more', async () => {
      const reading = await hub.control(
        `select 1 from graphile_worker.jobs where key = $1 and (locked_at is not null or run_at < now() + interval '1 minute')`,
        [`read-contacts:${acme.crmId}`],
      )
      return reading.length === 0
    })
    expect(await rows(acme, 'persons')).toBe(0)
    expect(await acme.query(`select mirror_state from connections where side = 'crm'`)).toEqual([
      { mirror_state: 'not-started' },
    ])
  })

  it('PD-8 comes also when a call is just being written: the call is in the CRM at most once, and gone here', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '31' })
    await hub.sandbox.pipedrive.uninstall(boris.vendorId)
    await receiptsDone(acme, 1)

    hub.sandbox.faults.order({
      kind: 'slow',
      path: '/api/v1/callLogs',
      method: 'POST',
      delayMs: 600,
      times: 1,
    })
    const call = await acme.phone.calls({ from: '+442079460123', to: '31' })
    await until('it is on its way', async () => (await acme.logOf(call))?.state === 'sending')
    await hub.sandbox.pipedrive.uninstall(acme.admin.vendorId)
    expect((await receiptsDone(acme, 2))[0]?.receipt.ended).toBe('company')
    await hub.sandbox.idle()

    expect(hub.crm.heldFor(call.played).length).toBeLessThanOrEqual(1)
    expect(await rows(acme, 'calls')).toBe(0)
    expect(await rows(acme, 'call_logs')).toBe(0)
  })

  it('PD-8 is the end of it: nobody whom it concerns can come back before it is done', async ({ hub }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '31' })
    const held = await holdRemoval(acme)
    await hub.sandbox.pipedrive.uninstall(boris.vendorId)
    expect((await boris.client.request('GET', '/api/v1/desk')).status).toBe(401)
    expect(await boris.client.signIn('/apps/pipedrive/install', boris.vendorId)).toContain('problem=leaving')
    await held.letGo()
    const [first] = await receiptsDone(acme, 1)
    expect(first?.receipt.ended).toBe('user')
    expect(await boris.client.signIn('/apps/pipedrive/install', boris.vendorId)).toBe('/')
    expect((await boris.client.request('GET', '/api/v1/desk')).status).toBe(200)

    const { installUrl = '' } = await hub.operator.ok<ConnectionMade>(
      'POST',
      '/api/v1/connections',
      { side: 'crm', adapter: 'pipedrive' },
      { 'x-organization': acme.id },
    )
    const heldAgain = await holdRemoval(acme)
    for (const user of [boris, acme.admin]) await hub.sandbox.pipedrive.uninstall(user.vendorId)
    const { client, vendorId } = acme.admin
    expect(await client.signIn(installUrl, vendorId)).toContain('problem=leaving')
    await heldAgain.letGo()
    const receipts = await receiptsDone(acme, 3)
    expect(receipts.map(({ receipt }) => receipt.ended).sort()).toEqual(['company', 'user', 'user'])
    // The invitation was not used up by being refused.
    expect(await client.signIn(installUrl, vendorId)).toBe('/agreement')
  })

  it('PD-8 of the last user ends the agreement and the hooks; whoever installs again agrees anew', async ({
    hub,
  }) => {
    const acme = await filledCompany(hub)
    const count = async (table: string) => (await acme.query(`select 1 from ${table}`)).length
    const crmHooks = () => hub.control('select 1 from hook_keys where connection_id = $1', [acme.crmId])
    expect(await crmHooks()).toHaveLength(1)
    const users = await hub.control<{ user_ref: string }>(
      'select user_ref from installations where organization_id = $1',
      [acme.id],
    )
    for (const { user_ref } of users) await hub.sandbox.pipedrive.uninstall(Number(user_ref))
    await until('it is gone', async () => (await count('calls')) + (await count('agreements')) === 0)
    await until(
      'it is done',
      async () =>
        (await hub.control(`select from graphile_worker.jobs where task_identifier = 'uninstall'`)).length ===
        0,
    )
    expect(await crmHooks()).toEqual([])

    await acme.phone.calls({ from: '+442079460123', to: '21' })
    expect(await count('calls')).toBe(0)

    const again = { side: 'crm', adapter: 'pipedrive' }
    const { installUrl = '' } = await hub.operator.ok<ConnectionMade>('POST', '/api/v1/connections', again, {
      'x-organization': acme.id,
    })
    expect(await acme.admin.client.signIn(installUrl, acme.admin.vendorId)).toBe('/agreement')
    await acme.phone.calls({ from: '+442079460123', to: '21' })
    expect([await count('calls'), await count('persons')]).toEqual([0, 0])

    await acme.accept()
    expect(await crmHooks()).toHaveLength(1)
    const { id } = await acme.given.person({ name: 'Grace Hopper', number: '+442079460155' })
    await until('the mirror has heard of it', async () => (await count('persons')) > 1)
    const call = await acme.phone.calls({ from: '+442079460155', to: '21' })
    expect(await acme.written(call)).toMatchObject({ personId: id })
  })
})
