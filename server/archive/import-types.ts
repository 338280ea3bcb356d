import type { z } from 'zod'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'
import type { KnownErased } from './known-erased.ts'
import type { Line } from './rebuild.ts'
import type { Column, Table } from './tables.ts'

/** Rows that were not taken in. */
export interface LeftOut {
  /** whose time was over */
  timeOver: number
  /** of people whom the organization erased */
  erased: number
  /** of which the archive had a keyed hash only */
  unknowable: number
  /** that belonged to one of those */
  withThem: number
}

/** One table of an archive on its way into a database. */
export interface TableIn {
  table: Table
  /** those the archive has */
  columns: readonly Column[]
  schema: z.ZodObject
  path: string
  /** how long its rows are kept at most; undefined: no number of hours ends them */
  mostHours: number | undefined
}

export interface Into {
  db: Db
  organization: Organization
  erased: KnownErased
  leftOut: LeftOut
  /** milliseconds since 1970 UTC */
  now: number
}

/** A line with the new names of the rows it speaks of, and as the archive has it. */
export interface Renamed {
  was: Line
  line: Line
}
