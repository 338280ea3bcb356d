import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { itWithHub } from '../../testing/it.ts'
import { compareCatalogue, sentencesOf } from './catalogue.ts'
import { hidingPlaces } from './hiding-places.ts'
import { undeclaredJson } from './json-check.ts'

const it = itWithHub()

/** What somebody with the server in hand may have left, what takes it away again, and what is said of it. */
const left: readonly (readonly [harm: string, repair: string, says: string])[] = [
  [
    'create table persons_old as select * from persons',
    'drop table persons_old',
    'persons_old.name_sealed is not declared',
  ],
  // The same names as the declared columns have, one schema further.
  [
    'create table ringfence.persons as select * from persons',
    'drop table ringfence.persons',
    'ringfence.persons is not declared',
  ],
  [
    'create schema aside create table notes (text text)',
    'drop schema aside cascade',
    'aside.notes is not declared',
  ],
  ['create view seen as select * from calls', 'drop view seen', 'public.seen is not declared'],
  [
    'create materialized view callers as select external_id from persons',
    'drop materialized view callers',
    'public.callers is not declared',
  ],
  [
    `comment on column persons.external_id is 'Ada Lovelace'`,
    'comment on column persons.external_id is null',
    'comments that are not ours stand in the catalogue',
  ],
  [
    `comment on schema public is 'Ada Lovelace'`,
    `comment on schema public is 'standard public schema'`,
    'comments that are not ours stand in the catalogue',
  ],
  [
    `select lo_from_bytea(4711, 'Ada Lovelace')`,
    'select lo_unlink(4711)',
    'large objects are kept outside of the tables: 1',
  ],
  [
    'create statistics pairs on external_id, connection_id from persons',
    'drop statistics pairs',
    'statistics public.pairs keep samples of their own',
  ],
  [
    `create index found on persons (encode(name_sealed, 'hex'))`,
    'drop index found',
    'index found keeps values that it computes',
  ],
  [
    `alter table persons alter external_id set default 'Ada Lovelace'`,
    'alter table persons alter external_id drop default',
    'the default of persons.external_id holds a text that is not ours',
  ],
  [
    'alter table persons add shown text generated always as (external_id) stored',
    'alter table persons drop shown',
    'persons.shown is not declared',
  ],
  [
    'create policy all_of_them on calls for select using (true)',
    'drop policy all_of_them on calls',
    'calls (all_of_them) shows rows that are hidden otherwise',
  ],
  [
    'alter policy alive on calls using (expires_at > (select ringfence.now()) or true)',
    'alter policy alive on calls using (expires_at > (select ringfence.now()))',
    'calls (row security) is not protected as declared',
  ],
  [
    'create function lookup() returns setof persons language sql security definer as $$ select * from persons $$',
    'drop function lookup',
    'function public.lookup is not ours',
  ],
  [
    `create or replace function ringfence.now() returns timestamptz language sql stable parallel safe as 'select now() - interval ''1 year'''`,
    `create or replace function ringfence.now() returns timestamptz language sql stable parallel safe as 'select now() + (select shift from ringfence.clock)'`,
    'function ringfence.now is not ours',
  ],
  [
    'alter table calls disable trigger all',
    'alter table calls enable trigger all',
    'what calls does by itself was switched off or rewritten',
  ],
  [
    `insert into erasures (id, cause, counts, expires_at) values (gen_random_uuid(), 'page', '{"calls": 1, "Ada Lovelace": 2}', now() + interval '1 day')`,
    'delete from erasures',
    'erasures.counts holds JSON that is not declared',
  ],
  [
    `alter table results add more jsonb`,
    'alter table results drop more',
    'results.more is JSON, and policy/json.ts does not say of what',
  ],
  [
    'create rule kept as on delete to calls do instead nothing',
    'drop rule kept on calls',
    'what calls does by itself was switched off or rewritten',
  ],
  [
    'create publication elsewhere for table persons',
    'drop publication elsewhere',
    'publication elsewhere gives rows to another server',
  ],
  [
    'alter table persons alter name_sealed set statistics 100; analyze persons; alter table persons alter name_sealed set statistics 0',
    `delete from pg_statistic where starelid = 'persons'::regclass`,
    'samples of persons.name_sealed, which is sealed, are kept for the planner',
  ],
]

async function told(acme: Company): Promise<string[]> {
  const organization = await acme.organization()
  return organization.transaction(
    async (db) => [
      ...sentencesOf(await compareCatalogue(db, 'organization')),
      ...(await hidingPlaces(db, 'organization')),
      ...(await undeclaredJson(db, 'organization')),
    ],
    'owner',
  )
}

describe('a place where a value could stand that no declaration speaks of', () => {
  it('GD-9 is found in the databases, whatever it is, and nothing else is', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    await acme.given.person({ name: 'Charles Babbage', number: '+442079460124' })
    expect(await told(acme)).toEqual([])
    const inControl = (look: typeof hidingPlaces) =>
      hub.app.cluster.control.transaction((db) => look(db, 'control'))
    expect(await inControl(hidingPlaces)).toEqual([])
    await hub.control('create schema aside create table calls (caller text)')
    expect(await inControl(hidingPlaces)).toEqual(['aside.calls is not declared'])
    // It may be somebody else's: the check tells, and the start goes on.
    expect(
      (await hub.app.cluster.control.transaction((db) => compareCatalogue(db, 'control'))).undeclared,
    ).toEqual([])
    await hub.control('drop schema aside cascade')
    await hub.app.checks.keep({ holds: true, tookMs: 1, version: 'x', results: [] })
    expect(await inControl(undeclaredJson)).toEqual([])
    await hub.control(`update policy_checks set results = '[{"name": "seals", "of": "Ada Lovelace"}]'`)
    expect(await inControl(undeclaredJson)).toEqual(['policy_checks.results holds JSON that is not declared'])
    await hub.control('delete from policy_checks')
    for (const [harm] of left) for (const statement of harm.split('; ')) await acme.query(statement)
    const found = await told(acme)
    for (const [harm, , says] of left) expect(found, harm).toContain(says)
    for (const [, repair] of left) await acme.query(repair)
    expect(await told(acme)).toEqual([])
  })

  it('PD-9 GD-9 is found where a login may act for more than purposes, or passes row security', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const name = await hub.databases.of(acme.id)
    const purpose = `${hub.databases.control}_for_place_a_call`
    const harms = [
      [
        `grant ${name}_owner to ${name}_app`,
        `revoke ${name}_owner from ${name}_app`,
        `role ${name}_app may act as ${name}_owner, which is no purpose`,
      ],
      [
        `grant ${name}_officer to ${purpose}`,
        `revoke ${name}_officer from ${purpose}`,
        `role ${purpose} may act as ${name}_officer, which is no purpose`,
      ],
      [
        `grant pg_read_all_data to ${name}_app`,
        `revoke pg_read_all_data from ${name}_app`,
        `role ${name}_app may act as pg_read_all_data, which is no purpose`,
      ],
      [
        `alter role ${name}_app bypassrls`,
        `alter role ${name}_app nobypassrls`,
        `role ${name}_app may pass what protects the rows`,
      ],
    ] as const
    for (const [harm] of harms) await hub.control(harm)
    const found = await told(acme)
    for (const [harm, , says] of harms) expect(found, harm).toContain(says)
    for (const [, repair] of harms) await hub.control(repair)
    expect(await told(acme)).toEqual([])
  })
})
