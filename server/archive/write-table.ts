import { join } from 'node:path'
import type { Db, Value } from '../database/transaction.ts'
import { writeJson } from './folder.ts'
import { LinesFile } from './lines.ts'
import type { ArchiveFile } from './manifest.ts'
import { lineOf, type Opening, type ReadRow, selectOf } from './open-rows.ts'
import { published, schemaOf } from './schema.ts'
import type { Column, Table } from './tables.ts'

const rowsAtOnce = 1_000

export interface Written {
  file: ArchiveFile
  table: Table
}

/** Rows whose time runs out while they are written, and those that hang on them. */
export class TimeOver {
  rows = 0
  readonly #ids = new Set<unknown>()

  add(table: Table, row: Record<string, unknown>): void {
    this.rows += 1
    if (table.key.length === 1) this.#ids.add(row[table.key[0] ?? ''])
  }

  takes({ parents }: Table, row: Record<string, unknown>): boolean {
    return (
      this.#ids.size > 0 &&
      parents.some(({ column, without }) => without === 'goes' && this.#ids.has(row[column]))
    )
  }
}

/** A file of an archive, and the schema beside it. @param of.returns is it taken in again? */
export async function writeTable(
  folder: string,
  { table, columns, returns }: { table: Table; columns: readonly Column[]; returns: boolean },
  groups: AsyncIterable<readonly unknown[]>,
): Promise<Written> {
  const path = `data/${table.name}.jsonl`
  const schema = `schema/${table.name}.json`
  const title = `${table.name} of an organization of Ringfence`
  await writeJson(join(folder, schema), { title, ...Object(published(schemaOf(table, columns))) })
  const lines = await LinesFile.create(join(folder, path))
  try {
    for await (const group of groups) await lines.add(group)
  } catch (error) {
    await lines.abandon()
    throw error
  }
  const whole = await lines.end()
  const names = columns.map(({ name }) => name)
  return { file: { path, schema, table: table.name, columns: names, ...whole, returns }, table }
}

/**
 * The rows of a table as lines. A cursor's place is in the snapshot of its transaction, and no more than one group is held.
 * @param which.condition names out of the catalogue and places for values only
 */
export async function* linesOf(
  db: Db,
  { table, columns }: { table: Table; columns: readonly Column[] },
  {
    condition,
    values,
    opening,
    over,
  }: {
    condition?: string
    values?: readonly Value[]
    opening: Opening
    over: TimeOver
  },
): AsyncGenerator<unknown[], void, undefined> {
  await db.rows(`declare exported no scroll cursor for ${selectOf(table, columns, condition)}`, values)
  for (;;) {
    const rows = await db.rows<ReadRow>(`fetch ${rowsAtOnce} from exported`)
    yield rows.flatMap((read) => {
      const line = over.takes(table, read.row) ? undefined : lineOf(table, columns, read, opening)
      if (line) return [line]
      over.add(table, read.row)
      return []
    })
    if (rows.length < rowsAtOnce) break
  }
  await db.rows('close exported')
}
