import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { sessionQuery } from '../session/session-query.ts'
import { applyLive } from './apply.ts'
import type { LiveState } from './reader.ts'
import { followLive } from './share.ts'

interface Live {
  state: LiveState
  /** this tab holds the stream for the whole browser; it is the one that makes sounds */
  holds: boolean
}

const LiveContext = createContext<Live>({ state: 'connecting', holds: false })
export const useLive = (): Live => use(LiveContext)

/** @param name what pages share that show the same user's calls; without one: this browser's desk */
export function LiveProvider({ name = 'ringfence-live', children }: { name?: string; children: ReactNode }) {
  const queries = useQueryClient()
  const [live, setLive] = useState<Live>({ state: 'connecting', holds: false })

  useEffect(() => {
    const stop = new AbortController()
    followLive({
      name,
      signal: stop.signal,
      event: (event) => applyLive(queries, event),
      state: (state, holds) => {
        if (stop.signal.aborted) return
        setLive({ state, holds })
        if (state === 'signed-out') void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      },
    })
    return () => stop.abort()
  }, [queries, name])

  return <LiveContext value={live}>{children}</LiveContext>
}
