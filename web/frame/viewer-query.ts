import { queryOptions } from '@tanstack/react-query'
import type { SessionView } from '../../server/http/shapes.ts'
import { ApiFailure, type Bearer, request } from '../api/request.ts'
import { loadCatalogue } from '../languages/language.tsx'

/** How soon a frame notices that the agreement was accepted elsewhere. */
const agreementMs = 15_000

const mine = ({ signal }: { signal: AbortSignal }) =>
  request<SessionView | undefined>('GET', '/session', { signal })

/** Who looks, and the language they read. */
export function viewerQuery(session: Bearer) {
  return queryOptions({
    // The live stream tells of changed users and extensions by this word, and whoever has it as a key asks anew.
    queryKey: ['connections', 'viewer'],
    queryFn: async (of) => {
      let viewer = await mine(of)
      // Asking who one is, is answered also when the session has run out: with nobody.
      if (viewer === undefined) {
        await session.renewed(await session.current())
        viewer = await mine(of)
      }
      if (viewer === undefined) throw new ApiFailure(401, { code: 'unauthorized' })
      return { viewer, messages: await loadCatalogue(viewer.language) }
    },
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => (data?.viewer.agreement === 'accepted' ? false : agreementMs),
  })
}
