import { failed } from '../../failure.ts'
import type { PhpForm } from './php-form.ts'
import { partIn, textIn } from './php-form.ts'

/** What came by way of a browser: nothing of it is true before it was asked. */
export interface Posted {
  memberId: string
  address: string
  accessToken: string
  refreshToken: string
  expiresIn: number
  server: string | undefined
  applicationToken: string | undefined
  language: string | undefined
  /** said so by the event that brings it */
  installs: boolean
}

/** A page that was opened: who looks stands in its form, and which portal it is in its address. */
export function postedByPage(form: PhpForm, query: Readonly<Record<string, string>>): Posted {
  const said = (name: string) => query[name] || textIn(form, name)
  const domain = said('DOMAIN') ?? missing('DOMAIN')
  return {
    memberId: textIn(form, 'member_id') ?? missing('member_id'),
    address: `${said('PROTOCOL') === '0' ? 'http' : 'https'}://${domain}`,
    accessToken: textIn(form, 'AUTH_ID') ?? missing('AUTH_ID'),
    refreshToken: textIn(form, 'REFRESH_ID') ?? missing('REFRESH_ID'),
    expiresIn: Number(textIn(form, 'AUTH_EXPIRES')),
    server: textIn(form, 'SERVER_ENDPOINT'),
    applicationToken: textIn(form, 'APPLICATION_TOKEN'),
    language: said('LANG'),
    installs: false,
  }
}

/** An event that brings tokens. */
export function postedByEvent(form: PhpForm): Posted {
  const auth = partIn(form, 'auth')
  return {
    memberId: textIn(auth, 'member_id') ?? missing('member_id'),
    address: textIn(auth, 'client_endpoint') ?? `https://${textIn(auth, 'domain') ?? missing('domain')}`,
    accessToken: textIn(auth, 'access_token') ?? missing('access_token'),
    refreshToken: textIn(auth, 'refresh_token') ?? missing('refresh_token'),
    expiresIn: Number(textIn(auth, 'expires_in')),
    server: textIn(auth, 'server_endpoint'),
    applicationToken: textIn(auth, 'application_token'),
    language: textIn(partIn(form, 'data'), 'LANGUAGE_ID'),
    installs: true,
  }
}

function missing(field: string): never {
  return failed({ code: 'invalid-input', field, rule: 'as a portal posts it' })
}
