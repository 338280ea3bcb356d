import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireUser } from '../http/account.ts'
import { dialAnswer } from '../http/shapes.ts'
import { dial } from './dial.ts'

/** Click-to-call, for the desk and for our frame inside a CRM. */
export function dialRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.post(
      '/api/v1/dial',
      { schema: { body: z.strictObject({ number: z.string().max(250) }), response: { 200: dialAnswer } } },
      async (request) => dial(app, await requireUser(app, request), request.body.number),
    )
  }
}
