import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** A person at a browser of their own; what the browser itself calls an error is kept. */
export class Visitor {
  readonly page: Page
  readonly #context: BrowserContext
  readonly #errors: string[] = []

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.page = page
    page.on('pageerror', (error) => this.#errors.push(`${error.name}: ${error.message}`))
    page.on('console', (line) => {
      if (line.type() === 'error') this.#errors.push(line.text())
    })
  }

  static async at(browser: Browser): Promise<Visitor> {
    const context = await browser.newContext({
      locale: 'en-GB',
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
    })
    context.setDefaultTimeout(60_000) // for a busy machine; nothing here is about speed
    return new Visitor(context, await context.newPage())
  }

  /** Signs in through the CRM's own page, as this user there. */
  async signIn(start: string, name: string): Promise<void> {
    const { page } = this
    await page.goto(start)
    if (new URL(start).pathname === '/sign-in')
      await page.getByRole('link', { name: 'Sign in with Pipedrive' }).click()
    await page.getByRole('radio', { name }).check()
    await page.getByRole('button', { name: 'Allow and install' }).click()
    await page.waitForURL((url) => url.origin === new URL(start).origin)
  }

  /** Console errors since the last time, and what axe finds on the page as it is, in both themes. */
  async problems(): Promise<string[]> {
    const problems = this.#errors.splice(0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme })
      await this.page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
      const axe = new AxeBuilder({ page: this.page }).setLegacyMode()
      // Another theme changes colours and nothing else.
      if (colorScheme === 'dark') axe.withRules('color-contrast')
      const { violations } = await axe.analyze()
      for (const { id, nodes } of violations)
        problems.push(...nodes.map((node) => `${colorScheme} ${id} ${node.html}`))
    }
    return problems
  }

  /** Console errors since the last time. */
  errors(): string[] {
    return this.#errors.splice(0)
  }

  close(): Promise<void> {
    return this.#context.close()
  }
}
