import { keysOfTyped } from '../contacts/numbers.ts'
import type { PersonRef } from '../contacts/open-deals.ts'
import { storedContact } from '../contacts/stored-contact.ts'
import type { Contact, CorrectedField, Correction } from '../crms/contract.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

/** What somebody wishes to put right; what is the same as it stands is no wish. */
export interface CorrectionWish {
  person: PersonRef
  name?: string | undefined
  numbers?: readonly { was?: string | undefined; now?: string | undefined }[] | undefined
}

/**
 * Looks at a wish before anything is changed.
 * @throws RingfenceError `not-found` where the mirror has nobody like that, `conflict` when a number that is to be replaced
 *   is not theirs (any more), `invalid-input` with the place of a number that is none, or when nothing would change
 */
export async function correctionOf(organization: Organization, wish: CorrectionWish): Promise<Correction> {
  const stored = await organization.transaction(
    (db) => storedContact(db, organization.keys, wish.person),
    'officer',
  )
  if (!stored) return failed({ code: 'not-found', what: 'person' })
  const name = wish.name?.trim()
  if (name === '') failed({ code: 'invalid-input', field: 'name', rule: 'not empty' })
  const numbers = (wish.numbers ?? []).flatMap((one, at) => numberWish(organization, stored, one, at))
  const correction: Correction = {
    ...(name === undefined || name === stored.name ? {} : { name: { was: stored.name, now: name } }),
    ...(numbers.length === 0 ? {} : { numbers }),
  }
  if (fieldsOf(correction).length === 0)
    failed({ code: 'invalid-input', field: 'changes', rule: 'at least one' })
  return correction
}

function numberWish(
  organization: Organization,
  stored: Contact,
  { was, now: typed }: { was?: string | undefined; now?: string | undefined },
  at: number,
): NonNullable<Correction['numbers']> {
  const now = typed?.trim() || undefined
  if (was === now) return []
  if (was !== undefined && !stored.numbers.includes(was)) failed({ code: 'conflict', with: 'person' })
  if (now !== undefined && !keysOfTyped(now, { country: organization.country }).exact)
    failed({ code: 'invalid-input', field: `numbers.${at}`, rule: 'a telephone number' })
  return [{ ...(was === undefined ? {} : { was }), ...(now === undefined ? {} : { now }) }]
}

export const fieldsOf = ({ name, numbers = [] }: Correction): CorrectedField[] => [
  ...(name ? (['name'] as const) : []),
  ...(numbers.length > 0 ? (['number'] as const) : []),
]
