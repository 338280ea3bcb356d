import type { Answer, Incoming, Reply } from '../http.ts'
import { gatewayPage, RestError, restErrors } from './errors.ts'
import { withFaults } from './fault-answer.ts'
import type { Bitrix24 } from './index.ts'
import { bucketOf, budgetKeyOf, rateOf } from './limits.ts'
import { runMethod } from './methods.ts'
import { type Params, paramsOf } from './params.ts'
import { uploadAnswer } from './records.ts'
import { Listed, type RestCall } from './rest-call.ts'
import { timeOf } from './rest-time.ts'
import type { Portal } from './world.ts'

/** Who asks, and what the ledger writes down of it. */
type Note = { status: number | null; userId: number | null; fault: string | null; error?: string }

/** Answers one request to `<portal>/rest/…`. `path` is what follows `/rest/`. */
export async function restAnswer(
  bitrix: Bitrix24,
  incoming: Incoming,
  { name, path }: { name: string; path: string },
): Promise<Answer> {
  const parts = path.split('/').filter((part) => part !== '')
  const method = (parts.at(-1) ?? '').replace(/\.json$/i, '')
  const params = paramsOf(incoming)
  const webhook = parts.length === 3 ? { userId: Number(parts[0]), secret: parts[1] ?? '' } : null
  const token = tokenOf(bitrix, incoming, params)
  const target = { name, method, params, webhook, token }
  const note: Note = { status: null, userId: null, fault: null }
  bitrix.ledger.requests.push(
    Object.assign(note, {
      at: new Date(bitrix.clock.now()).toISOString(),
      vendor: 'bitrix24' as const,
      method: incoming.method,
      template: `/rest/${method.toLowerCase()}`,
      path: `/rest/${method}`,
      tokens: 0,
      company: name,
    }),
  )
  const run = () => handled(bitrix, incoming, target, note)
  const answer = await withFaults(bitrix, incoming, { portal: name, method, token, note, run })
  if (typeof answer !== 'string') note.status = answer.status
  return answer
}

type Target = {
  name: string
  method: string
  params: Params
  webhook: { userId: number; secret: string } | null
  token: string | undefined
}

function tokenOf(bitrix: Bitrix24, incoming: Incoming, params: Params): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? '')?.[1]
  return params.text('auth') ?? params.text('access_token') ?? (bitrix.settings.bearer ? bearer : undefined)
}

async function handled(bitrix: Bitrix24, incoming: Incoming, target: Target, note: Note): Promise<Answer> {
  const renamed = bitrix.renamedFrom(target.name)
  if (renamed !== undefined && !bitrix.portals.has(target.name))
    return moved(bitrix, renamed, incoming, target)
  const portal = bitrix.portals.get(target.name)
  if (portal === undefined) return gatewayPage(404)
  const startedAt = bitrix.clock.now()
  const clientId = bitrix.tokens.access(target.token ?? '')?.clientId
  const budgetKey = budgetKeyOf(clientId, target.method)
  const time = () => timeOf(portal, { startedAt, finishedAt: bitrix.clock.now(), budgetKey })
  try {
    limits(bitrix, portal, incoming)
    const call = caller(bitrix, portal, incoming, target)
    note.userId = call.user.id
    if (target.method.toLowerCase() === 'upload') return await uploadAnswer(call)
    const result = await runMethod(call, target.method)
    return { status: 200, body: { ...shown(result), time: time() } }
  } catch (error) {
    if (!(error instanceof RestError)) throw error
    note.error = error.code
    const { reply } = error
    if (!bitrix.settings.timeInErrors) return reply
    return { ...reply, body: { ...error.body, time: time() } }
  }
}

function shown(result: unknown): Record<string, unknown> {
  if (!(result instanceof Listed)) return { result }
  return {
    result: result.result,
    ...(result.next === undefined ? {} : { next: result.next }),
    ...(result.total === undefined ? {} : { total: result.total }),
  }
}

function limits(bitrix: Bitrix24, portal: Portal, incoming: Incoming): void {
  if (!bitrix.settings.rateLimit) return
  if (!bucketOf(portal, incoming.ip).admit(bitrix.clock.now(), rateOf(portal))) throw restErrors.tooMany()
}

/** Who asks. Throws what the vendor answers to those who may not. */
function caller(bitrix: Bitrix24, portal: Portal, incoming: Incoming, target: Target): RestCall {
  const { settings } = bitrix
  if (portal.state === 'deleted') throw restErrors.portalDeleted(settings.portalDeletedStatus)
  const { params } = target
  if (target.webhook !== null) {
    const { userId, secret } = target.webhook
    const user = portal.users.get(userId)
    if (portal.webhooks.get(secret) !== userId || user === undefined) throw restErrors.noAuth()
    return { bitrix, portal, user, app: null, params, incoming }
  }
  if (target.token === undefined) throw restErrors.noAuth()
  const access = bitrix.tokens.access(target.token)
  if (access === undefined || access.portal !== portal) throw restErrors.invalidToken()
  if (access.dead === 'removed') throw restErrors.appRemoved(settings.removedToken)
  if (access.dead === 'revoked') throw restErrors.invalidToken()
  if (access.expired) throw restErrors.expiredToken()
  if (portal.state === 'unpaid') throw restErrors.unpaid()
  if (portal.state === 'rest-off') throw restErrors.restOff()
  const user = portal.user(access.userId)
  if (!user.active) throw restErrors.userDismissed()
  const app = { app: bitrix.app(access.clientId), install: portal.install(access.clientId) }
  return { bitrix, portal, user, app, params, incoming }
}

/** A renamed portal: a page, and where it lives now. */
function moved(bitrix: Bitrix24, portal: Portal, incoming: Incoming, target: Target): Reply {
  const query = incoming.query.size === 0 ? '' : `?${incoming.query}`
  const location = `${bitrix.clientEndpoint(portal)}${target.method}${query}`
  return {
    status: 302,
    headers: { location, 'content-type': 'text/html; charset=utf-8' },
    body: '<html><head><title>302 Found</title></head><body>302 Found</body></html>',
  }
}
