import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../testing/browser.ts'
import { buildForLooking } from './built.ts'
import { open } from './pages.ts'
import { serveLook } from './serve.ts'

const limitBytes = 200_000

let app: Awaited<ReturnType<typeof buildForLooking>>
beforeAll(async () => {
  app = await buildForLooking()
}, 120_000)
afterAll(() => app?.remove())

it('the first view needs less than 200 KB of compressed script', async () => {
  const server = await serveLook({ dist: app.dist, scenario: 'ringing' })
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const scripts: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body())
    })
    await open(page, server.url, { name: 'desk', scenario: 'ringing', path: '/' })
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length)
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limitBytes)
  } finally {
    await browser.close()
    await server.close()
  }
})
