import { z } from 'zod'
import type { Contact, CrmSession, NewPerson, NewPersons } from '../contract.ts'
import type { Client } from './client.ts'
import { methods } from './methods.ts'
import { refusalOf } from './refused.ts'
import { identifier, idOrNone, phpObject, resultOf, textOrNone } from './wire.ts'

const feature = 'contacts'
const made = resultOf(identifier)
const found = resultOf(phpObject(z.object({ CONTACT: z.array(identifier).optional() })))
const wireContact = resultOf(
  z.object({
    ID: identifier,
    NAME: textOrNone,
    SECOND_NAME: textOrNone,
    LAST_NAME: textOrNone,
    COMPANY_ID: idOrNone,
    ASSIGNED_BY_ID: idOrNone,
    OPENED: textOrNone,
    DATE_MODIFY: textOrNone,
    PHONE: z
      .array(z.object({ VALUE: z.string() }))
      .nullish()
      .catch(undefined),
  }),
)

/** Contacts, entered with a name and one number, and found by it. */
export function personsOf(client: Client, now: () => Date): NewPersons {
  return {
    create: (session, person) => create(client, session, person, now()),
    find: (session, number) => find(client, session, number, now()),
  }
}

/**
 * A name is one text here and several fields there: all of it goes into the first, because where it divides is a guess. A
 * user who may not enter for others, or an owner who is gone, makes the contact the token's user's own.
 */
async function create(
  client: Client,
  session: CrmSession,
  { name, number, ownerExternalId }: NewPerson,
  now: Date,
): Promise<Contact> {
  const send = async (owner: string | undefined): Promise<Contact> => {
    const { result } = await client(session, {
      method: methods.addContact,
      params: {
        fields: {
          NAME: name,
          PHONE: [{ VALUE: number, VALUE_TYPE: 'WORK' }],
          ...(owner === undefined ? {} : { ASSIGNED_BY_ID: Number(owner) }),
        },
      },
      answer: made,
      feature,
    })
    return {
      externalId: result,
      name,
      ownerExternalId: owner ?? session.userRef,
      shared: false,
      numbers: [number],
      updatedAt: now.toISOString(),
    }
  }
  const owner = ownerExternalId === session.userRef ? undefined : ownerExternalId
  try {
    return await send(owner)
  } catch (error) {
    const kind = refusalOf(error)?.kind
    // neither had any effect
    if (owner === undefined || (kind !== 'permission' && kind !== 'not-found')) throw error
    return send(undefined)
  }
}

/** UNVERIFIED which ways of writing a number are one to the portal: so it is asked for in several. */
async function find(
  client: Client,
  session: CrmSession,
  number: string,
  now: Date,
): Promise<Contact | undefined> {
  const { result } = await client(session, {
    method: methods.findByNumber,
    params: {
      type: 'PHONE',
      values: [number, number.slice(1), `00${number.slice(1)}`],
      entity_type: 'CONTACT',
    },
    answer: found,
    feature,
  })
  const [id] = (result.CONTACT ?? []).toSorted((a, b) => Number(a) - Number(b))
  if (id === undefined) return undefined
  const { result: contact } = await client(session, {
    method: methods.contact,
    params: { id: Number(id) },
    answer: wireContact,
    feature,
  })
  const changed = new Date(contact.DATE_MODIFY ?? '')
  return {
    externalId: contact.ID,
    name: [contact.NAME, contact.SECOND_NAME, contact.LAST_NAME].filter(Boolean).join(' '),
    ...(contact.COMPANY_ID === undefined ? {} : { companyExternalId: contact.COMPANY_ID }),
    ...(contact.ASSIGNED_BY_ID === undefined ? {} : { ownerExternalId: contact.ASSIGNED_BY_ID }),
    shared: contact.OPENED === 'Y',
    numbers: (contact.PHONE ?? []).map(({ VALUE }) => VALUE),
    updatedAt: (Number.isNaN(changed.getTime()) ? now : changed).toISOString(),
  }
}
