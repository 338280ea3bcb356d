import type { Needle } from '../needle.ts'
import { ok, refused } from './answers.ts'
import type { Call, Route } from './route.ts'
import type { User } from './world.ts'

export const userRoutes: Route[] = [
  { version: 1, method: 'GET', template: '/users/me', tokens: 2, scopes: ['base'], run: me },
  { version: 1, method: 'GET', template: '/users', tokens: 20, scopes: ['users:read', 'admin'], run: list },
  { version: 1, method: 'GET', template: '/users/:id', tokens: 2, scopes: ['users:read', 'admin'], run: one },
  {
    version: 1,
    method: 'GET',
    template: '/activityTypes',
    tokens: 20,
    scopes: ['activities:read', 'activities:full', 'admin'],
    run: activityTypes,
  },
]

function me({ pipedrive, company, user }: Call) {
  return ok({
    ...userWire(user, pipedrive.needle, user.id),
    company_id: company.id,
    company_name: company.name,
    company_domain: company.domain,
    company_country: company.country,
    company_industry: 'IT Services',
    language: user.language,
  })
}

function list({ pipedrive, company, user }: Call) {
  return ok([...company.users.values()].map((other) => userWire(other, pipedrive.needle, user.id)))
}

function one({ pipedrive, company, user, params }: Call) {
  const other = company.users.get(Number(params['id']))
  if (other === undefined) return refused(404, 'User not found')
  return ok(userWire(other, pipedrive.needle, user.id))
}

const typeNames = ['call', 'meeting', 'task', 'deadline', 'email', 'lunch'] as const

function activityTypes({ pipedrive }: Call) {
  return ok(
    typeNames.map((name, i) => ({
      id: i + 1,
      order_nr: i + 1,
      name: name.charAt(0).toUpperCase() + name.slice(1),
      key_string: name,
      icon_key: name,
      active_flag: !pipedrive.settings.inactiveActivityTypes.includes(name),
      color: 'FFFFFF',
      is_custom_flag: false,
      add_time: '2020-01-01T00:00:00Z',
      update_time: '2020-01-01T00:00:00Z',
    })),
  )
}

/** A time as v1 writes it: `YYYY-MM-DD HH:MM:SS`, UTC. */
export function v1Time(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

function userWire(user: User, needle: Needle, askedBy: number) {
  const permission = `62cc4d7f-4038-4352-abf3-a8c1c822b6${String(user.id % 100).padStart(2, '0')}`
  return {
    id: user.id,
    name: needle.name(user.name),
    default_currency: 'EUR',
    locale: user.locale,
    lang: 1,
    email: needle.email(user.email),
    phone: null,
    activated: true,
    last_login: v1Time(user.modified),
    created: v1Time(user.created),
    modified: v1Time(user.modified),
    has_created_company: user.admin,
    access: [
      { app: 'sales', admin: user.admin, permission_set_id: permission },
      { app: 'global', admin: user.admin, permission_set_id: permission },
      { app: 'account_settings', admin: user.admin, permission_set_id: permission },
    ],
    active_flag: user.active,
    timezone_name: user.timezone,
    timezone_offset: '+01:00',
    role_id: 1,
    icon_url: null,
    is_you: user.id === askedBy,
    is_deleted: false,
  }
}

/** `data` of a user webhook. */
export function userHookData(user: User, needle: Needle) {
  return {
    id: String(user.id),
    name: needle.name(user.name),
    email: needle.email(user.email),
    phone: null,
    locale: user.locale,
    lang: `${user.language.language_code}-${user.language.country_code}`,
    active_flag: user.active,
    timezone_name: user.timezone,
    icon_url: null,
    default_currency: 'EUR',
    last_login: v1Time(user.modified),
    created: v1Time(user.created),
    modified: v1Time(user.modified),
    access: null,
  }
}
