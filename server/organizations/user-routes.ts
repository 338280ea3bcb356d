import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireAdministrator } from '../http/account.ts'
import { userList } from '../http/shapes.ts'
import { enqueueRead } from '../phones/read-phone.ts'
import { setExtensions, setSees } from './connections.ts'
import type { Organization } from './organization.ts'
import { unmappedExtensions } from './seen-extensions.ts'

const byId = z.object({ id: z.uuid() })
const nothing = z.undefined()

/** Users, their extensions, and whose calls they see: an administrator's. */
export function userRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get('/api/v1/users', { schema: { response: { 200: userList } } }, async (request) => {
      const { organization } = await requireAdministrator(app, request)
      return usersOf(app, organization)
    })

    http.put(
      '/api/v1/users/:id/extensions',
      {
        schema: {
          params: byId,
          body: z.object({ extensions: z.array(z.string().max(20)).max(20) }),
          response: { 204: nothing },
        },
      },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        await setExtensions(organization, request.params.id, request.body.extensions, 'administrator')
        app.changed(organization.id)
        await enqueueRead(app, organization)
        return reply.code(204).send()
      },
    )

    http.put(
      '/api/v1/users/:id/sees',
      {
        schema: {
          params: byId,
          body: z.object({ sees: z.enum(['own', 'all']) }),
          response: { 204: nothing },
        },
      },
      async (request, reply) => {
        const { organization } = await requireAdministrator(app, request)
        await setSees(organization, request.params.id, request.body.sees)
        app.changed(organization.id)
        return reply.code(204).send()
      },
    )
  }
}

async function usersOf(app: App, organization: Organization) {
  const directory = await app.directories.of(organization)
  const signedIn = new Set(await app.sessions.signedIn(organization.id))
  return {
    users: [...directory.users.values()].map((user) => ({
      id: user.id,
      name: user.name,
      role: user.role,
      sees: user.sees,
      extensions: [...user.extensions],
      signedIn: signedIn.has(user.id),
    })),
    unmapped: await unmappedExtensions(organization, directory),
  }
}
