import { connect } from 'node:net'
import { z } from 'zod'
import { basicHeader } from '../http.ts'
import { sendHook } from '../send-hook.ts'
import { gatewayError } from './answers.ts'
import type { Pipedrive } from './index.ts'
import { read } from './page-of.ts'
import type { Call, Route } from './route.ts'
import type { Company, Webhook } from './world.ts'

const limitPerUser = 40
const retryDelaysMs = [3_000, 30_000, 150_000]
const banAfter = 10
const banMs = 30 * 60_000
const removeAfterMs = 3 * 24 * 3_600_000
const writeScopes = ['webhooks:full', 'admin']

export const webhookRoutes: Route[] = [
  {
    version: 1,
    method: 'GET',
    template: '/webhooks',
    tokens: 10,
    scopes: ['webhooks:read', ...writeScopes],
    run: list,
  },
  { version: 1, method: 'POST', template: '/webhooks', tokens: 10, scopes: writeScopes, run: create },
  { version: 1, method: 'DELETE', template: '/webhooks/:id', tokens: 6, scopes: writeScopes, run: remove },
]

const objects = [
  'activity',
  'deal',
  'lead',
  'note',
  'organization',
  'person',
  'pipeline',
  'product',
  'stage',
  'user',
  '*',
] as const

const WebhookInput = z.object({
  subscription_url: z.string(),
  event_action: z.enum(['create', 'change', 'delete', '*']),
  event_object: z.enum(objects),
  name: z.string().min(1).max(255),
  version: z.enum(['1.0', '2.0']).default('2.0'),
  user_id: z.number().int().optional(),
  http_auth_user: z.string().nullable().optional(),
  http_auth_password: z.string().nullable().optional(),
})

function errors(status: number, field: string, message: string) {
  return { status, body: { status: 'error', success: false, errors: { [field]: [message] } } }
}

function mine(call: Call): Webhook[] {
  return [...call.company.webhooks.values()].filter(
    (hook) => hook.clientId === call.clientId && hook.owner_id === call.user.id,
  )
}

function list(call: Call) {
  return {
    status: 200,
    body: { status: 'ok', success: true, data: mine(call).map((hook) => webhookWire(hook, call)) },
  }
}

async function create(call: Call) {
  const { pipedrive, company, user, json } = call
  const parsed = read(WebhookInput, json)
  if ('wrong' in parsed) {
    const colon = parsed.wrong.indexOf(': ')
    return errors(400, colon < 0 ? 'body' : parsed.wrong.slice(0, colon), parsed.wrong.slice(colon + 2))
  }
  const input = parsed.value
  if (!user.admin && !pipedrive.settings.webhooksForEverybody) {
    return { status: 403, body: { success: false, message: 'Forbidden' } }
  }
  const userId = input.user_id ?? user.id
  if (!company.users.has(userId)) return errors(400, 'user_id', 'not found')
  if (mine(call).length >= limitPerUser) return errors(400, 'subscription_url', 'webhooks limit reached')
  const url = URL.canParse(input.subscription_url) ? new URL(input.subscription_url) : undefined
  if (url !== undefined && url.protocol !== 'https:' && pipedrive.settings.requireHttpsWebhooks) {
    return gatewayError(403, 'Scope and URL mismatch')
  }
  if (url === undefined || !(await reachable(url))) {
    return errors(400, 'subscription_url', 'invalid or non-reachable URL')
  }
  const now = pipedrive.clock.now()
  const hook: Webhook = {
    id: company.newId(),
    company_id: company.id,
    clientId: call.clientId,
    owner_id: user.id,
    user_id: userId,
    event_action: input.event_action,
    event_object: input.event_object,
    subscription_url: input.subscription_url,
    version: input.version,
    name: input.name,
    http_auth_user: input.http_auth_user ?? null,
    http_auth_password: input.http_auth_password ?? null,
    add_time: now,
    last_delivery_time: null,
    last_http_status: null,
    last_success: now,
    failedFirstTries: 0,
    bannedUntil: 0,
  }
  company.webhooks.set(hook.id, hook)
  return { status: 201, body: { status: 'ok', success: true, data: webhookWire(hook, call) } }
}

function remove({ company, user, clientId, params }: Call) {
  const hook = company.webhooks.get(Number(params['id']))
  if (hook === undefined) return errors(404, 'id', 'not found')
  if (hook.clientId !== clientId || hook.owner_id !== user.id) {
    return { status: 403, body: { success: false, message: 'Forbidden' } }
  }
  company.webhooks.delete(hook.id)
  return { status: 200, body: { status: 'ok', success: true } }
}

function webhookWire(hook: Webhook, { company }: Call) {
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  const admin = [...company.users.values()].find((user) => user.admin)
  return {
    id: hook.id,
    company_id: hook.company_id,
    owner_id: hook.owner_id,
    user_id: hook.user_id,
    event_action: hook.event_action,
    event_object: hook.event_object,
    subscription_url: hook.subscription_url,
    version: hook.version,
    is_active: 1,
    add_time: time(hook.add_time),
    remove_time: null,
    type: 'application',
    http_auth_user: hook.http_auth_user,
    http_auth_password: hook.http_auth_password,
    remove_reason: null,
    last_delivery_time: time(hook.last_delivery_time),
    last_http_status: hook.last_http_status,
    admin_id: admin?.id ?? hook.owner_id,
    name: hook.name,
  }
}

/** Whether something listens there. */
function reachable(url: URL): Promise<boolean> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: 5000 })
    const finish = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => finish(true))
    socket.once('timeout', () => finish(false))
    socket.once('error', () => finish(false))
  })
}

/** A change in the CRM that webhooks tell about. */
export type Change = {
  action: 'create' | 'change' | 'delete'
  entity: 'person' | 'organization' | 'user' | 'deal' | 'lead'
  id: number | string
  data: Record<string, unknown> | null
  previous: Record<string, unknown> | null
  /** Who did it, and by which way. */
  by: number
  source: 'app' | 'api'
  /** Users who may see the entity; null for users, where the vendor sends no such list. */
  permitted: number[] | null
  /** `merged_to_id` or `merged_from_id`. */
  more?: Record<string, string>
}

/** Sends webhooks in version 2. Each delivery goes its own way, so that a retried one arrives after newer ones. */
export class WebhookSender {
  readonly #pipedrive: Pipedrive

  constructor(pipedrive: Pipedrive) {
    this.#pipedrive = pipedrive
  }

  /** Starts the deliveries of one change and returns at once. */
  send(company: Company, change: Change): void {
    for (const hook of company.webhooks.values()) {
      if (!subscribed(hook, change, company)) continue
      this.#pipedrive.timers.track(this.#deliver(company, hook, change))
    }
  }

  async #deliver(company: Company, hook: Webhook, change: Change): Promise<void> {
    const { clock, random, settings, timers } = this.#pipedrive
    // Events of a banned hook are lost, not postponed.
    if (hook.bannedUntil > clock.now()) return
    const meta = this.#meta(company, hook, change)
    const steps = [0, ...retryDelaysMs]
    const correlation = random.uuid()
    for (const [i, delayMs] of steps.entries()) {
      if (delayMs > 0 && !(await timers.sleep(delayMs * settings.retryScale))) return
      if (!company.webhooks.has(hook.id)) return
      const status = await this.#try(hook, change, { ...meta, correlation_id: correlation, attempt: i + 1 })
      if (status !== null && status >= 200 && status < 300) {
        hook.last_success = clock.now()
        return
      }
      if (i === 0) this.#countFailure(hook)
      if (clock.now() - hook.last_success >= removeAfterMs) company.webhooks.delete(hook.id)
    }
  }

  async #try(hook: Webhook, change: Change, meta: Record<string, unknown>): Promise<number | null> {
    const { clock, ledger, settings } = this.#pipedrive
    const auth =
      hook.http_auth_user === null
        ? {}
        : { authorization: basicHeader(hook.http_auth_user, hook.http_auth_password ?? '') }
    const sent = {
      sender: 'pipedrive',
      event: `${change.action}.${change.entity}`,
      subject: String(change.id),
      url: hook.subscription_url,
      attempt: Number(meta['attempt']),
      fault: null,
    } as const
    const { status } = await sendHook({ clock, ledger }, sent, {
      headers: auth,
      body: { meta, data: change.data, previous: change.previous },
      timeoutMs: settings.webhookTimeoutMs,
    })
    hook.last_delivery_time = clock.now()
    hook.last_http_status = status
    return status
  }

  #countFailure(hook: Webhook): void {
    hook.failedFirstTries += 1
    if (hook.failedFirstTries < banAfter) return
    hook.failedFirstTries = 0
    hook.bannedUntil = this.#pipedrive.clock.now() + banMs * this.#pipedrive.settings.retryScale
  }

  #meta(company: Company, hook: Webhook, change: Change): Record<string, unknown> {
    const { clock, random } = this.#pipedrive
    const now = clock.now()
    const isUser = change.entity === 'user'
    return {
      action: change.action,
      entity: change.entity,
      company_id: String(company.id),
      entity_id: String(change.id),
      id: isUser ? String(change.id) : random.uuid(),
      is_bulk_edit: false,
      timestamp: isUser ? Math.floor(now / 1000) : new Date(now).toISOString(),
      type: 'application',
      user_id: String(change.by),
      version: '2.0',
      webhook_id: String(hook.id),
      webhook_owner_id: String(hook.owner_id),
      change_source: change.source,
      host: `${company.domain}.pipedrive.com`,
      ...(change.permitted === null ? {} : { permitted_user_ids: change.permitted.map(String) }),
      ...change.more,
    }
  }
}

function subscribed(hook: Webhook, change: Change, company: Company): boolean {
  if (hook.event_action !== '*' && hook.event_action !== change.action) return false
  if (hook.event_object !== '*' && hook.event_object !== change.entity) return false
  if (change.permitted === null) return true
  return company.users.get(hook.user_id)?.admin === true || change.permitted.includes(hook.user_id)
}
