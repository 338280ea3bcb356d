import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { App } from '../app.ts'

/** A vendor's event is a few hundred bytes; a person with many fields some kilobytes. */
export const largestHookBytes = 256 * 1024
/** What one hook may be delivered in a second, and a held connection may bring. */
export const defaultPerSecond = 500

/**
 * Where vendors deliver. The body stays raw: signatures are checked over the bytes as they came. Deliveries are counted
 * per hook, not per address: a phone system of a hundred companies sends from one.
 */
export function hookRoute(app: App, options: { perSecond: number }): FastifyPluginAsyncZod {
  return async (http) => {
    http.removeAllContentTypeParsers()
    http.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: largestHookBytes },
      (_request, body, done) => done(null, body),
    )
    http.post(
      '/hooks/:key',
      {
        bodyLimit: largestHookBytes,
        schema: { hide: true },
        helmet: false, // the answer is empty, and no browser reads it
        config: {
          rateLimit: {
            max: options.perSecond * 10,
            timeWindow: 10_000,
            keyGenerator: (request) => `hook ${(request.params as { key: string }).key}`,
          },
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        await app.ingest.receive((request.params as { key: string }).key, {
          method: request.method,
          headers: request.headers,
          body,
        })
        return reply.code(200).send()
      },
    )
  }
}
