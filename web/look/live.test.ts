import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallView } from '../../server/http/shapes.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { aCall, aMatch, anE164 } from '../calls/fixture.ts'
import { buildForLooking } from './built.ts'
import { type Look, serveLook } from './serve.ts'

let browser: Browser
let context: BrowserContext
let app: Awaited<ReturnType<typeof buildForLooking>>
let server: Look

beforeAll(async () => {
  app = await buildForLooking()
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await app?.remove()
})

beforeEach(async () => {
  server = await serveLook({ dist: app.dist, scenario: 'agent' })
  context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } })
})

afterEach(async () => {
  await context.close()
  await server.close()
})

async function tab(path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.url + path)
  await page.getByRole('status', { name: '' }).filter({ hasText: 'Live' }).waitFor()
  return page
}

const emil = aMatch({ name: 'Emil Kolben', company: 'Dynamo a.s.' })
const ring = (id: string, version = 1, more: Partial<CallView> = {}) =>
  aCall({
    id,
    version,
    startedAt: new Date().toISOString(),
    remote: anE164('+420605111222', '605 111 222'),
    matches: [emil],
    ...more,
  })

describe('a call that comes in', () => {
  it('PD-3 appears on the card by itself, in the title, and is announced once', async () => {
    const page = await tab('/')
    server.tell(ring('new'))
    await page.getByRole('heading', { name: 'Emil Kolben' }).waitFor()
    await expect.poll(() => page.title()).toBe('(1) Desk · ringfence')
    const announced = page.locator('[aria-live=assertive]')
    expect(await announced.textContent()).toBe('Incoming call: Emil Kolben, Dynamo a.s.')
    await announced.evaluate((region) => {
      region.textContent = 'heard'
    })
    server.tell(ring('new', 2, { state: 'answered', answeredAt: new Date().toISOString() }))
    await page.locator('.card-state', { hasText: 'On the line' }).waitFor()
    expect(await announced.textContent()).toBe('heard')
  })

  it('takes no focus from a field that is being typed in', async () => {
    const page = await tab('/calls')
    await page.getByRole('searchbox').pressSequentially('lov')
    server.tell(ring('new'))
    await page.getByRole('link', { name: /Emil Kolben, Dynamo/ }).waitFor()
    await page.keyboard.type('e')
    expect(await page.getByRole('searchbox').inputValue()).toBe('love')
  })

  it('waits at left while one talks, and never takes the card', async () => {
    const page = await tab('/')
    const talking = ring('talk', 1, { state: 'answered', answeredAt: new Date().toISOString() })
    server.tell(talking)
    await page.getByRole('heading', { name: 'Emil Kolben' }).waitFor()
    server.tell(ring('second', 1, { matches: [aMatch({ name: 'Second Caller' })] }))
    await page.getByText('Waits while you talk').waitFor()
    expect(await page.locator('.desk-card h2').textContent()).toBe('Emil Kolben')
  })

  it('is not turned back by a message that was overtaken on its way', async () => {
    const page = await tab('/')
    server.tell(ring('new', 5, { state: 'answered', answeredAt: new Date().toISOString() }))
    server.tell(ring('new', 4))
    server.tell(ring('other', 1, { mine: false, matches: [aMatch({ name: 'Sent Afterwards' })] }))
    await page.getByText('Sent Afterwards').waitFor()
    expect(await page.locator('.desk-card .card-state').textContent()).toContain('On the line')
  })
})

describe('a connection that breaks', () => {
  it('is said, and made again by itself', async () => {
    const page = await tab('/')
    server.cut()
    await page.locator('.live-dot', { hasText: 'Reconnecting' }).waitFor()
    await page.locator('.live-dot', { hasText: /^Live$/ }).waitFor()
    expect(server.streams()).toEqual({ open: 1, opened: 2 })
    server.tell(ring('afterwards'))
    await page.getByRole('heading', { name: 'Emil Kolben' }).waitFor()
  })
})

describe('several tabs of one browser', () => {
  it('share one stream, and the next tab takes over when its holder closes', async () => {
    const first = await tab('/')
    const second = await tab('/')
    expect(server.streams()).toEqual({ open: 1, opened: 1 })
    server.tell(ring('shared'))
    await second.getByRole('heading', { name: 'Emil Kolben' }).waitFor()
    await first.close()
    await expect.poll(() => server.streams(), { timeout: 10_000 }).toEqual({ open: 1, opened: 2 })
    server.tell({
      ...ring('later'),
      startedAt: new Date(0).toISOString(),
      matches: [aMatch({ name: 'Later Caller' })],
    })
    await second.getByText('Later Caller').first().waitFor()
  })
})

describe('the keyboard', () => {
  it('moves between rows with j and k, opens with Enter, and goes anywhere with Ctrl K', async () => {
    const page = await tab('/calls')
    await page.locator('[data-row]').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/calls\/p1$/)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('set')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/settings$/)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  })
})

describe("the operator's link", () => {
  it('leaves the address bar at once', async () => {
    const page = await context.newPage()
    await page.goto(`${server.url}/sign-in#a-token-that-nobody-shall-see`)
    await page.waitForFunction(() => document.querySelector('h1') !== null)
    expect(new URL(page.url()).hash).toBe('')
  })
})

describe('a page that is not loaded yet', () => {
  it('waits while the server is away instead of losing the one that is open', async () => {
    const page = await tab('/')
    const away = (url: URL): boolean => url.pathname === '/' || url.pathname.includes('privacy-page')
    await page.route(away, (route) => route.abort())
    const asked = page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === '/')
    await page.getByRole('link', { name: 'Privacy' }).click()
    await asked
    expect(await page.getByRole('link', { name: 'Desk' }).isVisible()).toBe(true)
    await page.unroute(away)
    await page.getByRole('heading', { name: 'Privacy' }).waitFor()
  })
})

describe('the data map', () => {
  it('is walked with the keyboard, and tells what was chosen, in the address too', async () => {
    const map = await serveLook({ dist: app.dist, scenario: 'operator' })
    try {
      const page = await context.newPage()
      await page.goto(`${map.url}/privacy/map`)
      await page.getByRole('button', { name: 'the connected phone system OptimCall' }).first().focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      const focused = page.locator('button:focus')
      await page.locator('.map-panel h2').waitFor()
      const name = (await page.locator('.map-panel h2').textContent()) ?? ''
      expect(await focused.textContent()).toContain(name)
      expect(await focused.getAttribute('aria-pressed')).toBe('true')
      expect(new URL(page.url()).searchParams.get('at')).toMatch(/^kind:/)
      await page.keyboard.press('ArrowRight')
      expect(await focused.getAttribute('data-node')).toMatch(/^recipient:/)
      await page.keyboard.press('Escape')
      await page.getByText('Choose anything in the picture').waitFor()
      await page.setViewportSize({ width: 390, height: 844 })
      await page.getByRole('heading', { name: 'The connected phone system OptimCall' }).waitFor()
      await expect.poll(() => page.locator('.map-picture').count()).toBe(0)
    } finally {
      await map.close()
    }
  })
})
