import { z } from 'zod'
import type { Db } from '../database/transaction.ts'
import type { Into, Renamed, TableIn } from './import-types.ts'
import type { Above, Line } from './rebuild.ts'
import { idsIn } from './structure.ts'
import { fieldOf, type Table } from './tables.ts'

/** The names that rows of this archive have got, of those that these lines speak of. */
export async function newNames(
  db: Db,
  { table, columns }: TableIn,
  lines: readonly Line[],
): Promise<Map<string, string>> {
  const asked = new Set<string>()
  for (const line of lines) {
    for (const column of columns) {
      const value = line[fieldOf(column)]
      if (column.type === 'uuid' && typeof value === 'string') asked.add(value)
      else if (column.form === 'opened')
        for (const id of idsIn(`${table.name}.${column.name}`, value))
          if (z.guid().safeParse(id).success) asked.add(id)
    }
  }
  const rows = await db.rows<{ was: string; id: string }>(
    'select was, id from imported_ids where was = any($1::uuid[])',
    [[...asked]],
  )
  return new Map(rows.map(({ was, id }) => [was, id]))
}

export function renamedLine({ columns }: TableIn, line: Line, rename: (id: string) => string): Line {
  const changed = columns.flatMap(({ name, type }) => {
    const value = line[name]
    return type === 'uuid' && typeof value === 'string' ? [[name, rename(value)] as const] : []
  })
  return { ...line, ...Object.fromEntries(changed) }
}

/** A row whose parent was left out goes with it, as it would have with its end. */
export async function withParents(
  { db, leftOut }: Into,
  { table }: TableIn,
  lines: readonly Renamed[],
): Promise<Renamed[]> {
  let left = [...lines]
  for (const { column, parent, key, without } of table.parents) {
    const asked = [...new Set(left.flatMap(({ line }) => line[column] ?? []))]
    if (asked.length === 0) continue
    const rows = await db.rows<{ key: string }>(
      `select ${key}::text as key from ${parent} where ${key} = any($1)`,
      [asked],
    )
    const there = new Set(rows.map((row) => row.key))
    const isThere = ({ line }: Renamed) => line[column] == null || there.has(String(line[column]))
    if (without === 'stays')
      left = left.map((one) => (isThere(one) ? one : { ...one, line: { ...one.line, [column]: null } }))
    else {
      leftOut.withThem += left.length
      left = left.filter(isThere)
      leftOut.withThem -= left.length
    }
  }
  return left
}

/** What is asked of the row above: of a number's person its bucket, of what hangs on a call the caller's hash. */
export async function readAbove(
  db: Db,
  { name, parents }: Table,
  lines: readonly Line[],
): Promise<ReadonlyMap<string, Above>> {
  const tie = parents.find(({ parent, column }) =>
    parent === 'persons' ? true : parent === 'calls' && /^(id|call_id)$/.test(column),
  )
  if (!tie || name === 'persons') return new Map()
  const columns =
    tie.parent === 'persons'
      ? 'connection_id, bucket, null::bytea as remote_hash'
      : 'connection_id, 0 as bucket, remote_hash'
  const rows = await db.rows<{
    id: string
    connection_id: string
    bucket: number
    remote_hash: Buffer | null
  }>(`select id, ${columns} from ${tie.parent} where id = any($1)`, [
    [...new Set(lines.map((line) => line[tie.column]))],
  ])
  const known = new Map(
    rows.map((row) => [
      row.id,
      { connectionId: row.connection_id, bucket: row.bucket, remoteHash: row.remote_hash },
    ]),
  )
  return new Map(
    lines.flatMap((line) => {
      const one = known.get(String(line[tie.column]))
      return one ? [[nameOf(line), one] as const] : []
    }),
  )
}

/** By what rows are told apart here. */
export const nameOf = (line: Line): string => String(line['id'] ?? line['call_id'])
