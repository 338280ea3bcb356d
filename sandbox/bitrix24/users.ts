import { filtered, page } from './filter.ts'
import type { Fields } from './params.ts'
import { Listed, type Method, type RestCall } from './rest-call.ts'
import type { User } from './world.ts'

const scopes = ['user_brief', 'user_basic', 'user'] as const

/** A user as the app's widest scope shows it; fields that are empty are left out. */
function userView(call: RestCall, user: User): Fields {
  const granted = call.app?.app.scopes ?? ['user']
  const { needle } = call.bitrix
  const wide = granted.includes('user') || granted.includes('user_basic')
  const all: Fields = {
    ID: String(user.id),
    ACTIVE: user.active,
    NAME: user.lastName === '' ? needle.name(user.name) : user.name,
    LAST_NAME: user.lastName === '' ? '' : needle.name(user.lastName),
    UF_PHONE_INNER: user.innerPhone,
    UF_DEPARTMENT: [1],
    USER_TYPE: 'employee',
    ...(wide ? { EMAIL: needle.email(user.email), PERSONAL_MOBILE: user.mobile, IS_ONLINE: 'Y' } : {}),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== ''))
}

function find({ bitrix, portal, user, app, incoming, params }: RestCall): Listed {
  const call = { bitrix, portal, user, app, incoming, params }
  // Users without the extension stay apart from filters that name it; the filter sees all fields, the answer fewer.
  const rows = [...portal.users.values()].map((item) => ({
    item,
    row: {
      ...userView(call, item),
      EMAIL: bitrix.needle.email(item.email),
      UF_PHONE_INNER: item.innerPhone ?? '',
      ACTIVE: item.active ? 'Y' : 'N',
    },
  }))
  const filter = Object.fromEntries(
    Object.entries(params.fields('FILTER')).map(([key, value]) => [key, activeText(key, value)]),
  )
  const found = filtered(
    rows.map(({ row, item }) => ({ ...row, '#': item.id })),
    filter,
  )
  const { rows: shown, total, next } = page(found, params)
  return new Listed(
    shown.map((row) => userView(call, portal.user(Number(row['#'])))),
    total,
    next,
  )
}

function activeText(key: string, value: unknown): unknown {
  if (!/active$/i.test(key)) return value
  return [true, 'true', '1', 1, 'Y', 'y'].includes(value as never) ? 'Y' : 'N'
}

export const userMethods: Record<string, Method> = {
  profile: {
    scope: null,
    run: ({ bitrix, user }) => ({
      ID: String(user.id),
      ADMIN: user.admin,
      NAME: user.lastName === '' ? bitrix.needle.name(user.name) : user.name,
      LAST_NAME: user.lastName === '' ? '' : bitrix.needle.name(user.lastName),
      PERSONAL_GENDER: '',
      TIME_ZONE: '',
    }),
  },
  'user.admin': { scope: null, run: ({ user }) => user.admin },
  'user.current': { scope: scopes, run: (call) => userView(call, call.user) },
  'user.get': { scope: scopes, run: find },
  'user.search': {
    scope: scopes,
    run: (call) => {
      const wanted = String(call.params.fields('FILTER')['FIND'] ?? '').toLowerCase()
      const found = [...call.portal.users.values()].filter((user) =>
        `${user.name} ${user.lastName}`.toLowerCase().includes(wanted),
      )
      return new Listed(
        found.map((user) => userView(call, user)),
        found.length,
      )
    },
  },
}
