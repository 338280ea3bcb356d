import { z } from 'zod'
import { splitTyped } from '../../contacts/numbers.ts'
import { failed } from '../../failure.ts'
import type { Contact, Corrected, Correction, CrmSession } from '../contract.ts'
import type { Client } from './client.ts'
import { setUpOf } from './create-person.ts'
import { endpoints } from './endpoints.ts'
import { contactFrom, wirePerson } from './person.ts'
import { provider } from './refusal.ts'
import type { SetUpMemory } from './set-up-memory.ts'

/** A number as it is sent back: whatever is not sent along may be lost. */
const wirePhone = z.object({
  value: z.string().nullish(),
  label: z.string().nullish().catch(undefined),
  primary: z.boolean().nullish().catch(undefined),
})
const answer = z.object({ data: wirePerson.extend({ phones: z.array(wirePhone).nullish() }) })
type WirePerson = z.infer<typeof answer>['data']

interface Change {
  name?: string
  phones?: { value: string; label?: string; primary?: boolean }[]
}

/**
 * Puts a person's name and numbers right. Read at once before, so that what people changed meanwhile is seen and left, and
 * read again afterwards.
 *
 * UNVERIFIED whether a list that is sent takes the place of the one there, or is added to it: what is sent is the whole
 * list, and what was read afterwards says what came of it. Numbers in fields of the company's own are not changed.
 *
 * @throws {RingfenceError} `provider-outcome-unknown` when it may still take effect; `provider-rejected` (404) for one who
 *   is gone, or whom this user may not see
 */
export async function correctPerson(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  id: string,
  correction: Correction,
): Promise<Corrected> {
  const setUp = await setUpOf(client, memory, session)
  const read = async () =>
    (await client(session, { endpoint: endpoints.person, id, answer, feature: 'contacts' })).data
  const before = await read()
  if (before.is_deleted === true) return failed({ code: 'provider-rejected', provider, status: 404 })
  const body = changeOf(before, correction)
  if (body)
    await client(session, {
      endpoint: endpoints.changePerson,
      id,
      body,
      answer: z.unknown(),
      feature: 'contacts',
    })
  const contact = contactFrom(body ? await read() : before, setUp, new Date())
  return { contact, left: leftOf(contact, correction) }
}

/** @returns undefined when there is nothing to send: it stands there already, or people made something else of it */
function changeOf(
  { name, phones }: WirePerson,
  { name: wished, numbers = [] }: Correction,
): Change | undefined {
  const change: Change = {}
  if (wished && name === wished.was) change.name = wished.now
  const before = (phones ?? []).flatMap(({ value, label, primary }) =>
    value ? [{ value, ...(label ? { label } : {}), ...(primary == null ? {} : { primary }) }] : [],
  )
  const after = [
    ...before.flatMap((phone) => {
      const value = numbers.reduce(
        (text, { was, now }) =>
          was !== undefined && holds(text, was) ? text.replace(was, () => now ?? '') : text,
        phone.value,
      )
      return value.trim() === '' ? [] : [{ ...phone, value }]
    }),
    ...numbers.flatMap(({ was, now }) =>
      was === undefined && now !== undefined && !before.some(({ value }) => holds(value, now))
        ? [{ value: now }]
        : [],
    ),
  ]
  if (JSON.stringify(after) !== JSON.stringify(before)) change.phones = after
  return Object.keys(change).length === 0 ? undefined : change
}

/** People write several numbers into one field. */
const holds = (text: string, number: string): boolean =>
  text.trim() === number || splitTyped(text).includes(number)

function leftOf(contact: Contact, { name, numbers = [] }: Correction): Corrected['left'] {
  const stands = (number: string | undefined) =>
    number !== undefined && contact.numbers.some((text) => holds(text, number))
  const wrong = numbers.some(({ was, now }) => stands(was) || (now !== undefined && !stands(now)))
  return [
    ...(name && contact.name !== name.now ? (['name'] as const) : []),
    ...(wrong ? (['number'] as const) : []),
  ]
}
