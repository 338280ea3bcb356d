import { callersOf } from '../contacts/number-callers.ts'
import { numbersOfPerson } from '../contacts/numbers-of-person.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import { callNumberHash } from './call-record.ts'
import { type JournalReader, readJournal } from './journal.ts'
import { type CallOnScreen, mayName, type Viewer } from './view.ts'

/** A page of the CRM is opened many times a day: what it shows of us must cost little. */
const mostCalls = 50

/**
 * The calls of the last seven days with one person, newest first: those the viewer may see anyway, found without opening
 * the others. For a person whose name is hidden from the viewer there are none: they would tell whose number it is.
 * @param externalId the person's id in the CRM the viewer belongs to
 * @throws `not-found` for persons who are unknown or hidden, which must look the same
 */
export async function readCallsWith(
  db: Db,
  reader: JournalReader,
  viewer: Viewer,
  externalId: string,
): Promise<{ personId: string; calls: CallOnScreen[] }> {
  const { organization, finder } = reader
  const person = await numbersOfPerson(db, organization.keys, {
    connectionId: viewer.connectionId,
    externalId,
  })
  if (!person || !mayName(person, viewer)) return failed({ code: 'not-found', what: 'person' })
  const { personId } = person
  const callers = new Set(person.typed.flatMap((typed) => callersOf(typed, finder.numbers)))
  const calls = await readJournal(db, reader, {
    ...(viewer.sees === 'all' ? {} : { extensions: viewer.extensions }),
    remoteHashes: [...callers].map((number) => callNumberHash(organization, number)),
    limit: mostCalls,
  })
  return {
    personId,
    calls: calls.filter(({ matches }) => matches.some((match) => match.personId === personId)),
  }
}
