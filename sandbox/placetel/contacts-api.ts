import type { Reply } from '../http.ts'
import type { Contact } from './account.ts'
import { germanTime } from './german-time.ts'
import type { Placetel } from './index.ts'
import { ContactInput } from './new-account.ts'
import { dialledNumber } from './numbers.ts'
import { filtered, listed, type Route, type RouteCall, refused } from './route.ts'

/** The account's address book. */
export const contactRoutes: readonly Route[] = [
  { method: 'GET', template: '/contacts', run: list },
  { method: 'POST', template: '/contacts', run: create },
  { method: 'GET', template: '/contacts/:id', run: one },
  { method: 'PUT', template: '/contacts/:id', run: change },
  { method: 'DELETE', template: '/contacts/:id', run: remove },
]

const texts = ['first_name', 'last_name', 'company', 'email', 'email_work'] as const
const phones = ['phone_work', 'mobile_work', 'phone', 'mobile'] as const
const allPhones = [...phones, 'fax', 'fax_work'] as const

function list(call: RouteCall): Reply {
  const { placetel, account, query } = call
  const number = query.get('search[number]')
  const all = [...account.contacts.values()]
    .map((contact) => contactWire(placetel, contact))
    .filter((contact) => String(contact.blocked) === (query.get('filter[blocked]') ?? 'false'))
    .filter((contact) => number === null || phones.some((phone) => contact[phone] === dialledNumber(number)))
  const fields = [...texts, ...phones].map(
    (name) => [name, (contact: (typeof all)[number]) => contact[name] ?? undefined] as const,
  )
  const speeddial = (contact: (typeof all)[number]) => String(contact.speeddial ?? '')
  return listed(call, filtered(query, all, { ...Object.fromEntries(fields), speeddial }))
}

function create({ placetel, account, json }: RouteCall): Reply {
  const input = ContactInput.safeParse(json)
  if (!input.success) return refused(placetel, 422)
  return {
    status: 201,
    body: contactWire(placetel, account.addContact(input.data, placetel.clock.now())),
  }
}

function one({ placetel, account, params }: RouteCall): Reply {
  const found = account.contacts.get(Number(params['id']))
  return found === undefined ? refused(placetel, 404) : { status: 200, body: contactWire(placetel, found) }
}

function change({ placetel, account, params, json }: RouteCall): Reply {
  const found = account.contacts.get(Number(params['id']))
  if (found === undefined) return refused(placetel, 404)
  const input = ContactInput.safeParse(json)
  if (!input.success) return refused(placetel, 422)
  Object.assign(found, input.data, { updatedAt: placetel.clock.now() })
  return { status: 200, body: contactWire(placetel, found) }
}

function remove({ placetel, account, params }: RouteCall): Reply {
  return account.contacts.delete(Number(params['id'])) ? { status: 204 } : refused(placetel, 404)
}

/** Numbers are shown in the form `+49…`. */
export function contactWire(placetel: Placetel, contact: Contact) {
  const { needle } = placetel
  const phone = (name: (typeof allPhones)[number]) => {
    const number = contact[name]
    return number === undefined ? null : dialledNumber(number)
  }
  return {
    id: contact.id,
    user_id: contact.user_id ?? null,
    speeddial: contact.speeddial === undefined ? null : Number(contact.speeddial),
    first_name: contact.first_name ?? null,
    last_name: contact.last_name === undefined ? null : needle.name(contact.last_name),
    email: contact.email === undefined ? null : needle.email(contact.email),
    email_work: contact.email_work === undefined ? null : needle.email(contact.email_work),
    company: contact.company ?? null,
    address: contact.address ?? null,
    address_work: contact.address_work ?? null,
    phone_work: phone('phone_work'),
    mobile_work: phone('mobile_work'),
    phone: phone('phone'),
    mobile: phone('mobile'),
    fax: phone('fax'),
    fax_work: phone('fax_work'),
    facebook_url: contact.facebook_url ?? null,
    linkedin_url: contact.linkedin_url ?? null,
    xing_url: contact.xing_url ?? null,
    twitter_account: contact.twitter_account ?? null,
    blocked: contact.blocked ?? false,
    updated_at: germanTime(contact.updatedAt),
    created_at: germanTime(contact.createdAt),
  }
}
