import type { z } from 'zod'
import type { liveToken } from '../../server/http/shapes.ts'
import { ApiFailure, request } from '../api/request.ts'
import { backOffMs } from './back-off.ts'
import { eventParser, type StreamEvent } from './sse.ts'

/** `signed-out`: the session is over, nothing more will come. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'signed-out'

/** The server's heartbeat comes every 15 s; after this long without a byte the connection is taken for dead. */
const silenceMs = 40_000

/**
 * Reads `/live` until `signal` aborts, and connects again whenever the stream ends.
 *
 * It is read by `fetch` because an EventSource can send no authorization header.
 */
export async function readLive(to: {
  signal: AbortSignal
  event: (event: StreamEvent) => void
  state: (state: LiveState) => void
}): Promise<void> {
  let tries = 0
  to.state('connecting')
  while (!to.signal.aborted) {
    try {
      await readOnce(to.signal, (event) => {
        if (event.event === 'hello') {
          tries = 0
          to.state('live')
        }
        to.event(event)
      })
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) {
        to.state('signed-out')
        return
      }
      // Everything else is a broken connection, whatever the browser calls it; the next try tells.
    }
    if (to.signal.aborted) return
    to.state('reconnecting')
    await pause(backOffMs(tries), to.signal)
    tries += 1
  }
}

async function readOnce(signal: AbortSignal, event: (event: StreamEvent) => void): Promise<void> {
  const { token } = await request<z.infer<typeof liveToken>>('POST', '/session/live', { signal })
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  signal.addEventListener('abort', abort)
  let watchdog = setTimeout(abort, silenceMs)
  try {
    const response = await fetch('/live', {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
      cache: 'no-store',
      signal: stop.signal,
    })
    // Also for 401: a token may have run out on the way. Whether the session is over, the next token tells.
    if (!response.ok || response.body === null) throw new ApiFailure(0, { code: 'no-answer' })
    const parse = eventParser()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(watchdog)
      watchdog = setTimeout(abort, silenceMs)
      for (const complete of parse(part.value)) event(complete)
    }
  } finally {
    clearTimeout(watchdog)
    signal.removeEventListener('abort', abort)
    stop.abort()
  }
}

/** Waits, but no longer than until the network is back or `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      globalThis.removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    globalThis.addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
}
