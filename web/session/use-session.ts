import { useSuspenseQuery } from '@tanstack/react-query'
import type { SessionView } from '../../server/http/shapes.ts'
import { hasEnded } from './ended.ts'
import { sessionQuery } from './session-query.ts'

/**
 * Who is signed in, inside the rooms. When the session has ended meanwhile, the sign-in page takes over: what is on the
 * screen then is no longer this person's to see.
 */
export function useSession(): SessionView {
  const { data } = useSuspenseQuery(sessionQuery)
  if (data === null) {
    globalThis.location.replace(hasEnded() ? '/sign-in?problem=ended' : '/sign-in')
    throw new Promise<never>(() => undefined) // nothing more is drawn; the page is being left
  }
  return data
}

/** May set things up: an administrator of the organization, or the operator. */
export function mayManage(session: SessionView): boolean {
  return session.role !== 'agent'
}
