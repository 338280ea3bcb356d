import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { ErasureReceipt } from './erasure-receipt.ts'
import { levelsOfBytes, reachedOr, within } from './levels.ts'
import { requestsOnRecord } from './requests-on-record.ts'
import type { Told } from './told.ts'

/** One erasure as it stands, for whoever is entitled; nothing of the person. */
export interface Erasure {
  id: string
  cause: 'page' | 'command' | 'ledger'
  askedAt: Date
  askedBy: string | undefined
  removed: Record<string, number>
  levels: ErasureReceipt['levels']
  recipients: Told['recipients']
  /** what people have to erase in a CRM by themselves */
  toErase: Told['left']
  /** the person may come back with the CRM's next reading */
  lifted: boolean
}

interface Row {
  id: string
  cause: Erasure['cause']
  asked_at: Date
  asked_by: string | null
  counts: Record<string, number>
  unreachable_at: Date | null
  unreadable_at: Date | null
  unreadable_by: Date | null
  files_at: Date | null
  log_at: Date | null
  blocks: boolean
}

/** The newest first. @param embedded is the server ours? On another's we cannot say when it recycles its log. */
export async function listErasures(organization: Organization, embedded: boolean): Promise<Erasure[]> {
  return read(organization, embedded, undefined)
}

/** @throws RingfenceError `not-found` */
export async function findErasure(
  organization: Organization,
  embedded: boolean,
  id: string,
): Promise<Erasure> {
  const [found] = await read(organization, embedded, id)
  return found ?? failed({ code: 'not-found', what: 'erasure' })
}

const read = (organization: Organization, embedded: boolean, id: string | undefined): Promise<Erasure[]> =>
  requestsOnRecord(organization, 'erasure', {
    id,
    columns: `cause, counts, unreachable_at, unreadable_at, unreadable_by, files_at, log_at,
              exists(select from erased where erasure_id = erasures.id) as blocks`,
    view: (row: Row, { recipients, left }) => ({
      cause: row.cause,
      removed: row.counts,
      levels: levelsOf(row, embedded),
      recipients,
      toErase: left,
      lifted: !row.blocks,
    }),
  })

function levelsOf(row: Row, embedded: boolean): Erasure['levels'] {
  const unreadableBy = row.unreadable_by ? { by: row.unreadable_by.toISOString() } : within(row, 1)
  return {
    unreachable: reachedOr(row.unreachable_at, within(row, 1)),
    unreadable: reachedOr(row.unreadable_at, unreadableBy),
    ...levelsOfBytes(row, embedded),
  }
}

/** The organization lets the person come back (L-17.4): the CRM's next reading shows them again. */
export async function liftErasure(organization: Organization, id: string): Promise<void> {
  await organization.transaction(
    (db) => db.rows('delete from erased where erasure_id = $1', [id]),
    'answer requests of people',
  )
}
