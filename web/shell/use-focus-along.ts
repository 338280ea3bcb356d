import { type RefObject, useEffect, useRef } from 'react'

/**
 * Where a button gives way to a form and the form to the button, the focus goes along instead of falling to the top of the
 * page. The place is whatever is shown; somebody who has gone elsewhere meanwhile is left there.
 */
export function useFocusAlong<Place extends HTMLElement>(shown: boolean): RefObject<Place | null> {
  const place = useRef<Place>(null)
  const before = useRef(shown)
  useEffect(() => {
    if (before.current === shown) return
    before.current = shown
    if (document.activeElement !== document.body) return
    const field = place.current?.querySelector<HTMLElement>('input:not([type=hidden])')
    const next = field ?? place.current?.querySelector<HTMLElement>('button')
    next?.focus()
  }, [shown])
  return place
}
