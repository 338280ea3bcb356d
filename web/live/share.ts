import { type LiveState, readLive } from './reader.ts'
import type { StreamEvent } from './sse.ts'

type Message = { kind: 'event'; event: StreamEvent } | { kind: 'state'; state: LiveState } | { kind: 'who' }

/**
 * Follows the live stream. Of the pages in a browser that follow under one `name`, one holds it (the one that has the Web
 * Lock) and passes everything on; when it closes, the browser gives the lock to the next, which connects. Whoever shares a
 * name sees the same calls, so a name never stands for two users. Ends when `signal` aborts.
 *
 * Where the browser offers no locks (plain http beyond loopback, frames that may store nothing), every page reads for itself.
 */
export function followLive(to: {
  name: string
  signal: AbortSignal
  event: (event: StreamEvent) => void
  state: (state: LiveState, holds: boolean) => void
}): void {
  const { name } = to
  const alone = (): void =>
    void readLive({ signal: to.signal, event: to.event, state: (state) => to.state(state, true) })
  if (!('locks' in navigator)) {
    alone()
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
    .catch(() => {
      // Aborted while waiting for the lock: this page is closing and needs it no more. Anything else: there are none here.
      if (to.signal.aborted) return
      holds = true
      alone()
    })
}
