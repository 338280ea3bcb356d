import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import { requireUser, sessionCookie, sessionToken, setSession } from '../http/account.ts'
import { countedByAddress } from '../http/counting.ts'
import { handOver, liveToken, type SessionView, sessionView } from '../http/shapes.ts'
import { trialEndsWithin } from '../organizations/subscriptions.ts'
import { agreementOf } from '../privacy/agreement.ts'

const nothing = z.undefined()

/** Who am I, sign in by the operator's link, sign out, and the token for the live stream. */
export function accountRoutes(app: App): FastifyPluginAsyncZod {
  return async (http) => {
    // Nobody is signed in: an answer, not a refusal, because a page has to ask before it can know.
    http.get(
      '/api/v1/session',
      { schema: { response: { 200: sessionView, 204: nothing } } },
      async (request, reply) => {
        const token = sessionToken(app, request)
        const account = token === undefined ? undefined : await app.sessions.find(token)
        if (!account) return reply.code(204).send()
        return account.kind === 'operator' ? operatorView : userView(app, account)
      },
    )

    http.delete('/api/v1/session', { schema: { response: { 204: nothing } } }, async (request, reply) => {
      const token = sessionToken(app, request)
      if (token !== undefined) await app.sessions.end(token)
      const { name, options } = sessionCookie(app.url)
      return reply.clearCookie(name, options).header('clear-site-data', '"cache"').code(204).send()
    })

    http.post(
      '/api/v1/session/link',
      {
        config: { rateLimit: { max: 20, timeWindow: 60_000, keyGenerator: countedByAddress } },
        schema: { body: z.object({ token: z.string().min(20).max(100) }), response: { 200: sessionView } },
      },
      async (request, reply) => {
        const { token } = request.body
        if (await app.oneTimeTokens.take('operator-sign-in', token)) {
          setSession(app, reply, await app.sessions.begin({ kind: 'operator' }))
          return operatorView
        }
        const taken = await app.oneTimeTokens.take('user-sign-in', token)
        const [userId] = taken?.about ?? []
        if (taken?.organizationId === undefined || userId === undefined)
          return failed({ code: 'unauthorized' })
        const account = { organizationId: taken.organizationId, userId }
        const view = await userView(app, account)
        setSession(app, reply, await app.sessions.begin({ kind: 'user', ...account }))
        return view
      },
    )

    // A frame has no cookies, and its session must not leave it: a tab of its own gets one of its own.
    http.post('/api/v1/session/hand-over', { schema: { response: { 200: handOver } } }, async (request) => {
      const { organization, user } = await requireUser(app, request)
      const token = await app.oneTimeTokens.make('user-sign-in', organization.id, [user.id])
      return { url: `${app.url}/sign-in#${token}` }
    })

    http.post('/api/v1/session/live', { schema: { response: { 200: liveToken } } }, async (request) => {
      const token = sessionToken(app, request)
      const live = token === undefined ? undefined : await app.sessions.beginLive(token)
      return live
        ? { token: live.token, expiresAt: live.expiresAt.toISOString() }
        : failed({ code: 'unauthorized' })
    })

    http.get(
      '/api/v1/sign-in',
      {
        schema: {
          response: {
            200: z.object({
              ways: z.array(z.object({ crm: z.string(), title: z.string(), url: z.string() })),
            }),
          },
        },
      },
      async () => ({
        ways: [...app.crms.values()].flatMap(({ name: crm, title, oauth }) =>
          oauth ? [{ crm, title, url: `/apps/${crm}/install` }] : [],
        ),
      }),
    )
  }
}

/** Long enough to decide, and not so long that it is not read any more. */
const trialToldDays = 14

const operatorView: SessionView = {
  kind: 'operator',
  name: '',
  role: 'operator',
  extensions: [],
  agreement: 'none',
  language: 'en',
  country: 'CZ',
}

async function userView(app: App, account: { organizationId: string; userId: string }): Promise<SessionView> {
  const organization = await app.organizations.get(account.organizationId)
  const { users, connections } = await app.directories.of(organization)
  const user = users.get(account.userId)
  if (!user) return failed({ code: 'unauthorized' })
  const crm = app.crms.get(connections.get(user.connectionId)?.adapter ?? '')
  const accepted = (await agreementOf(organization)) !== undefined
  const trialUntil =
    user.role === 'administrator'
      ? await trialEndsWithin(app.cluster, organization.id, trialToldDays)
      : undefined
  return {
    kind: 'user',
    name: user.name,
    role: user.role,
    organization: { id: organization.id, name: organization.name },
    extensions: [...user.extensions],
    agreement: accepted
      ? 'accepted'
      : user.role === 'administrator'
        ? 'waiting-for-you'
        : 'waiting-for-an-administrator',
    language: user.language,
    country: organization.country,
    ...(crm ? { crm: crm.title } : {}),
    ...(trialUntil === undefined ? {} : { trialUntil }),
  }
}
