import type { CountryCode } from 'libphonenumber-js/max'
import type { Db } from '../database/transaction.ts'
import type { OrganizationKeys } from '../keys/contract.ts'

/** Who acts in the database: `app` under row security, `officer` for export and proof, `owner` for sweeps. */
export type DatabaseRole = 'app' | 'officer' | 'owner'

/** One company that uses Ringfence. Its data is reached through `transaction` and in no other way. */
export interface Organization {
  readonly id: string
  readonly name: string
  readonly country: CountryCode
  readonly timeZone: string
  readonly language: 'en' | 'cs'
  readonly createdAt: Date
  readonly keys: OrganizationKeys
  transaction<T>(fn: (db: Db) => Promise<T>, as?: DatabaseRole): Promise<T>
}
