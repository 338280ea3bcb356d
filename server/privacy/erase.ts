import type { PersonRef } from '../contacts/open-deals.ts'
import type { Cluster } from '../database/cluster.ts'
import { arrivalHourLivesHours } from '../keys/contract.ts'
import type { ErasureEntry, KeyRing } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { forgetJobs, underErasureLock, untilWritersEnd } from './erase-order.ts'
import { resealAll } from './erase-reseal.ts'
import { deletePerson, personsOf, touchedKeys } from './erase-rows.ts'
import type { PersonKeys } from './person-ways.ts'

export interface EraseParts {
  cluster: Cluster
  ring: KeyRing
  /**
   * Takes the person out of what waits for the database; undefined: this process has no such folder, the server's job
   * does it. @returns until when something may still be readable
   */
  forgetWaiting?: (organization: Organization, entry: ErasureEntry) => Promise<Date | undefined>
}

/** How an erasure began; what is not known any more is told by the ledger alone. */
export interface EraseOrder {
  cause: 'page' | 'command' | 'ledger'
  askedBy?: string | undefined
  atCrm?: 'nothing' | 'ours' | 'person' | 'list'
  /** whom the ledger's hashes mean; undefined: they are looked for */
  persons?: readonly PersonRef[]
}

/** What waits for the database is sealed by keys that live no longer. */
const waitingLivesMs = (arrivalHourLivesHours + 1) * 3_600_000

/** However often something of the person came in meanwhile: calls do not come that fast. */
const mostPasses = 20

/**
 * Erases one person in one organization: whatever the ledger's entry finds. May be interrupted anywhere and run again.
 *
 * 1. The ledger, on both disks, before anything else: from here on a restored database is erased again.
 * 2. New keys in place of every hour's and bucket's that sealed something of the person. The old ones still open.
 * 3. One transaction: their rows go, the block that keeps them away is set, and nothing sealed by the old keys is taken
 *    any more (E1). Repeated until nothing of them comes in by transactions that had begun before.
 * 4. What the old keys sealed of others is sealed anew, and the old keys are destroyed, here and in the second copy: what
 *    they sealed of the person is unreadable in the log and in backups (E2).
 *
 * @returns ids that rows had which are gone: screens may know them
 * @throws RingfenceError `busy` when somebody's transaction does not end; run it again
 */
export async function erase(
  parts: EraseParts,
  organization: Organization,
  entry: ErasureEntry,
  order: EraseOrder,
): Promise<string[]> {
  await parts.ring.recordErasure(entry)
  return underErasureLock(parts.cluster, organization.id, async () => {
    const { keys } = organization
    const person: PersonKeys = {
      hashes: entry.numbers.map((hash) => Buffer.from(hash, 'hex')),
      persons: order.persons ?? (await personsOf(organization, entry)),
    }
    const ids: string[] = []
    const renewed = new Set<string>()
    let touched = await organization.transaction((db) => touchedKeys(db, organization, person), 'owner')
    for (let pass = 1; pass <= mostPasses; pass++) {
      const missing = [...touched].filter(([name]) => !renewed.has(name))
      if (missing.length > 0) await keys.renew(missing.map(([, key]) => key))
      for (const [name] of missing) renewed.add(name)
      const gone = await organization.transaction(
        (db) => deletePerson(db, organization, person, { entry, order }),
        'owner',
      )
      ids.push(...gone.ids)
      await untilWritersEnd(parts.cluster, organization)
      touched = gone.touched
      const isNew = [...touched.keys()].some((name) => !renewed.has(name))
      if (gone.rows === 0 && !isNew) break
    }
    await forgetJobs(parts.cluster, ids)
    await resealAll(organization)
    await keys.destroyRetiring()
    const waits = parts.forgetWaiting
      ? await parts.forgetWaiting(organization, entry)
      : new Date(Date.now() + waitingLivesMs)
    await organization.transaction(
      (db) =>
        db.rows(
          `update erasures set unreadable_at = coalesce(unreadable_at, case when $2::timestamptz is null then ringfence.now() end),
             unreadable_by = case when unreadable_at is null then $2::timestamptz end where id = $1`,
          [entry.id, waits ?? null],
        ),
      'owner',
    )
    return ids
  })
}
