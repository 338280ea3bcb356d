import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import type { ErasureEntry } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { type EraseOrder, erase } from './erase.ts'
import { forgetWaiting } from './erase-waiting.ts'
import { ledgerOf } from './ledger-of.ts'
import { entryOf, type Subject } from './person-subject.ts'
import { personWays } from './person-ways.ts'
import { nextNight, rewriteOrganization } from './rewrite.ts'

type CarryOutParts = Pick<App, 'cluster' | 'ring' | 'spool' | 'clock' | 'jobs' | 'log'> & {
  /** screens, directories and caches of all nodes read again */
  erased(organizationId: string): void
}

/**
 * Erases a person now: unreachable and unreadable when it returns. A job is queued before anything else, which ends what
 * a crash cut off, tells the CRMs, and at night removes the bytes.
 */
export async function carryOutErasure(
  parts: CarryOutParts,
  organization: Organization,
  subject: Subject,
  order: Omit<EraseOrder, 'persons'>,
): Promise<string> {
  const entry = await entryOf(organization, subject, randomUUID())
  await enqueue(parts, organization.id, entry.id, 60_000)
  await eraseHere(parts, organization, entry, { ...order, persons: subject.persons })
  await enqueue(parts, organization.id, entry.id, 0)
  return entry.id
}

/** The database and the spool of this node; then every screen reads anew. */
export async function eraseHere(
  parts: CarryOutParts,
  organization: Organization,
  entry: ErasureEntry,
  order: EraseOrder,
): Promise<void> {
  await erase(
    { ...parts, forgetWaiting: (of, erased) => forgetWaiting(parts, of, erased) },
    organization,
    entry,
    order,
  )
  parts.erased(organization.id)
}

export const erasureJob = (erasureId: string): string => `erasure:${erasureId}`

function enqueue({ jobs }: CarryOutParts, organizationId: string, erasureId: string, afterMs: number) {
  const at = new Date(Date.now() + afterMs)
  return jobs.add('erasure', { organizationId, erasureId }, { key: erasureJob(erasureId), at })
}

/** The rest of an erasure: what a crash cut off, the CRMs, and the order to remove the bytes in the night. */
export async function finishErasure(
  parts: CarryOutParts & { eraseThere(organization: Organization, erasureId: string): Promise<void> },
  organization: Organization,
  erasureId: string,
): Promise<void> {
  const entry = (await ledgerOf(parts, organization.id)).find(({ id }) => id === erasureId)
  if (!entry) return // not even the ledger had been written: nothing was begun; or all there was has ended since
  const row = await organization.transaction(
    (db) =>
      db.row<{ unreadable: boolean }>(
        'select unreadable_at is not null as unreadable from erasures where id = $1',
        [erasureId],
      ),
    'owner',
  )
  if (!row?.unreadable) await eraseHere(parts, organization, entry, { cause: 'ledger' })
  await parts.jobs.add(
    'erasure-bytes',
    { organizationId: organization.id, erasureId },
    { key: `erasure-bytes:${erasureId}`, at: nextNight(organization, new Date()), keep: true },
  )
  await parts.eraseThere(organization, erasureId)
}

/**
 * The bytes go from the table files and, on our own server, from the log (E3).
 * @throws RingfenceError `busy` when somebody works on a table just now: run it again later
 */
export async function removeBytes(
  { cluster }: Pick<App, 'cluster'>,
  organization: Organization,
  of: { request: 'erasures' | 'corrections'; id: string },
): Promise<void> {
  const tables = await organization.transaction(async (db) => [...(await personWays(db)).keys()], 'owner')
  await rewriteOrganization(cluster, organization, tables)
  await organization.transaction(
    (db) =>
      db.rows(
        `update ${of.request} set files_at = coalesce(files_at, ringfence.now()),
           log_at = case when $2 then coalesce(log_at, ringfence.now()) end where id = $1`,
        [of.id, cluster.embedded !== undefined],
      ),
    'owner',
  )
}
