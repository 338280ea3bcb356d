import { z } from 'zod'
import { failureOf } from '../../failure.ts'
import { type ApiClient, isGone, removeAll } from '../api-client.ts'
import type { PhoneSession } from '../contract.ts'

const name = 'Ringfence'
const resource = 'telephony_calls'
export const path = '/webhooks'
const webhook = z.object({
  id: z.string(),
  name: z.string().nullish(),
  targetUrl: z.string(),
  resource: z.string(),
  event: z.string(),
  status: z.string().nullish(),
})
type Webhook = z.infer<typeof webhook>
const page = z.object({ items: z.array(webhook) })
/** A user has a handful. */
const most = 100

interface Hook {
  url: string
  secret: string
  under: string
}

/**
 * One for each user, which tells of this user's calls. UNVERIFIED: `all` as its event; where it is not known there are
 * three. Of ours at older addresses none stays: the same webhook twice tells everything twice.
 */
export async function subscribe(client: ApiClient, session: PhoneSession, hook: Hook): Promise<string[]> {
  const { items } = await client(session, {
    method: 'GET',
    path,
    query: { max: most },
    answer: page,
  })
  const ours = items.filter((one) => one.targetUrl.startsWith(hook.under) && one.name === name)
  const known = ours.filter((one) => one.targetUrl === hook.url && one.resource === resource)
  const wanted = known.some(({ event }) => event === 'all') ? ['all'] : eventsIn(known)
  const kept: Webhook[] = []
  for (const one of known)
    if (wanted.includes(one.event) && !kept.some(({ event }) => event === one.event)) kept.push(one)
  await removeAll(
    client,
    session,
    path,
    ours.filter((one) => !kept.includes(one)).map(({ id }) => id),
  )
  if (kept.length > 0) {
    for (const one of kept) await revive(client, session, one, hook)
    return kept.map(({ id }) => id)
  }
  return make(client, session, hook)
}

const each = ['created', 'updated', 'deleted']
/** All three, or none of them is worth keeping. */
const eventsIn = (known: readonly Webhook[]): string[] =>
  each.every((event) => known.some((one) => one.event === event)) ? each : []

async function make(client: ApiClient, session: PhoneSession, { url, secret }: Hook): Promise<string[]> {
  const post = async (event: string) => {
    const body = { name, targetUrl: url, resource, event, secret }
    const made = await client(session, {
      method: 'POST',
      path,
      body,
      answer: z.object({ id: z.string() }),
    })
    return made.id
  }
  try {
    return [await post('all')]
  } catch (error) {
    if (failureOf(error)?.code !== 'provider-rejected') throw error
    const ids: string[] = []
    for (const event of each) ids.push(await post(event))
    return ids
  }
}

/** Webex switches one off without a word when it could not be reached often enough; and the secret may be a new one. */
async function revive(
  client: ApiClient,
  session: PhoneSession,
  { id }: Webhook,
  { url, secret }: Hook,
): Promise<void> {
  const body = { name, targetUrl: url, secret, status: 'active' }
  await client(session, {
    method: 'PUT',
    path: `${path}/${encodeURIComponent(id)}`,
    body,
    answer: z.unknown(),
  })
}

export async function isSubscribed(
  client: ApiClient,
  session: PhoneSession,
  ids: readonly string[],
): Promise<boolean> {
  for (const id of ids) {
    try {
      const { status } = await client(session, {
        method: 'GET',
        path: `${path}/${encodeURIComponent(id)}`,
        answer: webhook,
      })
      if (status === 'inactive') return false
    } catch (error) {
      if (isGone(error)) return false
      throw error
    }
  }
  return ids.length > 0
}
