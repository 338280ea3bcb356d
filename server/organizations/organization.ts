import type { CountryCode } from 'libphonenumber-js/max'
import type { Purpose } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import type { OrganizationKeys } from '../keys/contract.ts'

/**
 * As whom one acts in the database: for a purpose of `policy/`, with no right to any data it is not declared for and under
 * row security; as `officer` for export and proof; as `owner` for sweeps.
 */
export type DatabaseRole = Purpose | 'officer' | 'owner'

/** One company that uses Ringfence. Its data is reached through `transaction` and in no other way. */
export interface Organization {
  readonly id: string
  readonly name: string
  readonly country: CountryCode
  readonly timeZone: string
  readonly language: 'en' | 'cs'
  readonly createdAt: Date
  readonly keys: OrganizationKeys
  transaction<T>(fn: (db: Db) => Promise<T>, as: DatabaseRole): Promise<T>
}
