import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'
import type { Colleague, Company } from './company.ts'
import { type Hub, openHub } from './hub.ts'
import { until } from './until.ts'
import { builtWebApp } from './web-app.ts'

let browser: Browser
let hub: Hub
let acme: Company
let anna: Colleague
let boris: Colleague
let ada: { id: number }
const pages: Inside[] = []

beforeAll(async () => {
  await builtWebApp()
  browser = await launchBrowser()
  hub = await openHub()
  acme = await hub.given.organization({ name: 'Analytical Engines' })
  ada = await acme.given.person({ name: 'Ada Lovelace', number: '+44 20 7946 0123' })
  await acme.given.person({ name: 'Charles Babbage', number: '+442079460124' })
  anna = await acme.given.user({ extension: '21', name: 'Anna Nováková' })
  boris = await acme.given.user({ extension: '22', name: 'Boris Král' })
})
afterEach(async () => {
  for (const inside of pages.splice(0)) await inside.close()
})
afterAll(async () => {
  await browser?.close()
  await hub?.close()
})

/** A person inside Pipedrive, with our frames around; what the browser calls an error is kept. */
class Inside {
  readonly page: Page
  readonly window: FrameLocator
  readonly panel: FrameLocator
  readonly #errors: string[] = []

  private constructor(page: Page) {
    this.page = page
    this.window = page.frameLocator('#floatingWindow')
    this.panel = page.frameLocator('#panel')
    page.on('pageerror', (error) => this.#errors.push(`${error.name}: ${error.message}`))
    page.on('console', (line) => {
      if (line.type() === 'error') this.#errors.push(line.text())
    })
  }

  static async as(company: Company, user: { vendorId: number }, query = ''): Promise<Inside> {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
    context.setDefaultTimeout(60_000) // for a busy machine; nothing here is about speed
    const inside = new Inside(await context.newPage())
    pages.push(inside)
    await inside.page.goto(
      `${hub.sandbox.url}/pipedrive/${company.domain}/host?user=${user.vendorId}${query}`,
    )
    return inside
  }

  /** Resolves when the window, open or not, hears of calls. */
  async hears(): Promise<this> {
    await this.window.locator('main:has(h1:text-is("Desk"))').waitFor({ state: 'attached' })
    await until('the window hears of calls', () => hub.app.screens.count() > 0)
    return this
  }

  async isOpen(open: boolean): Promise<void> {
    await this.page.locator(`#window[data-open=${open}]`).waitFor({ state: 'attached' })
  }

  /** Console errors since the last time, and what axe finds in both frames. */
  async problems(themes: readonly ('light' | 'dark')[] = ['light']): Promise<string[]> {
    const problems = this.errors()
    for (const theme of themes) {
      if ((await this.page.locator('html').getAttribute('data-theme')) !== theme)
        await this.page.getByRole('button', { name: 'Switch the theme' }).click()
      for (const frame of [this.window, this.panel])
        await frame.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor({ state: 'attached' })
      // Two frames of ours may be alike: neither can know of the other, and each has a title outside.
      const axe = new AxeBuilder({ page: this.page })
        .include({ fromFrames: ['#floatingWindow', 'html'] })
        .include({ fromFrames: ['#panel', 'html'] })
        .options({ resultTypes: ['violations'] })
        .disableRules('landmark-unique')
      if (theme === 'dark') axe.withRules('color-contrast')
      const { violations } = await axe.analyze()
      for (const { id, nodes } of violations)
        problems.push(...nodes.map(({ html, target }) => `${theme} ${id} ${JSON.stringify(target)} ${html}`))
    }
    return problems
  }

  /** Console errors since the last time. */
  errors(): string[] {
    return this.#errors.splice(0)
  }

  close(): Promise<void> {
    return this.page.context().close()
  }
}

describe('PD-3 inside Pipedrive', () => {
  it('the window opens at whoever is called, with the name, and follows the call to its end', async () => {
    const [own, colleague] = [await Inside.as(acme, anna), await Inside.as(acme, boris)]
    await own.hears()
    await colleague.hears()
    await own.isOpen(false)
    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await own.isOpen(true)
    await own.window.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
    await own.page.locator('#badge', { hasText: '1' }).waitFor()
    expect(await own.problems(['light', 'dark'])).toEqual([])

    await acme.phone.answers(call, '21')
    await own.window.getByRole('article').getByText('On the line').last().waitFor()
    await own.page.locator('#badge').waitFor({ state: 'hidden' })
    await acme.phone.hangsUp(call)
    await acme.written(call)
    await own.window
      .getByText(/^In Pipedrive/)
      .first()
      .waitFor()
    await own.isOpen(true) // the call was worked on here
    expect(own.errors()).toEqual([])

    // What rings at both and is taken by one leaves the other's screen.
    const shared = await acme.phone.rings({ from: '+442079460124', to: ['21', '22'] })
    await colleague.isOpen(true)
    await colleague.window.getByRole('heading', { name: 'Charles Babbage' }).waitFor()
    expect(await colleague.window.getByText('Ada Lovelace').count()).toBe(0)
    await acme.phone.answers(shared, '21')
    await colleague.isOpen(false)
    await acme.phone.hangsUp(shared)
    expect(colleague.errors()).toEqual([])
  })

  it('the panel of a person shows the calls of the last days, and more as they come', async () => {
    const call = await acme.phone.calls({ from: '+442079460123', to: '22' })
    await acme.written(call)
    const own = await Inside.as(acme, boris, `&person=${ada.id}`)
    const rows = own.panel.getByRole('listitem')
    await rows.filter({ hasText: 'Answered' }).first().waitFor()
    const before = await rows.count()
    const more = await acme.phone.rings({ from: '+442079460123', to: '22' })
    await rows.filter({ hasText: 'Ringing' }).waitFor()
    expect(await rows.count()).toBe(before + 1)
    await acme.phone.hangsUp(more)
    await rows.filter({ hasText: 'Missed' }).first().getByRole('button').click()
    await own.panel.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
    expect(await own.problems()).toEqual([])
    await own.panel.getByRole('button', { name: 'Back' }).click()
    await rows.first().waitFor()
  })

  it('PD-6 a click on a number opens the window with that number to call', async () => {
    const own = await Inside.as(acme, boris, `&person=${ada.id}`)
    await own.hears()
    const call = own.window
      .getByRole('region', { name: 'The number you clicked' })
      .getByRole('button', { name: 'Call +44 20 7946 0123' })
    for (const shape of ['phone_number', 'nested']) {
      await own.page.getByLabel('A click on a number tells').selectOption(shape)
      await own.page.getByRole('button', { name: '+44 20 7946 0123' }).click()
      await own.isOpen(true)
      await call.waitFor()
      await own.page.getByRole('button', { name: 'Close the window' }).click()
      await own.isOpen(false)
    }
    await own.page.getByLabel('A click on a number tells').selectOption('nested')
    await own.page.getByRole('button', { name: '+44 20 7946 0123' }).click()
    await call.click()
    // No command is configured in this company, and it says so.
    await own.window.getByText('no dial command is configured').waitFor()
    const link = own.window.getByRole('link', { name: 'Open the link again' })
    expect(await link.getAttribute('href')).toBe('tel:+442079460123')
    // The browser of this test has no telephone, and says so.
    expect(own.errors().filter((error) => !error.includes('tel:'))).toEqual([])
    await own.page.getByRole('button', { name: 'Close the window' }).click()
    await own.isOpen(false)
    await own.page.getByLabel('A click on a number tells').selectOption('strange')
    await own.page.getByRole('button', { name: '+44 20 7946 0123' }).click()
    await own.isOpen(true)
    await own.window.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
    expect(await call.count()).toBe(0)
    expect(own.errors()).toEqual([])
  })

  it('another company’s people see nothing of it', async () => {
    const other = await hub.given.organization({ name: 'Difference Engines' })
    const emil = await other.given.user({ extension: '21', name: 'Emil Veselý', sees: 'all' })
    await other.given.person({ name: 'Karel Čapek', number: '+420601000102' })
    const stranger = await (await Inside.as(other, emil)).hears()
    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.hangsUp(call)
    // Shown afterwards is his own call; had the other been, it would stand there too.
    await other.phone.rings({ from: '+420601000102', to: '21' })
    await stranger.window.getByRole('heading', { name: 'Karel Čapek' }).waitFor()
    expect(await stranger.window.getByText('Ada Lovelace').count()).toBe(0)
    expect(await stranger.panel.getByText('Ada Lovelace').count()).toBe(0)
  })

  it('a session that has run out is renewed without a word', async () => {
    const own = await (await Inside.as(acme, anna)).hears()
    await hub.control('update sessions set expires_at = ringfence.now() where user_id = $1', [anna.id])
    await hub.restart() // so that the stream breaks now and not at its next heartbeat
    await own.page.getByRole('log').getByText('floatingWindow: get_signed_token').first().waitFor()
    await until('there is a session again', async () => {
      const open = await hub.control(
        'select from sessions where user_id = $1 and expires_at > ringfence.now()',
        [anna.id],
      )
      return open.length > 0
    })
    await until('the window hears of calls again', () => hub.app.screens.count() > 0)
    await acme.phone.rings({ from: '+442079460124', to: '21' })
    await own.window.getByRole('heading', { name: 'Charles Babbage' }).waitFor()
    expect(await own.window.getByRole('alert').count()).toBe(0)
  })
})

describe('inside Pipedrive, whoever comes', () => {
  const refused = [
    ['a forged token', '&token=forged&fresh=forged', 'Pipedrive’s signature is not accepted'],
    ['an unsigned token', '&token=unsigned&fresh=unsigned', 'Pipedrive’s signature is not accepted'],
    ['the ids of another', '&token=swapped&fresh=swapped', 'You are not connected'],
    ['no session in Pipedrive', '&token=expired&fresh=refused', 'Pipedrive does not say who you are'],
  ] as const
  it('reads why, and sees nobody’s calls', async () => {
    const tried = refused.map(async ([who, query, words]) => {
      const own = await Inside.as(acme, anna, query)
      for (const frame of [own.window, own.panel])
        await frame.getByRole('alert').filter({ hasText: words }).waitFor({ state: 'attached' })
      return [who, await own.panel.getByRole('listitem').count()]
    })
    expect(await Promise.all(tried)).toEqual(refused.map(([who]) => [who, 0]))
  })

  it('with an old token gets a new one, and then sees them', async () => {
    await (await Inside.as(acme, anna, '&token=expired')).hears()
  })

  it('PD-1 connects in a tab of its own and is let in when coming back', async () => {
    const user = hub.sandbox.pipedrive.addUser(acme.domain, {
      name: 'Cyril Svoboda',
      email: 'cyril@acme.example',
    })
    const own = await Inside.as(acme, { vendorId: user.id }, '&installed=anyway')
    await own.page.getByRole('button', { name: /^Ringfence/ }).click()
    await own.isOpen(true)
    await own.window.getByRole('heading', { name: 'You are not connected' }).waitFor()
    expect((await own.problems()).filter((problem) => !problem.includes('401'))).toEqual([])
    const tab = own.page.context().waitForEvent('page')
    await own.window.getByRole('link', { name: 'Connect' }).click()
    const page = await tab
    await page.getByRole('radio', { name: 'Cyril Svoboda' }).check()
    await page.getByRole('button', { name: 'Allow and install' }).click()
    await page.waitForURL((url) => url.origin === hub.url)
    await page.close()
    await own.window.getByRole('button', { name: 'Try again' }).click()
    await own.window.getByText('You have no extension yet').waitFor()
    const id = await acme.userId(user.id)
    await acme.admin.client.ok('PUT', `/api/v1/users/${id}/extensions`, { extensions: ['23'] })
    await own.window.getByText('When your phone rings').waitFor()
  })
})

describe('a page elsewhere', () => {
  it('cannot put it into a frame', async () => {
    const foreign = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html')
      answer.end(
        `<iframe src="${hub.url}/apps/pipedrive/panel?id=1"></iframe><iframe src="${hub.url}/"></iframe>`,
      )
    })
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      const refusals: string[] = []
      page.on('console', (line) => refusals.push(line.text()))
      await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`)
      await expect
        .poll(() => refusals.filter((text) => text.includes('frame-ancestors')).length)
        .toBeGreaterThanOrEqual(2)
      for (const frame of page.frames().slice(1)) expect(frame.url()).not.toContain(hub.url)
      // Opened by hand it says where it belongs.
      await page.goto(`${hub.url}/apps/pipedrive/panel`)
      await page.getByRole('heading', { name: 'This page belongs inside Pipedrive' }).waitFor()
    } finally {
      await context.close()
      foreign.close()
    }
  })
})
