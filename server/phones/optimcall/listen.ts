import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failed, failureOf } from '../../failure.ts'
import type { HeldLine, Listening } from '../contract.ts'
import { saidToOptimCall } from './declared-fields.ts'
import { parseEvent } from './parse-event.ts'
import { type OptimCallSettings, settings } from './settings.ts'

const read = (given: Readonly<Record<string, unknown>>): OptimCallSettings => settings.schema.parse(given)

/**
 * OptimCall's WebSocket mode: we connect, prove who we are, and hear the events that would else come to the hook.
 * Whatever it sends while nobody is connected is lost to us.
 */
export const listening: Listening = {
  says: saidToOptimCall,
  wanted: (given) => {
    const { delivery, socketUrl } = read(given)
    return delivery === 'websocket' && socketUrl !== undefined
  },
  async listen(line, signal) {
    const { socketUrl: url, socketToken: token } = read(line.settings)
    if (url === undefined) return
    const ways: readonly Way[] = token === undefined ? ['nothing'] : ['header', 'message']
    for (const way of ways) {
      const ended = await converse(line, { url, token: token ?? '', way }, signal)
      if (ended === 'over') return
    }
    failed({ code: 'provider-refused', provider: 'optimcall', status: 401 })
  },
}

/** How we say who we are: by the header; where that is not accepted or does not arrive, by a message. */
type Way = 'header' | 'message' | 'nothing'

/** How soon OptimCall has to give a sign of life is not documented: half a minute is noticed, and disturbs nobody. */
const defaultIdleMs = 30_000
/** How long it may take to answer who we are; not documented either. */
const defaultAnswerMs = 5_000

async function converse(
  line: HeldLine,
  { url, token, way }: { url: string; token: string; way: Way },
  signal: AbortSignal,
): Promise<'over' | 'not accepted'> {
  const headers: Record<string, string> = way === 'header' ? { authorization: `Bearer ${token}` } : {}
  const socket = await line.connect({ url, headers, idleMs: defaultIdleMs }).catch((error) => {
    if (failureOf(error)?.code === 'provider-refused') return undefined
    throw error
  })
  if (!socket) return 'not accepted'
  const close = () => socket.close()
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) close()
  try {
    const entrance = new Entrance(line, token, way, (text) => socket.send(text))
    await entrance.begin()
    const messages = socket.messages[Symbol.asyncIterator]()
    let next = messages.next()
    for (;;) {
      const got = await entrance.orLate(next)
      if (got === 'late') continue
      if (got.done) return 'over'
      if ((await entrance.hear(got.value)) === 'not accepted') return 'not accepted'
      next = messages.next()
    }
  } finally {
    signal.removeEventListener('abort', close)
    socket.close()
  }
}

/** One open connection, from the first word to being let in, and what is heard over it then. */
class Entrance {
  readonly #line: HeldLine
  readonly #send: (text: string) => void
  /** what is still to be tried while no answer comes */
  readonly #toSay: string[]
  readonly #atOnce: boolean
  #state: 'outside' | 'unconfirmed' | 'inside' = 'outside'

  constructor(line: HeldLine, token: string, way: Way, send: (text: string) => void) {
    this.#line = line
    this.#send = send
    this.#toSay = way === 'nothing' ? [] : authentications(token)
    this.#atOnce = way === 'message'
    if (way === 'nothing') this.#state = 'inside'
  }

  async begin(): Promise<void> {
    if (this.#state === 'inside') await this.#line.onOpen(true)
    else if (this.#atOnce) this.#sayNext()
  }

  /** Waits for the next message; while we are outside no longer than an answer may take, and then says more. */
  async orLate<T>(next: Promise<T>): Promise<T | 'late'> {
    if (this.#state !== 'outside') return next
    const patience = new AbortController()
    const late = sleep(this.#line.answerMs ?? defaultAnswerMs, 'late' as const, { signal: patience.signal })
    late.catch(() => undefined) // the message came first
    const got = await Promise.race([next, late])
    patience.abort()
    if (got === 'late' && !this.#sayNext()) {
      this.#state = 'unconfirmed'
      await this.#line.onOpen(false)
    }
    return got
  }

  async hear(text: string): Promise<'not accepted' | 'heard'> {
    const answer = answerIn(text)
    if (answer === 'error') return 'not accepted'
    // Events come to nobody who was not accepted, so they are as good as the answer.
    if (this.#state !== 'inside') {
      this.#state = 'inside'
      await this.#line.onOpen(true)
    }
    if (answer === undefined) await this.#line.onEvents(eventsIn(text, this.#line))
    return 'heard'
  }

  #sayNext(): boolean {
    const text = this.#toSay.shift()
    if (text !== undefined) this.#send(text)
    return text !== undefined
  }
}

/** The vendor's example says `authenticate`; its text about the token says `auth`, which is tried when nobody answers. */
function authentications(token: string): string[] {
  return ['authenticate', 'auth'].map((name) =>
    JSON.stringify({ name, token, correlationId: randomBytes(8).toString('hex') }),
  )
}

/** What a message says about whether we are accepted; undefined when it is about something else. */
function answerIn(text: string): 'success' | 'error' | undefined {
  if (!text.includes('authenticateResult')) return undefined
  try {
    const message = JSON.parse(text) as { name?: unknown; status?: unknown } | null
    if (message?.name !== 'authenticateResult') return undefined
    return message.status === 'success' ? 'success' : 'error'
  } catch {
    return undefined // no JSON: counted as what cannot be read
  }
}

/** One message that cannot be read costs itself, not the connection. */
function eventsIn(text: string, line: HeldLine) {
  try {
    return parseEvent(Buffer.from(text), line.numbers)
  } catch (error) {
    if (failureOf(error)?.code !== 'invalid-input') throw error
    return { status: 'ignored', why: 'unknown-kind' } as const
  }
}
