import type { Reply } from '../http.ts'
import { webexId } from './ids.ts'
import type { Org, Person } from './org.ts'
import { maxOf, pageReply } from './paging.ts'
import type { ApiCall, WebexRoute } from './route.ts'

const readScopes = ['spark:people_read', 'spark-admin:people_read']

export const peopleRoutes: WebexRoute[] = [
  { method: 'GET', template: '/people/me', scopes: readScopes, run: me },
  { method: 'GET', template: '/people/:id', scopes: readScopes, run: one },
  { method: 'GET', template: '/people', scopes: readScopes, run: list },
]

/** Whether the token may see what only administrators see. */
function asAdmin({ grant }: ApiCall): boolean {
  return grant.scopes.includes('spark-admin:people_read')
}

/** Whether numbers and extension are told of others. */
function withNumbers(call: ApiCall): boolean {
  if (call.webex.settings.callingFieldsInList === 'always') return true
  return asAdmin(call) && call.incoming.query.get('callingData') === 'true'
}

function me({ grant }: ApiCall): Reply {
  return { status: 200, body: personView(grant.org, grant.person, { numbers: true }) }
}

function one(call: ApiCall): Reply {
  const { org } = call.grant
  const person = org.people.find(({ id }) => id === call.params['id'])
  if (person === undefined) return call.webex.refuse(404, 'Could not find a person with the provided ID.')
  const numbers = withNumbers(call) || person === call.grant.person
  return { status: 200, body: personView(org, person, { numbers }) }
}

function list(call: ApiCall): Reply {
  const { query } = call.incoming
  const { org } = call.grant
  const [email, name, ids] = [query.get('email'), query.get('displayName'), query.get('id')?.split(',')]
  if (email === null && name === null && ids === undefined && !asAdmin(call))
    return call.webex.refuse(400, 'Email, displayName, or id list is required.')
  if (ids !== undefined && ids.length > 85) return call.webex.refuse(400, 'At most 85 ids.')
  const people = org.people.filter(
    (person) =>
      (email === null || person.email.toLowerCase() === email.toLowerCase()) &&
      (name === null || person.name.toLowerCase().startsWith(name.toLowerCase())) &&
      (ids === undefined || ids.includes(person.id)),
  )
  const numbers = withNumbers(call)
  const most = query.get('callingData') === 'true' ? 100 : 1000
  return pageReply(people, {
    incoming: call.incoming,
    base: call.address,
    max: maxOf(query, { least: 1, most, usual: 100 }),
    view: (person) => personView(org, person, { numbers }),
  })
}

/** `+420222333444` as `+420 222 333 444`: numbers are told with blanks. */
function withBlanks(number: string): string {
  const [, country = '', rest = ''] = /^(\+(?:1|7|[2-9]\d\d?(?=\d{9}$)|\d\d))(\d+)$/.exec(number) ?? []
  return country === '' ? number : [country, ...(rest.match(/\d{1,3}/g) ?? [])].join(' ')
}

function personView(org: Org, person: Person, { numbers }: { numbers: boolean }) {
  const [firstName = person.name, ...others] = person.name.split(' ')
  const calling = {
    phoneNumbers: [
      ...(person.number === undefined
        ? []
        : [{ type: 'work', value: withBlanks(person.number), primary: true }]),
      { type: 'work_extension', value: person.extension, primary: person.number === undefined },
    ],
    extension: person.extension,
    locationId: webexId('LOCATION', org.locationUuid),
  }
  const created = new Date(person.created).toISOString()
  return {
    id: person.id,
    emails: [person.email],
    ...(numbers ? calling : {}),
    displayName: person.name,
    firstName,
    lastName: others.join(' '),
    orgId: org.id,
    roles: person.admin ? [webexId('ROLE', 'id_full_admin')] : [],
    licenses: [webexId('LICENSE', 'webex-calling')],
    created,
    lastModified: created,
    timezone: person.timezone,
    sipAddresses: [
      { type: 'cloud-calling', value: `${person.extension}@${org.name}.example`, primary: true },
    ],
    status: person.active ? 'active' : 'inactive',
    type: 'person',
  }
}
