import { z } from 'zod'
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
import { api } from './client.ts'
import { bareId } from './ids.ts'
import { readWebex } from './settings.ts'

const recording = z.object({
  id: z.string(),
  durationSeconds: z.number().nullish(),
  status: z.string().nullish(),
  serviceData: z.object({ callSessionId: z.string().nullish() }).nullish(),
})
const page = z.object({ items: z.array(recording) })
const details = z.object({
  temporaryDirectDownloadLinks: z
    .object({
      audioDownloadLink: z
        .url({ protocol: /^https?$/ })
        .max(4_000)
        .nullish(),
    })
    .nullish(),
})

/** Made minutes after the call; the list is by when it was made. */
const afterwardsMs = 12 * 3_600_000
const most = 100

export function recordingsOf(client: ApiClient, url: string): RecordingSource {
  return {
    attaches: isWayChosen,
    find: (session, call) => find(client, session, call),
    locate: (session, id) => locate(client, url, session, id),
    handsOut: true,
  }
}

/** By the session, which recordings and events share. Stopped and started again there are several: the longest is taken. */
async function find(client: ApiClient, session: PhoneSession, call: RecordedCall): Promise<RecordingFound> {
  const query = {
    from: new Date(call.startedAt.getTime() - 60_000).toISOString(),
    to: new Date(call.endedAt.getTime() + afterwardsMs).toISOString(),
    status: 'available',
    serviceType: 'calling',
    max: most,
  }
  const { items } = await client(session, {
    method: 'GET',
    path: '/convergedRecordings',
    query,
    answer: page,
  })
  const wanted = bareId(call.call)
  const [longest] = items
    .filter(({ serviceData }) => serviceData?.callSessionId && bareId(serviceData.callSessionId) === wanted)
    .toSorted((a, b) => (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0))
  return longest ? { state: 'found', id: longest.id } : { state: 'not-yet' }
}

/** The link lives for three hours and carries its own proof. UNVERIFIED: on which host it lies. */
async function locate(
  client: ApiClient,
  url: string,
  session: PhoneSession,
  id: string,
): Promise<RecordingRequest> {
  const path = `/convergedRecordings/${encodeURIComponent(id)}`
  const { temporaryDirectDownloadLinks: links } = await client(session, {
    method: 'GET',
    path,
    answer: details,
  })
  // An administrator's token gets no links, nor does anybody where downloads are switched off.
  if (!links?.audioDownloadLink)
    return failed({ code: 'provider-rejected', provider: api.provider, status: 404 })
  const { host, hostname, protocol, href } = new URL(links.audioDownloadLink)
  const { recordingHost } = readWebex(session.settings)
  const isWebexs = protocol === 'https:' && /(^|\.)(webex|webexapis|wbx2)\.com$/.test(hostname)
  const isStandIns = url !== api.ownUrl && host === new URL(url).host
  if (!isWebexs && !isStandIns && host !== recordingHost)
    return failed({ code: 'undeclared', what: `${api.provider} recording host` })
  return { url: href, host, headers: {} }
}
