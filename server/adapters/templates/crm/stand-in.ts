import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RawRequest } from 'ringfence/adapter'

export const secret = 'app secret'
const admin = { id: 'u1', name: 'Anna', email: 'anna@acme.example', admin: true }
const company = { id: 'c1', name: 'Acme', country: 'CZ', timeZone: 'Europe/Prague' }

/**
 * A small real server that answers as Example CRM does by its documents. Write yours from the vendor's documents, and best
 * by somebody who has not written the client.
 */
export async function startStandIn() {
  const codes = new Set<string>()
  const access = new Set<string>()
  const refresh = new Set<string>()
  const persons = new Map<string, { id: string; name: string; number: string }>()
  const calls: { id: string; marker: string }[] = []
  const faults: string[] = []
  let writes = 0

  function grant() {
    const tokens = { access_token: randomUUID(), refresh_token: randomUUID(), expires_in: 3600 }
    access.add(tokens.access_token)
    refresh.add(tokens.refresh_token)
    return tokens
  }

  function token(form: URLSearchParams): [number, object] {
    const isCode = form.get('grant_type') === 'authorization_code'
    const spent = isCode
      ? codes.delete(form.get('code') ?? '')
      : refresh.delete(form.get('refresh_token') ?? '')
    return spent ? [200, grant()] : [400, { error: 'invalid_grant' }]
  }

  function write(body: string): [number, object] | 'silent' {
    writes += 1
    const fault = faults.shift()
    if (fault === '429' || fault === '500' || fault === '503') return [Number(fault), {}]
    if (fault === 'timeout') return 'silent'
    const call = { id: randomUUID(), marker: (JSON.parse(body) as { marker: string }).marker }
    calls.push(call)
    return fault === 'late-effect' ? 'silent' : [201, call]
  }

  function answer(request: IncomingMessage, body: string): [number, object] | 'silent' {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    if (url.pathname === '/oauth/token') return token(new URLSearchParams(body))
    if (!access.has((request.headers.authorization ?? '').replace('Bearer ', ''))) return [401, {}]
    const asked = (name: string) => url.searchParams.get(name)
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /me':
        return [200, { company, user: { ...admin, language: 'en' } }]
      case 'GET /users':
        return [200, { users: [admin] }]
      case 'GET /persons':
        return [200, { persons: [...persons.values()].filter(({ number }) => number === asked('number')) }]
      case 'GET /calls':
        return [200, { calls: calls.filter(({ marker }) => marker === asked('marker')) }]
      case 'POST /calls':
        return write(body)
      default:
        return [404, {}]
    }
  }

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const said = answer(request, Buffer.concat(pieces).toString())
    if (said === 'silent') return // whoever asked gives up
    response.writeHead(said[0], { 'content-type': 'application/json' }).end(JSON.stringify(said[1]))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    host,
    url: `http://${host}`,
    calls,
    writes: () => writes,
    fault: (kind: string, times: number) => void faults.push(...Array<string>(times).fill(kind)),
    code() {
      const code = randomUUID()
      codes.add(code)
      return code
    },
    expireTokens: () => access.clear(),
    addPerson(name: string, number: string) {
      const id = randomUUID()
      persons.set(id, { id, name, number })
      return id
    },
    renamePerson(id: string, name: string) {
      const known = persons.get(id)
      if (known) persons.set(id, { ...known, name })
    },
    removePerson: (id: string) => void persons.delete(id),
    /** what it sends when the user uninstalls */
    uninstall(): RawRequest {
      access.clear()
      refresh.clear()
      const body = Buffer.from(JSON.stringify({ company: company.id, user: admin.id }))
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      return { method: 'POST', headers: { 'x-example-signature': signature }, body }
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
