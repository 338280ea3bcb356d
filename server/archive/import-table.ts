import type { Db } from '../database/transaction.ts'
import { madeAnew } from './carried.ts'
import { checked, isAlive } from './check-line.ts'
import type { Into, TableIn } from './import-types.ts'
import { makeRow } from './make-row.ts'
import { newNames, readAbove, renamedLine, withParents } from './rows-around.ts'

/**
 * Takes in some rows of a table: checks each, finds the new names of the rows it speaks of, seals and hashes under the
 * new organization's keys, and keeps every end it had.
 * @param firstLine of these rows, counted from one, for whoever has to look
 * @throws RingfenceError `setting` with one sentence
 */
export async function importRows(
  into: Into,
  of: TableIn,
  lines: readonly unknown[],
  firstLine: number,
): Promise<number> {
  const read = lines.map((line, at) => checked(of, line, firstLine + at))
  const alive = read.filter((line) => isAlive(into, of, line))
  const names = await newNames(into.db, of, alive)
  const rename = (id: string) => names.get(id) ?? id
  const renamed = alive.map((line) => ({ was: line, line: renamedLine(of, line, rename) }))
  const present = await withParents(into, of, renamed)
  const above = await readAbove(
    into.db,
    of.table,
    present.map(({ line }) => line),
  )
  const rows: Record<string, unknown>[] = []
  const moved: { was: string; id: string }[] = []
  for (const { was, line } of present) {
    const made = makeRow(into, of, { was, line, above, rename })
    if (!made) continue
    rows.push(made.row)
    if (made.id !== undefined) moved.push({ was: String(was['id']), id: made.id })
  }
  await store(into.db, of, rows, moved)
  return rows.length
}

async function store(
  db: Db,
  { table, columns }: TableIn,
  rows: readonly Record<string, unknown>[],
  moved: readonly { was: string; id: string }[],
): Promise<void> {
  if (rows.length === 0) return
  const stored = table.columns.filter(
    (column) => columns.includes(column) || Object.hasOwn(madeAnew, `${table.name}.${column.name}`),
  )
  // What is sealed is not among them: the database's JSON holds no null character, and a name may.
  const told = rows.map((row) => Object.fromEntries(stored.map(({ name }) => [name, row[name]])))
  const names = stored.map(({ name }) => `"${name}"`).join(', ')
  await db.rows(
    `insert into ${table.name} (${names}) overriding system value
     select ${names} from jsonb_populate_recordset(null::${table.name}, $1::jsonb)`,
    [JSON.stringify(told)],
  )
  if (moved.length > 0)
    await db.rows('insert into imported_ids (was, id) select * from unnest($1::uuid[], $2::uuid[])', [
      moved.map(({ was }) => was),
      moved.map(({ id }) => id),
    ])
}
