import type pg from 'pg'
import { copyIn } from '../server/database/copy.ts'

/** A column's value as PostgreSQL's binary COPY format takes it; null stays null. */
export type Field = Buffer | null

/** Rows in the binary COPY format, put together page by page. @see "COPY", section "Binary Format", in the PostgreSQL manual */
export class BinaryRows {
  #chunks: Buffer[] = [header]
  #bytes = header.length

  add(fields: readonly Field[]): void {
    const bytes = 2 + fields.reduce((sum, field) => sum + 4 + (field?.length ?? 0), 0)
    const row = Buffer.allocUnsafe(bytes)
    let at = row.writeInt16BE(fields.length, 0)
    for (const field of fields) {
      at = row.writeInt32BE(field === null ? -1 : field.length, at)
      if (field !== null) at += field.copy(row, at)
    }
    this.#chunks.push(row)
    this.#bytes += bytes
  }

  /** All of them, ready to be sent. */
  end(): Buffer {
    return Buffer.concat([...this.#chunks, trailer], this.#bytes + trailer.length)
  }
}

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const trailer = Buffer.from([0xff, 0xff])

export const text = (value: string | undefined): Field => (value === undefined ? null : Buffer.from(value))
export const uuid = (value: string): Field => Buffer.from(value.replaceAll('-', ''), 'hex')
export const boolean = (value: boolean): Field => Buffer.from([value ? 1 : 0])
export function smallint(value: number): Field {
  const field = Buffer.allocUnsafe(2)
  field.writeInt16BE(value)
  return field
}
export function bigint(value: number): Field {
  const field = Buffer.allocUnsafe(8)
  field.writeBigInt64BE(BigInt(value))
  return field
}
/** Microseconds since the year 2000. */
export function timestamp(value: Date): Field {
  const field = Buffer.allocUnsafe(8)
  field.writeBigInt64BE(BigInt(value.getTime() - Date.UTC(2000, 0, 1)) * 1000n)
  return field
}

/** Sends rows in one go. The client may not pipeline: COPY holds the line. */
export function copyInto(client: pg.Client, table: string, columns: string, rows: Buffer): Promise<void> {
  return copyIn(client, `copy ${table} (${columns}) from stdin (format binary)`, [rows])
}
