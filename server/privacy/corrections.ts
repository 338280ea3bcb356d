import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { CorrectionReceipt } from './correction-receipt.ts'
import { levelsOfBytes, reachedOr, within } from './levels.ts'
import { readTold, type Told } from './told.ts'

/** One correction as it stands, for whoever is entitled; no value of the person. */
export interface CorrectionRecord {
  id: string
  cause: CorrectionReceipt['cause']
  askedAt: Date
  askedBy: string | undefined
  fields: CorrectionReceipt['fields']
  levels: CorrectionReceipt['levels']
  recipients: Told['recipients']
  /** what people have to look after in a CRM by themselves */
  toCorrect: Told['left']
}

interface Row {
  id: string
  cause: CorrectionRecord['cause']
  asked_at: Date
  asked_by: string | null
  fields: CorrectionRecord['fields']
  corrected_at: Date | null
  files_at: Date | null
  log_at: Date | null
}

/** The newest first. @param embedded is the server ours? */
export async function listCorrections(
  organization: Organization,
  embedded: boolean,
): Promise<CorrectionRecord[]> {
  return organization.transaction((db) => read(db, embedded, undefined), 'answer requests of people')
}

/** @throws RingfenceError `not-found` */
export async function findCorrection(
  organization: Organization,
  embedded: boolean,
  id: string,
): Promise<CorrectionRecord> {
  const [found] = await organization.transaction((db) => read(db, embedded, id), 'answer requests of people')
  return found ?? failed({ code: 'not-found', what: 'correction' })
}

async function read(db: Db, embedded: boolean, id: string | undefined): Promise<CorrectionRecord[]> {
  const [rows, toldOf] = await Promise.all([
    db.rows<Row>(
      `select id, cause, asked_at, asked_by, fields, corrected_at, files_at, log_at
       from corrections where $1::uuid is null or id = $1 order by asked_at desc, id limit 200`,
      [id ?? null],
    ),
    readTold(db, 'correction', id),
  ])
  return rows.map((row) => {
    const { recipients, left } = toldOf(row.id)
    return {
      id: row.id,
      cause: row.cause,
      askedAt: row.asked_at,
      askedBy: row.asked_by ?? undefined,
      fields: row.fields,
      levels: { unreachable: reachedOr(row.corrected_at, within(row, 1)), ...levelsOfBytes(row, embedded) },
      recipients,
      toCorrect: left,
    }
  })
}
