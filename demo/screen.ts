import { setTimeout as sleep } from 'node:timers/promises'
import type { CallView } from '../server/http/shapes.ts'
import type { BrowserSession } from './browser-session.ts'

/** A screen held without a browser: the live stream of one user, reconnected when it breaks, each message with its time. */
export class HeldScreen {
  readonly #url: string
  readonly #session: BrowserSession
  readonly #stop = new AbortController()
  /** when each call was first shown here, milliseconds since 1970 */
  readonly firstShown = new Map<string, { at: number; call: CallView }>()

  constructor(url: string, session: BrowserSession) {
    this.#url = url
    this.#session = session
  }

  /** Resolves when the stream stands for the first time. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#hold(resolve).catch(reject)
    })
  }

  close(): void {
    this.#stop.abort()
  }

  async #hold(onOpen: () => void): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        const { token } = await this.#session.call<{ token: string }>('POST', '/api/v1/session/live')
        const answer = await fetch(`${this.#url}/live`, {
          headers: { authorization: `Bearer ${token}` },
          signal: this.#stop.signal,
        })
        if (!answer.ok || !answer.body) throw new Error('no stream')
        for await (const { event, data } of eventsOf(answer.body)) {
          if (event === 'hello') onOpen()
          if (event === 'call') this.#shown(JSON.parse(data) as CallView)
        }
      } catch {
        // The server is away: it was killed on purpose. A screen tries again until it is back.
      }
      if (!this.#stop.signal.aborted) await sleep(200)
    }
  }

  /** A call that is first heard of when it has ended was missed while the screen was reconnecting: that is no pop. */
  #shown(call: CallView): void {
    if (call.state === 'ended') return
    if (!this.firstShown.has(call.id))
      this.firstShown.set(call.id, { at: performance.timeOrigin + performance.now(), call })
  }
}

async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<{ event: string; data: string }> {
  const decoder = new TextDecoder()
  let buffered = ''
  for await (const chunk of body) {
    buffered += decoder.decode(chunk, { stream: true })
    for (let end = buffered.indexOf('\n\n'); end >= 0; end = buffered.indexOf('\n\n')) {
      const lines = buffered.slice(0, end).split('\n')
      buffered = buffered.slice(end + 2)
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
      const event = field('event')
      if (event !== undefined) yield { event, data: field('data') ?? '{}' }
    }
  }
}
