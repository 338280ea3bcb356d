import { keysOfTyped, type NumberContext, splitTyped } from '../contacts/numbers.ts'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Contact } from './contract.ts'

export interface LinkParts {
  amendLater(organizationId: string, callId: string): Promise<void>
}

/**
 * Of the calls that were written without a person those whose number one of these has. Called in the transaction that
 * stores them.
 */
export async function linkContacts(
  parts: LinkParts,
  organization: Organization,
  db: Db,
  contacts: readonly Contact[],
): Promise<void> {
  // Reading numbers is the dear part, and mostly there is nobody to link.
  const any = await db.row('select 1 from call_logs where unlinked_hash is not null limit 1')
  if (any) await enqueueLinks(parts, organization, db, numberHashesOf(organization, contacts))
}

/** By which these persons' numbers and calls meet. */
function numberHashesOf(organization: Organization, contacts: readonly Contact[]): Buffer[] {
  const context: NumberContext = { country: organization.country }
  const numbers = contacts.flatMap((contact) =>
    contact.numbers.flatMap(splitTyped).flatMap((typed) => keysOfTyped(typed, context).exact ?? []),
  )
  return [...new Set(numbers)].map((number) => organization.keys.hash('call number', number))
}

/** Each gets its person in a moment: a job before the commit, because without one the call would stay alone. */
export async function enqueueLinks(
  parts: LinkParts,
  organization: Organization,
  db: Db,
  hashes: readonly Buffer[],
): Promise<void> {
  if (hashes.length === 0) return
  const calls = await db.rows<{ call_id: string }>(
    'select call_id from call_logs where unlinked_hash = any($1) order by call_id',
    [hashes],
  )
  for (const { call_id } of calls) await parts.amendLater(organization.id, call_id)
}
