import { randomUUID } from 'node:crypto'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

/** How a CRM's call log can say that a call came out; an adapter maps them to its own words. */
export const loggedOutcomes = [
  'connected',
  'no-answer',
  'left-message',
  'left-voicemail',
  'wrong-number',
  'busy',
] as const
export type LoggedOutcome = (typeof loggedOutcomes)[number]

/** What a user may say of a call afterwards (a disposition), in the organization's own words. */
export interface Result {
  id: string
  label: string
  outcome: LoggedOutcome
}

/** More buttons than this are no row any more. */
export const mostResults = 12

/** Until an administrator makes a list of their own. The ids are the same in every language. */
const defaults: Record<Organization['language'], readonly Result[]> = {
  en: [
    { id: 'done', label: 'Dealt with', outcome: 'connected' },
    { id: 'call-again', label: 'Call again', outcome: 'connected' },
    { id: 'not-reached', label: 'Not reached', outcome: 'no-answer' },
    { id: 'left-message', label: 'Left a message', outcome: 'left-message' },
    { id: 'voicemail', label: 'Left a voicemail', outcome: 'left-voicemail' },
    { id: 'busy', label: 'Busy', outcome: 'busy' },
    { id: 'wrong-number', label: 'Wrong number', outcome: 'wrong-number' },
  ],
  cs: [
    { id: 'done', label: 'Vyřízeno', outcome: 'connected' },
    { id: 'call-again', label: 'Zavolat znovu', outcome: 'connected' },
    { id: 'not-reached', label: 'Nezastižen', outcome: 'no-answer' },
    { id: 'left-message', label: 'Zanechán vzkaz', outcome: 'left-message' },
    { id: 'voicemail', label: 'Vzkaz ve schránce', outcome: 'left-voicemail' },
    { id: 'busy', label: 'Obsazeno', outcome: 'busy' },
    { id: 'wrong-number', label: 'Špatné číslo', outcome: 'wrong-number' },
  ],
}

export async function readResults(organization: Organization, db: Db): Promise<readonly Result[]> {
  const rows = await db.rows<Result>('select id, label, outcome from results order by position')
  return rows.length > 0 ? rows : defaults[organization.language]
}

/**
 * Replaces the list. Calls keep the words that were chosen for them.
 * @param wished in the order they are shown; without an id it is a new one
 * @throws RingfenceError `invalid-input` when two have the same words
 */
export async function setResults(
  organization: Organization,
  wished: readonly (Omit<Result, 'id'> & { id?: string | undefined })[],
): Promise<readonly Result[]> {
  const results = wished.map(({ id, label, outcome }) => ({
    id: id ?? randomUUID(),
    label: label.trim(),
    outcome,
  }))
  const once = (of: readonly string[]) => new Set(of.map((text) => text.toLowerCase())).size === of.length
  if (!once(results.map(({ label }) => label)) || !once(results.map(({ id }) => id)))
    failed({ code: 'invalid-input', field: 'results', rule: 'each once' })
  await organization.transaction(async (db) => {
    db.send(`select pg_advisory_xact_lock(hashtextextended('results', 0))`) // two lists at once would be mixed
    await db.rows('delete from results')
    await db.rows(
      `insert into results (id, label, outcome, position)
       select id, label, outcome, place from unnest($1::text[], $2::text[], $3::text[]) with ordinality
         as new (id, label, outcome, place)`,
      [results.map(({ id }) => id), results.map(({ label }) => label), results.map(({ outcome }) => outcome)],
    )
  }, 'show calls to the people they are for')
  return results
}
