import type { Match } from '../contacts/find-by-number.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { CallOnScreen, PersonRef, Viewer } from './call-on-screen.ts'
import { extensionsOf } from './fold.ts'

/** May this viewer see the call? Their own, or all where an administrator allowed it. */
export function maySee(call: CallOnScreen, viewer: DirectoryUser): boolean {
  return viewer.sees === 'all' || isMine(call, viewer)
}

/** One that has no place in the journal yet has only just begun. */
export function isMine({ record }: CallOnScreen, viewer: DirectoryUser): boolean {
  const arrival = record.arrival === undefined ? Number.POSITIVE_INFINITY : Number(record.arrival)
  return extensionsOf(record.call).some((extension) => {
    const after = viewer.seesAfter.get(extension)
    return after !== undefined && arrival > after
  })
}

/** A record that is not shared shows its name only to its owner, and to whom the CRM itself shows it (PD-2). */
export function mayName(
  person: PersonRef & Pick<Match, 'shared' | 'ownerExternalId'>,
  viewer: Viewer,
): boolean {
  return mirrorNames(person, viewer) || viewer.reads(person)
}

/** What the mirrored record tells by itself. An owner's id means nobody in another company of the CRM. */
export function mirrorNames(
  { shared, connectionId, ownerExternalId }: Pick<Match, 'shared' | 'connectionId' | 'ownerExternalId'>,
  viewer: DirectoryUser,
): boolean {
  return shared || (connectionId === viewer.connectionId && ownerExternalId === viewer.externalId)
}
