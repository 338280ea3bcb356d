import type { Cluster } from '../database/cluster.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { CorrectionReceipt } from './correction-receipt.ts'
import type { CorrectionRecord } from './corrections.ts'
import type { ErasureReceipt } from './erasure-receipt.ts'
import type { Erasure } from './erasures.ts'
import { everywhereBy } from './levels.ts'
import { versionInForce } from './policy-versions.ts'
import { ReceiptSigner } from './receipt-signing.ts'

interface SigningParts {
  cluster: Cluster
  ring: KeyRing
}

/** The receipt of an erasure as it stands now: what is reached, and who still holds what until when (L-E.1, L-19.2). */
export async function signErasure(
  parts: SigningParts,
  organization: Pick<Organization, 'id'>,
  erasure: Erasure,
): Promise<{ receipt: ErasureReceipt; jws: string }> {
  const removed = Object.entries(erasure.removed).sort(([a], [b]) => (a < b ? -1 : 1))
  const receipt: ErasureReceipt = {
    kind: 'erasure',
    cause: erasure.cause,
    removed: Object.fromEntries(removed),
    levels: erasure.levels,
    ...(await asOfNow(parts, organization, erasure)),
  }
  return { receipt, jws: new ReceiptSigner(parts.ring).signAs('ringfence-erasure+jws', receipt) }
}

/** The same of a correction: which fields, and what came of it where (L-19.1). */
export async function signCorrection(
  parts: SigningParts,
  organization: Pick<Organization, 'id'>,
  correction: CorrectionRecord,
): Promise<{ receipt: CorrectionReceipt; jws: string }> {
  const receipt: CorrectionReceipt = {
    kind: 'correction',
    cause: correction.cause,
    fields: correction.fields,
    levels: correction.levels,
    ...(await asOfNow(parts, organization, correction)),
  }
  return { receipt, jws: new ReceiptSigner(parts.ring).signAs('ringfence-correction+jws', receipt) }
}

async function asOfNow(
  { cluster, ring }: SigningParts,
  organization: Pick<Organization, 'id'>,
  request: Pick<Erasure, 'id' | 'askedAt' | 'recipients'> & Parameters<typeof everywhereBy>[0],
) {
  return {
    version: 1 as const,
    id: request.id,
    organization: organization.id,
    askedAt: request.askedAt.toISOString(),
    signedAt: new Date().toISOString(),
    recipients: request.recipients,
    everywhereBy: everywhereBy(request),
    keyRing: { id: ring.id, version: ring.version },
    policy: (await cluster.control.transaction((db) => versionInForce(db))) ?? '',
  }
}
