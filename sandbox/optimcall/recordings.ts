import { createHash } from 'node:crypto'
import type { NewDownloadFault } from '../faults.ts'
import { type Answer, basicCredentials, type Incoming, type Reply } from '../http.ts'
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

/** A quiet tone, 8 kHz, 8 bits, one channel; its first samples are made of the id, so that no two are alike. */
function wav(seconds: number, id: string): Buffer {
  const rate = 8000
  const samples = rate * seconds
  const file = Buffer.alloc(44 + samples)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + samples, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate, 28)
  file.writeUInt16LE(1, 32)
  file.writeUInt16LE(8, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples, 40)
  for (let i = 0; i < samples; i += 1)
    file[44 + i] = 128 + Math.round(12 * Math.sin((i * 2 * Math.PI * 440) / rate))
  file.write(id, 44)
  return file
}

/** Behind the header and the side information of a frame; with empty side information no player reads it. */
const unread = 21

/**
 * Silence: MPEG-1 layer III frames of 32 kbit/s at 44.1 kHz, one channel, 104 bytes and 26 ms each. Where nothing is
 * played each frame carries the recording's id and its own number, so that no two recordings and no two parts are alike.
 */
function mp3(seconds: number, id: string): Buffer {
  return Buffer.concat(
    Array.from({ length: Math.ceil((seconds * 44_100) / 1152) }, (_, number) => {
      const frame = Buffer.alloc(104)
      frame.set([0xff, 0xfb, 0x10, 0xc4])
      frame.write(`${id} ${number}`, unread)
      return frame
    }),
  )
}
