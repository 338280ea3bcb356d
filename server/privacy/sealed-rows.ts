import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import type { Place } from '../keys/contract.ts'
import { knownNonce } from '../keys/index.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { rowKeys } from './row-keys.ts'
import { headerOf } from './seals.ts'

/** A sealed value, where it stands, and the random nonce by which its bytes are known wherever they turn up. */
export interface SealedRow {
  /** '' for the installation itself */
  organizationId: string
  place: Place
  nonce: string
  sealed: Buffer
}

/**
 * Every sealed value of every database and of the spool. Columns are taken from the live catalogue, not from the
 * declarations: what is searched for must not depend on what is claimed.
 */
export async function sealedRows(
  parts: { cluster: Cluster; organizations: Organizations },
  dataFolder: string,
): Promise<SealedRow[]> {
  const rows = await parts.cluster.control.transaction((db) => rowsOf(db, undefined))
  for (const organization of await parts.organizations.list()) {
    // As owner: what row security hides still stands on the disk.
    rows.push(...(await organization.transaction((db) => rowsOf(db, organization.id), 'owner')))
  }
  return [...rows, ...(await spooled(join(dataFolder, 'spool')))]
}

async function rowsOf(db: Db, organizationId: string | undefined): Promise<SealedRow[]> {
  const columns = await db.rows<{ table: string; column: string; organization: boolean }>(
    `select c.relname as "table", a.attname as "column",
       exists(select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id' and not o.attisdropped) as organization
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and a.atttypid = 'bytea'::regtype and not a.attisdropped
     order by c.relname, a.attnum`,
  )
  const keys = await rowKeys(db)
  const found: SealedRow[] = []
  for (const { table, column, organization } of columns) {
    const rowKey = keys.get(table)
    if (rowKey === undefined) continue // hashes only
    const rows = await db.rows<{ id: string; owner: string | null; value: Buffer }>(
      `select ${rowKey}::text as id, ${organization ? 'organization_id::text' : 'null::text'} as owner, ${column} as value
       from ${table} where ${column} is not null order by ${rowKey}`,
    )
    for (const { id, owner, value } of rows) {
      const nonce = headerOf(value) && knownNonce(value)
      if (nonce === undefined) continue // a hash
      found.push({
        organizationId: organizationId ?? owner ?? '',
        place: { table, column, row: id },
        nonce,
        sealed: value,
      })
    }
  }
  return found
}

async function spooled(folder: string): Promise<SealedRow[]> {
  const found: SealedRow[] = []
  for (const name of await readdir(folder)) {
    const sealed = await readFile(join(folder, name))
    const nonce = knownNonce(sealed)
    if (nonce === undefined) continue
    found.push({
      organizationId: '',
      place: { table: 'spool', column: 'request', row: name },
      nonce,
      sealed,
    })
  }
  return found
}
