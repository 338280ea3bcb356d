import { terms } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import {
  bytesLiveHours,
  type ErasureReceipt,
  type ErasureRecipient,
  type Reached,
} from './erasure-receipt.ts'

/** One erasure as it stands, for whoever is entitled; nothing of the person. */
export interface Erasure {
  id: string
  cause: 'page' | 'command' | 'ledger'
  askedAt: Date
  askedBy: string | undefined
  removed: Record<string, number>
  levels: ErasureReceipt['levels']
  recipients: ErasureRecipient[]
  /** addresses of what people have to erase in a CRM by themselves: its ids there */
  toErase: {
    connectionId: string
    what: string
    externalId: string | undefined
    activityId: string | undefined
  }[]
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

interface RecipientRow {
  erasure_id: string
  connection_id: string
  recipient: string
  what: ErasureRecipient['what']
  state: ErasureRecipient['state']
  external_id: string | null
  activity_id: string | null
  final_at: Date | null
}

/** The newest first. @param embedded is the server ours? On another's we cannot say when it recycles its log. */
export async function listErasures(organization: Organization, embedded: boolean): Promise<Erasure[]> {
  return organization.transaction((db) => read(db, embedded, undefined), 'answer requests of people')
}

/** @throws RingfenceError `not-found` */
export async function findErasure(
  organization: Organization,
  embedded: boolean,
  id: string,
): Promise<Erasure> {
  const [found] = await organization.transaction((db) => read(db, embedded, id), 'answer requests of people')
  return found ?? failed({ code: 'not-found', what: 'erasure' })
}

async function read(db: Db, embedded: boolean, id: string | undefined): Promise<Erasure[]> {
  const [rows, recipients] = await Promise.all([
    db.rows<Row>(
      `select id, cause, asked_at, asked_by, counts, unreachable_at, unreadable_at, unreadable_by, files_at, log_at,
              exists(select from erased where erasure_id = erasures.id) as blocks
       from erasures where $1::uuid is null or id = $1 order by asked_at desc, id limit 200`,
      [id ?? null],
    ),
    db.rows<RecipientRow>(
      `select erasure_id, connection_id, recipient, what, state, external_id, activity_id, final_at
       from erasure_recipients where $1::uuid is null or erasure_id = $1 order by recipient, what, id`,
      [id ?? null],
    ),
  ])
  return rows.map((row) => {
    const told = recipients.filter(({ erasure_id }) => erasure_id === row.id)
    return {
      id: row.id,
      cause: row.cause,
      askedAt: row.asked_at,
      askedBy: row.asked_by ?? undefined,
      removed: row.counts,
      levels: levelsOf(row, embedded),
      recipients: summed(told),
      toErase: told.flatMap((one) =>
        one.state === 'by people' && (one.external_id !== null || one.activity_id !== null)
          ? [
              {
                connectionId: one.connection_id,
                what: one.what,
                externalId: one.external_id ?? undefined,
                activityId: one.activity_id ?? undefined,
              },
            ]
          : [],
      ),
      lifted: !row.blocks,
    }
  })
}

function levelsOf(row: Row, embedded: boolean): Erasure['levels'] {
  const after = (hours: number) => ({
    by: new Date(row.asked_at.getTime() + hours * 3_600_000).toISOString(),
  })
  const at = (reached: Date | null, otherwise: Reached): Reached =>
    reached ? { at: reached.toISOString() } : otherwise
  return {
    unreachable: at(row.unreachable_at, after(1)),
    unreadable: at(row.unreadable_at, row.unreadable_by ? { by: row.unreadable_by.toISOString() } : after(1)),
    files: at(row.files_at, after(bytesLiveHours)),
    log: embedded ? at(row.log_at, after(bytesLiveHours)) : { elsewhere: true },
    backups: after(terms.backupDays * 24),
  }
}

function summed(rows: readonly RecipientRow[]): ErasureRecipient[] {
  const sums = new Map<string, ErasureRecipient>()
  for (const { recipient, what, state, final_at } of rows) {
    const key = `${recipient} ${what} ${state}`
    const known = sums.get(key)
    const finalBy = [known?.finalBy ?? undefined, final_at?.toISOString()].filter((one) => one !== undefined)
    sums.set(key, {
      recipient,
      what,
      state,
      count: (known?.count ?? 0) + 1,
      finalBy: finalBy.sort().at(-1) ?? null,
    })
  }
  return [...sums.values()]
}

/** The organization lets the person come back (L-17.4): the CRM's next reading shows them again. */
export async function liftErasure(organization: Organization, id: string): Promise<void> {
  await organization.transaction(
    (db) => db.rows('delete from erased where erasure_id = $1', [id]),
    'answer requests of people',
  )
}

/** When nothing is left anywhere; null while a recipient has not confirmed, or nobody can say. */
export function everywhereBy({ levels, recipients }: Pick<Erasure, 'levels' | 'recipients'>): string | null {
  const ends = [
    ...Object.values(levels).map((level) =>
      'at' in level ? level.at : 'by' in level ? level.by : undefined,
    ),
    ...recipients.map(({ state, finalBy }) => (state === 'confirmed' ? (finalBy ?? undefined) : undefined)),
  ]
  return ends.some((end) => end === undefined) ? null : (ends.toSorted().at(-1) ?? null)
}
