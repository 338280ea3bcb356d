import type { Answer, Incoming, Reply } from '../http.ts'
import { basicCredentials } from '../http.ts'
import { escapeHtml } from '../page/html.ts'
import type { App, Pipedrive } from './index.ts'

/** Answers requests to the OAuth host. `path` is what follows the host, e.g. `/oauth/token`. */
export function oauthAnswer(pipedrive: Pipedrive, incoming: Incoming, path: string): Answer {
  if (incoming.method === 'GET' && path === '/oauth/authorize') return authorize(pipedrive, incoming)
  if (incoming.method === 'POST' && path === '/oauth/token') return token(pipedrive, incoming)
  if (incoming.method === 'POST' && path === '/oauth/revoke') return revoke(pipedrive, incoming)
  return { status: 404, body: { success: false, message: 'Not found', error: 'not_found' } }
}

/**
 * Without `user`, a page where one picks who signs in. With `user=<id>` the redirect comes at once;
 * `decision=deny` answers for a user who refuses.
 */
function authorize(pipedrive: Pipedrive, { query }: Incoming): Reply {
  const app = pipedrive.apps.get(query.get('client_id') ?? '')
  if (app === undefined) return wrongRequest('No app has this client_id.')
  if (query.get('redirect_uri') !== app.callbackUrl) {
    return wrongRequest('redirect_uri is not the callback URL of this app.')
  }
  const denied = query.get('decision') === 'deny'
  const picked = query.get('user')
  if (picked === null && !denied) return signInPage(pipedrive, app, query)
  const back = new URL(app.callbackUrl)
  if (denied) back.searchParams.set('error', 'user_denied')
  else {
    const found = pipedrive.findUser(Number(picked))
    if (found === undefined || !found.user.active) return wrongRequest('No such user.')
    back.searchParams.set('code', pipedrive.newCode(app, found.company, found.user))
  }
  const state = query.get('state')
  if (state !== null) back.searchParams.set('state', state)
  return { status: 302, headers: { location: back.href } }
}

function wrongRequest(text: string): Reply {
  return {
    status: 400,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: text,
  }
}

function signInPage(pipedrive: Pipedrive, app: App, query: URLSearchParams): Reply {
  const hidden = ['client_id', 'redirect_uri', 'state']
    .map((name) => [name, query.get(name)] as const)
    .filter((pair): pair is readonly [string, string] => pair[1] !== null)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('')
  let first = true
  const companies = [...pipedrive.companies.values()].map((company) => {
    const users = [...company.users.values()]
      .filter((user) => user.active)
      .map((user) => {
        const checked = first ? ' checked' : ''
        first = false
        const name = escapeHtml(pipedrive.needle.name(user.name))
        const role = user.admin ? ' (admin)' : ''
        return `<label><input type="radio" name="user" value="${user.id}"${checked}> ${name}${role}</label>`
      })
    return `<fieldset><legend>${escapeHtml(company.name)}</legend>${users.join('')}</fieldset>`
  })
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in - stand-in for Pipedrive</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/sandbox.css"></head>
<body><main><h1>Stand-in for Pipedrive</h1><p>An app asks for access: ${escapeHtml(app.scopes.join(', '))}</p>
<form method="get" action="">${hidden}${companies.join('')}
<p><button name="decision" value="allow">Allow and install</button> <button name="decision" value="deny" class="quiet">Deny</button></p>
</form></main></body></html>`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

function grantError(message: string, error = 'invalid_grant'): Reply {
  return { status: 400, body: { success: false, message, error } }
}

/** The app whose id and secret came with the request, as Basic auth or in the body. */
function authenticated(pipedrive: Pipedrive, incoming: Incoming, form: URLSearchParams): App | Reply {
  const basic = basicCredentials(incoming.headers.authorization)
  const clientId = basic?.user ?? form.get('client_id')
  const secret = basic?.password ?? form.get('client_secret')
  if (clientId === null || secret === null) {
    return grantError('Invalid request: client credentials are missing', 'invalid_request')
  }
  const app = pipedrive.apps.get(clientId)
  if (app === undefined || app.clientSecret !== secret) {
    return grantError('Invalid client: client is invalid', 'invalid_client')
  }
  return app
}

function token(pipedrive: Pipedrive, incoming: Incoming): Reply {
  const type = incoming.headers['content-type'] ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    return grantError('Invalid request: content must be application/x-www-form-urlencoded', 'invalid_request')
  }
  const form = new URLSearchParams(incoming.body.toString('utf8'))
  const app = authenticated(pipedrive, incoming, form)
  if ('status' in app) return app
  switch (form.get('grant_type')) {
    case null:
      return grantError('Missing parameter: `grant_type`', 'invalid_request')
    case 'authorization_code':
      return byCode(pipedrive, app, form)
    case 'refresh_token':
      return byRefreshToken(pipedrive, app, form)
    default:
      return grantError('Unsupported grant type: `grant_type` is invalid', 'unsupported_grant_type')
  }
}

function byCode(pipedrive: Pipedrive, app: App, form: URLSearchParams): Reply {
  const redirect = form.get('redirect_uri') ?? ''
  if (!URL.canParse(redirect)) {
    return grantError('Invalid request: `redirect_uri` is not a valid URI', 'invalid_request')
  }
  if (redirect !== app.callbackUrl)
    return grantError('Invalid request: `redirect_uri` is invalid', 'invalid_request')
  const code = pipedrive.takeCode(form.get('code') ?? '')
  if (code === undefined || code.clientId !== app.clientId) {
    return grantError('Invalid grant: authorization code is invalid')
  }
  if (code.expiresAt <= pipedrive.clock.now())
    return grantError('Invalid grant: authorization code has expired')
  return { status: 200, body: pipedrive.install(app, code.company, code.user) }
}

function byRefreshToken(pipedrive: Pipedrive, app: App, form: URLSearchParams): Reply {
  const granted = pipedrive.refresh(app, form.get('refresh_token') ?? '')
  if (granted === undefined) return grantError('Invalid grant: refresh token is invalid')
  return { status: 200, body: granted }
}

/** Always 200, also for unknown tokens (RFC 7009); a refresh token uninstalls the app for its user. */
function revoke(pipedrive: Pipedrive, incoming: Incoming): Reply {
  const form = new URLSearchParams(incoming.body.toString('utf8'))
  const app = authenticated(pipedrive, incoming, form)
  if ('status' in app) return app
  pipedrive.revoke(app, form.get('token') ?? '')
  return { status: 200, body: { success: true } }
}
