import { randomUUID } from 'node:crypto'
import { terms } from '../../policy/index.ts'
import type { Cluster } from '../database/cluster.ts'
import { nowIn } from '../database/now.ts'
import type { EndEntry, KeyRing } from '../keys/index.ts'

/** More than any backup may be old: what ended before every backup is not asked for any more. */
const rememberedDays = terms.backupDays + 2

/** Puts on record beside the keys that something ended: a database restored from before it does not know. */
export async function recordEnd(
  { cluster, ring }: { cluster: Cluster; ring: KeyRing },
  organizationId: string,
  { end, ...of }: { end: EndEntry['end']; userId?: string; connectionId?: string },
): Promise<void> {
  const now = await cluster.control.transaction(nowIn)
  await ring.recordEnd(
    {
      id: randomUUID(),
      organization: organizationId,
      at: now.toISOString(),
      end,
      ...(of.userId === undefined ? {} : { user: of.userId }),
      ...(of.connectionId === undefined ? {} : { connection: of.connectionId }),
    },
    { forgetBefore: new Date(now.getTime() - rememberedDays * 86_400_000) },
  )
}
