import { readFile } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { requireAccount, requireAdministrator } from '../http/account.ts'
import { countedByAddress } from '../http/counting.ts'
import { prefers } from '../http/prefers.ts'
import { policyChecksView, policyView } from '../http/shapes.ts'
import { chosenIn } from './notice-of.ts'
import { languagesOf } from './policy-content.ts'
import { addressOf, noticeIn, policyPage } from './policy-page.ts'
import type { PolicyVersion } from './policy-versions.ts'
import { documentContentSecurityPolicy, languageAsked, sendFresh } from './send-document.ts'
import { checkWords } from './words/check-words.ts'
import { type DocumentLanguage, documentLanguages } from './words/languages.ts'
import { languages } from './words/words.ts'

/** Another language than ours is no wish at all. */
const query = z.object({ lang: z.enum(languages).optional().catch(undefined) })
/** So is an app that there is not: then everything is told. */
const documentQuery = z.object({
  lang: z.enum(documentLanguages).optional().catch(undefined),
  app: z.string().max(100).optional().catch(undefined),
})
/** Anything else is no version, and not asked of the database, which refuses some texts. */
const byVersion = z.object({
  version: z
    .string()
    .regex(/^[0-9a-f]{1,40}$/)
    .catch(''),
})
const publicPath = '/privacy/policy'
/** Anybody may ask: a token that lets nobody in, another with each request, would be counted anew each time. */
export const publicPageLimit = {
  rateLimit: { max: 600, timeWindow: 60_000, keyGenerator: countedByAddress },
}

/** The policy: for everybody on the web, and for whoever is signed in with what concerns their organization (PD-10). */
export function policyRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    const styles = await readFile(new URL('./policy.css', import.meta.url), 'utf8')

    http.get('/api/v1/policy', { schema: { response: { 200: policyView } } }, async (request) => {
      const account = await requireAccount(app, request)
      const versions = await app.policies.versions()
      const current = versions.find(({ state }) => state === 'in force') ?? noPolicy()
      const isUser = account.kind === 'user'
      const uses = isUser ? await app.policies.usesOf(account.organizationId) : []
      const own = isUser ? await ownApp(app, account.organizationId) : undefined
      const suffix = own === undefined ? '' : `?app=${encodeURIComponent(own)}`
      return {
        version: current.version,
        effectiveAt: current.effectiveAt.toISOString(),
        url: `${publicPath}${suffix}`,
        versions: versions.map((version) => ({
          ...viewOf(version),
          url: `${addressOf(version.version)}${suffix}`,
        })),
        uses: uses.map(({ version, since }) => ({ version, since: since.toISOString() })),
      }
    })

    http.get(
      '/api/v1/policy/checks',
      { schema: { querystring: query, response: { 200: policyChecksView } } },
      async (request) => {
        const account = await requireAccount(app, request)
        if (account.kind === 'user') await requireAdministrator(app, request)
        const { measures } = checkWords[request.query.lang ?? 'en']
        const checks = await app.checks.list(30)
        return {
          confirmed: (await app.checks.confirmed()).map((name) => measures[name]),
          checks: checks.map(({ checkedAt, holds, results }) => {
            const of = (outcome: string) => results.filter((result) => result.outcome === outcome)
            return {
              checkedAt: checkedAt.toISOString(),
              holds,
              wrong: of('wrong').map(({ name, wrong }) => ({
                measure: measures[name],
                // It may name another organization.
                sentences: account.kind === 'user' ? [] : wrong,
              })),
              notChecked: of('not checked').map(({ name }) => measures[name]),
            }
          }),
        }
      },
    )

    http.get(`${publicPath}.css`, { schema: { hide: true } }, async (request, reply) =>
      sendFresh(request, reply, styles, 'text/css; charset=utf-8'),
    )

    http.get(
      publicPath,
      { schema: { hide: true, querystring: documentQuery }, config: publicPageLimit },
      async (request, reply) => answer(app, request, reply, request.query),
    )

    http.get(
      `${publicPath}/:version`,
      {
        schema: { hide: true, querystring: documentQuery, params: byVersion },
        config: publicPageLimit,
      },
      async (request, reply) => answer(app, request, reply, { ...request.query, ...request.params }),
    )
  }
}

/** The notice that is about this organization: its phone system with its CRM, or, of several, the CRM alone. */
async function ownApp(app: App, organizationId: string): Promise<string | undefined> {
  const { connections } = await app.directories.of(await app.organizations.get(organizationId))
  const adaptersOf = (which: 'phone' | 'crm') =>
    new Set([...connections.values()].flatMap(({ side, adapter }) => (side === which ? [adapter] : [])))
  const [phones, [crm]] = [adaptersOf('phone'), adaptersOf('crm')]
  const [phone] = phones
  return phones.size === 1 && crm !== undefined ? `${phone}-${crm}` : crm
}

async function answer(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { lang?: DocumentLanguage | undefined; app?: string | undefined; version?: string },
): Promise<FastifyReply> {
  const shown = (await app.policies.read(asked.version)) ?? noPolicy()
  const versions = await app.policies.versions()
  const offered = languagesOf(shown)
  const language = offered.find((one) => one === asked.lang) ?? languageAsked(request, offered)
  const page = {
    language,
    shown,
    versions,
    byVersion: asked.version !== undefined,
    choice: chosenIn(shown, asked.app),
    origin: app.settings.url,
  }
  reply.header('vary', 'accept, accept-language').header('content-language', language)
  if (prefers(request.headers.accept, ['text/html', 'application/json']) === 'application/json') {
    const { title, sections } = noticeIn(page)
    const document = { ...viewOf(shown), language, title, sections, versions: versions.map(viewOf) }
    return sendFresh(request, reply, JSON.stringify(document), 'application/json; charset=utf-8')
  }
  reply.header('content-security-policy', documentContentSecurityPolicy)
  return sendFresh(request, reply, policyPage(page), 'text/html; charset=utf-8')
}

function viewOf({ version, effectiveAt, state, verdict, changes, reasons }: PolicyVersion) {
  const told = { ...(verdict ? { verdict } : {}), changes, reasons }
  return { version, effectiveAt: effectiveAt.toISOString(), state, url: addressOf(version), ...told }
}

function noPolicy(): never {
  return failed({ code: 'not-found', what: 'policy' })
}
