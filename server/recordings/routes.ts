import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed, failureOf } from '../failure.ts'
import { requireUser, type SignedInUser } from '../http/account.ts'
import { leadToRecording } from '../http/leads.ts'
import { readLink } from './link.ts'
import { sessionForExtensions } from './session.ts'

/**
 * A recording that stayed at the phone system, opened from the CRM. Each click asks anew whether who clicks may hear it, and
 * where it is; the address goes to the browser and is kept nowhere (BX-3).
 */
export function recordingRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    http.get(
      '/recordings/:link',
      {
        config: { rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: { hide: true, params: z.object({ link: z.string().regex(/^[\w-]{20,1000}$/) }) },
      },
      async (request, reply) => {
        const viewer = await requireUser(app, request).catch((error: unknown) => {
          if (failureOf(error)?.code === 'unauthorized') return undefined
          throw error
        })
        // Nobody is signed in here: the page says how, and the link can be opened again.
        if (!viewer) return reply.redirect('/sign-in?problem=recording')
        reply.header('cache-control', 'no-store')
        return leadToRecording(reply, await placeOf(app, viewer, request.params.link))
      },
    )
  }
}

/** @throws RingfenceError `not-found` also where it is not theirs to hear, and what the phone system says */
async function placeOf(app: App, { organization, user }: SignedInUser, link: string): Promise<string> {
  const { connectionId, recording, extensions } = readLink(organization, link)
  const mine = extensions.some((extension) => user.extensions.includes(extension))
  if (user.sees !== 'all' && !mine) return failed({ code: 'not-found', what: 'recording' })
  const connection = (await app.directories.of(organization)).connections.get(connectionId)
  const phone = connection && app.phones.get(connection.adapter)
  if (!connection || !phone?.api || !phone.recordings?.locate)
    return failed({ code: 'not-found', what: 'recording' })
  const session = await sessionForExtensions(
    { accesses: app.accesses, directoryOf: (of) => app.directories.of(of) },
    { organization, connection, phone, api: phone.api },
    extensions,
  )
  if (!session) return failed({ code: 'not-found', what: 'recording' })
  const { url, headers } = await phone.recordings.locate(session, recording)
  return Object.keys(headers).length === 0 ? url : failed({ code: 'not-found', what: 'recording' })
}
