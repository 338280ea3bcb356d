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

export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const [live, setLive] = useState<Live>({ state: 'connecting', holds: false })

  useEffect(() => {
    const stop = new AbortController()
    followLive({
      signal: stop.signal,
      event: (event) => applyLive(queries, event),
      state: (state, holds) => {
        if (stop.signal.aborted) return
        setLive({ state, holds })
        if (state === 'signed-out') void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      },
    })
    return () => stop.abort()
  }, [queries])

  return <LiveContext value={live}>{children}</LiveContext>
}
