import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Answer, Incoming, Reply } from '../http.ts'
import type { Webex } from './index.ts'
import type { Org } from './org.ts'
import { maxOf, pageReply } from './paging.ts'
import { metadataView, type Recording, recordingView, soundOf, zonedTime } from './recordings.ts'
import type { ApiCall, WebexRoute } from './route.ts'

const own = ['spark:recordings_read']
const all = ['spark-admin:recordings_read', 'spark-compliance:recordings_read']

export const recordingRoutes: WebexRoute[] = [
  { method: 'GET', template: '/convergedRecordings', scopes: own, run: ownList },
  { method: 'GET', template: '/admin/convergedRecordings', scopes: all, run: adminList },
  {
    method: 'GET',
    template: '/convergedRecordings/:id',
    scopes: [...own, ...all],
    run: (call) => withRecording(call, details),
  },
  {
    method: 'GET',
    template: '/convergedRecordings/:id/metadata',
    scopes: [...own, ...all],
    run: (call) =>
      withRecording(call, ({ grant }, recording) => ({
        status: 200,
        body: metadataView(recording, grant.org),
      })),
  },
]

const dayMs = 24 * 3_600_000

function zoneOf(call: ApiCall): string {
  const zone = call.incoming.headers['timezone']
  return typeof zone === 'string' ? zone : 'UTC'
}

/** Newest file first; `from` inclusive, `to` exclusive. */
function listed(call: ApiCall, mine: (recording: Recording) => boolean): Reply {
  const { query } = call.incoming
  const now = call.webex.clock.now()
  const to = query.has('to') ? Date.parse(query.get('to') ?? '') : now
  const from = query.has('from') ? Date.parse(query.get('from') ?? '') : to - 30 * dayMs
  if (Number.isNaN(from) || Number.isNaN(to) || from > to)
    return call.webex.refuse(400, 'from and to must be ISO 8601, from before to.')
  if (to - from > 30 * dayMs) return call.webex.refuse(400, 'from and to must be within 30 days.')
  const zone = zoneOf(call)
  if (!isZone(zone)) return call.webex.refuse(400, 'timezone must be an IANA name.')
  const wanted = [...call.grant.org.recordings.values()]
    .filter((recording) => mine(recording) && recording.createdAt >= from && recording.createdAt < to)
    .filter((recording) => fits(recordingView(recording, call.grant.org, 'UTC'), query))
    .sort((a, b) => b.createdAt - a.createdAt)
  return pageReply(wanted, {
    incoming: call.incoming,
    base: call.address,
    max: maxOf(query, { least: 1, most: 100, usual: 10 }),
    view: (recording) => recordingView(recording, call.grant.org, zone),
  })
}

function fits(view: ReturnType<typeof recordingView>, query: URLSearchParams): boolean {
  if (view.status !== (query.get('status') ?? 'available')) return false
  const same = (
    ['serviceType', 'format', 'ownerType', 'storageRegion', 'ownerId', 'ownerEmail'] as const
  ).every((name) => !query.has(name) || query.get(name) === view[name])
  const topic = query.get('topic')
  return same && (topic === null || view.topic.toLowerCase().includes(topic.toLowerCase()))
}

function isZone(zone: string): boolean {
  try {
    zonedTime(0, zone)
    return true
  } catch {
    return false
  }
}

function ownList(call: ApiCall): Reply {
  return listed(call, ({ owner }) => owner === call.grant.person)
}

function adminList(call: ApiCall): Reply {
  return listed(call, () => true)
}

/** One's own, or any with an administrator's or compliance officer's scope. */
function withRecording(call: ApiCall, then: (call: ApiCall, recording: Recording) => Reply): Reply {
  const { grant, params } = call
  const recording = grant.org.recordings.get(params['id'] ?? '')
  const ofOthers = all.some((scope) => grant.scopes.includes(scope))
  if (recording === undefined || (recording.owner !== grant.person && !ofOthers))
    return call.webex.refuse(404, 'Recording not found.')
  return isZone(zoneOf(call))
    ? then(call, recording)
    : call.webex.refuse(400, 'timezone must be an IANA name.')
}

/** Links are for the owner and for compliance officers; a token with nothing but the administrator's scope gets none. */
function details(call: ApiCall, recording: Recording): Reply {
  const { webex, grant } = call
  const view = recordingView(recording, grant.org, zoneOf(call))
  const compliance = grant.scopes.includes('spark-compliance:recordings_read')
  const asOwner = recording.owner === grant.person && grant.scopes.includes('spark:recordings_read')
  if (!asOwner && !compliance) return { status: 200, body: view }
  const until = webex.clock.now() + webex.settings.linkSeconds * 1000
  const links = {
    audioDownloadLink: webex.recorder.addressOf(grant.org, recording, until),
    expiration: zonedTime(until, 'UTC'),
  }
  return { status: 200, body: { ...view, temporaryDirectDownloadLinks: links } }
}

// --- the sound -------------------------------------------------------------------------------------------------

/** Path of the host that has the files, below the stand-in's own address. */
export const soundPath = '/webex-files/nbr/MultiThreadDownloadServlet'
const ticketKey = 'tickets of the stand-in'

export function soundQuery(org: Org, recording: Recording, untilMs: number): string {
  const query = new URLSearchParams({
    type: 'calling',
    orgId: org.uuid,
    recordUUID: recording.id,
    timestamp: String(untilMs),
  })
  query.set('ticket', ticketOf(query))
  return query.toString()
}

function ticketOf(query: URLSearchParams): string {
  const signed = ['orgId', 'recordUUID', 'timestamp'].map((name) => query.get(name)).join(' ')
  return createHmac('sha256', ticketKey).update(signed).digest('base64url')
}

/** Answers a download link: 403 once it has expired, and for one that nobody handed out. */
export function soundAnswer(webex: Webex, incoming: Incoming): Answer {
  const { query } = incoming
  const org = [...webex.orgs.values()].find(({ uuid }) => uuid === query.get('orgId'))
  const recording = org?.recordings.get(query.get('recordUUID') ?? '')
  if (incoming.method !== 'GET' || org === undefined || recording === undefined) return { status: 404 }
  recording.asked += 1
  const [given, right] = [query.get('ticket') ?? '', ticketOf(query)].map((text) => Buffer.from(text))
  if (given?.length !== right?.length || !timingSafeEqual(given ?? Buffer.of(), right ?? Buffer.of()))
    return { status: 403 }
  if (Number(query.get('timestamp')) <= webex.clock.now()) return { status: 403 }
  const token = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1]
  const rule = webex.settings.audioLink
  if (rule === 'token' && (token === undefined || webex.grants.session(token)?.org !== org))
    return { status: 401 }
  if (rule === 'bare-only' && incoming.headers.authorization !== undefined) return { status: 400 }
  const whole: Reply = { status: 200, headers: { 'content-type': 'audio/mpeg' }, body: soundOf(recording) }
  const fault = webex.faults.takeDownload({ tenant: org.name })
  switch (fault?.kind) {
    case 'not-ready':
      return { status: 404 }
    case 'refused':
      return { status: 401 }
    case 'expired':
      return { status: 403 }
    case 'cut':
      return { ...whole, pace: 'cut' }
    case 'slow':
      return { ...whole, pace: { overMs: fault.delayMs ?? 3000 } }
    case undefined:
      return whole
  }
}
