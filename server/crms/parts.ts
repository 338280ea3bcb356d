import type { Directory, DirectoryConnection } from '../organizations/directory.ts'
import type { Crm, CrmWith } from './contract.ts'

/** Can this CRM do that? Nothing of a part can be called before it is asked for. */
export function has<Part extends keyof Crm>(crm: Crm, part: Part): crm is CrmWith<Part> {
  return crm[part] !== undefined
}

/** Into which CRM an organization's calls go; undefined: none is connected. */
export function crmConnection({
  connections,
}: Pick<Directory, 'connections'>): DirectoryConnection | undefined {
  return [...connections.values()].find(({ side }) => side === 'crm')
}
