import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { parseJson } from '../http.ts'
import { asksForWebSocket, Channel, openingAnswer } from '../websocket.ts'
import type { EnsEvent } from './pbx-call.ts'
import { type Tenant, takesSockets } from './tenant.ts'

/** What can be seen of a tenant's WebSocket connections. */
export type SocketFacts = {
  /** Connections open now. */
  open: number
  /** Those of them that get events. */
  authenticated: number
  /** The most that ever got events at the same time. */
  mostAtOnce: number
  /** Connections that were let in, ever. */
  letIn: number
  /** Tries with a wrong token, ever. */
  refused: number
}

type Client = { channel: Channel; authenticated: boolean; ping: NodeJS.Timeout | undefined }
type Line = SocketFacts & { clients: Set<Client> }

/**
 * WebSocket mode: others connect, prove who they are, and get the same events as a webhook would. Nothing is kept for
 * who is not connected. Where the vendor's text is silent (address, whether a wrong token is answered with a status or a
 * message, pings), the tenant's settings choose.
 */
export class Sockets {
  readonly #lines = new Map<string, Line>()

  /** Answers a request for a WebSocket at a tenant's address. */
  upgrade(tenant: Tenant | undefined, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = refusalOf(tenant, request)
    if (tenant === undefined || refusal !== undefined) {
      refuse(socket, refusal ?? '404 Not Found')
      return
    }
    const line = this.#line(tenant.name)
    const told = tokenIn(tenant, request)
    if (told === 'wrong' && tenant.socket?.refusesWithStatus === true) {
      line.refused += 1
      refuse(socket, '401 Unauthorized')
      return
    }
    socket.write(openingAnswer(request))
    this.#welcome({ tenant, line, told }, socket, head)
  }

  /** Hands an event to everybody who is connected. @returns to how many */
  send(tenant: Tenant, event: EnsEvent): number {
    const clients = [...this.#line(tenant.name).clients].filter(({ authenticated }) => authenticated)
    for (const { channel } of clients) channel.send(JSON.stringify(event))
    return clients.length
  }

  /** Sends any text to everybody who is connected, as a broken system might. */
  sendText(tenant: Tenant, text: string): void {
    for (const { channel, authenticated } of this.#line(tenant.name).clients)
      if (authenticated) channel.send(text)
  }

  /** Ends all connections: the line breaks (`cut`), or OptimCall says good-bye (`close`). */
  drop(tenant: Tenant, how: 'cut' | 'close'): void {
    for (const { channel } of this.#line(tenant.name).clients) {
      if (how === 'cut') channel.cut()
      else channel.close(1001)
    }
  }

  /** Nothing comes over the connections there are any more, and nothing is answered; new ones are sound. */
  silence(tenant: Tenant): void {
    for (const client of this.#line(tenant.name).clients) {
      client.channel.fallSilent()
      client.authenticated = false
    }
  }

  /** Bytes sent that nobody has taken yet. */
  waitingBytes(name: string): number {
    return [...this.#line(name).clients].reduce((sum, { channel }) => sum + channel.waitingBytes, 0)
  }

  facts(name: string): SocketFacts {
    const { clients, mostAtOnce, letIn, refused } = this.#line(name)
    const authenticated = [...clients].filter((client) => client.authenticated).length
    return { open: clients.size, authenticated, mostAtOnce, letIn, refused }
  }

  /** Cuts everything and forgets it. */
  reset(): void {
    for (const { clients } of this.#lines.values()) for (const { channel } of clients) channel.cut()
    this.#lines.clear()
  }

  #welcome(
    { tenant, line, told }: { tenant: Tenant; line: Line; told: Told },
    socket: Duplex,
    head: Buffer,
  ): void {
    const settings = tenant.socket
    const client: Client = {
      authenticated: false,
      ping: undefined,
      channel: new Channel(socket, head, {
        text: (text) => this.#authenticate({ tenant, line, client }, text),
        closed: () => {
          clearInterval(client.ping)
          line.clients.delete(client)
        },
      }),
    }
    line.clients.add(client)
    if (settings?.pingSeconds != null)
      client.ping = setInterval(() => client.channel.ping(), settings.pingSeconds * 1000)
    if (settings?.token === undefined) this.#letIn(line, client)
    else if (told !== 'nothing') this.#answer({ tenant, line, client }, told === 'right', undefined)
  }

  #authenticate(of: { tenant: Tenant; line: Line; client: Client }, text: string): void {
    const message = parseJson(Buffer.from(text)) as Record<string, unknown> | undefined
    // The text of the description says "auth" in one place; its example says "authenticate".
    if (message?.['name'] !== of.tenant.socket?.authenticateName) return
    const expected = of.tenant.socket?.token
    const good = expected === undefined || message?.['token'] === expected
    this.#answer(of, good, message?.['correlationId'])
  }

  #answer(
    { tenant, line, client }: { tenant: Tenant; line: Line; client: Client },
    good: boolean,
    correlationId: unknown,
  ): void {
    const status = good ? 'success' : 'error'
    if (tenant.socket?.answers !== false)
      client.channel.send(JSON.stringify({ name: 'authenticateResult', status, correlationId }))
    if (good) this.#letIn(line, client)
    else {
      line.refused += 1
      if (tenant.socket?.closesWhenRefused === true && tenant.socket.answers) client.channel.close(1008)
    }
  }

  #letIn(line: Line, client: Client): void {
    if (client.authenticated) return
    client.authenticated = true
    line.letIn += 1
    const now = [...line.clients].filter(({ authenticated }) => authenticated).length
    line.mostAtOnce = Math.max(line.mostAtOnce, now)
  }

  #line(name: string): Line {
    const line = this.#lines.get(name) ?? {
      clients: new Set<Client>(),
      open: 0,
      authenticated: 0,
      mostAtOnce: 0,
      letIn: 0,
      refused: 0,
    }
    this.#lines.set(name, line)
    return line
  }
}

type Told = 'nothing' | 'right' | 'wrong'

/** What the header says; nothing where it is absent or does not reach the system. */
function tokenIn({ socket }: Tenant, request: IncomingMessage): Told {
  const header = socket?.readsHeader === true ? request.headers.authorization : undefined
  if (header === undefined) return 'nothing'
  return socket?.token === undefined || header === `Bearer ${socket.token}` ? 'right' : 'wrong'
}

/** Why there is no WebSocket here for this request, whatever its token. */
function refusalOf(tenant: Tenant | undefined, request: IncomingMessage): string | undefined {
  if (tenant?.socket == null || !takesSockets(tenant)) return '404 Not Found'
  if (tenant.socket.redirectTo !== undefined) return `302 Found\r\nLocation: ${tenant.socket.redirectTo}`
  return asksForWebSocket(request) ? undefined : '400 Bad Request'
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
