import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { App } from '../app.ts'
import { countedByAddress } from '../http/counting.ts'

/** A vendor's event is a few hundred bytes; a person with many fields some kilobytes. */
export const largestHookBytes = 256 * 1024
/** What one hook may be delivered in a second, and a held connection may bring. */
export const defaultPerSecond = 500

/**
 * Where vendors deliver. The body stays raw: signatures are checked over the bytes as they came. Deliveries are counted
 * per hook, not per address: a phone system of a hundred companies sends from one. Keys that were invented are counted
 * together.
 */
export function hookRoute(app: App, options: { perSecond: number }): FastifyPluginAsyncZod {
  return async (http) => {
    http.removeAllContentTypeParsers()
    http.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: largestHookBytes },
      (_request, body, done) => done(null, body),
    )
    // One of its own for each route: plugins write into it.
    const own = () => ({
      bodyLimit: largestHookBytes,
      schema: { hide: true },
      config: {
        rateLimit: {
          max: options.perSecond * 10,
          timeWindow: 10_000,
          keyGenerator: (request: FastifyRequest) => {
            const { key } = request.params as { key: string }
            return app.hooks.held(key) ? `hook ${key}` : countedByAddress(request)
          },
        },
      },
    })
    const receive = async (request: FastifyRequest, reply: FastifyReply) => {
      const { method, headers, body, params, raw } = request
      const [, query] = (raw.url ?? '').split(/\?(.*)/s)
      await app.ingest.receive((params as { key: string }).key, {
        method,
        headers,
        body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        ...(query === undefined ? {} : { query }),
      })
      return reply.code(200).send()
    }
    // The answer is empty, and no browser posts here.
    http.post('/hooks/:key', { ...own(), helmet: false }, receive)
    // Phone systems that can only call an address say everything in it. An adapter that expects a body refuses these.
    http.get('/hooks/:key', { ...own(), exposeHeadRoute: false }, receive)
  }
}
