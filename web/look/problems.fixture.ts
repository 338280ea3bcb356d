import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from '../../testing/browser.ts'
import { buildForLooking } from './built.ts'
import { type LookPage, open, pages } from './pages.ts'
import { serveLook } from './serve.ts'

export interface Look {
  colorScheme: 'light' | 'dark'
  width: number
  /** by far the slowest to check; a theme changes nothing else, and on a phone they are the same */
  only?: 'colours' | 'all but colours'
}

/** Pages that differ in more than their words. */
export const pagesToCheck = pages.filter((page) => page.twin === undefined)

/** For the tests of one file: the app as it is built, and one browser. */
export function lookingAtPages() {
  let browser: Browser
  let app: Awaited<ReturnType<typeof buildForLooking>>
  beforeAll(async () => {
    app = await buildForLooking()
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await app?.remove()
  })
  return {
    problemsOf: (look: LookPage, looks: readonly Look[]) => problemsOf(browser, app.dist, look, looks),
  }
}

/** What is wrong with a page: findings of axe, and everything the console calls an error (the security policy too). */
async function problemsOf(
  browser: Browser,
  dist: string,
  look: LookPage,
  looks: readonly Look[],
): Promise<string[]> {
  const server = await serveLook({ dist, scenario: look.scenario })
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(`${error.name}: ${error.message}`))
    page.on('console', (line) => {
      if (line.type() === 'error' && !isRefusalAtTheDoor(look, line.text())) problems.push(line.text())
    })
    await page.setViewportSize({ width: 1440, height: 844 })
    await open(page, server.url, look)
    for (const { colorScheme, width, only } of looks) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 844 })
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
      // There is one frame, so no second page is needed to put the results of several together.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
      if (only === 'colours') axe.withRules('color-contrast')
      if (only === 'all but colours') axe.disableRules('color-contrast')
      const { violations } = await axe.analyze()
      for (const rule of violations) {
        problems.push(
          ...rule.nodes.map((node) => `${colorScheme} ${width} ${node.failureSummary} ${node.html}`),
        )
      }
    }
    return problems
  } finally {
    await context.close()
    await server.close()
  }
}

/** Browsers report every 401; a person who is not signed in meets exactly that one. */
function isRefusalAtTheDoor(look: LookPage, text: string): boolean {
  return look.scenario === 'signed-out' && text.includes('401')
}
