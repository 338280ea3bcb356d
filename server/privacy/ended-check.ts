import { failureOf } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { customerAccounts } from '../organizations/subscriptions.ts'
import { tablesEnding } from './ends.ts'

/** What is left of organizations whose subscription has ended, one sentence each; nothing may be. */
export async function leftOfEnded({
  cluster,
  ring,
}: Pick<Installation, 'cluster' | 'ring'>): Promise<string[]> {
  const told: string[] = []
  for (const { id, subscription } of await customerAccounts(cluster)) {
    if (subscription.state !== 'ended') continue
    if (hasKeys(ring, id)) told.push(`there are keys of organization ${id}, whose subscription has ended`)
    for (const table of tablesEnding('end of subscription', 'control')) {
      const row = await cluster.control.transaction((db) =>
        db.row(`select 1 from ${table} where organization_id = $1 limit 1`, [id]),
      )
      if (row) told.push(`${table} holds rows of organization ${id}, whose subscription has ended`)
    }
  }
  return told
}

/** Asked of the ring itself: what is claimed is so, and not only meant. */
export function hasKeys(ring: Installation['ring'], organizationId: string): boolean {
  try {
    return ring.organization(organizationId).derive('check').length > 0
  } catch (error) {
    if (failureOf(error)?.code !== 'unreadable') throw error
    return false
  }
}
