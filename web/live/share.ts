import { type LiveState, readLive } from './reader.ts'
import type { StreamEvent } from './sse.ts'

const name = 'ringfence-live'

type Message = { kind: 'event'; event: StreamEvent } | { kind: 'state'; state: LiveState } | { kind: 'who' }

/**
 * Follows the live stream. One tab of a browser holds it (the one that has the Web Lock) and passes everything on; when
 * it closes, the browser gives the lock to the next tab, which connects. Ends when `signal` aborts.
 *
 * Where the browser offers no locks (plain http beyond loopback), every tab reads for itself.
 */
export function followLive(to: {
  signal: AbortSignal
  event: (event: StreamEvent) => void
  state: (state: LiveState, holds: boolean) => void
}): void {
  if (!('locks' in navigator)) {
    void readLive({ signal: to.signal, event: to.event, state: (state) => to.state(state, true) })
    return
  }
  const channel = new BroadcastChannel(name)
  const send = (message: Message): void => channel.postMessage(message)
  let holds = false
  let current: LiveState = 'connecting'

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'who' && holds) send({ kind: 'state', state: current })
    if (holds) return
    if (data.kind === 'event') to.event(data.event)
    if (data.kind === 'state') to.state(data.state, false)
  }
  to.signal.addEventListener('abort', () => channel.close())
  send({ kind: 'who' })

  navigator.locks
    .request(name, { signal: to.signal }, async () => {
      holds = true
      await readLive({
        signal: to.signal,
        event: (event) => {
          to.event(event)
          send({ kind: 'event', event })
        },
        state: (state) => {
          current = state
          to.state(state, true)
          if (!to.signal.aborted) send({ kind: 'state', state })
        },
      })
    })
    .catch(() => undefined) // aborted while waiting for the lock: this tab is closing and needs it no more
}
