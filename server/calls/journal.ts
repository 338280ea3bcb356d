import { type Finder, findByNumber, soleMatch } from '../contacts/find-by-number.ts'
import { openDealsOf } from '../contacts/open-deals.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type {
  CallOnScreen,
  LogRecord,
  NewPersonRecord,
  NoteRecord,
  RecordingRecord,
} from './call-on-screen.ts'
import { openFacts, recordFrom } from './call-record.ts'
import { type DealRow, dealColumn, dealsOf } from './deals.ts'
import { remoteParty } from './fold.ts'
import { type FollowUpColumns, followUpColumns, followUpOf, followUpTables } from './follow-up-view.ts'
import { openNote } from './note.ts'

interface JournalRow extends FollowUpColumns {
  id: string
  connection_id: string
  arrival: string
  version: number
  facts_sealed: Buffer
  expires_at: Date
  log_state: LogRecord['state'] | null
  marker: string | null
  tries: number | null
  reason: string | null
  next_at: Date | null
  written_at: Date | null
  external_id: string | null
  activity_id: string | null
  written_as: string | null
  written_for: string | null
  log_connection: string | null
  recording_state: RecordingRecord['state'] | null
  recording_reason: string | null
  recording_next_at: Date | null
  note_version: number | null
  note_sealed: Buffer | null
  note_crm_version: number | null
  note_state: NoteRecord['state'] | null
  note_reason: string | null
  note_next_at: Date | null
  person_state: NewPersonRecord['state'] | null
  person_reason: string | null
  person_next_at: Date | null
  person_acting_ref: string | null
  deal: DealRow | null
}

const columns = `
  c.id, c.connection_id, c.arrival, c.version, c.facts_sealed, c.expires_at,
  l.state as log_state, l.marker, l.tries, l.reason, l.next_at, l.written_at, l.external_id, l.activity_id,
  l.written_as, l.written_for, l.connection_id as log_connection,
  r.state as recording_state, r.reason as recording_reason, r.next_at as recording_next_at,
  n.version as note_version, n.note_sealed, n.crm_version as note_crm_version, n.state as note_state, n.reason as note_reason,
  n.next_at as note_next_at, p.state as person_state, p.reason as person_reason, p.next_at as person_next_at,
  p.acting_ref as person_acting_ref, ${followUpColumns},
  ${dealColumn} as deal`
/** Each by its key; of a number that is being made into somebody the newest (new_persons_by_number). */
const tables = `
  calls c left join call_logs l on l.call_id = c.id left join recordings r on r.id = c.id
  left join call_notes n on n.id = c.id left join call_deals d on d.call_id = c.id
  left join lateral (select state, reason, next_at, acting_ref from new_persons where number_hash = c.remote_hash
                     order by expires_at desc limit 1) p on true
  ${followUpTables}`

export interface JournalReader {
  organization: Organization
  finder: Finder
  now: number
  activityUrl(log: {
    connectionId: string
    logId: string | undefined
    activityId: string | undefined
  }): string | undefined
}

/** One call, or undefined when there is none (any more). */
export async function readCall(db: Db, reader: JournalReader, id: string): Promise<CallOnScreen | undefined> {
  const rows = await db.rows<JournalRow>(`select ${columns} from ${tables} where c.id = $1`, [id])
  return (await openRows(db, reader, rows))[0]
}

/**
 * Calls newest first, by the order in which they reached us: their times are sealed.
 * @param filter.of only calls that this user's extensions took part in while they were theirs; undefined: all
 * @param filter.before the `arrival` of the last one seen
 */
export async function readJournal(
  db: Db,
  reader: JournalReader,
  filter: {
    of?: string
    before?: string
    limit: number
    live?: boolean
    logStates?: readonly string[]
    /** only calls whose outer number has one of these hashes */
    remoteHashes?: readonly Buffer[]
  },
): Promise<CallOnScreen[]> {
  const rows = await db.rows<JournalRow>(
    `select ${columns} from ${tables}
     where ($1::uuid is null or exists (select from user_extensions e
                                        where e.user_id = $1 and e.extension = any(c.rang) and e.sees_after < c.arrival))
       and ($2::bigint is null or c.arrival < $2)
       and ($4::boolean is not true or c.state <> 'ended')
       and ($5::text[] is null or l.state = any($5))
       and ($6::bytea[] is null or c.remote_hash = any($6))
     order by c.arrival desc limit $3`,
    [
      filter.of ?? null,
      filter.before ?? null,
      filter.limit,
      filter.live ?? null,
      filter.logStates ?? null,
      filter.remoteHashes ?? null,
    ],
  )
  return openRows(db, reader, rows)
}

async function openRows(db: Db, reader: JournalReader, rows: readonly JournalRow[]): Promise<CallOnScreen[]> {
  const opened = rows.flatMap((row) => {
    try {
      return [
        {
          row,
          record: recordFrom(row, openFacts(reader.organization, row.id, row.facts_sealed, reader.now)),
          note: noteOf(row, reader),
        },
      ]
    } catch (error) {
      // Its time ran out between the row's rounded hour and now, or its key is gone: for people it is not there.
      if (failureOf(error)?.code === 'unreadable') return []
      throw error
    }
  })
  const calls = await Promise.all(
    opened.map(async ({ row, record, note }) => ({
      row,
      record,
      note,
      newPerson: newPersonOf(row),
      matches: await findByNumber(db, reader.finder, remoteParty(record.call)),
      log: logOf(row, reader),
      recording: recordingOf(row),
      followUp: followUpOf(row, reader),
    })),
  )
  const persons = calls.flatMap(({ matches }) => soleMatch(matches) ?? [])
  const deals = await openDealsOf(db, persons)
  return calls.map(({ row, ...call }) => ({
    ...call,
    deals: dealsOf(row.deal, soleMatch(call.matches), deals),
  }))
}

function logOf(row: JournalRow, reader: JournalReader): LogRecord | undefined {
  if (!row.log_state || !row.marker || !row.log_connection) return undefined
  return {
    state: row.log_state,
    marker: row.marker,
    tries: row.tries ?? 0,
    reason: row.reason ?? undefined,
    nextAt: row.next_at ?? undefined,
    writtenAt: row.written_at ?? undefined,
    writtenAs: row.written_as ?? undefined,
    writtenFor: row.written_for ?? undefined,
    url:
      row.log_state === 'written'
        ? reader.activityUrl({
            connectionId: row.log_connection,
            logId: row.external_id ?? undefined,
            activityId: row.activity_id ?? undefined,
          })
        : undefined,
  }
}

function recordingOf(row: JournalRow): RecordingRecord | undefined {
  if (!row.recording_state) return undefined
  return {
    state: row.recording_state,
    reason: row.recording_reason ?? undefined,
    nextAt: row.recording_next_at ?? undefined,
  }
}

/** @throws RingfenceError `unreadable`, with the call */
function noteOf(row: JournalRow, { organization }: JournalReader): NoteRecord | undefined {
  const { note_version: version, note_sealed } = row
  const note = version === null ? undefined : openNote(organization, row.id, { version, note_sealed })
  return (
    note && {
      note,
      crmVersion: row.note_crm_version ?? 0,
      state: row.note_state ?? 'idle',
      reason: row.note_reason ?? undefined,
      nextAt: row.note_next_at ?? undefined,
    }
  )
}

function newPersonOf(row: JournalRow): NewPersonRecord | undefined {
  if (!row.person_state) return undefined
  return {
    state: row.person_state,
    reason: row.person_reason ?? undefined,
    nextAt: row.person_next_at ?? undefined,
    actingRef: row.person_acting_ref ?? undefined,
  }
}
