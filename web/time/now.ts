import { useSyncExternalStore } from 'react'

let serverAheadMs = 0
let ticker: ReturnType<typeof setInterval> | undefined
const watchers = new Set<() => void>()

/**
 * Learns how far the server's clock is ahead of this computer's from a `Date` header (whole seconds).
 * Under two seconds is noise of rounding and network, and is left alone.
 */
export function noteServerTime(header: string | null): void {
  const serverMs = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(serverMs)) return
  const ahead = serverMs - Date.now()
  serverAheadMs = Math.abs(ahead) < 2000 ? 0 : ahead
}

/** Now by the server's clock, in milliseconds since 1970 UTC: running clocks count from the server's times. */
export function serverNow(): number {
  return Date.now() + serverAheadMs
}

/** Now, renewed every `stepMs`. All users share one timer. */
export function useNow(stepMs = 1000): number {
  return useSyncExternalStore(watch, () => Math.floor(serverNow() / stepMs) * stepMs)
}

function watch(changed: () => void): () => void {
  watchers.add(changed)
  ticker ??= setInterval(() => {
    for (const tell of watchers) tell()
  }, 1000)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    clearInterval(ticker)
    ticker = undefined
  }
}
