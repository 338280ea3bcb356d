import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
import type { Host } from './host.ts'
import { byHand, keepWindow, ringsHere, untold } from './keep-window.ts'
import { type Clicked, readClickedNumber } from './read-clicked-number.ts'

/** Opens and closes the floating window with the calls, keeps its badge, and hears what was clicked to open it. */
export function useWindow(
  host: Host,
  calls: readonly CallView[] | undefined,
  extensions: readonly string[],
): { clicked: Clicked | undefined; forgetClick: () => void } {
  const window = useRef({ kept: untold, open: false })
  const [clicked, setClicked] = useState<Clicked>()
  const forgetClick = useCallback(() => setClicked(undefined), [])
  const inFront = useInFront()

  useEffect(
    () =>
      host.onVisibility(({ visible, by, context }) => {
        const { kept } = window.current
        window.current = { open: visible, kept: by === 'command' ? kept : byHand(kept) }
        setClicked(visible ? readClickedNumber(context) : undefined)
      }),
    [host],
  )

  useEffect(() => {
    if (calls === undefined) return
    const { kept, open } = window.current
    const next = keepWindow(kept, { calls, extensions, open, inFront })
    window.current = { kept: next.kept, open: next.wish === undefined ? open : next.wish === 'show' }
    if (next.wish === 'show') host.showWindow()
    if (next.wish === 'hide') host.hideWindow()
  }, [host, calls, extensions, inFront])

  const ringing = calls?.filter((call) => ringsHere(call)).length ?? 0
  useEffect(() => host.badge(ringing), [host, ringing])

  return { clicked, forgetClick }
}

function useInFront(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
    () => document.visibilityState === 'visible',
  )
}
