import type pg from 'pg'
import { copyIn, copyOut } from '../database/copy.ts'
import { type Migration, migrate } from '../database/migrate.ts'
import { ForeignFile, type Frame } from './frames.ts'
import { readTables, type Table } from './tables.ts'

/** The frames of one file, taken one after the other by whoever needs them. */
export class FrameReader {
  readonly #frames: AsyncGenerator<Frame>
  #next: Frame | undefined

  constructor(frames: AsyncGenerator<Frame>) {
    this.#frames = frames
  }

  /** The frame that comes, without taking it; undefined after the last. */
  async peek(): Promise<Frame | undefined> {
    if (!this.#next) {
      const { value, done } = await this.#frames.next()
      this.#next = done ? undefined : value
    }
    return this.#next
  }

  /** @throws ForeignFile when another kind comes */
  async take<Kind extends Frame['kind']>(kind: Kind): Promise<Extract<Frame, { kind: Kind }>> {
    const frame = await this.peek()
    if (frame?.kind !== kind) throw new ForeignFile(`expected ${kind}`)
    this.#next = undefined
    return frame as Extract<Frame, { kind: Kind }>
  }

  async close(): Promise<void> {
    await this.#frames.return(undefined)
  }

  /** Of the table that was taken last. */
  async *rows(): AsyncGenerator<Buffer> {
    while ((await this.peek())?.kind === 'rows') yield (await this.take('rows')).bytes
  }
}

/** Brings an empty database to where the backup's was; what migrations put in is in the backup too, as it was then. */
export async function migrateAsThen(
  client: pg.Client,
  of: 'control' | 'organization',
  { all, ran }: { all: readonly Migration[]; ran: readonly string[] },
): Promise<void> {
  await migrate(
    client,
    all.filter(({ name }) => ran.includes(name)),
  )
  for (const { name } of (await readTables(client, of)).toReversed()) {
    const { rows } = await client.query(`select from ${name} limit 1`)
    if (rows.length > 0) await client.query(`delete from ${name}`)
  }
}

/**
 * Fills the tables of a database from the frames that follow, inside the transaction of the connection.
 * @param into `beside`: rows that are there already stay as they are
 * @throws ForeignFile when the frames do not fit the tables
 */
export async function fillTables(
  client: pg.Client,
  frames: FrameReader,
  { of, into }: { of: 'control' | 'organization'; into: 'empty' | 'beside' },
): Promise<void> {
  const tables = new Map((await readTables(client, of)).map((table) => [table.name, table]))
  while ((await frames.peek())?.kind === 'table') {
    const { table: name, columns } = await frames.take('table')
    const table = tables.get(name)
    if (!table) throw new ForeignFile('a table of no known name')
    if (columns.some((column) => !table.columns.includes(column)))
      throw new ForeignFile('a column of no known name')
    await (into === 'empty' ? copyInto : addTo)(client, { name, columns }, frames.rows())
    await frames.take('end of table')
  }
}

type Filled = Pick<Table, 'name' | 'columns'>

async function copyInto(client: pg.Client, { name, columns }: Filled, rows: AsyncIterable<Buffer>) {
  await copyIn(client, `copy ${name} (${columns.join(', ')}) from stdin (format binary)`, rows)
}

/** Through a table of the moment, because COPY itself stops at the first row that is there already. */
async function addTo(client: pg.Client, { name, columns }: Filled, rows: AsyncIterable<Buffer>) {
  const names = columns.join(', ')
  await client.query(`create temporary table arriving as select ${names} from ${name} with no data`)
  await copyIn(client, `copy arriving (${names}) from stdin (format binary)`, rows)
  await client.query(
    `insert into ${name} (${names}) overriding system value select ${names} from arriving on conflict do nothing`,
  )
  await client.query('drop table arriving')
}

/** Adds what is in the tables of one database to the same tables of another, inside the other's transaction. */
export async function addTables(from: pg.Client, to: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    const select = `select ${table.columns.join(', ')} from ${table.name}`
    await addTo(to, table, copyOut(from, `copy (${select}) to stdout (format binary)`))
  }
}
