import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished } from 'vitest'
import type { Colleague, Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { ErasureEntry, OrganizationKeys, RenewableKey } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { erase } from './erase.ts'
import { forgetWaiting } from './erase-waiting.ts'
import { readKeys } from './key-reading.ts'
import { entryOf, subjectOf } from './person-subject.ts'
import { sealedRows } from './sealed-rows.ts'
import { rememberSealings, type Sealing } from './sealings.fixture.ts'

const ada = '+442079460123'
const ben = '+442079460124'
const needles = ['Ada Lovelace', ada, '7946 0123', 'Ada wants the engine']

/** What somebody could still open who has all that was ever sealed, and both key folders as they are now. */
async function openable(hub: Hub, acme: Company, sealings: readonly Sealing[]): Promise<string[]> {
  const { keysFolder, keysCopyFolder, masterKey } = hub.app.settings
  const found: string[] = []
  for (const folder of [keysFolder, ...(keysCopyFolder === undefined ? [] : [keysCopyFolder])]) {
    const keys = await readKeys(folder, masterKey)
    for (const { place, plain, sealed } of sealings)
      if (needles.some((needle) => plain.includes(needle)) && keys.open(acme.id, place, sealed) !== undefined)
        found.push(`${place.table}.${place.column}`)
  }
  return found
}

/** Rows that nobody can open any more. */
async function lost(hub: Hub, acme: Company): Promise<string[]> {
  const keys = await readKeys(hub.app.settings.keysFolder, hub.app.settings.masterKey)
  return (await sealedRows(hub.app, hub.app.settings.dataFolder))
    .filter(({ organizationId }) => organizationId === acme.id)
    .flatMap(({ place, sealed }) =>
      keys.open(acme.id, place, sealed) === undefined ? [`${place.table}.${place.column}`] : [],
    )
}

async function companyWithTwo(hub: Hub): Promise<{ acme: Company; colleague: Colleague }> {
  const acme = await hub.given.organization()
  await acme.given.person({ name: 'Ada Lovelace', number: '+44 20 7946 0123' })
  await acme.given.person({ name: 'Ben Barnaby', number: ben })
  return { acme, colleague: await acme.given.user({ extension: '21' }) }
}

const parts = ({ app }: Hub) => ({
  ...app,
  forgetWaiting: (organization: Organization, entry: ErasureEntry) => forgetWaiting(app, organization, entry),
})

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

async function eraseAda(hub: Hub, acme: Company): Promise<void> {
  const whole = await acme.organization()
  const subject = await subjectOf(whole, { number: ada })
  await erase(parts(hub), whole, await entryOf(whole, subject), {
    cause: 'page',
    persons: subject.persons,
  })
}

describe('the erasure of one person', () => {
  it('L-17.1 L-E.2 takes everything of theirs, unreadable at once, and nothing of anybody else', async ({
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

  it('L-E.2 L-E.3 cut off anywhere while calls come in, and done again, leaves nothing of theirs and loses nothing else', async ({
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
          await erase(parts(hub), whole, entry, { cause: 'ledger' })
          const came = await calling
          bens.push(...came.filter((_, index) => index !== 1))
          expect(await openable(hub, acme, before)).toEqual([])
          expect(await lost(hub, acme)).toEqual([])
          const stored = (await acme.query<{ id: string }>('select id from calls')).map(({ id }) => id)
          expect(stored).toEqual(expect.arrayContaining(bens))
          expect(await acme.query('select 1 from calls where state <> $1', ['ended'])).toEqual([])
        },
      ),
      { numRuns: 5 },
    )
  })
})

describe('a database from before the erasure', () => {
  it('L-E.3 is erased again before anybody is connected, whatever of the keys is old too', async ({
    hub,
  }) => {
    const sealings = rememberSealings()
    const { acme } = await companyWithTwo(hub)
    const call = await acme.phone.calls({ from: ada, to: '21' })
    await acme.written(call)
    const other = await acme.phone.calls({ from: ben, to: '21' })
    await acme.written(other)
    const { keysFolder } = hub.app.settings
    const older = join(hub.folder, 'older-keys')
    const database = await hub.databases.of(acme.id)
    const server = (sql: string) => hub.databases.in('postgres', sql)
    const put = async (from: string, to: string) => {
      await server(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname in ('${from}', '${to}')`,
      )
      await server(`drop database if exists ${to}`)
      await server(`create database ${to} template ${from}`)
      await server(`grant connect on database ${to} to ${database}_app, ${database}_officer`)
    }
    onTestFinished(() =>
      server(`drop database if exists ${database}_older with (force)`).then(() => undefined),
    )
    await hub.restart(async () => {
      await put(database, `${database}_older`)
      await cp(keysFolder, older, { recursive: true })
    })
    await eraseAda(hub, acme)

    // first the database alone, then the ring as it was then as well: all that is left of the ledger is the second copy's
    for (const keysToo of [false, true]) {
      await hub.restart(async () => {
        await put(`${database}_older`, database)
        await server(`alter database ${database} owner to ${database}_owner`)
        if (!keysToo) return
        for (const name of await readdir(keysFolder))
          if (name.startsWith('ring') || name.startsWith('organization-')) await rm(join(keysFolder, name))
        for (const name of await readdir(older))
          if (name.startsWith('ring') || name.startsWith('organization-'))
            await cp(join(older, name), join(keysFolder, name))
        await hub.control('update key_ring set version = 1')
      })
      expect(await tablesWith(hub, needles)).toEqual([])
      // a key destroyed since sealed the other's call too: in the backup it is nobody's any more, unless the key is back
      expect(await acme.query('select id from calls')).toEqual(keysToo ? [{ id: other.id }] : [])
      expect(await acme.query('select cause from erasures')).toEqual([{ cause: 'ledger' }])
      expect(await openable(hub, acme, sealings)).toEqual([])
      expect(await lost(hub, acme)).toEqual([])
    }
  })
})
