import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../../testing/browser.ts'
import { open, pages } from './pages.ts'
import { serveLook } from './serve.ts'

/**
 * Takes pictures of every page: `node web/look/shots.ts <folder> [part of a page's name] [width-scheme-language …]`.
 * Build first. Variants default to all of them.
 */
const [folder, part = '', ...wanted] = process.argv.slice(2)
if (folder === undefined) throw new Error('Say into which folder: node web/look/shots.ts <folder>')

const sizes = { 1440: 900, 768: 1024, 390: 844 } as const
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()

for (const language of ['en', 'cs'] as const) {
  for (const [width, height] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const variant = `${width}-${colorScheme}-${language}`
      if (wanted.length > 0 && !wanted.includes(variant)) continue
      for (const look of pages.filter((page) => page.name.includes(part))) {
        const server = await serveLook({ dist, scenario: look.scenario, language })
        const context = await browser.newContext({
          viewport: { width: Math.min(Number(width), look.widest ?? Number(width)), height },
          colorScheme,
          reducedMotion: 'reduce',
          locale: language === 'cs' ? 'cs-CZ' : 'en-GB',
          timezoneId: 'Europe/Prague',
        })
        const page = await context.newPage()
        page.on('console', (line) => {
          if (line.type() === 'error') process.stderr.write(`${variant} ${look.name}: ${line.text()}\n`)
        })
        await open(page, server.url, look)
        await page.screenshot({ path: join(folder, `${look.name}-${variant}.png`) })
        await context.close()
        await server.close()
      }
    }
  }
}
await browser.close()
