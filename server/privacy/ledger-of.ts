import type { Cluster } from '../database/cluster.ts'
import type { ErasureEntry, KeyRing } from '../keys/index.ts'

/**
 * What the ledger has of an organization, since it began anew where its subscription had ended: what it says of the time
 * before is hashed by keys that are gone, and finds nobody any more.
 */
export async function ledgerOf(
  { cluster, ring }: { cluster: Pick<Cluster, 'control'>; ring: Pick<KeyRing, 'erasures'> },
  organizationId: string,
): Promise<ErasureEntry[]> {
  const entries = ring.erasures().filter(({ organization }) => organization === organizationId)
  if (entries.length === 0) return []
  const row = await cluster.control.transaction((db) =>
    db.row<{ ended_at: Date | null }>(
      `select max(done_at) as ended_at from receipts where organization_id = $1 and ended = 'organization'`,
      [organizationId],
    ),
  )
  const endedAt = row?.ended_at?.getTime() ?? 0
  return entries.filter(({ at }) => Date.parse(at) > endedAt)
}
