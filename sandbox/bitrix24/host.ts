import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Answer, type Incoming, parseJson } from '../http.ts'
import { cardsOf } from './host-cards.ts'
import { hostHtml } from './host-page.ts'
import type { Bitrix24 } from './index.ts'
import type { Opening } from './opening.ts'
import type { Portal } from './world.ts'

const scripts = {
  host: readFileSync(new URL('./host.js', import.meta.url), 'utf8'),
  bx24: readFileSync(new URL('./bx24.js', import.meta.url), 'utf8'),
}

function script(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body }
}

/** What `//api.bitrix24.com/api/v1/` serves to pages in a portal's frames. */
export function scriptAnswer(incoming: Incoming): Answer {
  return /^\/bitrix24-api\/api\/v1\/?$/.test(incoming.path) ? script(scripts.bx24) : { status: 404 }
}

/**
 * The portal's own page as an app sees it: `<base>/host?user=…`, with `page=app|install|placement` (without one, what
 * the portal would take), `client_id`, `placement` and `options` (JSON). The app's page is in a frame into which the
 * form is posted; a background worker that is bound is there too. `page=install` adds the app to the portal first.
 */
export function hostAnswer(
  bitrix: Bitrix24,
  incoming: Incoming,
  { name, path }: { name: string; path: string },
): Answer {
  const portal = bitrix.portals.get(name)
  if (portal === undefined) return { status: 404 }
  if (incoming.method === 'GET' && path === '/host/host.js') return script(scripts.host)
  if (incoming.method === 'GET' && path === '/host/cards') {
    return { status: 200, body: cardsOf(bitrix, portal, Number(incoming.query.get('user'))) }
  }
  if (incoming.method === 'GET' && path === '/host') return page(bitrix, portal, incoming.query)
  if (incoming.method === 'POST') return command(bitrix, portal, incoming, path)
  return { status: 404 }
}

const sid = z.object({ sid: z.string() })
const click = z.object({
  user: z.number(),
  number: z.string(),
  entity: z.object({ type: z.enum(['LEAD', 'CONTACT', 'COMPANY', 'DEAL']), id: z.number() }),
})
const close = z.object({ user: z.number(), callId: z.string() })

/** What the page's script asks. Only JSON is taken, so that no page elsewhere can press these buttons. */
function command(bitrix: Bitrix24, portal: Portal, incoming: Incoming, path: string): Answer {
  if (!(incoming.headers['content-type'] ?? '').startsWith('application/json')) return { status: 415 }
  const body = parseJson(incoming.body)
  try {
    switch (path) {
      case '/host/install-finish':
        return { status: 200, body: finish(bitrix, portal, sid.parse(body).sid) }
      case '/host/refresh':
        return { status: 200, body: refresh(bitrix, portal, sid.parse(body).sid) }
      case '/host/click': {
        const { user: userId, ...rest } = click.parse(body)
        return { status: 200, body: bitrix.clickToCall({ portal: portal.name, userId, ...rest }) }
      }
      case '/host/close-card': {
        const { user: userId, callId } = close.parse(body)
        bitrix.people.closeCard(portal.name, { userId, callId })
        return { status: 200, body: {} }
      }
      default:
        return { status: 404 }
    }
  } catch (error) {
    return { status: 409, body: { error: error instanceof Error ? error.message : String(error) } }
  }
}

function opened(bitrix: Bitrix24, portal: Portal, appSid: string) {
  const found = bitrix.installs.opened(appSid)
  if (found === undefined || found.portal !== portal) throw new Error('no such page is open')
  return found
}

function finish(bitrix: Bitrix24, portal: Portal, appSid: string) {
  const { app, user } = opened(bitrix, portal, appSid)
  bitrix.finishInstall({ portal: portal.name, clientId: app.clientId, userId: user.id })
  return { result: true }
}

function refresh(bitrix: Bitrix24, portal: Portal, appSid: string) {
  const { app, user } = opened(bitrix, portal, appSid)
  const pair = bitrix.tokens.issue({ portal, clientId: app.clientId, userId: user.id })
  return {
    AUTH_ID: pair.access,
    REFRESH_ID: pair.refresh,
    AUTH_EXPIRES: String(bitrix.settings.accessTokenSeconds),
  }
}

function page(bitrix: Bitrix24, portal: Portal, query: URLSearchParams): Answer {
  const user = portal.users.get(Number(query.get('user'))) ?? portal.users.values().next().value
  if (user === undefined) return { status: 404 }
  const wanted = z.enum(['app', 'install', 'placement']).safeParse(query.get('page')).data
  const clientId =
    query.get('client_id') ?? portal.installs.keys().next().value ?? bitrix.apps.keys().next().value
  const place = { portal: portal.name, userId: user.id, clientId }
  let openings: Opening[]
  try {
    if (clientId === undefined) throw new Error('there is no app')
    if (wanted === 'install') bitrix.installs.add({ ...place, clientId })
    const main = bitrix.installs.opening({
      ...place,
      page: wanted,
      placement: query.get('placement') ?? undefined,
      options: JSON.parse(query.get('options') ?? '{}') as Record<string, unknown>,
    })
    openings = main === 'not installed' ? [] : [main, ...workers(bitrix, portal, user.id)]
  } catch (error) {
    return { status: 409, body: { error: error instanceof Error ? error.message : String(error) } }
  }
  const origins = [...new Set(openings.map(({ url }) => new URL(url).origin))].join(' ') || "'none'"
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src ${origins}; base-uri 'none'; form-action ${origins}; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
    },
    body: hostHtml(bitrix, portal, user, openings),
  }
}

/** Background workers of every installed app, as on every page of the portal. */
function workers(bitrix: Bitrix24, portal: Portal, userId: number): Opening[] {
  const placement = 'PAGE_BACKGROUND_WORKER'
  return portal.placements
    .filter((item) => item.placement === placement && (item.userId === 0 || item.userId === userId))
    .filter((item) => portal.installs.get(item.clientId)?.installed === true)
    .map((item) =>
      bitrix.installs.opening({
        portal: portal.name,
        userId,
        clientId: item.clientId,
        page: 'placement',
        placement,
      }),
    )
    .filter((opening) => opening !== 'not installed')
}
