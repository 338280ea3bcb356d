import { type Answer, basicCredentials, type Incoming } from '../http.ts'
import type { Tenant } from './tenant.ts'

/** A recording that OptimCall keeps. It can be fetched once it is ready. */
export type Recording = { id: string; tenant: Tenant; seconds: number; ready: boolean }

const longestSeconds = 5

/** Answers `/recording/download?id=...&type=wav|mp3`: 404 until the recording is ready. */
export function recordingAnswer(recording: Recording | undefined, incoming: Incoming): Answer {
  if (incoming.method !== 'GET') return { status: 405 }
  if (recording === undefined || !recording.ready) return { status: 404 }
  if (!permitted(recording.tenant, incoming)) return { status: 401 }
  const seconds = Math.max(1, Math.min(recording.seconds, longestSeconds))
  switch (incoming.query.get('type')) {
    case 'wav':
      return { status: 200, headers: { 'content-type': 'audio/wav' }, body: wav(seconds) }
    case 'mp3':
      return { status: 200, headers: { 'content-type': 'audio/mpeg' }, body: mp3(seconds) }
    default:
      return { status: 404 }
  }
}

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

/** A quiet tone, 8 kHz, 8 bits, one channel. */
function wav(seconds: number): Buffer {
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
  return file
}

/** Silence: MPEG-1 layer III frames of 32 kbit/s at 44.1 kHz, one channel, 104 bytes and 26 ms each. */
function mp3(seconds: number): Buffer {
  const frame = Buffer.alloc(104)
  frame.set([0xff, 0xfb, 0x10, 0xc4])
  return Buffer.concat(Array.from({ length: Math.ceil((seconds * 44_100) / 1152) }, () => frame))
}
