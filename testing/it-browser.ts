import type { Browser } from 'playwright-core'
import { test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type Hub, type HubOptions, openHub } from './hub.ts'
import { Visitor } from './watched-page.ts'
import { builtWebApp } from './web-app.ts'

/** `it` for tests of one file that share an installation and a browser; visitors are each test's own. */
export function itWithBrowser(options: HubOptions = {}) {
  return test.extend<{ $file: { browser: Browser; hub: Hub }; $test: { visitor: () => Promise<Visitor> } }>({
    browser: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
      async ({}, use) => {
        const browser = await launchBrowser()
        await use(browser)
        await browser.close()
      },
      { scope: 'file' },
    ],
    hub: [
      // biome-ignore lint/correctness/noEmptyPattern: as above
      async ({}, use) => {
        await builtWebApp() // a server finds the files of the web app when it starts
        const hub = await openHub(options)
        await use(hub)
        await hub.close()
      },
      { scope: 'file' },
    ],
    visitor: async ({ browser }, use) => {
      const visitors: Visitor[] = []
      await use(async () => {
        const visitor = await Visitor.at(browser)
        visitors.push(visitor)
        return visitor
      })
      for (const visitor of visitors) await visitor.close()
    },
  })
}
