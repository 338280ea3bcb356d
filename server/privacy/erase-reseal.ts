import { setImmediate } from 'node:timers/promises'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import { keyNameBytes } from '../keys/sealed-value.ts'
import type { Organization } from '../organizations/organization.ts'
import { renewableColumns } from './retired-keys.ts'
import { rowKeys } from './row-keys.ts'

const rowsPerBatch = 5_000
const rowsAtOnce = 250

/**
 * Carries over what replaced keys sealed of others. New values under them are refused by then, so it comes to an end; a
 * row that somebody changes meanwhile is sealed by the new key already.
 */
export async function resealAll(organization: Organization): Promise<void> {
  const retiring = organization.keys.retiring()
  if (retiring.length === 0) return
  const keys = await organization.transaction((db) => rowKeys(db), 'owner')
  for (const [table, columns] of renewableColumns()) {
    const rowKey = keys.get(table)
    if (rowKey === undefined) throw new Error(`unreachable: nothing names the rows of ${table}`)
    let after: string | undefined
    do {
      const from = after
      after = await organization.transaction(
        (db) => resealBatch(db, organization, { table, rowKey, columns, retiring, after: from }),
        'owner',
      )
    } while (after !== undefined)
  }
}

/** @param of.rowKey the column that names a row @returns the name of the last row looked at; undefined: there is none left */
async function resealBatch(
  db: Db,
  organization: Organization,
  of: {
    table: string
    rowKey: string
    columns: readonly string[]
    retiring: readonly Buffer[]
    after: string | undefined
  },
): Promise<string | undefined> {
  const { table, rowKey, columns } = of
  const isRetiring = columns
    .map((column) => `substring(${column} for ${keyNameBytes}) = any($1)`)
    .join(' or ')
  db.send(`set local ringfence.resealing = 'on'`)
  const rows = await db.rows<{ id: string } & Record<string, Buffer | null>>(
    `select ${rowKey} as id, ${columns.join(', ')} from ${table}
     where (${isRetiring}) and ($2::uuid is null or ${rowKey} > $2) order by ${rowKey} limit ${rowsPerBatch} for update`,
    [of.retiring, of.after ?? null],
  )
  const names = new Set(of.retiring.map((name) => name.toString('latin1')))
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    for (const column of columns) {
      const resealed = rows.slice(from, from + rowsAtOnce).flatMap((row) => {
        const sealed = row[column]
        if (!sealed || !names.has(sealed.toString('latin1', 0, keyNameBytes))) return []
        return reseal(organization, { table, column, row: row.id }, sealed)
      })
      if (resealed.length === 0) continue
      db.send(
        `update ${table} set ${column} = new.sealed
         from unnest($1::uuid[], $2::bytea[]) as new (id, sealed) where ${table}.${rowKey} = new.id`,
        [resealed.map((one) => one.id), resealed.map((one) => one.sealed)],
      )
    }
    // leaves now, so that the database writes these while the next are sealed, and others get their turn
    await setImmediate()
  }
  return rows.length < rowsPerBatch ? undefined : rows.at(-1)?.id
}

function reseal(
  organization: Organization,
  place: { table: string; column: string; row: string },
  sealed: Buffer,
): { id: string; sealed: Buffer }[] {
  try {
    return [{ id: place.row, sealed: organization.keys.resealed(place, sealed) }]
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return [] // its hour is over: the sweep takes the row
    throw error
  }
}
