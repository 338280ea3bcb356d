import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { beginWork } from '../crms/begin-work.ts'
import { failed } from '../failure.ts'
import { requireAdministrator, requireUser } from '../http/account.ts'
import { agreementView } from '../http/shapes.ts'
import { enqueuePhones } from '../phones/tend-phones.ts'
import { acceptAgreement, agreementFor, agreementOf, agreementsInForce } from '../privacy/agreement.ts'
import { documentLanguages } from '../privacy/words/languages.ts'

const nothing = z.undefined()

/** The agreement is in more languages than the app. */
const inDocumentLanguage = z.object({ lang: z.enum(documentLanguages).optional().catch(undefined) })

/** The agreement: shown to everybody of the company, accepted by an administrator of it; then the mirror begins. */
export function agreementRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/api/v1/agreement',
      { schema: { querystring: inDocumentLanguage, response: { 200: agreementView } } },
      async (request) => {
        const { organization, user } = await requireUser(app, request)
        const accepted = await agreementOf(organization)
        const directory = await app.directories.of(organization)
        const name = accepted && directory.users.get(accepted.acceptedBy)?.name
        const all = await agreementsInForce(app.policies)
        return {
          ...agreementFor(all, request.query.lang ?? user.language),
          languages: all.map(({ language }) => language),
          ...(accepted ? { acceptedAt: accepted.acceptedAt.toISOString() } : {}),
          ...(name ? { acceptedBy: name } : {}),
        }
      },
    )

    http.post(
      '/api/v1/agreement/accept',
      { schema: { body: z.object({ version: z.string().max(40) }), response: { 204: nothing } } },
      async (request, reply) => {
        const { organization, user } = await requireAdministrator(app, request)
        // Whichever language it was read in: its version is of its text in that language.
        const all = await agreementsInForce(app.policies)
        const agreement =
          all.find(({ version }) => version === request.body.version) ??
          failed({ code: 'conflict', with: 'a newer agreement' })
        if (!(await agreementOf(organization))) await acceptAgreement(organization, user.id, agreement)
        await beginWork(app, organization, user.connectionId)
        app.changed(organization.id)
        await enqueuePhones(app, organization)
        return reply.code(204).send()
      },
    )
  }
}
