import { useEffect } from 'react'
import { backOffMs } from '../live/back-off.ts'
import type { HostedSession, SessionState } from './frame-session.ts'
import type { Host } from './host.ts'

/**
 * A closed frame opens again by itself: after a while when the server was away, and whenever the person comes back to it,
 * because what was missing they have probably just done in another tab.
 */
export function useRetries(host: Host, session: HostedSession, state: SessionState): void {
  const why = state.is === 'closed' ? state.why : undefined

  useEffect(() => {
    if (why === undefined) return
    const again = (): void => void session.open()
    const onShown = (): void => {
      if (document.visibilityState === 'visible') again()
    }
    const unlisten = host.onVisibility(({ visible }) => {
      if (visible) again()
    })
    document.addEventListener('visibilitychange', onShown)
    globalThis.addEventListener('focus', again)
    return () => {
      unlisten()
      document.removeEventListener('visibilitychange', onShown)
      globalThis.removeEventListener('focus', again)
    }
  }, [why, host, session])

  // Each try that fails is a new state, also where it says the same.
  useEffect(() => {
    if (state.is === 'open') tries = 0
    if (state.is !== 'closed' || state.why !== 'no-answer') return
    tries += 1
    const timer = setTimeout(() => void session.open(), backOffMs(tries))
    return () => clearTimeout(timer)
  }, [state, session])
}

/** One frame, one server: how often it did not answer in a row. */
let tries = 0
