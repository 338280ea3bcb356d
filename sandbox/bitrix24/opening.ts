import type { Bitrix24 } from './index.ts'
import type { App } from './inputs.ts'
import type { Install, Portal, User } from './world.ts'

/** Which page of an app is opened: what the portal would take by itself, or the one ordered. */
export type Page = 'app' | 'install' | 'placement'

export type OpenOptions = {
  portal: string
  userId: number
  clientId?: string | undefined
  page?: Page | undefined
  /** `placement`: its code, and what PLACEMENT_OPTIONS holds. */
  placement?: string | undefined
  options?: Record<string, unknown> | undefined
}

/** A page of the app about to be opened: the form that goes into the frame, and the frame's own name. */
export type Opening = {
  url: string
  fields: Record<string, string>
  appSid: string
  page: string
  placement: string
}

/** What the app answered when one of its pages was opened. */
export type OpenedPage = { url: string; status: number; headers: Record<string, string>; body: string }

/** Posts the form as the user's browser does. Redirects are not followed: they are the answer. */
export async function postOpening(opening: Opening, timeoutMs: number): Promise<OpenedPage> {
  const response = await fetch(opening.url, {
    method: 'POST',
    body: new URLSearchParams(opening.fields),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  return {
    url: opening.url,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  }
}

/** The form for a page. Throws when nothing is bound at the placement. */
export function openingOf(
  bitrix: Bitrix24,
  place: {
    portal: Portal
    user: User
    app: App
    install: Install
    page: Page
    options: OpenOptions
  },
): Opening {
  const { portal, user, app, install, page, options } = place
  const { settings, random, tokens } = bitrix
  const placement = page === 'placement' ? (options.placement ?? '') : 'DEFAULT'
  const bound = portal.placements.find(
    (item) =>
      item.clientId === app.clientId &&
      item.placement === placement &&
      (item.userId === 0 || item.userId === user.id),
  )
  if (page === 'placement' && bound === undefined) throw new Error(`nothing is bound at ${placement}`)
  const appSid = random.hex(32)
  const url = new URL(page === 'install' ? app.installUrl : (bound?.handler ?? app.handlerUrl))
  const query = {
    DOMAIN: bitrix.domain(portal),
    PROTOCOL: '0',
    LANG: portal.language,
    APP_SID: appSid,
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const pair = tokens.issue({ portal, clientId: app.clientId, userId: user.id })
  const fields: Record<string, string> = {
    AUTH_ID: pair.access,
    AUTH_EXPIRES: String(settings.accessTokenSeconds),
    REFRESH_ID: pair.refresh,
    ...(settings.openWithServerEndpoint ? { SERVER_ENDPOINT: bitrix.serverEndpoint(portal) } : {}),
    ...(settings.openWithApplicationToken
      ? { APPLICATION_TOKEN: install.applicationToken, APPLICATION_SCOPE: app.scopes.join(',') }
      : {}),
    member_id: portal.memberId,
    status: bitrix.statusOf(app),
    PLACEMENT: placement,
    PLACEMENT_OPTIONS: JSON.stringify({ ...options.options, URI: `/bitrix24/${portal.name}/host` }),
  }
  return { url: url.href, fields, appSid, page, placement }
}
