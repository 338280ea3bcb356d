import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { CorrectionReceipt } from './correction-receipt.ts'
import { levelsOfBytes, reachedOr, within } from './levels.ts'
import { requestsOnRecord } from './requests-on-record.ts'
import type { Told } from './told.ts'

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
  return read(organization, embedded, undefined)
}

/** @throws RingfenceError `not-found` */
export async function findCorrection(
  organization: Organization,
  embedded: boolean,
  id: string,
): Promise<CorrectionRecord> {
  const [found] = await read(organization, embedded, id)
  return found ?? failed({ code: 'not-found', what: 'correction' })
}

const read = (
  organization: Organization,
  embedded: boolean,
  id: string | undefined,
): Promise<CorrectionRecord[]> =>
  requestsOnRecord(organization, 'correction', {
    id,
    columns: 'cause, fields, corrected_at, files_at, log_at',
    view: (row: Row, { recipients, left }) => ({
      cause: row.cause,
      fields: row.fields,
      levels: { unreachable: reachedOr(row.corrected_at, within(row, 1)), ...levelsOfBytes(row, embedded) },
      recipients,
      toCorrect: left,
    }),
  })
