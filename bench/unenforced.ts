import { hash } from 'node:crypto'
import type { Personal } from '../policy/index.ts'
import type { Cluster } from '../server/database/cluster.ts'
import { inTransaction } from '../server/database/transaction.ts'
import type { OrganizationKeys } from '../server/keys/contract.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { renewableColumns } from '../server/privacy/retired-keys.ts'
import { expiringTables } from '../server/privacy/row-security.ts'

/**
 * The same organization with nothing of `policy/` enforced: it acts as the administrator, for no purpose, without row
 * security and guards of keys, and what would be sealed stands in clear and is not compared with what is declared.
 * @param database where it lives; from here on it is of no other use
 */
export async function unenforced(
  cluster: Cluster,
  organization: Organization,
  database: string,
): Promise<Organization> {
  const admin = cluster.admin(database)
  await cluster.connections.with(admin, async (client) => {
    for (const table of expiringTables('organization'))
      await client.query(`alter table ${table} disable row level security`)
    for (const table of renewableColumns().keys())
      await client.query(`alter table ${table} disable trigger refuse_retired`)
  })
  return {
    ...organization,
    keys: noKeys,
    transaction: (fn) => cluster.connections.with(admin, (client) => inTransaction(client, fn)),
  }
}

const isNumber = (label: string) => ['number', 'typed number', 'call number'].includes(label)

const unused = (): never => {
  throw new Error('no part of the benchmark')
}

const noKeys: OrganizationKeys = {
  seal: (_place, content) => Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  open: (_place, { buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString() as Personal<string>,
  // Numbers stand in clear, as long as the column wants them; an id has to be made of something all the same.
  hash: (label, text) => (isNumber(label) ? inClear(text) : hash('sha256', label + text, 'buffer')),
  renew: unused,
  retiring: unused,
  keyOf: unused,
  has: unused,
  resealed: unused,
  destroyRetiring: unused,
  derive: unused,
  makeMirror: unused,
  destroyMirror: unused,
}

function inClear(text: string): Buffer {
  const bytes = Buffer.alloc(32)
  bytes.write(text)
  return bytes
}
