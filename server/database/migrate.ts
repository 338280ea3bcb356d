import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

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
