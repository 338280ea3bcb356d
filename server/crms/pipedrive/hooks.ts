import { z } from 'zod'
import { failureOf } from '../../failure.ts'
import type { CrmSession, Feature } from '../contract.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier } from './identifier.ts'
import { refusedAs } from './refusal.ts'
import type { SetUpMemory } from './set-up-memory.ts'

/** What the mirror and the list of users depend on. */
const needed = ['person', 'organization', 'user'] as const
/** What is read at night too. UNVERIFIED whether the app needs the permission to read these: one that is refused is left. */
const wished = ['deal', 'lead'] as const

type Subject = (typeof needed)[number] | (typeof wished)[number]

const webhook = z.object({
  id: identifier,
  company_id: identifier.nullish().catch(undefined),
  event_action: z.string(),
  event_object: z.string(),
  subscription_url: z.string(),
  name: z.string().nullish(),
  version: z.string().nullish(),
  is_active: z.union([z.number(), z.boolean()]).nullish(),
  http_auth_user: z.string().nullish(),
  http_auth_password: z.string().nullish(),
})
type Webhook = z.infer<typeof webhook>
const all = z.object({ data: z.array(webhook).nullable() })
const made = z.object({
  data: z.object({ id: identifier, company_id: identifier.nullish().catch(undefined) }),
})
const removed = z.unknown().transform(() => undefined)

export interface Hook {
  url: string
  user: string
  password: string
}

/**
 * Makes the webhooks that are missing. Pipedrive calls the address while it makes one, so it must already answer.
 *
 * Safe to run again after any failure: what exists is kept, what exists with another password or was switched off is
 * made anew, because its deliveries would be refused or never come.
 *
 * @see https://pipedrive.readme.io/docs/webhooks-for-apps
 */
export async function makeHooks(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  hook: Hook,
): Promise<string[]> {
  const ours = await readOurs(client, session, 'set-up')
  const here = ours.filter((one) => one.subscription_url === hook.url)
  // Left from before, of an address where nobody answers any more.
  for (const one of ours) if (!here.includes(one)) await removeHook(client, session, one.id)
  const ids: string[] = []
  try {
    for (const object of [...needed, ...wished]) {
      const same = here.filter((one) => isAbout(one, object))
      const kept = same.find((one) => isGood(one, hook))
      for (const one of same) if (one !== kept) await removeHook(client, session, one.id)
      const id = kept?.id ?? (await makeOrLeave(client, memory, session, hook, object))
      if (id !== undefined) ids.push(id)
    }
    return ids
  } catch (error) {
    // Half of them would tell half of the changes. Which of both failures is the later matters to nobody.
    for (const id of ids) await removeHook(client, session, id).catch(() => undefined)
    throw error
  }
}

/** Are these all there, and in use? Others of ours belong to an address that is not ours any more, and go. */
export async function checkHooks(
  client: Client,
  session: CrmSession,
  { ids, under }: { ids: readonly string[]; under: string },
): Promise<boolean> {
  const ours = await readOurs(client, session, 'check')
  const good = ours.filter(
    (one) => ids.includes(one.id) && isActive(one) && isNew(one) && one.subscription_url.startsWith(under),
  )
  const whole =
    ids.length === good.length && needed.every((object) => good.some((one) => isAbout(one, object)))
  if (whole) for (const one of ours) if (!good.includes(one)) await removeHook(client, session, one.id)
  return whole
}

/** The list holds only what this app made for this user. Where it tells names, ours are known by them. */
async function readOurs(client: Client, session: CrmSession, feature: Feature): Promise<Webhook[]> {
  const { data } = await client(session, { endpoint: endpoints.webhooks, answer: all, feature })
  return (data ?? []).filter(({ name }) => name == null || name.startsWith(ourName))
}

const ourName = 'Ringfence: '

const isAbout = (one: Webhook, object: string): boolean =>
  one.event_object === object && one.event_action === '*'
const isActive = (one: Webhook): boolean => one.is_active !== 0 && one.is_active !== false
const isNew = (one: Webhook): boolean => (one.version ?? '2.0') === '2.0'

function isGood(existing: Webhook, hook: Hook): boolean {
  // an answer without credentials says nothing about them
  const sameUser = existing.http_auth_user == null || existing.http_auth_user === hook.user
  const samePassword = existing.http_auth_password == null || existing.http_auth_password === hook.password
  return isActive(existing) && isNew(existing) && sameUser && samePassword
}

/** @returns undefined for one that we can do without, and may not have */
async function makeOrLeave(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  hook: Hook,
  object: Subject,
): Promise<string | undefined> {
  try {
    return await makeHook(client, memory, session, hook, object)
  } catch (error) {
    const code = failureOf(error)?.code
    const refused = code === 'provider-refused' || code === 'provider-rejected'
    if (!refused || !wished.some((one) => one === object)) throw error
    return undefined
  }
}

async function makeHook(
  client: Client,
  memory: SetUpMemory,
  session: CrmSession,
  hook: Hook,
  object: Subject,
): Promise<string> {
  const { data } = await client(session, {
    endpoint: endpoints.addWebhook,
    body: {
      subscription_url: hook.url,
      event_action: '*',
      event_object: object,
      name: `${ourName}${object}`,
      version: '2.0',
      http_auth_user: hook.user,
      http_auth_password: hook.password,
    },
    answer: made,
    feature: 'set-up',
  })
  if (data.company_id != null) memory.learnCompany(session.apiBase, data.company_id)
  return data.id
}

/** Removes what is still there; one that is gone already is as good as removed. */
export async function removeHooks(
  client: Client,
  session: CrmSession,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) await removeHook(client, session, id)
}

async function removeHook(client: Client, session: CrmSession, id: string): Promise<void> {
  try {
    await client(session, { endpoint: endpoints.deleteWebhook, id, answer: removed, feature: 'set-up' })
  } catch (error) {
    const kind = refusedAs(error)
    if (kind !== 'not-found' && kind !== 'gone') throw error
  }
}
