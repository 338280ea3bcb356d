import { setTimeout as sleep } from 'node:timers/promises'
import type { CallView, DeskState } from '../server/http/shapes.ts'
import type { Client } from './client.ts'
import { until } from './until.ts'

/** A screen held by one user as the web app holds it: state at first, then the live stream; both anew when it breaks. */
export class Desk {
  readonly #client: Client
  readonly #stop = new AbortController()
  #holding: Promise<void> | undefined
  /** newest state of each call, by its id */
  readonly calls = new Map<string, CallView>()
  /** every call message of the live stream in the order it came, over all its connections */
  readonly shown: CallView[] = []
  /** names of everything that was told, in the same order */
  readonly events: string[] = []
  /** how often the stream stood */
  opened = 0

  constructor(client: Client) {
    this.#client = client
  }

  /** Resolves when the stream stands and the state is loaded. */
  async open(): Promise<this> {
    this.#holding = this.#hold()
    await until('the live stream stands', () => this.opened > 0)
    return this
  }

  /** The call with this id as it is shown here, once it is as wished. */
  shows(id: string, wished: (call: CallView) => boolean = () => true): Promise<CallView> {
    return until(`the desk shows call ${id}`, () => {
      const call = this.calls.get(id)
      return call && wished(call) ? call : undefined
    })
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#holding
  }

  async #hold(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#stream()
      } catch {
        // The server is away, or we are closing: like the web app, try again until one of both is over.
      }
      await sleep(100, undefined, { signal: this.#stop.signal }).catch(() => undefined) // woken to end
    }
  }

  async #stream(): Promise<void> {
    const { token } = await this.#client.ok<{ token: string }>('POST', '/api/v1/session/live')
    const answer = await fetch(`${this.#client.base}/live`, {
      headers: { authorization: `Bearer ${token}` },
      signal: this.#stop.signal,
    })
    if (!answer.ok || !answer.body) throw new Error('no stream')
    for await (const { event, data } of eventsOf(answer.body)) {
      this.events.push(event)
      if (event === 'hello') {
        const state = await this.#client.ok<DeskState>('GET', '/api/v1/desk')
        for (const call of state.calls) this.#keep(call)
        this.opened += 1
      }
      if (event === 'call') {
        const call = JSON.parse(data) as CallView
        this.shown.push(call)
        this.#keep(call)
      }
    }
  }

  #keep(call: CallView): void {
    if ((this.calls.get(call.id)?.version ?? 0) <= call.version) this.calls.set(call.id, call)
  }
}

/** Server-sent events, comments left out. */
export async function* eventsOf(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ event: string; data: string }> {
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
