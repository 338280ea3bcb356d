import { readFile } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed, failureOf } from '../failure.ts'
import { countedByAddress } from '../http/counting.ts'
import type { PortalPage } from '../http/shapes.ts'
import type { RawRequest } from '../phones/contract.ts'
import type { CrmWith } from './contract.ts'
import { has } from './parts.ts'
import { takePortalEvent } from './portal-event.ts'
import { appFor, takeVisit } from './portal-visit.ts'

const page = new URL('../../web/dist/portal/index.html', import.meta.url)

/** What a portal posts is a form of a few fields. */
const largestBytes = 64 * 1024
const query = z.record(z.string(), z.string().max(2000))

/** Nobody in the portal's frame can be asked to sign in again; whoever opens the page anew is. */
const sessionMinutes = 8 * 60

/**
 * Our pages inside a portal: it posts who looks, with their own tokens, and gets the page with a session of its own, which
 * goes in a header, because a frame has no cookies. And what the portal tells by itself. Bodies stay raw: what proves who
 * sends them is looked at before anything else of them is read.
 */
export function portalRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.removeAllContentTypeParsers()
    http.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBytes }, (_request, body, done) =>
      done(null, body),
    )
    for (const crm of app.crms.values()) {
      if (!has(crm, 'portal')) continue
      const limits = (max: number) => ({
        config: { rateLimit: { max, timeWindow: 60_000, keyGenerator: countedByAddress } },
      })
      for (const path of ['install', 'app'] as const)
        http.post(
          `/apps/${crm.name}/${path}`,
          // A whole house behind one address.
          { ...limits(600), schema: { hide: true, querystring: query } },
          async (request, reply) => show(app, crm, request, reply),
        )
      http.post(
        `/apps/${crm.name}/event`,
        // All portals of the world send from a few addresses.
        { ...limits(12_000), schema: { hide: true } },
        async (request, reply) => {
          await takePortalEvent(app, crm, rawOf(request))
          return reply.code(200).send()
        },
      )
    }
  }
}

async function show(
  app: App,
  crm: CrmWith<'portal'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asked = request.query as Record<string, string> // read by its schema
  const { invite } = asked
  const raw = rawOf(request)
  const own = await appFor(app, crm, raw, invite)
  const visit = await crm.portal.readVisit(raw, asked, own).catch((error: unknown) => {
    if (failureOf(error)?.code === 'provider-unavailable') return undefined
    throw error
  })
  if (!visit) return send(reply, crm, undefined, { state: 'problem', problem: 'away' })
  const { apiBase } = visit.tokens
  const taken = await takeVisit(app, crm, visit, invite)
  if (typeof taken === 'string') return send(reply, crm, apiBase, { state: 'problem', problem: taken })
  const { organization, userId, installationId } = taken
  const { token } = await app.sessions.begin(
    { kind: 'user', organizationId: organization.id, userId },
    { minutes: sessionMinutes, installationId },
  )
  return send(reply, crm, apiBase, { state: 'open', token, userId, finishes: visit.page === 'install' })
}

/** @param apiBase undefined: it is not known which portal asks, so no frame may show the page */
async function send(
  reply: FastifyReply,
  crm: CrmWith<'portal'>,
  apiBase: string | undefined,
  shown: PortalPage,
): Promise<FastifyReply> {
  const html = await readFile(page, 'utf8').catch(() => failed({ code: 'not-found', what: 'page' }))
  const { hostScript } = crm.portal
  const said = `<meta name="ringfence-portal" content="${escaped(JSON.stringify({ ...shown, crm: crm.name }))}" />`
  const host = `<script src="${escaped(hostScript)}"></script>`
  const policy = String(reply.getHeader('content-security-policy'))
    .replace("script-src 'self'", `script-src 'self' ${hostScript}`)
    .replace(
      "frame-ancestors 'none'",
      `frame-ancestors ${apiBase === undefined ? "'none'" : crm.portal.ancestorOf(apiBase)}`,
    )
  reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .removeHeader('x-frame-options') // it can name no list, and browsers that know the policy ignore it
  return reply.type('text/html; charset=utf-8').send(html.replace('</head>', `${said}${host}</head>`))
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

function rawOf(request: FastifyRequest): RawRequest {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  return { method: request.method, headers: request.headers, body }
}
