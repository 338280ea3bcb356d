import type { Answer, Incoming, Reply } from '../http.ts'
import { escapeHtml } from '../page/html.ts'
import type { WebexApp } from './grants.ts'
import type { Webex } from './index.ts'
import type { Org, Person } from './org.ts'

/** `GET /authorize` and `POST /access_token`; undefined for every other path. */
export function oauthAnswer(webex: Webex, incoming: Incoming, path: string): Answer | undefined {
  if (path === '/authorize' && incoming.method === 'GET') return authorize(webex, incoming.query)
  if (path === '/access_token' && incoming.method === 'POST') return accessToken(webex, incoming)
  return undefined
}

/**
 * Without `user`, a page where one picks who signs in. With `user=<e-mail or id>` the redirect comes at once;
 * `decision=deny` answers for somebody who refuses.
 */
function authorize(webex: Webex, query: URLSearchParams): Reply {
  const app = webex.apps.get(query.get('client_id') ?? '')
  if (app === undefined) return plain('No integration has this client_id.')
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!app.redirectUris.includes(redirectUri)) return plain('redirect_uri is not one of this integration.')
  const back = new URL(redirectUri)
  const state = query.get('state')
  if (state !== null) back.searchParams.set('state', state)
  const answer = (name: 'code' | 'error', value: string): Reply => {
    back.searchParams.set(name, value)
    return { status: 302, headers: { location: back.href } }
  }
  if (query.get('response_type') !== 'code') return answer('error', 'unsupported_response_type')
  const scopes = (query.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '')
  if (scopes.length === 0 || !scopes.every((scope) => app.scopes.includes(scope)))
    return answer('error', 'invalid_scope')
  if (query.get('decision') === 'deny') return answer('error', 'access_denied')
  const picked = query.get('user')
  if (picked === null) return signInPage(webex, app, { query, scopes })
  const found = findPerson(webex, picked)
  if (found === undefined) return plain('No such user.')
  return answer('code', webex.grants.newCode({ app, ...found, scopes }, redirectUri))
}

function findPerson(webex: Webex, key: string): { org: Org; person: Person } | undefined {
  for (const org of webex.orgs.values()) {
    const person = org.find(key)
    if (person?.active === true) return { org, person }
  }
  return undefined
}

function plain(body: string): Reply {
  return { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

function signInPage(
  webex: Webex,
  app: WebexApp,
  { query, scopes }: { query: URLSearchParams; scopes: string[] },
): Reply {
  const hidden = [...query]
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('')
  const people = [...webex.orgs.values()].map((org) => {
    const choices = org.people
      .filter(({ active }) => active)
      .map(({ id, name, admin }, i) => {
        const checked = i === 0 && org === [...webex.orgs.values()][0] ? ' checked' : ''
        return `<label><input type="radio" name="user" value="${id}"${checked}> ${escapeHtml(name)}${admin ? ' (admin)' : ''}</label>`
      })
    return `<fieldset><legend>${escapeHtml(org.name)}</legend>${choices.join('')}</fieldset>`
  })
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in - stand-in for Webex</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/sandbox.css"></head>
<body><main><h1>Stand-in for Webex</h1><p>${escapeHtml(app.clientId)} asks for access: ${escapeHtml(scopes.join(', '))}</p>
<form method="get" action="">${hidden}${people.join('')}
<p><button name="decision" value="allow">Accept</button> <button name="decision" value="deny" class="quiet">Decline</button></p>
</form></main></body></html>`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

function accessToken(webex: Webex, incoming: Incoming): Reply {
  const { refuse } = webex
  const type = incoming.headers['content-type'] ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded'))
    return refuse(415, 'The request must be form-encoded.', { error: 'invalid_request' })
  const form = new URLSearchParams(incoming.body.toString('utf8'))
  const app = webex.apps.get(form.get('client_id') ?? '')
  if (app === undefined || app.clientSecret !== form.get('client_secret'))
    return refuse(401, 'The client is unknown or its secret is wrong.', { error: 'invalid_client' })
  const tokens = tokensFor(webex, app, form)
  if (tokens === 'unknown')
    return refuse(400, 'This grant_type is not supported.', { error: 'unsupported_grant_type' })
  if (tokens === undefined) {
    const status = webex.settings.refusedGrantStatus
    return refuse(status, 'The code or refresh token is not good.', { error: 'invalid_grant' })
  }
  return { status: 200, body: tokens }
}

function tokensFor({ grants }: Webex, app: WebexApp, form: URLSearchParams) {
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return grants.redeem(app, form.get('code') ?? '', form.get('redirect_uri') ?? '')
    case 'refresh_token':
      return grants.refresh(app, form.get('refresh_token') ?? '')
    default:
      return 'unknown' as const
  }
}
