import { readFile } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { countedByAddress } from '../http/counting.ts'
import { failureView, frameSession } from '../http/shapes.ts'
import type { Crm, Frames, FrameViewer } from './contract.ts'
import { userIdOf } from './uninstall.ts'

const page = new URL('../../web/dist/frame/index.html', import.meta.url)

/** Frames are renewed by the host's word, so theirs may be shorter than a day's work. */
const sessionMinutes = 60

/**
 * Our page inside a CRM: floating window and panel are one page. It knows nobody; who looks is said by the CRM, in a token
 * that the page exchanges for a session of its own. The session goes in a header, because a frame has no cookies.
 */
export function panelRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    for (const crm of app.crms.values()) {
      const { frames } = crm
      if (!frames) continue

      // What the CRM puts into the address (user, company, token) is for the page; nothing of it is read here.
      http.get(`/apps/${crm.name}/panel`, { schema: { hide: true } }, async (_request, reply) => {
        const html = await readFile(page, 'utf8').catch(() => failed({ code: 'not-found', what: 'page' }))
        allowFrames(reply, frames)
        return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html)
      })

      http.post(
        `/apps/${crm.name}/panel/session`,
        {
          // A whole house behind one address; each new session is counted anew, so they must not be had without end.
          config: { rateLimit: { max: 600, timeWindow: 60_000, keyGenerator: countedByAddress } },
          schema: {
            hide: true,
            body: z.object({ token: z.string().max(4096) }),
            response: { 200: frameSession, 401: failureView },
          },
        },
        async (request, reply) => {
          const { organizationId, userId, installationId } = await viewerOf(
            app,
            crm,
            frames.readSigned(request.body.token),
          )
          const { token, expiresAt } = await app.sessions.begin(
            { kind: 'user', organizationId, userId },
            { minutes: sessionMinutes, installationId },
          )
          reply.header('cache-control', 'no-store')
          return { token, expiresAt: expiresAt.toISOString(), userId }
        },
      )
    }
  }
}

/** The one page that may stand in a frame, and only in these hosts' own. */
function allowFrames(reply: FastifyReply, { ancestors }: Frames): void {
  const policy = String(reply.getHeader('content-security-policy'))
  reply.header(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", `frame-ancestors ${ancestors.join(' ')}`),
  )
  reply.removeHeader('x-frame-options') // it can name no list, and browsers that know the policy ignore it
}

/**
 * The user of ours that the CRM vouches for. Only what it signed counts, and only while it accepts the user's grant:
 * without one nothing could be asked of it in their name.
 * @throws `not-installed` where nobody like that has the app (any more)
 */
async function viewerOf(
  app: App,
  crm: Crm,
  { companyRef, userRef }: FrameViewer,
): Promise<{ organizationId: string; userId: string; installationId: string }> {
  const installation = await app.installations.find(crm.name, companyRef, userRef)
  if (installation?.state !== 'active') return failed({ code: 'not-installed' })
  const organization = await app.organizations.get(installation.organizationId)
  const userId = userIdOf(organization, installation.connectionId, userRef)
  const known = (await app.directories.of(organization)).users.has(userId)
  return known
    ? { organizationId: organization.id, userId, installationId: installation.id }
    : failed({ code: 'not-installed' })
}
