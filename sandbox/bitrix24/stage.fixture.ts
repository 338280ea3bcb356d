import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Sandbox, startSandbox } from '../index.ts'
import type { NewApp } from './inputs.ts'
import { parsePhpForm } from './php-form.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes
export type Loose = any

/** What came to the app: a page that was opened, or an event. */
export type Received = { path: string; query: URLSearchParams; type: string; body: Loose }

/** A sandbox with portal `acme` and an app that remembers what is posted to it. */
export type Stage = {
  sandbox: Sandbox
  appUrl: string
  received: Received[]
  /** Events that came, of one name or all. */
  events(name?: string): Loose[]
  /** What the app's pages are, by path. */
  pages: Map<string, string>
  /** Serves this at `/record.mp3`. */
  record: { status: number; body: string; location?: string }
  /** Calls a method with the token given, else the admin's. */
  rest(method: string, params?: object, token?: string): Promise<{ status: number; body: Loose }>
  /** Installs the app up to installFinish; gives the admin's tokens. */
  installed(userId?: number): Promise<Loose>
  token: string
  close(): Promise<void>
}

export async function startStage(app: Partial<NewApp> = {}): Promise<Stage> {
  const sandbox = await startSandbox()
  const received: Received[] = []
  const server = createServer(async (req, res) => {
    let text = ''
    for await (const chunk of req) text += String(chunk)
    const url = new URL(req.url ?? '/', 'http://app')
    if (req.method === 'GET' && url.pathname === '/record.mp3') {
      const { status, body, location } = stage.record
      res.writeHead(status, location === undefined ? {} : { location }).end(body)
      return
    }
    received.push({
      path: url.pathname,
      query: url.searchParams,
      type: req.headers['content-type'] ?? '',
      body: parsePhpForm(text),
    })
    res.writeHead(200, { 'content-type': 'text/html' }).end(stage.pages.get(url.pathname) ?? '<p>App</p>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  sandbox.bitrix24.registerApp({
    clientId: 'local.1',
    clientSecret: 'secret',
    installUrl: `${appUrl}/install`,
    handlerUrl: `${appUrl}/app`,
    scopes: ['telephony', 'crm', 'placement', 'user_basic'],
    ...app,
  })
  sandbox.bitrix24.createPortal({
    name: 'acme',
    users: [
      { name: 'Anna Nováková', email: 'anna@acme.example', innerPhone: '21', admin: true },
      { name: 'Boris Král', email: 'boris@acme.example', innerPhone: '22' },
      { name: 'Cyril Svoboda', email: 'cyril@acme.example' },
    ],
    companies: [{ name: 'Analytical Engines', phones: ['+442079460999'] }],
    contacts: [{ name: 'Ada Lovelace', phones: ['+44 20 7946 0123'], assignedTo: 2, companyId: 1 }],
    leads: [{ name: 'A lead', phones: ['+12025550143'] }],
  })
  const stage: Stage = {
    sandbox,
    appUrl,
    received,
    pages: new Map(),
    record: { status: 200, body: 'sound' },
    token: '',
    events: (name) =>
      received
        .filter(({ path }) => path === '/event')
        .map(({ body }) => body)
        .filter((body) => name === undefined || body.event === name),
    async rest(method, params = {}, token = stage.token) {
      const response = await fetch(`${sandbox.bitrix24.portalUrl('acme')}/rest/${method}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...params, ...(token === '' ? {} : { auth: token }) }),
      })
      const text = await response.text()
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
    },
    async installed(userId = 1) {
      await sandbox.bitrix24.install({ portal: 'acme', userId, clientId: 'local.1' })
      const { body } = received.at(-1) ?? { body: {} }
      sandbox.bitrix24.finishInstall({ portal: 'acme', clientId: 'local.1' })
      stage.token = body.AUTH_ID
      return body
    },
    async close() {
      await sandbox.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
  return stage
}
