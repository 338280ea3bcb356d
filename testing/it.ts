import { test } from 'vitest'
import { type Hub, type HubOptions, openHub } from './hub.ts'

/** `it` for tests that share one installation per file; each test founds its own company. */
export function itWithHub(options: HubOptions = {}) {
  return test.extend<{ $file: { hub: Hub } }>({
    hub: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
      async ({}, use) => {
        const hub = await openHub(options)
        await use(hub)
        await hub.close()
      },
      { scope: 'file' },
    ],
  })
}

export const it = itWithHub()
