import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { CallView, PortalPage } from '../../server/http/shapes.ts'
import { documents } from './document-fixtures.ts'
import { corrections, erasures, held } from './erasure-fixtures.ts'
import * as fixtures from './fixtures.ts'
import { dataMap } from './map-fixture.ts'

/** Stricter than the server's own: whatever needs more shows up as a console error. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export interface Look {
  url: string
  /** sends a call over the live stream, as the server would */
  tell(call: CallView): void
  /** breaks every live stream, as a network does */
  cut(): void
  /** live streams open now, and opened so far */
  streams(): { open: number; opened: number }
  close(): Promise<void>
}

/** Serves a built web app with the API answered from fixtures, for looking at pages without a server. */
export async function serveLook(options: {
  dist: string
  scenario: fixtures.Scenario
  language?: 'en' | 'cs'
}): Promise<Look> {
  const streams = new Set<ServerResponse>()
  let opened = 0
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://look').pathname
    if (path === '/live') {
      opened += 1
      return openStream(response, streams)
    }
    if (path.startsWith('/api/v1/')) return answer(request, response, options)
    if (path === '/portal') return void sendPortal(options.dist, request, response)
    return void sendFile(options.dist, path, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    tell: (call) => {
      for (const stream of streams) stream.write(`event: call\ndata: ${JSON.stringify(call)}\n\n`)
    },
    cut: () => {
      for (const stream of streams) stream.destroy()
    },
    streams: () => ({ open: streams.size, opened }),
    close: async () => {
      for (const stream of streams) stream.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function openStream(response: ServerResponse, streams: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('event: hello\ndata: {}\n\n')
  streams.add(response)
  response.on('close', () => streams.delete(response))
}

async function sendFile(dist: string, path: string, response: ServerResponse): Promise<void> {
  const page = extname(path) === ''
  const file = join(dist, page ? 'index.html' : normalize(path))
  try {
    const body = await readFile(file)
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
    })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}

/** The page as a portal's frame gets it; the portal's own script is not here, as where it could not be loaded. */
async function sendPortal(dist: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const problem = new URL(request.url ?? '/', 'http://look').searchParams.get('problem')
  const said: PortalPage =
    problem === 'denied'
      ? { state: 'problem', problem }
      : { state: 'open', token: 'look', userId: 'u1', finishes: false }
  const page = await readFile(join(dist, 'portal/index.html'), 'utf8')
  const meta = `<meta name="ringfence-portal" content="${JSON.stringify(said).replaceAll('"', '&quot;')}" />`
  response.writeHead(200, {
    'content-type': types['.html'],
    'content-security-policy': contentSecurityPolicy,
  })
  response.end(page.replace('</head>', `${meta}</head>`))
}

type Options = Parameters<typeof serveLook>[0]

function answer(request: IncomingMessage, response: ServerResponse, options: Options): void {
  const url = new URL(request.url ?? '/', 'http://look')
  const send = (status: number, body?: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(body === undefined ? '' : JSON.stringify(body))
  }
  const given = request.headers['x-organization']
  const organization = typeof given === 'string' ? given : undefined
  const found = routes(options, url, organization)[
    `${request.method} ${url.pathname.slice('/api/v1'.length)}`
  ]
  if (found === undefined) send(404, { code: 'not-found', what: 'route' })
  else if (found === 'unauthorized') send(401, { code: 'unauthorized' })
  else send(200, found)
}

function routes(
  { scenario, language }: Options,
  url: URL,
  organization: string | undefined,
): Record<string, unknown> {
  const calls = fixtures.journalCalls(scenario)
  return {
    'GET /session': fixtures.session(scenario, language ?? 'en') ?? 'unauthorized',
    'GET /sign-in': { ways: [{ crm: 'pipedrive', title: 'Pipedrive', url: '/apps/pipedrive/install' }] },
    'POST /session/live': { token: 'look', expiresAt: new Date(Date.now() + 60_000).toISOString() },
    'GET /desk': { calls: fixtures.deskCalls(scenario) },
    'GET /calls': journalPage(calls, url.searchParams),
    ...Object.fromEntries(calls.slice(0, 40).map((call) => [`GET /calls/${call.id}`, call])),
    ...Object.fromEntries(calls.slice(0, 40).map(({ id }) => [`GET /calls/${id}/deals`, fixtures.titles])),
    'GET /connections': {
      connections: fixtures.connections(scenario, organization),
      phones: fixtures.phones,
      crms: fixtures.crms,
    },
    'GET /connections/c3/telephones': fixtures.telephones,
    'GET /connections/c3/settings': { values: {}, secretsSet: ['apiKey'], ownNumbers: [] },
    'GET /connections/c4/settings': fixtures.describedSettings,
    'GET /users/me/telephones': fixtures.myTelephones,
    'POST /connections': {
      id: 'c1',
      hookUrl: 'https://ringfence.example/hooks/q8Zr2mWc5tYv0nKx4bLd7s',
      secret: '7fJq-Xw2M-pR9a-Tc5h',
      installUrl: 'https://ringfence.example/apps/pipedrive/install?invitation=k3Vn8yQz',
    },
    'POST /dial': { how: 'ringing', extension: '21', number: '+442079460123' },
    'GET /connections/c1/settings': fixtures.phoneSettings,
    'GET /results': { results: fixtures.results },
    'GET /rules': fixtures.rules,
    'PUT /rules': fixtures.rules,
    'POST /privacy/person': held,
    'GET /privacy/map': dataMap(language ?? 'en', scenario === 'operator' ? 'installation' : 'organization'),
    'GET /privacy/erasures': { erasures },
    'GET /privacy/corrections': { corrections },
    'GET /connections/c2/allowance': fixtures.allowance(),
    'GET /users': { users: fixtures.users, unmapped: fixtures.unmapped },
    'GET /users/me/extensions': { extensions: ['21'], unmapped: fixtures.unmapped },
    'GET /organizations': { organizations: fixtures.organizations },
    'GET /policy/checks': fixtures.policyChecks,
    'GET /policy': scenario === 'announced' ? fixtures.announcedPolicy : fixtures.policy,
    'GET /documents': { documents: documents(scenario) },
    'GET /recipients': fixtures.recipients[language ?? 'en'],
    'GET /notices': { notices: fixtures.notices(scenario, language ?? 'en') },
    'POST /notices/n1/shown': {},
    'GET /notice-contacts': { addresses: ['privacy@acme.example'] },
    'GET /breaches': { breaches: fixtures.breaches },
    'GET /agreement': fixtures.agreement(scenario),
  }
}

function journalPage(calls: readonly CallView[], search: URLSearchParams): unknown {
  const state = search.get('state')
  const fitting = calls.filter((call) => state === null || call.log.state === state)
  const from = Number(search.get('before') ?? 0)
  const limit = Number(search.get('limit') ?? 100)
  const page = fitting.slice(from, from + limit)
  return from + limit < fitting.length ? { calls: page, next: String(from + limit) } : { calls: page }
}
