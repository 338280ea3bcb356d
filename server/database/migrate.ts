import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'
import { failed } from '../failure.ts'

export interface Migration {
  name: string
  sql: string
}

/** The migrations of one kind of database, in order. A released one is never edited. */
export async function readMigrations(kind: 'control' | 'organization'): Promise<Migration[]> {
  const folder = new URL(`./${kind}/`, import.meta.url)
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })),
  )
}

/**
 * Brings a database up to date, each migration in its own transaction, one process at a time.
 * @returns the names of those that ran
 */
export async function migrate(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const ran: string[] = []
  // Held until the end: two nodes that start together must not both migrate.
  await client.query('select pg_advisory_lock(72790001)')
  try {
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const done = new Set(
      (await client.query<{ name: string }>('select name from schema_migrations')).rows.map(
        (row) => row.name,
      ),
    )
    for (const { name, sql } of migrations) {
      if (done.has(name)) continue
      // A simple query of several statements is one transaction; the name is checked by readMigrations' file pattern.
      await client.query(
        `begin; ${sql}; insert into schema_migrations (name) values ('${name.replaceAll("'", '')}'); commit`,
      )
      ran.push(name)
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.query('select pg_advisory_unlock(72790001)').catch(() => undefined)
  }
  return ran
}

/**
 * For whoever only looks.
 * @throws RingfenceError `setting` when the database is of another release than this program
 */
export async function expectMigrated(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('public.schema_migrations') is not null as there`,
  )
  const ran = rows[0]?.there
    ? (await client.query<{ name: string }>('select name from schema_migrations order by name')).rows
    : []
  if (ran.map(({ name }) => name).join() !== migrations.map(({ name }) => name).join())
    failed({
      code: 'setting',
      name: 'DATABASE_URL',
      sentence:
        'The databases are not of this release, and a look changes nothing: use the release that runs, or start this one first.',
    })
}
