import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { requireAccount, requireAdministrator } from '../http/account.ts'
import { dataMap } from './data-map.ts'
import { dataMapView } from './map-shapes.ts'
import { languages } from './words/words.ts'

/** Another language than ours is no wish at all. */
const query = z.object({ lang: z.enum(languages).optional().catch(undefined) })

/** The data map: an administrator's own; for the operator what is connected anywhere, and of nobody by name. */
export function mapRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/privacy/map',
      { schema: { querystring: query, response: { 200: dataMapView } } },
      async (request) => {
        const account = await requireAccount(app, request)
        const { lang } = request.query
        if (account.kind === 'operator') {
          const linked = await Promise.all(
            (await app.organizations.list()).map((one) => connectionsOf(app, one)),
          )
          return dataMap(app, linked.flat(), { scope: 'installation', language: lang ?? 'en' })
        }
        const { organization, user } = await requireAdministrator(app, request)
        const language = lang ?? user.language
        return dataMap(app, await connectionsOf(app, organization), { scope: 'organization', language })
      },
    )
  }
}

async function connectionsOf(app: App, organization: Parameters<App['directories']['of']>[0]) {
  return [...(await app.directories.of(organization)).connections.values()]
}
