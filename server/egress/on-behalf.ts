import { AsyncLocalStorage } from 'node:async_hooks'

/** For whom something is done, so that a request that is refused on the way can be told to them. */
export interface Behalf {
  organizationId?: string | undefined
  connectionId?: string | undefined
}

const store = new AsyncLocalStorage<Behalf>()

/** Runs `work`, and whatever it sets going, on behalf of somebody. What becomes known later is set with `nowOnBehalfOf`. */
export function onBehalfOf<T>(behalf: Behalf, work: () => T): T {
  return store.run({ ...behalf }, work)
}

export function nowOnBehalfOf(behalf: Behalf): void {
  const current = store.getStore()
  if (current) Object.assign(current, behalf)
}

export function behalf(): Behalf {
  return store.getStore() ?? {}
}
