import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

/** The chosen scheme for as long as the page is open. Nothing is stored in the browser. */
export function colourSchemeInMemory(): MantineColorSchemeManager {
  let chosen: MantineColorScheme | undefined
  return {
    get: (byDefault) => chosen ?? byDefault,
    set: (scheme) => {
      chosen = scheme
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => {
      chosen = undefined
    },
  }
}
