/**
 * Takes the sign-in token out of `/sign-in#<token>` and out of the address bar and history, before anything else runs.
 * A fragment never reaches a server by itself; this keeps it out of screenshots and shared histories too.
 */
export function takeLinkToken(): string | undefined {
  const { pathname, search, hash } = globalThis.location
  if (pathname !== '/sign-in' || hash.length < 2) return undefined
  globalThis.history.replaceState(null, '', pathname + search)
  return hash.slice(1)
}
