import { useCallback, useState } from 'react'

const overscan = 8

/** Which rows of equal height to draw for a view of `height` pixels scrolled to `top`; `end` is exclusive. */
export function visibleRows(view: { top: number; height: number }, rowHeight: number, count: number) {
  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan)
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + overscan)
  return { first: Math.min(first, Math.max(0, end - 1)), end }
}

/** Follows the scrolling of the element that gets `ref`, so that only the rows in view are drawn. */
export function useWindowedRows(rowHeight: number, count: number) {
  const [view, setView] = useState({ top: 0, height: 800 })
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return
    const look = (): void => setView({ top: element.scrollTop, height: element.clientHeight })
    const size = new ResizeObserver(look)
    size.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      size.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return { ref, ...visibleRows(view, rowHeight, count) }
}
