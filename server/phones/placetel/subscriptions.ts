import { z } from 'zod'
import { type ApiClient, removeAll } from '../api-client.ts'
import type { PhoneSession } from '../contract.ts'
import { readAll } from './client.ts'
import { readLines } from './people.ts'

/** Under which Placetel knows us. UNVERIFIED: whether this or the address names a subscription, so both stay the same. */
const service = 'ringfence'

export const path = '/subscriptions'
const subscription = z.object({
  id: z.string(),
  url: z.string(),
  incoming: z.boolean().nullish(),
  outgoing: z.boolean().nullish(),
  hungup: z.boolean().nullish(),
  accepted: z.boolean().nullish(),
})
type Subscription = z.infer<typeof subscription>

/** It answers a PUT with nothing, so what came of it is read. Of ours at older addresses none stays, or all would come twice. */
export async function subscribe(
  client: ApiClient,
  session: PhoneSession,
  { url, under }: { url: string; under: string },
): Promise<string[]> {
  // UNVERIFIED: what a list that is left out means, so all lines are named.
  const numbers = await readLines(client, session)
  const wanted = { incoming: true, outgoing: true, hungup: true, accepted: true, phone: false }
  const body = { service, url, ...wanted, ...(numbers.length === 0 ? {} : { numbers }) }
  await client(session, { method: 'PUT', path, body, answer: z.unknown() })
  const all = await readSubscriptions(client, session)
  const [made, ...copies] = all.filter((one) => one.url === url)
  const old = all.filter((one) => one.url !== url && one.url.startsWith(under))
  await removeAll(
    client,
    session,
    path,
    [...copies, ...old].map(({ id }) => id),
  )
  return made ? [made.id] : []
}

export async function isSubscribed(
  client: ApiClient,
  session: PhoneSession,
  ids: readonly string[],
): Promise<boolean> {
  const there = (await readSubscriptions(client, session)).filter(tellsAll).map(({ id }) => id)
  return ids.length > 0 && ids.every((id) => there.includes(id))
}

const readSubscriptions = (client: ApiClient, session: PhoneSession): Promise<Subscription[]> =>
  readAll(client, session, { path, one: subscription })

const tellsAll = ({ incoming, outgoing, hungup, accepted }: Subscription): boolean =>
  [incoming, outgoing, hungup, accepted].every((told) => told !== false)
