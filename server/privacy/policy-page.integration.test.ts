import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { launchBrowser } from '../../testing/browser.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import type { PolicyView } from '../http/shapes.ts'
import { currentPolicy, policyContent, versionOf } from './policy-content.ts'
import { jana, subject } from './policy-subject.fixture.ts'
import { untold } from './told.fixture.ts'
import { documentLanguages } from './words/languages.ts'

const it = itWithHub({
  env: {
    BITRIX24_LOCAL_APPS: 'yes',
    RINGFENCE_OPERATOR_NAME: 'Spojka <b>& "syn"',
    RINGFENCE_OPERATOR_CONTACT: 'privacy@spojka.example',
  },
})
const path = '/privacy/policy'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** What the policy says has changed since: a version with another operator was in force before. */
async function twoVersions(hub: Hub): Promise<{ older: string; current: string }> {
  const current = await hub.app.policies.read()
  const before = currentPolicy(subject)
  await hub.app.policies.approve(before, jana)
  if (!current) throw new Error('no policy')
  await hub.app.policies.approve(policyContent.parse(current), jana)
  return { older: versionOf(before), current: current.version }
}

const get = (hub: Hub, at: string, headers: Record<string, string> = {}) =>
  hub.client().request('GET', at, { headers: { accept: 'text/html', ...headers } })

describe('the public page of the policy', () => {
  it('PD-10 is open to everybody, without a session, a script or anything from elsewhere', async ({
    hub,
  }) => {
    const answer = await get(hub, path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('set-cookie')).toBeNull()
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src|connect-src|unsafe/)
    expect(answer.text).not.toMatch(/<script|<style|<iframe|<form|javascript:|\son\w+=|\sstyle=/i)
    // Other languages are named, not loaded.
    const loaded = [...answer.text.matchAll(/(?:src|<link (?!rel="alternate")[^>]*href)="([^"]+)"/g)].map(
      ([, url]) => url,
    )
    expect(loaded).toEqual(['/mark.svg', '/privacy/policy.css'])
    expect((await get(hub, '/privacy/policy.css')).headers.get('content-type')).toMatch(/^text\/css/)
    // What the operator calls itself is text, whatever it looks like.
    expect(answer.text).toContain('Spojka &#60;b&#62;&#38; &#34;syn&#34;')
    expect(answer.text).not.toContain('Spojka <b>')
  })

  it('PD-10 shows version, date and every change, and earlier versions at their own addresses', async ({
    hub,
  }) => {
    const { older, current } = await twoVersions(hub)
    const page = (await get(hub, path)).text
    expect(page).toContain(`Version ${current}, in force since <time`)
    expect(page).toContain('The app – operator: until now “Spojka s.r.o.”')
    expect(page).toContain(`href="/privacy/policy/${older}?lang=en"`)

    const earlier = (await get(hub, `${path}/${older}`)).text
    expect(earlier).toContain('no longer in force')
    expect(earlier).toMatch(/Spojka s\.r\.o\..*privacy@spojka\.example/s)
    expect((await get(hub, `${path}/${current}`)).text).not.toContain('no longer in force')
    expect(await get(hub, `${path}/000000000000`)).toMatchObject({ status: 404, json: { code: 'not-found' } })
  })

  it('comes in the language the browser asks for, or the reader chooses', async ({ hub }) => {
    const language = async (at: string, accepted?: string) => {
      const answer = await get(hub, at, accepted === undefined ? {} : { 'accept-language': accepted })
      expect(answer.status).toBe(200)
      const said = /<html lang="(\w+)">/.exec(answer.text)?.[1]
      expect(answer.headers.get('content-language')).toBe(said)
      return said
    }
    expect(await language(path)).toBe('en')
    expect(await language(path, 'cs-CZ,cs;q=0.9,en;q=0.8')).toBe('cs')
    expect(await language(path, 'de-AT,de;q=0.9,en;q=0.8')).toBe('de')
    expect(await language(path, 'sl')).toBe('sl')
    expect(await language(path, 'ro-RO')).toBe('ro')
    // what browsers call Norwegian
    for (const wish of ['nb-NO,nb;q=0.9', 'no', 'nn-NO,nn;q=0.9'])
      expect(await language(path, wish)).toBe('nb')
    expect(await language(path, 'fr')).toBe('en')
    expect(await language(`${path}?lang=ro`, 'de')).toBe('ro')
    expect(await language(`${path}?lang=cs`, 'en')).toBe('cs')
    expect(await language(`${path}?lang=klingon`, 'cs')).toBe('cs')
  })

  it('PD-10 names its other languages, and tells of one app alone where it is asked to', async ({ hub }) => {
    const app = 'optimcall-pipedrive'
    const page = (await get(hub, `${path}?app=${app}&lang=de`)).text
    expect(page).toContain('<h1>Datenschutzerklärung von Ringfence für OptimCall mit Pipedrive</h1>')
    expect(page).not.toContain('placetel.de')
    for (const other of documentLanguages) {
      const address = `${path}?app=${app}&#38;lang=${other}`
      expect(page).toContain(`<link rel="alternate" hreflang="${other}" href="${hub.url}${address}">`)
      expect(page).toContain(`<a href="${address}" lang="${other}"`)
    }
    expect(page).toContain(`hreflang="x-default" href="${hub.url}${path}?app=${app}">`)
    const whole = (await get(hub, `${path}?lang=de`)).text
    expect(whole).toContain('placetel.de')
    expect(whole).toContain(`href="${path}?app=${app}&#38;lang=de"`)
    // whatever was linked once: everything is told
    expect((await get(hub, `${path}?app=gone&lang=de`)).text).toContain('placetel.de')
    const data = await get(hub, `${path}?app=${app}`, { accept: 'application/json' })
    expect(data.text).not.toContain('placetel.de')
  })

  it('PD-10 is linked inside the app as the notice of that app', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const { url, versions } = await acme.admin.client.ok<PolicyView>('GET', '/api/v1/policy')
    expect(url).toBe(`${path}?app=optimcall-pipedrive`)
    expect(versions[0]?.url).toMatch(/^\/privacy\/policy\/[0-9a-f]{12}\?app=optimcall-pipedrive$/)
    expect((await get(hub, versions[0]?.url ?? '')).text).toContain('OptimCall with Pipedrive')
    expect((await hub.operator.ok<PolicyView>('GET', '/api/v1/policy')).url).toBe(path)
  })

  it('PD-10 tells of everything that is kept in it', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    await acme.given.user({ extension: '21' })
    await acme.written(await acme.phone.calls({ from: '+442079460123', to: '21' }))
    expect(await untold(hub, acme, 'optimcall-pipedrive')).toEqual([])
    // The search finds what another app's notice would have to tell of.
    expect(await untold(hub, acme, 'bitrix24')).toContain('persons.name_sealed')
  })

  it('is data for whoever asks for data, and is not sent again to whoever has it', async ({ hub }) => {
    const data = await get(hub, `${path}?lang=cs`, { accept: 'application/json' })
    expect(data.json).toMatchObject({ language: 'cs', version: expect.stringMatching(/^[0-9a-f]{12}$/) })
    expect(data.headers.get('vary')).toMatch(/accept, accept-language/)

    const tag = (await get(hub, path)).headers.get('etag') ?? ''
    expect(await get(hub, path, { 'if-none-match': tag })).toMatchObject({ status: 304, text: '' })
    expect((await get(hub, `${path}?lang=cs`, { 'if-none-match': tag })).status).toBe(200)
  })

  it('can be read by everybody: in both themes, on a phone, and on paper', async ({ hub }) => {
    await twoVersions(hub)
    const context = await browser.newContext({ locale: 'cs-CZ', viewport: { width: 1440, height: 900 } })
    try {
      const page = await context.newPage()
      const problems: string[] = []
      page.on('console', (line) => {
        if (line.type() === 'error') problems.push(line.text())
      })
      await page.goto(hub.url + path)
      expect(await page.locator('html').getAttribute('lang')).toBe('cs')
      for (const [colorScheme, width] of [
        ['light', 1440],
        ['dark', 390],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 844 })
        // One kind of data is laid out like all the others.
        const axe = new AxeBuilder({ page }).setLegacyMode().exclude('.kind ~ .kind')
        const { violations } = await axe.analyze()
        problems.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`)))
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wide).toBeLessThanOrEqual(0)
      }
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.languages').isVisible()).toBe(false)
      await page.emulateMedia({ media: 'screen' })
      await page.getByRole('link', { name: 'Porovnat verze' }).click()
      await page.getByLabel('Dřívější verze').selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Porovnat' }).press('Enter')
      await page.getByText('Obě verze říkají totéž.').waitFor()
      await page.goBack()
      const compared = new AxeBuilder({ page }).setLegacyMode()
      problems.push(...(await compared.analyze()).violations.map(({ id }) => `compared: ${id}`))
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      expect(problems).toEqual([])
    } finally {
      await context.close()
    }
  })
})
