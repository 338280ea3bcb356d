import type { Crm } from '../crms/contract.ts'
import type { Directory } from './directory.ts'

/** The CRM of an organization; undefined: none is connected. */
export function crmOf({ connections }: Directory, crms: ReadonlyMap<string, Crm>): Crm | undefined {
  const connection = [...connections.values()].find(({ side }) => side === 'crm')
  return connection && crms.get(connection.adapter)
}
