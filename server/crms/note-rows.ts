import type { CallRecord } from '../calls/call-record.ts'
import { type Note, openNote, openSent, type StoredNote, sealSent } from '../calls/note.ts'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'

/** What was written about a call, and how far that is in the CRM. */
export interface NoteRow {
  version: number
  note: StoredNote | undefined
  /** the version that surely stands in the CRM */
  crmVersion: number
  /** our own words that may stand there */
  ours: string[]
  state: 'idle' | 'waiting' | 'sending' | 'failed' | 'left'
  sentAt: Date | undefined
  tries: number
}

export async function readNoteRow(
  organization: Organization,
  db: Db,
  callId: string,
): Promise<NoteRow | undefined> {
  const row = await db.row<{
    version: number
    note_sealed: Buffer | null
    sent_sealed: Buffer | null
    crm_version: number
    state: NoteRow['state']
    sent_at: Date | null
    tries: number
  }>(
    'select version, note_sealed, sent_sealed, crm_version, state, sent_at, tries from call_notes where id = $1',
    [callId],
  )
  return (
    row && {
      version: row.version,
      note: openNote(organization, callId, row),
      crmVersion: row.crm_version,
      ours: openSent(organization, callId, row.sent_sealed),
      state: row.state,
      sentAt: row.sent_at ?? undefined,
      tries: row.tries,
    }
  )
}

const resultWord = { en: 'Result', cs: 'Výsledek' } as const

/** The words that go into the CRM's note: the result in the organization's own, then what was typed. */
export function wordsOf(organization: Organization, note: Note | undefined): string {
  const result = note?.result && `${resultWord[organization.language]}: ${note.result.label}`
  return [result, note?.text.trim()].filter(Boolean).join('\n')
}

/** So many outcomes are never unknown at once; and whoever types for hours must not make it grow for hours. */
const mostRemembered = 20

/**
 * The intent: these words may stand in the CRM from now on. Committed before they leave.
 * @param words the newest last
 */
export async function rememberWords(
  organization: Organization,
  db: Db,
  record: CallRecord,
  words: readonly string[],
): Promise<void> {
  const newestFirst = new Set(words.filter((text) => text !== '').toReversed())
  const ours = [...newestFirst].slice(0, mostRemembered).reverse()
  await db.rows('update call_notes set sent_sealed = $2 where id = $1', [
    record.id,
    ours.length === 0 ? null : sealSent(organization, record, ours),
  ])
}
