import { numberHash, personHash } from '../contacts/erased.ts'
import { keysOfTyped, splitTyped } from '../contacts/numbers.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Spool, SpooledRequest } from '../ingest/spool.ts'
import { arrivalHourLivesHours } from '../keys/contract.ts'
import type { ErasureEntry } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'

export interface WaitingParts {
  cluster: Cluster
  spool: Spool
  clock: { ms(): number }
}

/**
 * Takes the person out of what waits for the database on this node. What waits on other nodes lies in their folders,
 * sealed by keys that die with their hour.
 * @returns until when something may still be readable there; undefined: nowhere
 */
export async function forgetWaiting(
  { cluster, spool, clock }: WaitingParts,
  organization: Organization,
  entry: ErasureEntry,
): Promise<Date | undefined> {
  const others = await cluster.control.transaction((db) =>
    db.row<{ nodes: number }>(
      `select count(*)::int as nodes from nodes where seen_at > now() - interval '60 seconds'`,
    ),
  )
  if ((others?.nodes ?? 0) > 1) return new Date(Date.now() + (arrivalHourLivesHours + 1) * 3_600_000)
  await spool.renew((request) => withoutPerson(organization, entry, request), clock.ms())
  return undefined
}

function withoutPerson(
  organization: Organization,
  entry: ErasureEntry,
  request: SpooledRequest,
): SpooledRequest | undefined {
  if (request.organizationId !== organization.id) return request
  const numbers = new Set(entry.numbers)
  const persons = new Set(entry.persons)
  const isTheirs = (e164: string) => numbers.has(numberHash(organization.keys, e164).toString('hex'))
  if (request.side === 'phone') {
    const calls = new Set(
      request.events.flatMap((event) => (numbersIn(event).some(isTheirs) ? [event.call] : [])),
    )
    if (calls.size === 0) return request
    const events = request.events.filter(({ call }) => !calls.has(call))
    const recordings = request.recordings?.filter(({ call }) => !calls.has(call))
    if (events.length === 0) return undefined
    return { ...request, events, ...(recordings ? { recordings } : {}) }
  }
  const events = request.events.filter((event) => {
    if (event.kind !== 'contact-changed') return true
    const { externalId, numbers: typed } = event.contact
    if (persons.has(personHash(organization.keys, request.connectionId, externalId).toString('hex')))
      return false
    return !typed
      .flatMap(splitTyped)
      .flatMap((text) => keysOfTyped(text, { country: organization.country }).exact ?? [])
      .some(isTheirs)
  })
  return events.length === 0 ? undefined : { ...request, events }
}

/** Every number in E.164 that stands anywhere in an event, whichever field a phone system puts it in. */
function numbersIn(event: unknown): string[] {
  if (typeof event === 'string') return /^\+\d{2,15}$/.test(event) ? [event] : []
  if (typeof event !== 'object' || event === null) return []
  return Object.values(event).flatMap(numbersIn)
}
