import type { Org, Person } from './org.ts'

export const callResources = ['telephony_calls', 'telephony_conference', 'telephony_mwi'] as const
export const resources = [...callResources, 'convergedRecordings'] as const
export type Resource = (typeof resources)[number]

export type Webhook = {
  id: string
  name: string
  targetUrl: string
  resource: Resource
  event: 'created' | 'updated' | 'deleted' | 'all'
  filter: string | undefined
  secret: string | undefined
  ownedBy: 'creator' | 'org'
  status: 'active' | 'inactive'
  created: number
  createdBy: Person
  appId: string
  clientId: string
  /** When deliveries failed lately. */
  failures: number[]
}

/** What the API answers, and the envelope of every delivery. */
export function webhookView(hook: Webhook, org: Org, options: { secret: boolean }) {
  return {
    id: hook.id,
    name: hook.name,
    targetUrl: hook.targetUrl,
    resource: hook.resource,
    event: hook.event,
    ...(hook.filter === undefined ? {} : { filter: hook.filter }),
    ...(hook.secret === undefined || !options.secret ? {} : { secret: hook.secret }),
    orgId: org.id,
    createdBy: hook.createdBy.id,
    appId: hook.appId,
    ownedBy: hook.ownedBy,
    status: hook.status,
    created: new Date(hook.created).toISOString(),
  }
}

/** Something that happened to a person, of which webhooks tell. */
export type Happening = {
  resource: Resource
  event: 'created' | 'updated' | 'deleted'
  person: Person
  data: Record<string, unknown>
}

export function wants(hook: Webhook, happening: Happening): boolean {
  if (hook.status !== 'active' || hook.resource !== happening.resource) return false
  if (hook.event !== 'all' && hook.event !== happening.event) return false
  if (hook.ownedBy === 'creator' && hook.createdBy.id !== happening.person.id) return false
  return fits(hook.filter, happening)
}

/** `personality=terminator&state=alerting` and the like; every part has to fit. */
function fits(filter: string | undefined, { data, person }: Happening): boolean {
  const remote = data['remoteParty'] as Record<string, unknown> | undefined
  const known: Record<string, unknown> = {
    personality: data['personality'],
    state: data['state'],
    callType: remote?.['callType'],
    address: remote?.['number'],
    personId: person.id,
  }
  return [...new URLSearchParams(filter ?? '')].every(([name, value]) => known[name] === value)
}
