import type { ControlDatabase } from './cluster.ts'

/** The key ring that sealed these databases: which, and how new it was when last seen. */
export interface KnownRing {
  id: string
  version: number
}

export async function knownRing(control: ControlDatabase): Promise<KnownRing | undefined> {
  const row = await control.transaction((db) =>
    db.row<{ id: string; version: string }>('select id, version from key_ring'),
  )
  return row && { id: row.id, version: Number(row.version) }
}

/** Remembers the ring after each change of its keys, so that an older copy put back is refused at the next start. */
export async function rememberRing(control: ControlDatabase, ring: KnownRing): Promise<void> {
  await control.transaction((db) =>
    db.rows(
      `insert into key_ring (id, version) values ($1, $2)
       on conflict (one) do update set version = greatest(key_ring.version, excluded.version) where key_ring.id = excluded.id`,
      [ring.id, ring.version],
    ),
  )
}
