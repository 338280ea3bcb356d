import { describe, expect } from 'vitest'
import type { Declaration } from '../../policy/index.ts'
import { declarations } from '../../policy/index.ts'
import { itWithHub } from '../../testing/it.ts'
import { failureOf } from '../failure.ts'
import { compareCatalogue } from './catalogue.ts'
import { endsWithoutWay } from './ends.ts'
import { filledCompany } from './filled.fixture.ts'
import { purposeRoles } from './purposes.ts'
import { compareSeals } from './seals.ts'

const it = itWithHub()

/** Why the node does not start, or undefined when it does. */
async function refusal(start: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await start()
    return undefined
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code !== 'setting') throw error
    return failure.sentence
  }
}

describe('a database that is not as policy/ says', () => {
  it('GD-9 stops the start with one sentence that names the column nobody declared', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const node = hub.node(0)
    await node.stop()
    await acme.query('alter table persons add column nickname text')
    expect(await refusal(() => node.start())).toBe(
      'The database and policy/ differ: persons.nickname is not declared.',
    )
    await acme.query('alter table persons drop column nickname')
    await hub.control('alter table installations add column mother_tongue text')
    expect(await refusal(() => node.start())).toBe(
      'The database and policy/ differ: installations.mother_tongue is not declared.',
    )
    await hub.control('alter table installations drop column mother_tongue')
    expect(await refusal(() => node.start())).toBeUndefined()
  })

  it('GD-9 stops the start when a table lost its row security, a sealed column is sampled, or a right is not as declared', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const roles = purposeRoles(hub.databases.control)
    const [running, placing] = [roles['run the installation'], roles['place a call']]
    const node = hub.node(0)
    for (const [harm, repair, says] of [
      [
        'alter table calls disable row level security',
        'alter table calls enable row level security',
        'calls (row security) is not protected as declared',
      ],
      [
        'alter table persons alter column name_sealed set statistics 100',
        'alter table persons alter column name_sealed set statistics 0',
        'persons.name_sealed (statistics) is not protected as declared',
      ],
      [
        'grant select (name_sealed) on persons to public',
        'revoke all (name_sealed) on persons from public',
        'select on persons.name_sealed for public is granted but not declared',
      ],
      [
        `grant select on persons to ${running}`,
        `revoke select on persons from ${running}`,
        'select on persons for "run the installation" is granted but not declared',
      ],
      [
        `revoke update on calls from ${placing}`,
        `grant update on calls to ${placing}`,
        'update on calls for "place a call" is declared but not granted',
      ],
    ] as const) {
      await node.stop()
      await acme.query(harm)
      expect(await refusal(() => node.start())).toBe(`The database and policy/ differ: ${says}.`)
      await acme.query(repair)
      await node.start()
    }
  })

  it('tells a value that is sealed by another key than declared, or not at all', async ({ hub }) => {
    const acme = await filledCompany(hub)
    const organization = await acme.organization()
    const look = () =>
      organization.transaction((db) => compareSeals(db, 'organization', { samples: 1_000 }), 'owner')
    const before = await look()
    expect(before.wrong).toEqual([])
    expect([...(before.seen.get('calls.facts_sealed') ?? [])].sort()).toEqual(['arrival hour', 'call hour'])

    const [person] = await acme.query<{ id: string }>('select id from persons limit 1')
    const wrongKey = organization.keys.seal(
      { table: 'persons', column: 'name_sealed', row: person?.id ?? '' },
      'Ada',
      { by: 'organization' },
    )
    await acme.query('update persons set name_sealed = $1 where id = $2', [wrongKey, person?.id])
    expect((await look()).wrong).toEqual([
      'persons.name_sealed is sealed by the organization key, which is not declared',
    ])
    await acme.query('update persons set name_sealed = $1 where id = $2', [Buffer.from('Ada'), person?.id])
    expect((await look()).wrong).toContain('persons.name_sealed is declared sealed but holds an open value')
    await acme.query('alter table person_numbers drop constraint exact_hash_is_hmac')
    await acme.query(`update person_numbers set exact_hash = '+442079460123'::bytea`)
    expect((await look()).wrong).toContain(
      'person_numbers.exact_hash is declared hashed but holds another value',
    )
    await acme.query('delete from persons')
    await acme.query(`update call_logs set marker = marker`)
    expect((await look()).wrong).toEqual([])
  })

  it('tells a sealed value in a column that declares none', async ({ hub }) => {
    const acme = await filledCompany(hub)
    const organization = await acme.organization()
    const hashed: Declaration[] = declarations.map((kind) =>
      kind.kind === 'users' ? { ...kind, columns: { 'users.name_sealed': 'hashed' } } : kind,
    )
    const { wrong } = await organization.transaction(
      (db) => compareSeals(db, 'organization', { samples: 10 }, hashed),
      'owner',
    )
    expect(wrong).toEqual(['users.name_sealed is sealed by the organization key, which is not declared'])
  })

  it('tells an end that finds no way to the rows it should take', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const organization = await acme.organization()
    const claims: Declaration[] = declarations.map((kind) =>
      kind.kind === 'agreements' ? { ...kind, ends: [...kind.ends, 'uninstall by the user'] } : kind,
    )
    expect(await organization.transaction((db) => endsWithoutWay(db, 'organization'), 'owner')).toEqual([])
    expect(
      await organization.transaction((db) => endsWithoutWay(db, 'organization', claims), 'owner'),
    ).toEqual(['agreements (uninstall by the user)'])
    const { unguarded } = await organization.transaction(
      (db) => compareCatalogue(db, 'organization', claims),
      'owner',
    )
    expect(unguarded).toEqual(['agreements (uninstall by the user)'])
  })

  it('keeps sealed values out of the statistics of the planner', async ({ hub }) => {
    const acme = await filledCompany(hub)
    await acme.query('analyze')
    const sampled = await acme.query<{ column: string }>(
      `select tablename || '.' || attname as column from pg_stats where schemaname = 'public' order by 1`,
    )
    expect(sampled.map((row) => row.column)).toContain('persons.external_id')
    expect(sampled.filter((row) => row.column.endsWith('_sealed'))).toEqual([])
  })
})
