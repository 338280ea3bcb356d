import { numberHash } from '../contacts/erased.ts'
import { callersOf } from '../contacts/number-callers.ts'
import { numbersOfPerson, type PersonNumbers } from '../contacts/numbers-of-person.ts'
import { failed } from '../failure.ts'
import type { CallOnScreen, Viewer } from './call-on-screen.ts'
import { type JournalReader, readJournal } from './journal.ts'
import { mayName } from './who-sees.ts'

/** A page of the CRM is opened many times a day: what it shows of us must cost little. */
const mostCalls = 50

/**
 * The calls of the last seven days with one person, newest first: those the viewer may see anyway, found without opening
 * the others. For a person whose name is hidden from the viewer there are none: they would tell whose number it is.
 * @param externalId the person's id in the CRM the viewer belongs to
 * @param ask asks the CRM whether the viewer reads a person whom the mirror alone hides from them
 * @throws `not-found` for persons who are unknown or hidden, which must look the same
 */
export async function readCallsWith(
  reader: JournalReader,
  viewer: Viewer,
  externalId: string,
  ask: (person: PersonNumbers) => Promise<void>,
): Promise<{ personId: string; calls: CallOnScreen[] }> {
  const { organization, finder } = reader
  const person = await organization.transaction(
    (db) => numbersOfPerson(db, organization.keys, { connectionId: viewer.connectionId, externalId }),
    'show calls to the people they are for',
  )
  if (person && !mayName(person, viewer)) await ask(person)
  if (!person || !mayName(person, viewer)) return failed({ code: 'not-found', what: 'person' })
  const { personId } = person
  const callers = new Set(person.typed.flatMap((typed) => callersOf(typed, finder.numbers)))
  const calls = await organization.transaction(
    (db) =>
      readJournal(db, reader, {
        ...(viewer.sees === 'all' ? {} : { of: viewer.id }),
        remoteHashes: [...callers].map((number) => numberHash(organization.keys, number)),
        limit: mostCalls,
      }),
    'show calls to the people they are for',
  )
  return {
    personId,
    calls: calls.filter(({ matches }) => matches.some((match) => match.personId === personId)),
  }
}
