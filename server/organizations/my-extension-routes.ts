import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireUser } from '../http/account.ts'
import { myExtensions } from '../http/shapes.ts'
import { enqueueRead } from '../phones/read-phone.ts'
import { setExtensions } from './connections.ts'
import { unmappedExtensions } from './seen-extensions.ts'

const path = '/api/v1/users/me/extensions'

/**
 * Which phones are mine: anybody who is signed in may take an extension that belongs to nobody. Its calls are theirs from
 * then on; earlier ones only where an administrator says so.
 */
export function myExtensionRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(path, { schema: { response: { 200: myExtensions } } }, async (request) => {
      const { organization, user } = await requireUser(app, request)
      const directory = await app.directories.of(organization)
      return {
        extensions: [...user.extensions],
        unmapped: await unmappedExtensions(organization, directory),
      }
    })

    http.put(
      path,
      {
        schema: {
          body: z.object({ extensions: z.array(z.string().max(20)).max(20) }),
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        const { organization, user } = await requireUser(app, request)
        await setExtensions(
          organization,
          user.id,
          request.body.extensions,
          user.role === 'administrator' ? 'administrator' : 'themself',
        )
        app.changed(organization.id)
        await enqueueRead(app, organization)
        return reply.code(204).send()
      },
    )
  }
}
