import type { Cluster } from '../database/cluster.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { ErasureReceipt } from './erasure-receipt.ts'
import { type Erasure, everywhereBy } from './erasures.ts'
import { versionInForce } from './policy-versions.ts'
import { ReceiptSigner } from './receipt-signing.ts'

/** The receipt of an erasure as it stands now: what is reached, and who still holds what until when (L-E.1, L-19.2). */
export async function signErasure(
  { cluster, ring }: { cluster: Cluster; ring: KeyRing },
  organization: Pick<Organization, 'id'>,
  erasure: Erasure,
): Promise<{ receipt: ErasureReceipt; jws: string }> {
  const policy = (await cluster.control.transaction((db) => versionInForce(db))) ?? ''
  const removed = Object.entries(erasure.removed).sort(([a], [b]) => (a < b ? -1 : 1))
  const receipt: ErasureReceipt = {
    version: 1,
    kind: 'erasure',
    id: erasure.id,
    organization: organization.id,
    cause: erasure.cause,
    askedAt: erasure.askedAt.toISOString(),
    signedAt: new Date().toISOString(),
    removed: Object.fromEntries(removed),
    levels: erasure.levels,
    recipients: erasure.recipients,
    everywhereBy: everywhereBy(erasure),
    keyRing: { id: ring.id, version: ring.version },
    policy,
  }
  return { receipt, jws: new ReceiptSigner(ring).signAs('ringfence-erasure+jws', receipt) }
}
