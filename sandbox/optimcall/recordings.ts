import { createHash } from 'node:crypto'
import type { NewDownloadFault } from '../faults.ts'
import { type Answer, basicCredentials, type Incoming, type Reply } from '../http.ts'
import { mp3, wav } from '../sound.ts'
import type { Tenant } from './tenant.ts'

/** A recording that OptimCall keeps. It can be fetched once it is ready. */
export type Recording = {
  id: string
  callId: string
  tenant: Tenant
  seconds: number
  ready: boolean
  /** requests for it, whatever was answered */
  asked: number
}

/** What somebody outside may want to compare. */
export type RecordingFacts = { id: string; asked: number; mp3: { bytes: number; sha256: string } }

export function factsOf(recording: Recording): RecordingFacts {
  const file = mp3(lengthOf(recording), recording.id)
  const sha256 = createHash('sha256').update(file).digest('hex')
  return { id: recording.id, asked: recording.asked, mp3: { bytes: file.length, sha256 } }
}

const longestSeconds = 5

const defaultSlowMs = 3000

/**
 * Answers `/recording/download?id=...&type=wav|mp3`: 404 until the recording is ready.
 * @param takeFault what was ordered for this download
 */
export function recordingAnswer(
  recording: Recording | undefined,
  incoming: Incoming,
  takeFault: (tenant: string) => NewDownloadFault | undefined,
): Answer {
  if (incoming.method !== 'GET') return { status: 405 }
  if (recording !== undefined) recording.asked += 1
  if (recording === undefined || !recording.ready) return { status: 404 }
  if (!permitted(recording.tenant, incoming)) return { status: 401 }
  const fault = takeFault(recording.tenant.name)
  switch (fault?.kind) {
    case 'not-ready':
      return { status: 404 }
    case 'refused':
    case 'expired':
      return { status: 401 }
    case 'cut':
      return { ...audio(recording, incoming), pace: 'cut' }
    case 'slow':
      return { ...audio(recording, incoming), pace: { overMs: fault.delayMs ?? defaultSlowMs } }
    case undefined:
      return audio(recording, incoming)
  }
}

function audio(recording: Recording, incoming: Incoming): Reply {
  const seconds = lengthOf(recording)
  switch (incoming.query.get('type')) {
    case 'wav':
      return { status: 200, headers: { 'content-type': 'audio/wav' }, body: wav(seconds, recording.id) }
    case 'mp3':
      return { status: 200, headers: { 'content-type': 'audio/mpeg' }, body: mp3(seconds, recording.id) }
    default:
      return { status: 404 }
  }
}

const lengthOf = ({ seconds }: Recording): number => Math.max(1, Math.min(seconds, longestSeconds))

function permitted({ recordingAuth: auth }: Tenant, { headers }: Incoming): boolean {
  switch (auth.kind) {
    case 'none':
      return true
    case 'bearer':
      return headers.authorization === `Bearer ${auth.token}`
    case 'basic': {
      const given = basicCredentials(headers.authorization)
      return given?.user === auth.user && given.password === auth.password
    }
    case 'header':
      return headers[auth.name.toLowerCase()] === auth.value
  }
}
