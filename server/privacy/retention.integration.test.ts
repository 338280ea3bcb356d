import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { howOften } from '../../testing/how-often.ts'
import { it } from '../../testing/it.ts'
import { hourOf } from '../keys/index.ts'
import type { DatabaseRole, Organization } from '../organizations/organization.ts'
import { expiringTables } from './row-security.ts'
import { sweepOrganization } from './sweep.ts'

/** One row of each expiring table that ends so many minutes from now. A new kind with hours needs its line here. */
const makers: Record<string, string> = {
  calls: `insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
          values ($1, $2, 'ended', $4, now(), ringfence.now() + make_interval(mins => $3))`,
  call_logs: `with call as (
                insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
                values ($1, $2, 'ended', $4, now(), 'infinity') returning id)
              insert into call_logs (call_id, connection_id, state, marker, expires_at)
              select id, $2, 'written', 'm', ringfence.now() + make_interval(mins => $3) from call`,
  follow_ups: `with call as (
                 insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
                 values ($1, $2, 'ended', $4, now(), 'infinity') returning id)
               insert into follow_ups (id, connection_id, caller_hash, call_id, marker, expires_at)
               select gen_random_uuid(), $2, sha256(convert_to($1::text, 'UTF8')), id, 'm', ringfence.now() + make_interval(mins => $3) from call`,
  call_deals: `with call as (
                 insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
                 values ($1, $2, 'ended', $4, now(), 'infinity') returning id)
               insert into call_deals (call_id, connection_id, expires_at)
               select id, $2, ringfence.now() + make_interval(mins => $3) from call`,
  recordings: `with call as (
                 insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
                 values ($1, $2, 'ended', $4, now(), 'infinity') returning id)
               insert into recordings (id, expires_at)
               select id, ringfence.now() + make_interval(mins => $3) from call`,
  call_notes: `with call as (
                 insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
                 values ($1, $2, 'ended', $4, now(), 'infinity') returning id)
               insert into call_notes (id, expires_at)
               select id, ringfence.now() + make_interval(mins => $3) from call`,
  live_calls: `with call as (
                 insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
                 values ($1, $2, 'ended', $4, now(), 'infinity') returning id)
               insert into live_calls (call_id, connection_id, state, live_sealed, expires_at)
               select id, $2, 'open', $4, ringfence.now() + make_interval(mins => $3) from call`,
  requested_calls: `insert into requested_calls (id, connection_id, number_hash, request_sealed, expires_at)
                    values ($1, $2, sha256(uuid_send($1)), $4, ringfence.now() + make_interval(mins => $3))`,
  new_persons: `insert into new_persons (id, connection_id, number_hash, person_sealed, asked_by, expires_at)
                values ($1, $2, sha256(uuid_send($1)), $4, $1, ringfence.now() + make_interval(mins => $3))`,
  erasures: `with unused as (select $2::uuid, $4::bytea)
             insert into erasures (id, cause, expires_at) values ($1, 'page', ringfence.now() + make_interval(mins => $3))`,
  erasure_recipients: `with unused as (select $4::bytea), erasure as (
                         insert into erasures (id, cause, expires_at) values ($1, 'page', 'infinity') returning id)
                       insert into erasure_recipients (id, erasure_id, connection_id, recipient, what, state, expires_at)
                       select id, id, $2, 'pipedrive', 'call', 'to do', ringfence.now() + make_interval(mins => $3) from erasure`,
  corrections: `with unused as (select $4::bytea)
                insert into corrections (id, connection_id, cause, at_crm, fields, expires_at)
                values ($1, $2, 'page', 'list', '{name}', ringfence.now() + make_interval(mins => $3))`,
  correction_changes: `with correction as (
                         insert into corrections (id, connection_id, cause, at_crm, fields, expires_at)
                         values ($1, $2, 'page', 'person', '{name}', 'infinity') returning id)
                       insert into correction_changes (id, connection_id, person_external_id, changes_sealed, expires_at)
                       select id, $2, '1', $4, ringfence.now() + make_interval(mins => $3) from correction`,
  correction_recipients: `with unused as (select $4::bytea), correction as (
                            insert into corrections (id, connection_id, cause, at_crm, fields, expires_at)
                            values ($1, $2, 'page', 'list', '{name}', 'infinity') returning id)
                          insert into correction_recipients (id, correction_id, connection_id, recipient, what, state, expires_at)
                          select id, id, $2, 'pipedrive', 'call', 'stays', ringfence.now() + make_interval(mins => $3)
                          from correction`,
}

/** Rows are seen by whoever says for what: nobody is shown what somebody else has asked for, or who was erased. */
const readFor = (table: string): DatabaseRole => {
  if (/^(erasure|correction)/.test(table)) return 'answer requests of people'
  return table === 'requested_calls' ? 'place a call' : 'show calls to the people they are for'
}

/** A company whose expiring tables hold rows that end at these minutes, counted from now. */
async function rowsEnding(acme: Company, table: string, minutes: readonly number[]): Promise<void> {
  await acme.query('delete from calls')
  await acme.query('delete from new_persons')
  await acme.query('delete from erasures')
  await acme.query('delete from corrections')
  await acme.query('delete from requested_calls')
  const { keys } = await acme.organization()
  const place = { table: 'recordings', column: 'address_sealed', row: 'any' }
  const sealed = keys.seal(place, 'made up', { by: 'call hour', hour: hourOf(Date.now()) })
  for (const end of minutes)
    await acme.query(makers[table] ?? `no maker for ${table}`, [randomUUID(), acme.phoneId, end, sealed])
}

const shift = (acme: Company, minutes: number) =>
  acme.query('update ringfence.clock set shift = make_interval(mins => $1)', [minutes])
const seen = async (organization: Organization, table: string, role: DatabaseRole) =>
  (await organization.transaction((db) => db.rows(`select 1 from ${table}`), role)).length

const week = 7 * 24 * 60
/** Half a minute is far enough from the instant itself that a slow machine does not matter. */
const minutes = fc.uniqueArray(fc.integer({ min: 1, max: 2 * week }), { minLength: 1, maxLength: 6 })
const later = fc.integer({ min: 0, max: 2 * week + 10 })

describe('what may be kept for a time', () => {
  it('L-5.5 is hidden from everybody who can log in, at its moment, whatever the clock says', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const organization = await acme.organization()
    expect(Object.keys(makers).sort()).toEqual(expiringTables('organization').sort())
    for (const table of expiringTables('organization')) {
      await fc.assert(
        fc.asyncProperty(minutes, later, async (ends, passed) => {
          fc.pre(!ends.includes(passed)) // the very minute is the next test's
          await shift(acme, 0)
          await rowsEnding(acme, table, ends)
          await shift(acme, passed)
          const alive = ends.filter((end) => end > passed).length
          expect(await seen(organization, table, readFor(table))).toBe(alive)
          expect(await seen(organization, table, 'officer')).toBe(alive)
          expect(await seen(organization, table, 'owner')).toBe(ends.length)
        }),
        { numRuns: howOften(6, 40) },
      )
      await rowsEnding(acme, table, []) // made up: no row here is sealed as it should be
    }
  })

  it('L-5.5 is gone after the sweep, and nothing else is', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const organization = await acme.organization()
    for (const table of expiringTables('organization')) {
      await fc.assert(
        fc.asyncProperty(minutes, later, fc.integer({ min: 1, max: 4 }), async (ends, passed, batch) => {
          fc.pre(!ends.includes(passed))
          await shift(acme, 0)
          await rowsEnding(acme, table, ends)
          await shift(acme, passed)
          const over = ends.filter((end) => end <= passed).length
          expect(await sweepOrganization(organization, { batch })).toBe(over)
          expect(await seen(organization, table, 'owner')).toBe(ends.length - over)
        }),
        { numRuns: howOften(6, 40) },
      )
      await rowsEnding(acme, table, []) // made up: no row here is sealed as it should be
    }
  })

  it('is swept to the end by the next sweep when one is cut off anywhere', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const organization = await acme.organization()
    for (let survives = 0; survives < 6; survives += 1) {
      await shift(acme, 0)
      await rowsEnding(acme, 'calls', [1, 2, 3, 4, 5, 6, 7, 1_000])
      await shift(acme, 60)
      let transactions = 0
      const cutOff: Organization = {
        ...organization,
        transaction: async (fn, as) => {
          transactions += 1
          if (transactions > survives) throw new Error('killed')
          return organization.transaction(fn, as)
        },
      }
      await expect(sweepOrganization(cutOff, { batch: 2 })).rejects.toThrow('killed')
      expect(await seen(organization, 'calls', 'show calls to the people they are for')).toBe(1)
      await sweepOrganization(organization, { batch: 2 })
      expect(await seen(organization, 'calls', 'owner')).toBe(1)
    }
  })

  it('orders the rewrite before anything is deleted, and only where something is', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const organization = await acme.organization()
    const orders: number[] = []
    const beforeDelete = async () => void orders.push(await seen(organization, 'calls', 'owner'))
    await rowsEnding(acme, 'calls', [10, 20])
    await sweepOrganization(organization, { beforeDelete })
    expect(orders).toEqual([])
    await shift(acme, 15)
    await sweepOrganization(organization, { beforeDelete, batch: 1 })
    expect(orders).toEqual([2])
  })

  it('cannot be written when its time is over already', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const organization = await acme.organization()
    await expect(
      organization.transaction(
        (db) => db.rows(makers['calls'] ?? '', [randomUUID(), acme.phoneId, -1, Buffer.from('never stored')]),
        'show calls to the people they are for',
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a call', () => {
  it('PD-12 is shown for 7 × 24 hours after its end and not a minute longer', async ({ hub }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    await acme.written(call)
    const shown = async () => {
      // A session lives for twelve hours, so after days somebody signs in anew.
      const client = hub.client()
      await client.signIn('/apps/pipedrive/install', colleague.vendorId)
      return (await client.ok<{ calls: { id: string }[] }>('GET', '/api/v1/calls')).calls.map(({ id }) => id)
    }
    await hub.moveClock('167 hours 50 minutes')
    expect(await shown()).toEqual([call.id])
    await hub.moveClock('11 minutes')
    expect(await shown()).toEqual([])
  })
})
