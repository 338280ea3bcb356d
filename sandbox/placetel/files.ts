import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type Answer, type Incoming, matchPath, type Reply } from '../http.ts'
import type { ApiRequest } from '../ledger.ts'
import { mp3 } from '../sound.ts'
import type { Account, Recording } from './account.ts'
import type { Placetel } from './index.ts'

const longestSeconds = 5
const defaultSlowMs = 3000

/** What somebody outside may want to compare. */
export type RecordingFacts = {
  id: number
  callId: string | null
  /** Downloads, whatever was answered, and those that carried the API key. */
  asked: number
  askedWithKey: number
  mp3: { bytes: number; sha256: string }
}

export function factsOf(account: Account, recording: Recording): RecordingFacts {
  const { id, callId, asked, askedWithKey, durationSeconds } = recording
  const file = sound(`${account.name} recordings ${id}`, durationSeconds)
  const sha256 = createHash('sha256').update(file).digest('hex')
  return { id, callId, asked, askedWithKey, mp3: { bytes: file.length, sha256 } }
}

/** A signed address of a file that ends some time after now. */
export function fileAddress(
  placetel: Placetel,
  account: Account,
  file: { folder: 'recordings' | 'voicemail'; id: number },
): string {
  const { fileHost, filePath, linkSeconds } = placetel.settings
  const base = new URL(placetel.url)
  base.hostname = fileHost
  base.pathname = `${filePath}/${account.name}/${file.folder}/${file.id}.mp3`
  const expires = Math.floor(placetel.clock.now() / 1000 + linkSeconds)
  return placetel.needle.address(
    `${base.href}?expires=${expires}&signature=${placetel.signFile(base.pathname, expires)}`,
  )
}

export function signedPath(path: string, expires: number, key: string): string {
  return createHmac('sha256', key).update(`${path} ${expires}`).digest('hex')
}

/**
 * Answers a download of a recording or of a voice message.
 * @param note the request's line in the ledger, filled in as more becomes known
 */
export function fileAnswer(placetel: Placetel, incoming: Incoming, note: ApiRequest): Answer {
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return { status: 405 }
  const { fileAuth, filesRedirect, filePath, expiredStatus } = placetel.settings
  const stored = `${filePath}/stored`
  const isStored = incoming.path.startsWith(`${stored}/`)
  const path = isStored ? incoming.path.replace(stored, filePath) : incoming.path
  const params = matchPath('/:account/:folder/:file', path.slice(filePath.length))
  const account = placetel.accounts.get(params?.['account'] ?? '')
  const id = Number(params?.['file']?.replace(/\.mp3$/, ''))
  if (account === undefined) return { status: 404 }
  note.template = `/files/${params?.['folder']}/:id`
  note.company = account.facts.company ?? null
  const recording = params?.['folder'] === 'recordings' ? account.recordings.get(id) : undefined
  const key = incoming.headers.authorization
  if (recording !== undefined) {
    recording.asked += 1
    if (key !== undefined) recording.askedWithKey += 1
  }
  const expires = Number(incoming.query.get('expires'))
  const given = Buffer.from(incoming.query.get('signature') ?? '')
  const wanted = Buffer.from(placetel.signFile(path, expires))
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    return refusal(403, 'SignatureDoesNotMatch')
  if (expires * 1000 <= placetel.clock.now()) return refusal(expiredStatus, 'Request has expired')
  if (fileAuth === 'link-alone' && key !== undefined) return refusal(400, 'Only one auth mechanism allowed')
  if (fileAuth === 'key' && key !== `Bearer ${account.facts.apiKey}`) return refusal(401, 'Unauthorized')
  if (filesRedirect && !isStored) {
    return {
      status: 302,
      headers: { location: `${incoming.path.replace(filePath, stored)}?${incoming.query}` },
    }
  }
  const length = recording?.durationSeconds ?? account.calls.get(id)?.durationSeconds
  if (length === undefined) return { status: 404 }
  const answer: Reply = {
    status: 200,
    headers: { 'content-type': 'audio/mpeg' },
    body: sound(`${account.name} ${params?.['folder']} ${id}`, length),
  }
  const fault = placetel.faults.takeDownload({ tenant: account.name })
  note.fault = fault?.kind ?? null
  switch (fault?.kind) {
    case 'not-ready':
      return { status: 404 }
    case 'refused':
      return refusal(401, 'Unauthorized')
    case 'expired':
      return refusal(expiredStatus, 'Request has expired')
    case 'cut':
      return { ...answer, pace: 'cut' }
    case 'slow':
      return { ...answer, pace: { overMs: fault.delayMs ?? defaultSlowMs } }
    case undefined:
      return answer
  }
}

function refusal(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body }
}

function sound(id: string, seconds: number): Buffer {
  return mp3(Math.max(1, Math.min(seconds, longestSeconds)), id)
}
