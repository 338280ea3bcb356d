import type { Call } from '../calls/fold.ts'
import { extensionsOf } from '../calls/fold.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneAccesses } from '../phones/accesses.ts'
import type { PhoneSession } from '../phones/contract.ts'
import type { AskedPhone } from '../phones/parts.ts'
import { sessionOf } from '../phones/subscription.ts'

interface SessionParts {
  accesses: PhoneAccesses
  directoryOf(organization: Organization): Promise<Directory>
}

/**
 * With what the phone system is asked for the recording of a call: its key, or the grant of somebody who took part, whoever
 * spoke first. undefined: none of them has their telephone connected (any more).
 */
export function sessionFor(
  parts: SessionParts,
  asked: AskedPhone,
  call: Call,
): Promise<PhoneSession | undefined> {
  const spoke = call.answeredBy?.kind === 'extension' ? [call.answeredBy.digits] : []
  return sessionForExtensions(parts, asked, [...spoke, ...extensionsOf(call)])
}

/** @param extensions who took part, whoever is asked first */
export async function sessionForExtensions(
  parts: SessionParts,
  asked: AskedPhone,
  extensions: readonly string[],
): Promise<PhoneSession | undefined> {
  const accesses = (await parts.accesses.ofConnection(asked.connection.id)).filter(
    ({ state }) => state === 'active',
  )
  const byKey = accesses.find(({ userId }) => userId === undefined)
  if (asked.api.access === 'key') return byKey && sessionOf(parts, asked, byKey)
  const { people } = await parts.directoryOf(asked.organization)
  for (const extension of extensions) {
    const person = people.find(
      (one) => one.connectionId === asked.connection.id && one.extension === extension,
    )
    const access = person && accesses.find(({ userId }) => userId === person.userId)
    if (access) return sessionOf(parts, asked, access)
  }
  return undefined
}
