import { z } from 'zod'
import type { Contact, CrmSession, NewPerson } from '../contract.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier, toInteger } from './identifier.ts'
import { contactFrom, wirePerson } from './person.ts'
import { type PersonSetUp, readPersonSetUp } from './person-fields.ts'
import { refusedAs } from './refusal.ts'
import type { SetUpMemory } from './set-up-memory.ts'

const answer = z.object({ data: wirePerson })
const found = z.object({
  data: z
    .object({
      items: z.array(
        z.object({
          item: z.object({ id: identifier, phones: z.array(z.string()).nullish().catch(undefined) }),
        }),
      ),
    })
    .nullish(),
})

/**
 * Enters a person with a name and one number.
 *
 * A 403 may mean that this token's user may not enter persons for others: then the person is theirs.
 * @throws {RingfenceError} `provider-outcome-unknown` when the person may be there: look before entering again
 */
export async function createPerson(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  person: NewPerson,
): Promise<Contact> {
  // Asked before anything is changed, so that nothing stands between the change and what is told of it.
  const setUp = await setUpOf(client, memory, session)
  const body = { name: person.name, phones: [{ value: person.number, primary: true }] }
  const owner =
    person.ownerExternalId === session.userRef
      ? {}
      : { owner_id: toInteger(person.ownerExternalId, 'ownerExternalId') }
  const send = (more: { owner_id?: number }) =>
    client(session, {
      endpoint: endpoints.addPerson,
      body: { ...body, ...more },
      answer,
      feature: 'contacts',
    })
  try {
    return contactFrom((await send(owner)).data, setUp, new Date())
  } catch (error) {
    const kind = refusedAs(error)
    // A user who is gone (404) or not ours to act for (403): neither had any effect.
    if (owner.owner_id === undefined || (kind !== 'permission' && kind !== 'not-found')) throw error
    return contactFrom((await send({})).data, setUp, new Date())
  }
}

/** Enough of a number to be found however it was typed. */
const searchedDigits = 9
const mostFound = 100

/**
 * Who has this number? UNVERIFIED whether a search by digits ignores blanks and brackets: so its last digits are sought, and
 * what is found is compared here. What was entered by us is in E.164 and found either way.
 */
export async function findPerson(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  number: string,
): Promise<Contact | undefined> {
  const { data } = await client(session, {
    endpoint: endpoints.searchPersons,
    query: { term: number.slice(-searchedDigits), fields: 'phone', limit: mostFound },
    answer: found,
    feature: 'contacts',
  })
  const ids = (data?.items ?? [])
    .filter(({ item }) => item.phones?.some((typed) => isSame(typed, number)))
    .map(({ item }) => item.id)
    .sort((a, b) => Number(a) - Number(b))
  const [first] = ids
  if (first === undefined) return undefined
  const { data: person } = await client(session, {
    endpoint: endpoints.person,
    id: first,
    answer,
    feature: 'contacts',
  })
  return contactFrom(person, await setUpOf(client, memory, session), new Date())
}

/** In E.164, however it is spaced. */
function isSame(typed: string, number: string): boolean {
  return typed.replace(/\D/g, '').replace(/^00/, '') === number.slice(1)
}

export async function setUpOf(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
): Promise<PersonSetUp> {
  const known = memory.recent(session.apiBase)
  if (known) return known
  const setUp = await readPersonSetUp(client, session, 'contacts')
  memory.remember(session.apiBase, setUp)
  return setUp
}
