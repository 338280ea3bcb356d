import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import type { Target } from '../server/database/connections.ts'
import type { Db } from '../server/database/transaction.ts'
import { serve } from './children.ts'
import type { Recording } from './recording.ts'
import { floorConnections, replay, transaction } from './replay.ts'

/** One organization of the floor, with what its events do, by the kind of call. */
export interface FloorOrganization {
  target: Target
  recordings: Recording[]
}
export interface FloorPlan {
  control: Target
  organizations: FloorOrganization[]
  /** the live messages of a call of each kind, event by event; nothing is sent where there is none */
  messages: string[][]
}

/**
 * What both floors are reached by: `x-floor: <organization> <kind> <event> <call id>`. The fair floor runs the statements
 * of that event with fixed values; the bare floor commits one insert.
 */
export type FloorServer = typeof tasks

let http: FastifyInstance | undefined
const connections = floorConnections()
const screens = new Set<ServerResponse>()

const tasks = {
  start: async (plan: FloorPlan): Promise<string> => {
    const control: InTransaction = (fn) => transaction(connections.control, plan.control, fn)
    const organizations = plan.organizations.map(({ target, recordings }) => ({
      run: ((fn) => transaction(connections.organizations, target, fn)) satisfies InTransaction,
      recordings,
    }))
    const notices = new FloorNotices(control)
    const show = (message: string | undefined) => {
      if (message !== undefined) for (const screen of screens) screen.write(message)
    }
    http = fastify({ logger: false, forceCloseConnections: true })
    http.removeAllContentTypeParsers()
    http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    http.post('/hooks/:key', async (request, reply) => {
      const { organization, kind, event, callId } = named(request.headers['x-floor'])
      const at = organizations[organization]
      const recording = at?.recordings[kind]
      if (!at || !recording) throw new Error('no such organization or kind')
      await replay({ organization: at.run, control }, recording, event, callId)
      show(plan.messages[kind]?.[event])
      notices.tell(callId)
      return reply.code(200).send()
    })
    http.post('/bare/:key', async (request, reply) => {
      const { organization, kind, event, callId } = named(request.headers['x-floor'])
      await organizations[organization]?.run(async (db) =>
        db.send('insert into bare (call, event, body) values ($1, $2, $3)', [callId, event, request.body]),
      )
      show(plan.messages[kind]?.[event])
      return reply.code(200).send()
    })
    http.get('/live', async (_request, reply) => {
      reply.hijack()
      const stream = reply.raw
      stream.writeHead(200, { 'content-type': 'text/event-stream' })
      stream.socket?.setNoDelay(true)
      stream.write('event: hello\ndata: {}\n\n')
      screens.add(stream)
      stream.on('close', () => screens.delete(stream))
      return reply
    })
    await http.listen({ host: '127.0.0.1', port: 0 })
    return `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  },
}

type InTransaction = (fn: (db: Db) => Promise<void>) => Promise<void>

function named(header: string | string[] | undefined) {
  const [organization = '0', kind = '0', event = '0', callId = ''] = String(header).split(' ')
  return { organization: Number(organization), kind: Number(kind), event: Number(event), callId }
}

/** The same notification between nodes; those that pile up go together. */
class FloorNotices {
  readonly #control: InTransaction
  #pending: string[] = []
  #sending = false

  constructor(control: InTransaction) {
    this.#control = control
  }

  tell(callId: string): void {
    this.#pending.push(
      JSON.stringify({ from: callId, about: 'call', organizationId: callId, callId, version: 1 }),
    )
    if (!this.#sending) void this.#send()
  }

  async #send(): Promise<void> {
    this.#sending = true
    while (this.#pending.length > 0) {
      const payloads = this.#pending
      this.#pending = []
      await this.#control(async (db) =>
        db.send('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
          'ringfence_notices',
          payloads,
        ]),
      )
    }
    this.#sending = false
  }
}

serve(tasks, async () => {
  await http?.close()
  await Promise.all([connections.organizations.close(), connections.control.close()])
})
