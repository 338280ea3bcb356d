import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { sessionCookie } from '../http/account.ts'
import { countedByAddress } from '../http/counting.ts'
import { leadToGrant } from '../http/leads.ts'
import { beginConnect, type ConnectProblem, finishConnect } from './connect-phone.ts'
import type { PhoneApi, PhoneGrants, PhoneSystem } from './contract.ts'

/** Browser round trips to phone systems that each user grants access to themselves. */
export function grantRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    for (const phone of app.phones.values()) {
      if (!isGranted(phone)) continue
      const path = `/apps/${phone.name}`
      const redirectUri = `${app.url}${path}/callback`
      const limit = { config: { rateLimit: { max: 60, timeWindow: 60_000, keyGenerator: countedByAddress } } }

      http.get(
        `${path}/connect`,
        { ...limit, schema: { hide: true, querystring: z.object({ ticket: z.string().max(200) }) } },
        async (request, reply) => {
          const token = request.cookies[sessionCookie(app.url).name]
          const account = token === undefined ? undefined : await app.sessions.find(token)
          const signedIn = account?.kind === 'user' ? account.userId : undefined
          const { ticket } = request.query
          const begun = await beginConnect(app, phone, { ticket, signedIn }, redirectUri)
          if (typeof begun === 'string') return reply.redirect(pageFor(begun))
          reply.setCookie(stateCookie, begun.state, {
            httpOnly: true,
            secure: app.url.startsWith('https:'),
            sameSite: 'lax',
            path,
            maxAge: 900,
          })
          return leadToGrant(reply, begun.url, { state: begun.state, redirectUri })
        },
      )

      http.get(
        `${path}/callback`,
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
          reply.clearCookie(stateCookie, { path })
          if (error !== undefined) return reply.redirect(pageFor('denied'))
          if (code === undefined || state === undefined || state !== remembered)
            return reply.redirect(pageFor('expired'))
          return reply.redirect(pageFor(await finishConnect(app, phone, { code, state }, redirectUri)))
        },
      )
    }
  }
}

const stateCookie = 'ringfence-phone'

/** A page for everybody: the tab that was opened from a frame of a CRM is signed in nowhere. */
const pageFor = (problem: ConnectProblem | undefined): string =>
  problem === undefined ? '/phone-connected' : `/phone-connected?problem=${problem}`

function isGranted(phone: PhoneSystem): phone is PhoneSystem & { api: PhoneApi & { grants: PhoneGrants } } {
  return phone.api?.grants !== undefined
}
