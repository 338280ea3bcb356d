import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../testing/browser.ts'
import { type Stage, startStage } from './stage.fixture.ts'

let browser: Browser
let stage: Stage
let page: Page
let problems: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  stage = await startStage()
  const script = `<script src="${stage.sandbox.bitrix24.scriptUrl}"></script>`
  const say = 'const say = (words) => { document.querySelector("output").textContent = words };'
  stage.pages.set(
    '/install',
    `${script}<output></output><button onclick="BX24.installFinish()">Finish</button>
<script>${say} BX24.install(() => say('install')); BX24.init(() => { document.title = BX24.getAuth().access_token })</script>`,
  )
  stage.pages.set(
    '/app',
    `${script}<output></output><button onclick="BX24.refreshAuth((auth) => say(auth.access_token))">Refresh</button>
<script>${say} BX24.init(() => say(BX24.placement.info().placement + ' ' + BX24.isAdmin() + ' ' + BX24.getLang()))</script>`,
  )
  stage.pages.set(
    '/worker',
    `${script}<script>BX24.init(() => {
  BX24.placement.bindEvent('BackgroundCallCard::initialized', (card) =>
    BX24.placement.call('CallCardSetUiState', { uiState: 'connected' }, (answer) => console.log('state', JSON.stringify(answer), card.CALL_DIRECTION)))
  BX24.placement.bindEvent('BackgroundCallCard::hangupButtonClick', () => console.log('hangup'))
})</script>`,
  )
  page = await browser.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') problems.push(line.text())
  })
})
afterEach(async () => {
  await page.close()
  await stage.close()
})

const host = (query: string) => page.goto(`${stage.sandbox.bitrix24.portalUrl('acme')}/host?${query}`)

describe('the portal’s page in a real browser', () => {
  test('installs an app, then shows it', async () => {
    await host('user=1&page=install')
    const installer = page.frameLocator('iframe[title=Installer]')
    await expect.poll(() => installer.locator('output').textContent()).toBe('install')
    expect(stage.sandbox.bitrix24.portal('acme').installs.get('local.1')?.installed).toBe(false)
    await installer.getByRole('button', { name: 'Finish' }).click()
    const app = page.frameLocator('iframe[title=App]')
    await expect.poll(() => app.locator('output').textContent()).toBe('DEFAULT true de')
    expect(stage.sandbox.bitrix24.portal('acme').installs.get('local.1')?.installed).toBe(true)
    await app.getByRole('button', { name: 'Refresh' }).click()
    await expect.poll(() => app.locator('output').textContent()).toMatch(/^[0-9a-f]{70}$/)
    stage.token = (await app.locator('output').textContent()) ?? ''
    expect((await stage.rest('profile')).body.result.ID).toBe('1')
    expect(problems).toEqual([])
  })

  test('shows nothing of an unfinished app to others', async () => {
    stage.sandbox.bitrix24.installs.add({ portal: 'acme', userId: 1, clientId: 'local.1' })
    await host('user=2')
    expect(await page.getByRole('status').textContent()).toContain('not fully installed')
  })

  test('shows call cards, makes calls by a click, and lets the background worker see to both', async () => {
    await stage.installed()
    const { bitrix24 } = stage.sandbox
    bitrix24.setOutgoing({ portal: 'acme', clientId: 'local.1' })
    await stage.rest('event.bind', { event: 'ONEXTERNALCALLSTART', handler: `${stage.appUrl}/event` })
    const OPTIONS = { errorHandlerUrl: `${stage.appUrl}/worker-error` }
    const bound = { PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER: `${stage.appUrl}/worker`, OPTIONS }
    expect((await stage.rest('placement.bind', bound)).body.result).toBe(true)
    const said: string[] = []
    page.on('console', (line) => said.push(line.text()))
    await host('user=2')
    await page.getByRole('button', { name: '+44 20 7946 0123' }).click()
    const card = page.locator('#cards li')
    await card.waitFor()
    await expect
      .poll(() => card.textContent())
      .toContain('outgoing, +44 20 7946 0123, Ada Lovelace, connected')
    await expect.poll(() => said).toContain('state [] outgoing')
    await card.getByRole('button', { name: 'hangup' }).click()
    await expect.poll(() => said).toContain('hangup')
    await stage.sandbox.idle()
    const [event] = stage.events('ONEXTERNALCALLSTART')
    expect(event.data).toMatchObject({ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '1', USER_ID: '2' })
    await stage.rest('telephony.externalCall.finish', {
      CALL_ID: event.data.CALL_ID,
      USER_ID: 2,
      DURATION: 5,
    })
    await expect.poll(() => card.count()).toBe(0)
    expect(problems).toEqual([])
  })
})
