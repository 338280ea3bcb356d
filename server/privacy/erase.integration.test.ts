import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { lockCall } from '../crms/call-log-rows.ts'
import type { OrganizationKeys, RenewableKey } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { ada, ben, companyWithTwo, eraseAda, lost, needles, openable, parts } from './erase.fixture.ts'
import { erase } from './erase.ts'
import { entryOf, subjectOf } from './person-subject.ts'
import { rememberSealings } from './sealings.fixture.ts'

/** The organization as a process has it that is killed after so many transactions, or changes of the ring. */
function cutOff(organization: Organization, survives: { transactions: number; keys: number }): Organization {
  let { transactions, keys: changes } = survives
  const killed = () => {
    throw new Error('killed')
  }
  const { keys } = organization
  const cut = (name: 'renew' | 'destroyRetiring') => async (wanted: readonly RenewableKey[]) => {
    if (changes-- <= 0) killed()
    await keys[name](wanted)
  }
  return {
    ...organization,
    keys: Object.assign(Object.create(keys) as OrganizationKeys, {
      hash: keys.hash.bind(keys),
      open: keys.open.bind(keys),
      keyOf: keys.keyOf.bind(keys),
      retiring: keys.retiring.bind(keys),
      resealed: keys.resealed.bind(keys),
      renew: cut('renew'),
      destroyRetiring: cut('destroyRetiring'),
    }),
    transaction: async (fn, as) => {
      if (transactions-- <= 0) killed()
      return organization.transaction(fn, as)
    },
  }
}

describe('the erasure of one person', () => {
  it('waits for whoever works on a call of theirs, and holds nothing that they need meanwhile', async ({
    hub,
  }) => {
    const { acme } = await companyWithTwo(hub)
    const call = await acme.phone.calls({ from: ada, to: '21' })
    await acme.written(call)
    const organization = await acme.organization()
    let erasing: Promise<unknown> | undefined
    await organization.transaction(async (db) => {
      await lockCall(hub.app.clock, organization, db, call.id)
      erasing = eraseAda(hub, acme)
      await until('the erasure waits', async () => {
        const waiting = await acme.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return waiting.length > 0
      })
      const rows = await db.rows('update call_logs set tries = tries + 1 where call_id = $1 returning 1', [
        call.id,
      ])
      expect(rows).toHaveLength(1)
    }, 'log the call in the CRM')
    await erasing
    expect(await acme.query('select id from calls')).toEqual([])
  })

  it('L-17.1/L-E.2 takes everything of theirs, unreadable at once, and nothing of anybody else', async ({
    hub,
  }) => {
    const sealings = rememberSealings()
    const { acme, colleague } = await companyWithTwo(hub)
    const call = await acme.phone.calls({ from: ada, to: '21' })
    await acme.written(call)
    await colleague.client.ok('PUT', `/api/v1/calls/${call.id}/note`, {
      note: 'Ada wants the engine',
      version: 0,
    })
    const other = await acme.phone.calls({ from: ben, to: '21' })
    await acme.written(other)
    await acme.phone.rings({ from: ada, to: '21' })
    expect((await openable(hub, acme, sealings)).length).toBeGreaterThan(4)

    await eraseAda(hub, acme)

    expect(await openable(hub, acme, sealings)).toEqual([])
    expect(await tablesWith(hub, needles)).toEqual([])
    expect(await acme.query('select id from calls')).toEqual([{ id: other.id }])
    expect(await acme.query('select call_id from call_logs')).toEqual([{ call_id: other.id }])
    expect(await acme.query('select id from call_notes where id = $1', [call.id])).toEqual([])
    expect((await acme.query('select 1 from persons')).length).toBeGreaterThan(0)
    expect(await lost(hub, acme)).toEqual([])
    const { calls } = await colleague.client.ok<{ calls: { id: string }[] }>('GET', '/api/v1/calls')
    expect(calls.map(({ id }) => id)).not.toContain(call.id)
  })

  it('L-17.4 is not undone by the CRM, which tells of them again', async ({ hub }) => {
    const { acme } = await companyWithTwo(hub)
    const persons = hub.sandbox.pipedrive.company(acme.domain).persons.values()
    const person = [...persons].find(({ name }) => name === 'Ada Lovelace')
    const before = (await acme.query('select 1 from persons')).length
    await eraseAda(hub, acme)
    expect(await acme.query('select 1 from persons')).toHaveLength(before - 1)
    hub.sandbox.pipedrive.editPerson(acme.domain, person?.id ?? 0, { name: 'Ada King' })
    await hub.sandbox.idle()
    await acme.given.person({ name: 'Somebody else', number: '+442079460125' })
    await until(
      'the other is mirrored',
      async () => (await acme.query('select 1 from persons')).length >= before,
    )
    expect(await acme.query('select 1 from persons')).toHaveLength(before)
  })

  it('L-E.2/L-E.3 cut off anywhere while calls come in, and done again, leaves nothing of theirs and loses nothing else', async ({
    hub,
  }) => {
    const { acme } = await companyWithTwo(hub)
    const bens: string[] = []
    const rings = async (from: string) => (await acme.phone.calls({ from, to: '21' })).id
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 3 }),
        async (transactions, keys) => {
          const sealings = rememberSealings()
          await rings(ada)
          await acme.phone.rings({ from: ada, to: '21' })
          bens.push(await rings(ben))
          const before = [...sealings]
          const whole = await acme.organization()
          const subject = await subjectOf(whole, { number: ada })
          const entry = await entryOf(whole, subject)
          const calling = Promise.all([ben, ada, ben, ben].map(rings))
          await erase(parts(hub), cutOff(whole, { transactions, keys }), entry, { cause: 'page' }).catch(
            (error) => expect(error).toMatchObject({ message: 'killed' }),
          )
          // whatever was reached: the ledger knew before, and it is all that is left to begin again from
          const known = hub.app.ring.erasures().find(({ id }) => id === entry.id)
          expect(known).toEqual(entry)
          await erase(parts(hub), whole, known ?? entry, { cause: 'ledger' })
          const came = await calling
          bens.push(...came.filter((_, index) => index !== 1))
          expect(await openable(hub, acme, before)).toEqual([])
          expect(await lost(hub, acme)).toEqual([])
          const stored = (await acme.query<{ id: string }>('select id from calls')).map(({ id }) => id)
          expect(stored).toEqual(expect.arrayContaining(bens))
          expect(await acme.query('select 1 from calls where state <> $1', ['ended'])).toEqual([])
        },
      ),
      { numRuns: 3 },
    )
  })
})
