import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { requireOperator } from '../http/account.ts'
import { approver } from '../privacy/approvals.ts'
import { ownParagraph } from '../privacy/own-paragraphs.ts'
import { versionOf } from '../privacy/policy-content.ts'
import { mailAnnouncements } from '../privacy/policy-mail.ts'
import { publicPageLimit } from '../privacy/policy-routes.ts'
import { languageAsked } from '../privacy/send-document.ts'
import { documentLanguages } from '../privacy/words/languages.ts'
import { languages } from '../privacy/words/words.ts'
import { documentList } from './list.ts'
import { agreementPage, measuresPage, policyDraftPage, subProcessorsPage } from './pages.ts'
import { documentsPath } from './paths.ts'
import { recordChanges, recordVersion } from './record-content.ts'
import { recordAsData, recordPage } from './record-page.ts'
import { sendPage } from './send-page.ts'
import { differencesView, documentsView, recordData } from './shapes.ts'
import { viewerOf } from './viewer.ts'

const nothing = z.undefined()
const version = z.string().max(40)
const inLanguage = z.object({ lang: z.enum(languages).optional().catch(undefined) })
/** Documents are in more languages than the app. */
const inDocumentLanguage = z.object({ lang: z.enum(documentLanguages).optional().catch(undefined) })
const ofVersion = inDocumentLanguage.extend({ version: version.optional() })
const approval = approver.extend({ version })
/** Each is kept: nobody fills the database with them. */
const change = { rateLimit: { max: 60, timeWindow: 60_000 } }
const withPages = z.object({ document: z.enum(['policy', 'agreement', 'record', 'measures']) })

/**
 * Generated documents: their states, pages and data; approval by a named person, and paragraphs of one's own. The operator's
 * for the operator, an organization's record for its administrators (GD-1, GD-4).
 */
export function documentRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      documentsPath,
      { schema: { querystring: inLanguage, response: { 200: documentsView } } },
      async (request) => ({
        documents: await documentList(app, await viewerOf(app, request), request.query.lang ?? 'en'),
      }),
    )

    http.get(
      `${documentsPath}/:document/page`,
      { schema: { hide: true, querystring: ofVersion, params: withPages } },
      async (request, reply) => {
        const viewer = await viewerOf(app, request)
        const language = request.query.lang ?? 'en'
        const page = {
          policy: async () => {
            await requireOperator(app, request) // nobody else reads what is not approved
            return { language, html: await policyDraftPage(app, language) }
          },
          agreement: () => agreementPage(app, language),
          record: () => recordPage(app, viewer, { language, version: request.query.version }),
          measures: async () => ({ language, html: await measuresPage(app, language) }),
        }[request.params.document]
        return sendPage(request, reply, await page())
      },
    )

    http.get(
      `${documentsPath}/record/data`,
      { schema: { querystring: ofVersion, response: { 200: recordData } } },
      async (request, reply) => {
        const viewer = await viewerOf(app, request)
        const language = request.query.lang ?? 'en'
        const data = await recordAsData(app, viewer, { language, version: request.query.version })
        const name = `record-of-processing-${data.madeAt.slice(0, 10)}-${data.version}.json`
        return reply.header('content-disposition', `attachment; filename="${name}"`).send(data)
      },
    )

    http.get(
      `${documentsPath}/record/differences`,
      {
        schema: {
          querystring: inLanguage.extend({ from: version.optional(), to: version.optional() }),
          response: { 200: differencesView },
        },
      },
      async (request) => {
        const viewer = await viewerOf(app, request)
        const { from, to, lang = 'en' } = request.query
        const versions = await viewer.records()
        const known = (of: string) =>
          versions.find((one) => one.version === of)?.content ??
          failed({ code: 'not-found', what: 'version' })
        const before = known(from ?? versions[0]?.version ?? '')
        const after = to === undefined ? await viewer.recordHere() : known(to)
        return {
          from: recordVersion(before),
          to: recordVersion(after),
          differences: recordChanges(before, after)[lang] ?? [],
        }
      },
    )

    // What is approved is what was read: another version by now is not.
    http.post(
      `${documentsPath}/policy/approval`,
      { schema: { body: approval, response: { 204: nothing } }, config: change },
      async (request, reply) => {
        await requireOperator(app, request)
        const { version: seen, ...by } = request.body
        const content = await app.policyHere()
        if (versionOf(content) !== seen) failed({ code: 'conflict', with: 'a newer version' })
        await app.policies.approve(content, by)
        await mailAnnouncements(app)
        return reply.code(204).send()
      },
    )

    http.post(
      `${documentsPath}/record/approval`,
      { schema: { body: approval, response: { 204: nothing } }, config: change },
      async (request, reply) => {
        const viewer = await viewerOf(app, request)
        const { version: seen, ...by } = request.body
        const content = await viewer.recordHere()
        if (recordVersion(content) !== seen) failed({ code: 'conflict', with: 'a newer version' })
        await viewer.approveRecord(content, by)
        return reply.code(204).send()
      },
    )

    http.put(
      `${documentsPath}/paragraphs`,
      { schema: { body: ownParagraph, response: { 204: nothing } }, config: change },
      async (request, reply) => {
        const viewer = await viewerOf(app, request)
        // Policy and agreement are the operator's, whoever reads them.
        if (viewer.organization && request.body.document !== 'record')
          failed({ code: 'forbidden', needs: 'the operator' })
        await viewer.setParagraph(request.body)
        return reply.code(204).send()
      },
    )

    http.get(
      '/privacy/sub-processors',
      { schema: { hide: true, querystring: inDocumentLanguage }, config: publicPageLimit },
      async (request, reply) => {
        const language = request.query.lang ?? languageAsked(request, documentLanguages)
        return sendPage(request, reply, { language, html: await subProcessorsPage(app, language) })
      },
    )
  }
}
