import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { publicPageLimit } from '../privacy/policy-routes.ts'
import { choosingContentSecurityPolicy, languageAsked } from '../privacy/send-document.ts'
import { documentLanguages } from '../privacy/words/languages.ts'
import { comparePolicies, compareRecords } from './compare.ts'
import { documentsPath } from './paths.ts'
import { sendPage } from './send-page.ts'
import { viewerOf } from './viewer.ts'

const version = z.string().max(40).optional()
const querystring = z.object({
  lang: z.enum(documentLanguages).optional().catch(undefined),
  from: version,
  to: version,
})
const params = z.object({ document: z.enum(['policy', 'record']) })
const security = { security: choosingContentSecurityPolicy }

/** Any two versions of a document, compared on a page: for those who may read them (GD-1, GD-4, PD-10). */
export function compareRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      `${documentsPath}/:document/compare`,
      { schema: { hide: true, querystring, params } },
      async (request, reply) => {
        const viewer = await viewerOf(app, request)
        const { lang: language = 'en', ...versions } = request.query
        const wish = { language, ...versions }
        const who = viewer.organization ? 'user' : 'operator'
        const page =
          request.params.document === 'record'
            ? await compareRecords(app, viewer, wish)
            : await comparePolicies(app, who, wish)
        return sendPage(request, reply, page, security)
      },
    )

    http.get(
      '/privacy/policy/compare',
      { schema: { hide: true, querystring }, config: publicPageLimit },
      async (request, reply) => {
        const { lang, ...versions } = request.query
        const language = lang ?? languageAsked(request, documentLanguages)
        const page = await comparePolicies(app, 'everybody', { language, ...versions })
        return sendPage(request, reply, page, security)
      },
    )
  }
}
