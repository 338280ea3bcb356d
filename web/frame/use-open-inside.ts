import { useEffect } from 'react'
import type { Host } from './host.ts'

/** A person's page opens in the host around us, where its windows stay; where that fails, in a tab like anywhere else. */
export function useOpenInside(host: Host): void {
  useEffect(() => {
    const clicked = (event: MouseEvent): void => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
      const id = link === null ? undefined : /\/person\/(\d{1,15})$/.exec(link.pathname)?.[1]
      if (link === null || id === undefined) return
      event.preventDefault()
      void host.openPerson(id).then((opened) => {
        if (!opened) globalThis.open(link.href, '_blank', 'noreferrer')
      })
    }
    document.addEventListener('click', clicked)
    return () => document.removeEventListener('click', clicked)
  }, [host])
}
