import { useEffect, useRef } from 'react'
import type { CallView } from '../../server/http/shapes.ts'

/**
 * `yields` when a call begins to ring at one's own phone: it takes the place of what was looked at by hand. While one talks
 * it waits instead.
 */
export function useNewRing(calls: readonly CallView[] | undefined, yields: () => void): void {
  const known = useRef<Set<string>>(undefined)
  useEffect(() => {
    if (calls === undefined) return
    const ringing = calls.filter((call) => call.here === 'ringing').map((call) => call.id)
    const fresh = known.current !== undefined && ringing.some((id) => known.current?.has(id) === false)
    known.current = new Set(ringing)
    const talking = calls.some((call) => call.here === 'talking')
    if (fresh && !talking) yields()
  }, [calls, yields])
}
