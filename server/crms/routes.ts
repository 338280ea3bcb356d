import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { setSession } from '../http/account.ts'
import { countedByAddress } from '../http/counting.ts'
import { leadToGrant } from '../http/leads.ts'
import { enqueueRead } from '../phones/read-phone.ts'
import { agreementOf } from '../privacy/agreement.ts'
import type { CrmWith } from './contract.ts'
import { beginInstall, finishInstall, type InstallParts, type SignInProblem } from './install.ts'
import { has } from './parts.ts'
import { beginUninstall } from './uninstall.ts'

/** Browser round trips to a CRM: install, sign in, and the callback; and what the CRM itself tells at that address. */
export function appRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    for (const crm of app.crms.values()) {
      if (!has(crm, 'oauth')) continue
      const parts = installParts(app, crm)
      const limit = { config: { rateLimit: { max: 60, timeWindow: 60_000, keyGenerator: countedByAddress } } }

      http.get(
        `/apps/${crm.name}/install`,
        {
          ...limit,
          schema: { hide: true, querystring: z.object({ invite: z.string().max(100).optional() }) },
        },
        async (request, reply) => {
          const begun = await beginInstall(parts, request.query.invite)
          if (typeof begun === 'string') return reply.redirect(problemPage(begun))
          reply.setCookie(stateCookie, begun.state, {
            httpOnly: true,
            secure: app.url.startsWith('https:'),
            sameSite: 'lax',
            path: `/apps/${crm.name}`,
            maxAge: 900,
          })
          return leadToGrant(reply, begun.url, { state: begun.state, redirectUri: parts.redirectUri })
        },
      )

      http.get(
        `/apps/${crm.name}/callback`,
        {
          ...limit,
          schema: {
            hide: true,
            querystring: z.object({
              code: z.string().max(2000).optional(),
              state: z.string().max(200).optional(),
              error: z.string().max(100).optional(),
            }),
          },
        },
        async (request, reply) => {
          const { code, state, error } = request.query
          const remembered = request.cookies[stateCookie]
          reply.clearCookie(stateCookie, { path: `/apps/${crm.name}` })
          if (error !== undefined) return reply.redirect(problemPage('denied'))
          // Begun inside the CRM there is no state: start again here, so that the round trip is this browser's own.
          if (code !== undefined && state === undefined) return reply.redirect(`/apps/${crm.name}/install`)
          if (code === undefined || state === undefined || state !== remembered)
            return reply.redirect(problemPage('expired'))
          const finished = await finishInstall(parts, { code, state })
          if (typeof finished === 'string') return reply.redirect(problemPage(finished))
          const { organization, userId } = finished
          app.changed(organization.id)
          await enqueueRead(app, organization)
          setSession(
            app,
            reply,
            await app.sessions.begin({ kind: 'user', organizationId: organization.id, userId }),
          )
          return reply.redirect((await agreementOf(organization)) ? '/' : '/agreement')
        },
      )
    }
  }
}

/** The CRM's own words at the callback address: raw, because their credentials are checked before anything is parsed. */
export function appEventRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.removeAllContentTypeParsers()
    http.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 64 * 1024 }, (_request, body, done) =>
      done(null, body),
    )
    for (const crm of app.crms.values()) {
      const { oauth } = crm
      if (!oauth) continue
      const path = `/apps/${crm.name}/callback`
      http.delete(path, { schema: { hide: true } }, async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        await beginUninstall(
          app,
          crm,
          oauth.readUninstall({ method: 'DELETE', headers: request.headers, body }),
        )
        return reply.code(200).send()
      })
      // Pipedrive tells the sharing state of extensions here; there is nothing to do with it.
      http.post(path, { schema: { hide: true } }, async (_request, reply) => reply.code(200).send())
    }
  }
}

const stateCookie = 'ringfence-oauth'

function installParts(app: App, crm: CrmWith<'oauth'>): InstallParts {
  return {
    crm,
    organizations: app.organizations,
    installations: app.installations,
    tokens: app.oneTimeTokens,
    jobs: app.jobs,
    cluster: app.cluster,
    ring: app.ring,
    redirectUri: `${app.url}/apps/${crm.name}/callback`,
  }
}

const problemPage = (problem: SignInProblem): string => `/sign-in?problem=${problem}`
