import type { Reply } from '../http.ts'
import type { Account, PublicNumber, SipUser } from './account.ts'
import { nationalOf } from './account.ts'
import { germanTime } from './german-time.ts'
import type { Placetel } from './index.ts'
import { parts, written } from './numbers.ts'
import { filtered, listed, type Route, type RouteCall, refused } from './route.ts'

/** Who the key is, the SIP users, the portal's users, and the public numbers. */
export const setUpRoutes: readonly Route[] = [
  { method: 'GET', template: '/me', run: me },
  { method: 'GET', template: '/sip_users', run: sipUsers },
  { method: 'GET', template: '/sip_users/:id', run: sipUser },
  { method: 'GET', template: '/users', run: users },
  { method: 'GET', template: '/users/:id', run: user },
  { method: 'GET', template: '/numbers', run: numbers },
  { method: 'GET', template: '/numbers/:id', run: number },
]

/** Id of the portal's user that the key acts as. */
const keyUserId = 1

function me({ placetel, account }: RouteCall): Reply {
  return {
    status: 200,
    body: {
      id: keyUserId,
      name: placetel.needle.name('Erika Mustermann'),
      email: placetel.needle.email(`office@${account.name}.example`),
      company: account.name,
      primary_sip_user_id: account.sipUsers[0]?.id ?? null,
      platform: 'PROFI',
      rights_numbers: account.numbers.map(nationalOf),
      ...times(account),
    },
  }
}

function sipUsers(call: RouteCall): Reply {
  const { placetel, account, query } = call
  const found = filtered(query, account.sipUsers, {
    did: ({ did }) => did,
    username: ({ sipuid }) => sipuid.split('@')[0],
    name: ({ name }) => placetel.needle.name(name),
    description: () => '',
  })
  return listed(
    call,
    found.map((item) => sipUserWire(placetel, account, item)),
  )
}

function sipUser({ placetel, account, params }: RouteCall): Reply {
  const found = account.sipUsers.find(({ id }) => String(id) === params['id'])
  if (found === undefined) return refused(placetel, 404)
  return { status: 200, body: { ...sipUserWire(placetel, account, found), password: found.password } }
}

function users(call: RouteCall): Reply {
  const { placetel, account, query } = call
  const all = account.sipUsers.flatMap((item) => webuser(placetel, account, item) ?? [])
  const found = filtered(query, all, {
    first_name: ({ first_name }) => first_name,
    last_name: ({ last_name }) => last_name,
    email: ({ email }) => email,
    login: ({ login }) => login,
  })
  return listed(call, found)
}

function user({ placetel, account, params }: RouteCall): Reply {
  const all = account.sipUsers.flatMap((item) => webuser(placetel, account, item) ?? [])
  const found = all.find(({ id }) => String(id) === params['id'])
  return found === undefined ? refused(placetel, 404) : { status: 200, body: found }
}

function numbers(call: RouteCall): Reply {
  const { account, query } = call
  const found = filtered(query, account.numbers, {
    prefix: (item) => parts(nationalOf(item)).prefix,
    number: nationalOf,
    activated: ({ activated }) => String(activated),
    name: ({ name }) => name ?? '',
    description: () => '',
  })
  return listed(
    call,
    found.map((item) => numberWire(account, item)),
  )
}

function number({ placetel, account, params }: RouteCall): Reply {
  const found = account.numbers.find(({ id }) => String(id) === params['id'])
  return found === undefined ? refused(placetel, 404) : { status: 200, body: numberWire(account, found) }
}

function sipUserWire(placetel: Placetel, account: Account, item: SipUser) {
  const [username = '', domain = ''] = item.sipuid.split('@')
  const connected = webuser(placetel, account, item) ?? null
  return {
    id: item.id,
    sipuid: item.sipuid,
    username,
    domain,
    name: placetel.needle.name(item.name),
    description: '',
    did: Number(item.did),
    callerid: item.callerid === null ? null : written(item.callerid, 'national'),
    type: item.type,
    webuser_id: connected?.id ?? null,
    webuser: connected,
    automatic_prefix: item.automaticPrefix ?? null,
    blocked_prefixes: null,
    routing_plan_id: null,
    online: item.online,
    registrations: item.online ? '1' : '0',
    contact_speeddialing: false,
    p_asserted_identity: null,
    hotdesk_login: null,
    hotdesk_pin: null,
    hotdesk_type: null,
    hotdesk_provisioning_id: null,
    ...times(account),
  }
}

/** The user of the portal that a SIP user with an e-mail address has. */
function webuser(placetel: Placetel, account: Account, item: SipUser) {
  if (item.email === undefined) return undefined
  const [first = '', ...rest] = placetel.needle.name(item.name).split(' ')
  return {
    id: 1000 + item.id,
    login: placetel.needle.email(item.email),
    email: placetel.needle.email(item.email),
    first_name: first,
    last_name: rest.join(' '),
    type: 'SubUser',
    did: Number(item.did),
    callerid: item.callerid === null ? null : written(item.callerid, 'national'),
    primary_sip_user_id: item.id,
    locale: 'de',
    obfuscate_billing_records: false,
    obfuscate_others: account.facts.obfuscateOthers,
    admin_user: false,
    rights_numbers: account.numbers.map(nationalOf),
    permissions: { enabled: true, blocks: [] },
    ...times(account),
  }
}

export function numberWire(account: Account, item: PublicNumber) {
  const national = nationalOf(item)
  return {
    id: item.id,
    routing_id: String(item.id),
    ...parts(national),
    number: national,
    activated: item.activated,
    test_number: false,
    name: item.name ?? '',
    description: '',
    ...times(account),
  }
}

function times({ createdAt }: Account) {
  return { updated_at: germanTime(createdAt), created_at: germanTime(createdAt) }
}
