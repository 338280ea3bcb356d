import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { type LiveEvent, liveMessage } from './messages.ts'

const heartbeatMs = 15_000
/** A screen that does not read is dropped rather than buffered for: it comes back and loads its state anew. */
const mostBufferedBytes = 1_000_000

/** The live stream: server-sent events, read by `fetch` with a bearer header. */
export function liveRoute(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get('/live', { schema: { hide: true } }, async (request, reply) => {
      const header = request.headers.authorization
      const held = header?.startsWith('Bearer ')
        ? app.sessions.live(header.slice('Bearer '.length))
        : undefined
      // The session may have been ended on another node since the token was made.
      if (!held || !(await held.stillValid())) return failed({ code: 'unauthorized' })
      if (held.account.kind !== 'user')
        return failed({ code: 'forbidden', needs: 'a user of an organization' })
      const { organizationId, userId } = held.account
      // Loads the directory before the first call, so that showing one never has to wait for it.
      await app.directories.of(await app.organizations.get(organizationId))
      reply.hijack()
      const stream = reply.raw
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        connection: 'keep-alive',
      })
      stream.socket?.setNoDelay(true)
      const send = (event: LiveEvent, data: unknown) => {
        const message = liveMessage(event, data)
        if (message === undefined) return app.log.warn('message-refused', { organizationId, what: [event] })
        stream.write(message)
        if (stream.writableLength > mostBufferedBytes) stream.destroy()
      }
      const remove = app.screens.add(organizationId, { userId, send })
      const release = held.keep(() => stream.end())
      const heartbeat = setInterval(() => {
        held.stillValid().then(
          (valid) => (valid ? stream.write(': alive\n\n') : stream.end()),
          () => stream.write(': alive\n\n'), // the database is away: the stream stays, it shows nothing that is not asked anew
        )
      }, heartbeatMs)
      const end = () => {
        clearInterval(heartbeat)
        remove()
        release()
      }
      stream.on('close', end)
      stream.on('error', end)
      send('hello', {})
      return reply
    })
  }
}
