import type { CrmSession, CrmWith } from '../crms/contract.ts'
import type { Egress, EgressStream } from '../egress/index.ts'
import type { RecordingRequest } from '../phones/contract.ts'
import { audioOf } from './audio.ts'
import { afterCrm, afterHead, afterPhone, expected, notReady, type Outcome } from './outcome.ts'

/** An hour of uncompressed stereo is 0.6 GiB: whatever is larger is no recording of a call. */
export const largestRecordingBytes = 1024 * 1024 * 1024

export interface Transfer {
  egress: Egress
  /** names the phone system in failures */
  phone: string
  organizationId: string
  request: RecordingRequest
  crm: CrmWith<'attachRecording'>
  session: CrmSession
  logId: string
  /** this one counted */
  tries: number
  unknownWaitMs: number
}

export interface Transferred {
  outcome: Outcome
  /** what passed through, and how much of it was in memory at a time */
  bytes: number
  mostHeld: number
}

/**
 * Passes a recording on, from the phone system's answer into the CRM's call log, piece by piece: the next one is read
 * when the CRM has taken the last. It is written down nowhere. A break on either side leaves nothing behind, and the next
 * try begins at the beginning.
 */
export async function transfer(what: Transfer): Promise<Transferred> {
  const { request, tries } = what
  const nothing = { bytes: 0, mostHeld: 0 }
  let source: EgressStream
  try {
    source = await what.egress.open({
      url: request.url,
      headers: {
        accept: 'audio/*, application/octet-stream;q=0.5',
        'accept-encoding': 'identity',
        ...request.headers,
      },
      allow: [request.host],
      organizationId: what.organizationId,
      maxBytes: largestRecordingBytes,
      provider: what.phone,
      sends: 'as the recipient told it',
    })
  } catch (error) {
    return { ...nothing, outcome: expected(error, (failure) => afterPhone(failure, tries)) }
  }
  try {
    const outcome = afterHead(source, tries) ?? refusedAudio(source, request, tries)
    if (outcome) return { ...nothing, outcome }
    return await passOn(what, source)
  } finally {
    source.close()
  }
}

/** What the head promises, looked at before a single byte goes to the CRM. */
function refusedAudio(source: EgressStream, request: RecordingRequest, tries: number): Outcome | undefined {
  const length = lengthOf(source)
  if (length === 0) return notReady(tries)
  if (length !== undefined && length > largestRecordingBytes)
    return { state: 'failed', why: 'phone-too-large' }
  const encoded = (source.headers['content-encoding'] ?? 'identity') !== 'identity'
  const audio = audioOf(source.headers['content-type'], request.url)
  return encoded || !audio ? { state: 'failed', why: 'phone-not-audio' } : undefined
}

async function passOn(what: Transfer, source: EgressStream): Promise<Transferred> {
  const { crm, session, logId, tries, unknownWaitMs } = what
  const flow = new Flow(source.body)
  const audio = audioOf(source.headers['content-type'], what.request.url)
  if (!audio) throw new Error('unreachable: what is no audio was refused')
  const passed = (outcome: Outcome): Transferred => ({ outcome, bytes: flow.bytes, mostHeld: flow.mostHeld })
  try {
    await crm.attachRecording(session, logId, { ...audio, bytes: lengthOf(source), pieces: flow.pieces() })
    return passed({ state: 'attached' })
  } catch (error) {
    // Where the phone system broke off, what the CRM got was not whole, and it says so or knows.
    const { broken } = flow
    if (broken !== undefined) return passed(expected(broken, (failure) => afterPhone(failure, tries)))
    return passed(expected(error, (failure) => afterCrm(failure, tries, unknownWaitMs)))
  }
}

/** Looks at what goes by: how much, how much at a time, and whether it was the phone system that broke. */
class Flow {
  readonly #body: AsyncIterable<Buffer>
  bytes = 0
  mostHeld = 0
  broken: unknown

  constructor(body: AsyncIterable<Buffer>) {
    this.#body = body
  }

  async *pieces(): AsyncGenerator<Buffer> {
    try {
      for await (const piece of this.#body) {
        this.bytes += piece.length
        this.mostHeld = Math.max(this.mostHeld, piece.length)
        yield piece
      }
    } catch (error) {
      this.broken = error
      throw error
    }
  }
}

function lengthOf({ headers }: EgressStream): number | undefined {
  const told = headers['content-length']
  return told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : undefined
}
