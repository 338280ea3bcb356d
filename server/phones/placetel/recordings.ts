import { z } from 'zod'
import type { PhoneNumber } from '../../contacts/numbers.ts'
import { failed } from '../../failure.ts'
import { isWayChosen } from '../../recordings/ways.ts'
import type { ApiClient } from '../api-client.ts'
import type {
  PhoneSession,
  RecordedCall,
  RecordingFound,
  RecordingRequest,
  RecordingSource,
} from '../contract.ts'
import { nobody } from '../people.ts'
import { api, readAll } from './client.ts'
import { germanDays } from './days.ts'
import { partyOf } from './numbers.ts'
import { readPlacetel } from './settings.ts'

const recording = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  direction: z.string().nullish(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  duration: z.number().min(0).catch(0),
  time: z.iso.datetime({ offset: true }),
})
type Recording = z.infer<typeof recording>
const located = z.object({ file: z.url({ protocol: /^https?$/ }).max(4_000) })

/** A recording carries no id of its call: both sides, when it was and how long it is have to fit. */
const nearMs = 120_000
const nearSeconds = 5

export function recordingsOf(client: ApiClient, url: string): RecordingSource {
  return {
    attaches: isWayChosen,
    find: (session, call) => find(client, session, call),
    locate: (session, id) => locate(client, url, session, id),
    handsOut: true,
  }
}

async function find(client: ApiClient, session: PhoneSession, call: RecordedCall): Promise<RecordingFound> {
  const days = germanDays(
    new Date(call.startedAt.getTime() - nearMs),
    new Date(call.endedAt.getTime() + nearMs),
  )
  const fitting: Recording[] = []
  for (const day of days) {
    const query = { 'filter[date]': day, order: 'desc' }
    const all = await readAll(client, session, { path: '/recordings', query, one: recording })
    fitting.push(...all.filter((one) => fits(one, call, session)))
  }
  const ids = new Set(fitting.map(({ id }) => id))
  const [id] = ids
  if (id === undefined) return { state: 'not-yet' }
  return ids.size === 1 ? { state: 'found', id } : { state: 'doubtful' }
}

function fits(one: Recording, call: RecordedCall, { numbers }: PhoneSession): boolean {
  const same = (told: string | null | undefined, party: PhoneNumber | undefined): boolean => {
    const read = told == null ? undefined : partyOf(told, numbers, nobody)
    if (party?.kind === 'e164') return read?.kind === 'e164' && read.e164 === party.e164
    // Who hid the number, and who is no number, is told in several ways: the rest has to fit.
    return read === undefined || read.kind !== 'e164' || call.direction === 'outbound'
  }
  // What a queue recorded is told by a direction of its own.
  const directions = call.direction === 'outbound' ? ['out'] : ['in', 'queue']
  const at = Date.parse(one.time)
  return (
    (one.direction == null || directions.includes(one.direction)) &&
    same(one.from, call.from) &&
    same(one.to, call.to) &&
    at >= call.startedAt.getTime() - nearMs &&
    at <= call.startedAt.getTime() + nearMs + 1000 * Math.max(0, waited(call)) &&
    Math.abs(one.duration - call.talkSeconds) <= nearSeconds
  )
}

/** UNVERIFIED: whether a recording's time is when the call began or when it was answered. */
const waited = (call: RecordedCall): number =>
  (call.endedAt.getTime() - call.startedAt.getTime()) / 1000 - call.talkSeconds

/**
 * UNVERIFIED: where files lie, and whether the key must be shown there. It is shown to the host of the API and to nobody
 * else; a host that is not Placetel's own has to be named by an administrator.
 */
async function locate(
  client: ApiClient,
  url: string,
  session: PhoneSession,
  id: string,
): Promise<RecordingRequest> {
  const path = `/recordings/${encodeURIComponent(id)}`
  const { file } = await client(session, { method: 'GET', path, answer: located })
  const { host, hostname, protocol, href } = new URL(file)
  const { apiKey, recordingHost } = readPlacetel(session.settings)
  if (host === new URL(url).host)
    return { url: href, host, headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` } }
  const isPlacetels = hostname.endsWith('.placetel.de') && protocol === 'https:' && url === api.ownUrl
  if (!isPlacetels && host !== recordingHost)
    return failed({ code: 'undeclared', what: `${api.provider} recording host` })
  return { url: href, host, headers: {} }
}
