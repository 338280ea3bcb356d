import { z } from 'zod'
import type { Reply } from '../http.ts'
import { webexId } from './ids.ts'
import { maxOf, pageReply } from './paging.ts'
import type { ApiCall, WebexRoute } from './route.ts'
import { callResources, resources, type Webhook, webhookView } from './webhook.ts'

/** Anybody may look after webhooks; what one is for needs a scope of its own. */
export const webhookRoutes: WebexRoute[] = [
  { method: 'GET', template: '/webhooks', scopes: [], run: list },
  { method: 'POST', template: '/webhooks', scopes: [], run: create },
  {
    method: 'GET',
    template: '/webhooks/:id',
    scopes: [],
    run: (call) => withHook(call, (hook) => view(call, hook)),
  },
  {
    method: 'PUT',
    template: '/webhooks/:id',
    scopes: [],
    run: (call) => withHook(call, (hook) => update(call, hook)),
  },
  {
    method: 'DELETE',
    template: '/webhooks/:id',
    scopes: [],
    run: (call) => withHook(call, (hook) => remove(call, hook)),
  },
]

export const NewWebhook = z.object({
  name: z.string().min(1),
  targetUrl: z.url(),
  resource: z.enum(resources),
  event: z.enum(['created', 'updated', 'deleted', 'all']),
  filter: z.string().optional(),
  secret: z.string().optional(),
  ownedBy: z.enum(['org', 'creator']).optional(),
})
export type NewWebhook = z.infer<typeof NewWebhook>

const Change = z.object({
  name: z.string().min(1),
  targetUrl: z.url(),
  secret: z.string().optional(),
  status: z.literal('active').optional(),
})

/** Own ones, and those of the organization that the same app made for an administrator. */
function isMine({ grant }: ApiCall, hook: Webhook): boolean {
  if (hook.clientId !== grant.app.clientId) return false
  return hook.createdBy === grant.person || (hook.ownedBy === 'org' && grant.person.admin)
}

function withHook(call: ApiCall, then: (hook: Webhook) => Reply): Reply {
  const hook = call.grant.org.webhooks.get(call.params['id'] ?? '')
  if (hook === undefined || !isMine(call, hook)) return call.webex.refuse(404, 'Could not find this webhook.')
  return then(hook)
}

function view({ grant }: ApiCall, hook: Webhook): Reply {
  return { status: 200, body: webhookView(hook, grant.org, { secret: true }) }
}

function list(call: ApiCall): Reply {
  const { query } = call.incoming
  const onlyOrg = query.get('ownedBy') === 'org'
  const hooks = [...call.grant.org.webhooks.values()].filter(
    (hook) => isMine(call, hook) && (!onlyOrg || hook.ownedBy === 'org'),
  )
  return pageReply(hooks, {
    incoming: call.incoming,
    base: call.address,
    max: maxOf(query, { least: 1, most: 1000, usual: 100 }),
    view: (hook) => webhookView(hook, call.grant.org, { secret: true }),
  })
}

function create(call: ApiCall): Reply {
  const { webex, grant } = call
  const input = NewWebhook.safeParse(call.json)
  if (!input.success) return webex.refuse(400, z.prettifyError(input.error))
  const { data } = input
  if (data.event === 'all' && !webex.settings.acceptsAllEvents) return webex.refuse(400, 'event: invalid')
  if (webex.settings.requireHttpsWebhooks && !data.targetUrl.startsWith('https:'))
    return webex.refuse(400, 'targetUrl must use https.')
  const refusal = notAllowed(call, data)
  if (refusal !== undefined) return refusal
  const hook: Webhook = {
    id: webexId('WEBHOOK', webex.random.uuid()),
    name: data.name,
    targetUrl: data.targetUrl,
    resource: data.resource,
    event: data.event,
    filter: data.filter,
    secret: data.secret,
    ownedBy: data.ownedBy ?? 'creator',
    status: 'active',
    created: webex.clock.now(),
    createdBy: grant.person,
    appId: webexId('APPLICATION', grant.app.clientId),
    clientId: grant.app.clientId,
    failures: [],
  }
  grant.org.webhooks.set(hook.id, hook)
  return { ...view(call, hook), status: webex.settings.webhookCreateStatus }
}

/** A webhook needs the read scope of its resource; one for the organization an administrator's. */
function notAllowed({ webex, grant }: ApiCall, { resource, ownedBy }: NewWebhook): Reply | undefined {
  const ofCalls = callResources.some((name) => name === resource)
  const forOrg = ownedBy === 'org'
  if (forOrg && ofCalls && !webex.settings.orgLevelCalls)
    return webex.refuse(400, `ownedBy org is not supported for ${resource}.`)
  const what = ofCalls ? 'calls_read' : 'recordings_read'
  const needed = forOrg ? [`spark-admin:${what}`, `spark-compliance:${what}`] : [`spark:${what}`]
  return needed.some((scope) => grant.scopes.includes(scope))
    ? undefined
    : webex.refuse(403, `The token lacks one of the scopes ${needed.join(', ')}.`)
}

/** Changes name, address and secret, and wakes an inactive one; everything else is ignored. */
function update(call: ApiCall, hook: Webhook): Reply {
  const input = Change.safeParse(call.json)
  if (!input.success) return call.webex.refuse(400, z.prettifyError(input.error))
  const { name, targetUrl, secret, status } = input.data
  Object.assign(hook, { name, targetUrl, ...(secret === undefined ? {} : { secret }) })
  if (status === 'active') Object.assign(hook, { status, failures: [] })
  return view(call, hook)
}

function remove({ grant }: ApiCall, hook: Webhook): Reply {
  grant.org.webhooks.delete(hook.id)
  return { status: 204 }
}
