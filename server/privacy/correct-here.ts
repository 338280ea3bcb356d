import type { App } from '../app.ts'
import { openNote, saveNote } from '../calls/note.ts'
import { numberHash } from '../contacts/erased.ts'
import { keysOfTyped } from '../contacts/numbers.ts'
import type { PersonRef } from '../contacts/open-deals.ts'
import { storedContact } from '../contacts/stored-contact.ts'
import type { Contact, Correction } from '../crms/contract.ts'
import { applyCrmEvents } from '../crms/mirror.ts'
import type { Organization } from '../organizations/organization.ts'
import { rememberNote } from './correction-recipients.ts'

export type CorrectHereParts = Pick<App, 'clock' | 'jobs' | 'amendLater' | 'changed'>

/** Takes a person into the mirror as if their CRM had told it. Screens are told by whoever asks for this. */
export async function storeAsTold(
  parts: CorrectHereParts,
  organization: Organization,
  connectionId: string,
  contact: Contact,
): Promise<void> {
  await applyCrmEvents({ ...parts, personChanged: () => {} }, organization, connectionId, [
    { kind: 'contact-changed', contact, eventId: '' },
  ])
}

/**
 * Here the right value stands in place of the wrong one: in the mirror, and in what colleagues wrote about the person's
 * calls. Done again it changes nothing.
 */
export async function correctHere(
  parts: CorrectHereParts,
  organization: Organization,
  of: { id: string; person: PersonRef; correction: Correction },
): Promise<void> {
  const { person, correction } = of
  const stored = await organization.transaction(
    (db) => storedContact(db, organization.keys, person),
    'officer',
  )
  // Before the mirror: the person's calls are found by their numbers.
  await correctNotes(parts, organization, { ...of, numbers: stored?.numbers ?? [] })
  if (stored) await storeAsTold(parts, organization, person.connectionId, corrected(stored, correction))
}

function corrected(contact: Contact, { name, numbers = [] }: Correction): Contact {
  const changed = contact.numbers.flatMap((text) => {
    const wished = numbers.find(({ was }) => was === text)
    return wished ? (wished.now ?? []) : text
  })
  const added = numbers.flatMap(({ was, now }) => (was === undefined ? (now ?? []) : []))
  return {
    ...contact,
    name: name && contact.name === name.was ? name.now : contact.name,
    numbers: [...new Set([...changed, ...added])],
  }
}

/** Notes that name the wrong value. What of them stands in the CRM follows as any note does; people look whether it did. */
async function correctNotes(
  parts: CorrectHereParts,
  organization: Organization,
  of: { id: string; correction: Correction; numbers: readonly string[] },
): Promise<void> {
  const { name, numbers = [] } = of.correction
  const typed = [...of.numbers, ...numbers.flatMap(({ was }) => was ?? [])]
  const hashes = typed
    .flatMap((text) => keysOfTyped(text, { country: organization.country }).exact ?? [])
    .map((e164) => numberHash(organization.keys, e164))
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string; version: number; note_sealed: Buffer }>(
        `select n.id, n.version, n.note_sealed from call_notes n join calls c on c.id = n.id
         where c.remote_hash = any($1) and n.note_sealed is not null order by n.id`,
        [hashes],
      ),
    'officer',
  )
  const wrong = [...(name ? [name] : []), ...numbers]
  for (const row of rows) {
    let note = openNote(organization, row.id, row)
    for (let tries = 0; note && tries < mostTries; tries++) {
      const text = wrong.reduce(withRight, note.text)
      if (text === note.text) break
      await rememberNote(organization, of.id, row.id)
      const saved = await saveNote(parts, organization, row.id, {
        text,
        result: note.result?.id,
        version: note.version,
      })
      note = 'other' in saved ? saved.other : undefined // somebody typed meanwhile
    }
  }
}

const mostTries = 5

/** As a word of its own: "Al" is not in "Also". What is only taken away stays in what people wrote. */
function withRight(text: string, { was, now }: { was?: string; now?: string }): string {
  if (!was || now === undefined) return text
  const word = was.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'gu'), () => now)
}
