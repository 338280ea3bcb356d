import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Answer, type Incoming, parseJson } from '../http.ts'
import { escapeHtml } from '../page/html.ts'
import type { App, Extension, Pipedrive } from './index.ts'
import { signedToken, type TokenKind, tokenKinds } from './signed-token.ts'
import type { Company, Person, User } from './world.ts'

/**
 * Pipedrive's own page as far as an app's frames see it: a person's detail view with the app's panel, the dock with its
 * floating window, and the messages between them (host.js). `/pipedrive/<domain>/host?user=101`, and if wished `person`,
 * `theme=dark`, `token` and `fresh` (what the first token and later ones are like), `installed=anyway`.
 */
export function hostAnswer(
  pipedrive: Pipedrive,
  incoming: Incoming,
  { domain, path }: { domain: string; path: string },
): Answer {
  const company = pipedrive.companies.get(domain)
  if (company === undefined) return { status: 404 }
  if (path === '/host/token' && incoming.method === 'POST') return token(pipedrive, company, incoming)
  if (incoming.method !== 'GET') return { status: 405 }
  if (path === '/host/host.js') return asset('text/javascript', script)
  if (path === '/host/host.css') return asset('text/css', style)
  return path === '/host' ? page(pipedrive, company, incoming.query) : { status: 404 }
}

const script = readFileSync(new URL('../page/host.js', import.meta.url), 'utf8')
const style = readFileSync(new URL('../page/host.css', import.meta.url), 'utf8')

function asset(type: string, body: string): Answer {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body }
}

const surfaces = ['floatingWindow', 'panel'] as const
type Surface = (typeof surfaces)[number]

const tokenRequest = z.object({
  user: z.number(),
  surface: z.enum(surfaces),
  kind: z.enum(tokenKinds).default('good'),
})

/** What GET_SIGNED_TOKEN gives. Only JSON is taken, so that no page elsewhere can ask. */
function token(pipedrive: Pipedrive, company: Company, incoming: Incoming): Answer {
  if (!(incoming.headers['content-type'] ?? '').startsWith('application/json')) return { status: 415 }
  const { data } = tokenRequest.safeParse(parseJson(incoming.body))
  const app = appOf(pipedrive)
  const extension = data && app?.extensions?.[data.surface]
  const user = data && company.users.get(data.user)
  if (!data || !app || !extension || !user) return { status: 400 }
  return { status: 200, body: { token: sign(pipedrive, { app, extension, company, user }, data.kind) } }
}

/** There is one app in the sandbox as a rule; of several, the first that has something to show. */
function appOf(pipedrive: Pipedrive): App | undefined {
  return [...pipedrive.apps.values()].find((app) => app.extensions !== undefined)
}

type Place = { app: App; extension: Extension; company: Company; user: User }

function sign(pipedrive: Pipedrive, { app, extension, company, user }: Place, kind: TokenKind): string {
  return signedToken(
    {
      userId: user.id,
      companyId: company.id,
      secret: extension.jwtSecret ?? app.clientSecret,
      nowMs: pipedrive.clock.now(),
    },
    kind,
  )
}

/** The address of the frame, with everything Pipedrive puts there. */
function frameUrl(
  pipedrive: Pipedrive,
  place: Place,
  more: { id: string; kind: TokenKind; theme: string; person?: Person },
): string {
  const url = new URL(place.extension.iframeUrl)
  const query = {
    userId: String(place.user.id),
    companyId: String(place.company.id),
    token: sign(pipedrive, place, more.kind),
    id: more.id,
    theme: more.theme,
    ...(more.person && { resource: 'person', view: 'details', selectedIds: String(more.person.id) }),
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

function page(pipedrive: Pipedrive, company: Company, query: URLSearchParams): Answer {
  const persons = [...company.persons.values()].filter((person) => !person.is_deleted)
  const user = company.users.get(Number(query.get('user'))) ?? company.users.values().next().value
  if (user === undefined) return { status: 404 }
  const person = company.persons.get(Number(query.get('person'))) ?? persons[0]
  const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
  const app = appOf(pipedrive)
  const installed =
    query.get('installed') === 'anyway' || pipedrive.installedUsers(app?.clientId).includes(user.id)
  const kind = kindOf(query.get('token'))
  const frame = (surface: Surface): string => {
    const extension = app?.extensions?.[surface]
    if (!app || !extension || !installed || (surface === 'panel' && !person)) return ''
    const id = pipedrive.random.uuid()
    const place = { app, extension, company, user }
    const src = frameUrl(pipedrive, place, {
      id,
      kind,
      theme,
      ...(surface === 'panel' && person && { person }),
    })
    return `<iframe id="${surface}" title="${escapeHtml(extension.name)}" data-id="${id}" src="${escapeHtml(src)}"></iframe>`
  }
  const origins = surfaces.flatMap((surface) => {
    const url = app?.extensions?.[surface]?.iframeUrl
    return url === undefined ? [] : [new URL(url).origin]
  })
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src ${[...new Set(origins)].join(' ') || "'none'"}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: html({ pipedrive, company, user, person, persons, theme, query, app, frame }),
  }
}

function kindOf(text: string | null): TokenKind {
  return tokenKinds.find((kind) => kind === text) ?? 'good'
}

/** Shapes of what a click on a number tells the window. Pipedrive documents none of them. */
const clicks = {
  phone: 'phone and person_id',
  phone_number: 'phone_number and deal_id',
  number: 'number alone',
  nested: 'data: { phone }',
  person: 'person_id alone',
  strange: 'nothing we know',
}

function html(parts: {
  pipedrive: Pipedrive
  company: Company
  user: User
  person: Person | undefined
  persons: readonly Person[]
  theme: string
  query: URLSearchParams
  app: App | undefined
  frame(surface: Surface): string
}): string {
  const { pipedrive, company, user, person, theme, query } = parts
  const say = (name: string) => escapeHtml(pipedrive.needle.name(name))
  const [window, panel] = [parts.frame('floatingWindow'), parts.frame('panel')]
  const title = (surface: Surface) => escapeHtml(parts.app?.extensions?.[surface]?.name ?? '')
  const options = (values: readonly (readonly [string, string])[], chosen: string) =>
    values
      .map(
        ([value, label]) =>
          `<option value="${value}"${value === chosen ? ' selected' : ''}>${escapeHtml(label)}</option>`,
      )
      .join('')
  const link = (to: Person) => `?user=${user.id}&amp;person=${to.id}&amp;theme=${theme}`
  const numbers = (person?.phones ?? []).map(
    ({ value }) =>
      `<li><button type="button" class="number" data-number="${escapeHtml(value)}">${escapeHtml(value)}</button></li>`,
  )
  return `<!doctype html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="utf-8">
<title>Stand-in for Pipedrive</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="host/host.css">
<script src="host/host.js" defer></script>
</head>
<body data-user="${user.id}" data-person="${person?.id ?? 0}">
<header class="top"><strong>Stand-in for Pipedrive</strong><span>${escapeHtml(company.name)}, ${say(user.name)}</span>
<button type="button" id="theme">Switch the theme</button>
<button type="button" class="dock" id="dock" aria-expanded="false"${window === '' ? ' disabled' : ''}>${title('floatingWindow') || 'No app'}<span id="badge" hidden></span></button></header>
<div class="body">
<nav aria-label="People">${parts.persons
    .slice(0, 20)
    .map(
      (one) => `<a href="${link(one)}"${one === person ? ' aria-current="page"' : ''}>${say(one.name)}</a>`,
    )
    .join('')}</nav>
<main aria-labelledby="record">
<h1 id="record">${person === undefined ? 'Nobody' : say(person.name)}</h1>
<ul class="numbers" aria-label="Phone">${numbers.join('')}</ul>
<fieldset><legend>How it behaves</legend>
<label>A click on a number tells <select id="click">${options(Object.entries(clicks), 'phone')}</select></label>
<label>Fresh tokens are <select id="fresh">${options(
    [...tokenKinds.map((kind) => [kind, kind] as const), ['refused', 'refused: its own session is over']],
    query.get('fresh') ?? 'good',
  )}</select></label>
</fieldset>
<h2 id="log-title">What went between it and the app</h2>
<div id="log" role="log" aria-labelledby="log-title" tabindex="0"></div>
</main>
<aside aria-label="${title('panel') || 'Panel'}"><h2>${title('panel')}</h2>${panel || '<p>Nothing of an app is shown here.</p>'}</aside>
</div>
<section id="window" aria-label="${title('floatingWindow')}" data-open="false">
<header id="window-head"><h2>${title('floatingWindow')}</h2><button type="button" id="window-close" aria-label="Close the window">×</button></header>
${window}
</section>
<p id="snackbar" role="status"></p>
<dialog id="dialog" aria-labelledby="dialog-title"><h2 id="dialog-title"></h2><p id="dialog-text"></p>
<div class="row"><button type="button" id="dialog-yes">OK</button><button type="button" id="dialog-no" class="quiet">Cancel</button></div></dialog>
</body>
</html>`
}
