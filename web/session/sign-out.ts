import { request } from '../api/request.ts'

/** Ends the session here and starts the page afresh, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await request('DELETE', '/session')
  globalThis.location.replace('/sign-in')
}
