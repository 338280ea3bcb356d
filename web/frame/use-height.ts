import { useEffect } from 'react'
import type { Host } from './host.ts'

/** Pipedrive gives a panel from 100 to 750 pixels. */
const [least, most] = [100, 750]

/** Asks the host for as much room as there is to show. */
export function useHeight(host: Host, asked: boolean): void {
  useEffect(() => {
    const shown = document.getElementById('app')
    if (!asked || shown === null) return
    let last = 0
    const sizes = new ResizeObserver(() => {
      const wanted = Math.min(most, Math.max(least, Math.ceil(shown.getBoundingClientRect().height)))
      if (wanted === last) return
      last = wanted
      host.height(wanted)
    })
    sizes.observe(shown)
    return () => sizes.disconnect()
  }, [host, asked])
}
