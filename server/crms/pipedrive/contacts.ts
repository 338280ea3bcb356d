import { z } from 'zod'
import { failed } from '../../failure.ts'
import type { ContactPage, CrmSession } from '../contract.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { companyFrom, contactFrom, wireOrganization, wirePerson } from './person.ts'
import type { PersonSetUp } from './person-fields.ts'
import { personSetUp, readPersonSetUp } from './person-fields.ts'
import { readJson } from './refusal.ts'
import type { SetUpMemory } from './set-up-memory.ts'
import { toV2Time } from './times.ts'

/** A page costs the same whatever its size. */
const pageSize = 500
/** `custom_fields` takes no more keys. */
const mostCustomFields = 15

/**
 * Where a walk over the contacts stands.
 *
 * Companies come first, so that a person's company has its name when the person arrives; then the persons, read with
 * what the company's fields say. Everything needed to go on is in here: a walk survives a restart.
 */
const place = z.discriminatedUnion('walk', [
  z.object({ walk: z.literal('companies'), since: z.string().optional(), after: z.string().optional() }),
  z.object({
    walk: z.literal('persons'),
    since: z.string().optional(),
    after: z.string().optional(),
    setUp: personSetUp.optional(),
  }),
])
type Place = z.infer<typeof place>
type PersonsPlace = Extract<Place, { walk: 'persons' }>

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    data: z.array(item).nullable(),
    additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
  })
const organizationsPage = pageOf(wireOrganization)
const personsPage = pageOf(wirePerson)

/**
 * One page of companies or persons, by rising id: an edit in the middle of a walk cannot move a row past it, as it could
 * if the walk went by time of change.
 */
export async function readContacts(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  from: { cursor?: string; changedSince?: Date },
): Promise<ContactPage> {
  const at = from.cursor === undefined ? firstPlace(from.changedSince) : decodePlace(from.cursor)
  return at.walk === 'companies'
    ? readCompanies(client, session, at)
    : readPersons(client, memory, session, at)
}

async function readCompanies(client: Client, session: CrmSession, at: Place): Promise<ContactPage> {
  const page = await client(session, {
    endpoint: endpoints.organizations,
    query: pageQuery(at),
    answer: organizationsPage,
    feature: 'contacts',
  })
  const after = page.additional_data?.next_cursor ?? undefined
  const next: Place =
    after === undefined ? withSince({ walk: 'persons' }, at) : withSince({ walk: 'companies', after }, at)
  const companies = (page.data ?? []).filter((one) => one.is_deleted !== true).map(companyFrom)
  return { contacts: [], companies, next: encodePlace(next) }
}

async function readPersons(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  at: PersonsPlace,
): Promise<ContactPage> {
  const setUp = await setUpFor(client, memory, session, at)
  const page = await client(session, {
    endpoint: endpoints.persons,
    query: { ...pageQuery(at), custom_fields: customFieldsAsked(setUp) },
    answer: personsPage,
    feature: 'contacts',
  })
  const after = page.additional_data?.next_cursor ?? undefined
  const contacts = (page.data ?? [])
    .filter((person) => person.is_deleted !== true)
    .map((person) => contactFrom(person, setUp))
  const next = after === undefined ? undefined : encodePlace(withSince({ walk: 'persons', after, setUp }, at))
  return { contacts, companies: [], next }
}

/** Told by the place; for what changed lately, read within the hour; else read now. */
async function setUpFor(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  at: PersonsPlace,
): Promise<PersonSetUp> {
  const recent = memory.recent(session.apiBase)
  if (recent && at.since !== undefined) return recent
  const setUp = at.setUp ?? (await readPersonSetUp(client, session, 'contacts'))
  if (!recent || !at.setUp) memory.remember(session.apiBase, setUp)
  return setUp
}

function pageQuery({ after, since }: Place) {
  return { limit: pageSize, sort_by: 'id', sort_direction: 'asc', updated_since: since, cursor: after }
}

/** Only the fields with numbers are asked for, so that no other custom field reaches us; too many: all, and most dropped. */
function customFieldsAsked({ phoneFields }: PersonSetUp): string | undefined {
  return phoneFields.length > 0 && phoneFields.length <= mostCustomFields ? phoneFields.join(',') : undefined
}

function firstPlace(changedSince: Date | undefined): Place {
  return { walk: 'companies', ...(changedSince === undefined ? {} : { since: toV2Time(changedSince) }) }
}

function withSince<P extends Place>(next: P, { since }: Place): P {
  return since === undefined ? next : { ...next, since }
}

function encodePlace(at: Place): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url')
}

function decodePlace(cursor: string): Place {
  const read = place.safeParse(readJson(Buffer.from(cursor, 'base64url')))
  return read.success ? read.data : failed({ code: 'invalid-input', field: 'cursor', rule: 'ours' })
}
