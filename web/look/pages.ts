import type { Page } from 'playwright-core'
import type { Scenario } from './fixtures.ts'

export interface LookPage {
  name: string
  scenario: Scenario
  path: string
  /** made of the same parts as another page here: looked at, but not checked again */
  twin?: true
  /** what is done on the page before it is looked at */
  act?: (page: Page) => Promise<void>
  /** pixels; a frame inside another's page is never as wide as the screen */
  widest?: number
}

/** Every page worth looking at, in the states that matter. */
export const pages: readonly LookPage[] = [
  { name: 'desk-ringing', scenario: 'ringing', path: '/' },
  { name: 'desk-one', scenario: 'ringing', path: '/?call=incoming', twin: true },
  { name: 'desk-talking', scenario: 'talking', path: '/' },
  { name: 'desk-after', scenario: 'agent', path: '/?call=p2', twin: true },
  { name: 'desk-failed', scenario: 'agent', path: '/?call=p4' },
  { name: 'desk-quiet', scenario: 'quiet', path: '/' },
  { name: 'calls', scenario: 'agent', path: '/calls' },
  { name: 'calls-open', scenario: 'agent', path: '/calls/p5' },
  { name: 'calls-waiting', scenario: 'agent', path: '/calls/p3?state=waiting', twin: true },
  { name: 'calls-ring-strip', scenario: 'ringing', path: '/calls' },
  { name: 'connections', scenario: 'ringing', path: '/connections' },
  {
    name: 'connections-recipients',
    scenario: 'ringing',
    path: '/connections',
    twin: true,
    act: async (page) => {
      await page.locator('.refused').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'connections-recordings',
    scenario: 'ringing',
    path: '/connections',
    act: async (page) => {
      await page.locator('.connection footer button').nth(1).click()
      await page.locator('.phone-settings input[value=attach]').check()
      await page.locator('.phone-settings select').first().selectOption('bearer')
    },
  },
  {
    name: 'connections-dial',
    scenario: 'ringing',
    path: '/connections',
    act: async (page) => {
      await page.locator('.connection footer button').nth(1).click()
      await page.locator('.phone-settings select').last().selectOption('command')
      await page.locator('.phone-settings textarea').first().waitFor()
    },
  },
  {
    name: 'connections-telephones',
    scenario: 'asked',
    path: '/connections',
    act: async (page) => {
      await page.locator('.connection footer button').nth(2).click()
      await page.locator('.telephone-lines').waitFor()
    },
  },
  {
    name: 'connections-key',
    scenario: 'asked',
    path: '/connections',
    act: async (page) => {
      await page.locator('.connection footer button').nth(1).click()
      await page.locator('.phone-settings input[value=attach]').check()
    },
  },
  {
    name: 'connections-generic',
    scenario: 'asked',
    path: '/connections',
    act: async (page) => {
      await page.getByRole('button', { name: /^(Describe its events|Popsat její události)$/ }).press('Enter')
      await page.locator('.generic-settings fieldset').first().waitFor()
    },
  },
  { name: 'phone-connected', scenario: 'agent', path: '/phone-connected' },
  { name: 'phone-not-connected', scenario: 'agent', path: '/phone-connected?problem=taken', twin: true },
  {
    name: 'connections-held',
    scenario: 'talking',
    path: '/connections',
    act: async (page) => {
      await page.locator('.connection footer button').nth(1).click()
      await page.locator('.phone-settings input[value=websocket]').check()
      await page.locator('.phone-settings input[type=checkbox]').check()
    },
  },
  {
    name: 'connections-spending',
    scenario: 'ringing',
    path: '/connections',
    act: async (page) => {
      await page.locator('.spending header button').click()
      await page.locator('.spending table').waitFor()
    },
  },
  { name: 'connections-first', scenario: 'quiet', path: '/connections', twin: true },
  { name: 'set-up-lines', scenario: 'quiet', path: '/connections/new', twin: true },
  {
    name: 'set-up-vendor',
    scenario: 'operator',
    path: '/organizations/o2/connections/new',
    act: async (page) => {
      await page.locator('form button[type=submit]').click()
      await page.locator('.copy-field').first().waitFor()
    },
  },
  { name: 'privacy', scenario: 'agent', path: '/privacy' },
  {
    name: 'privacy-announced',
    scenario: 'announced',
    path: '/privacy',
    act: async (page) => page.locator('.policy-announced summary').click(),
  },
  {
    name: 'privacy-documents',
    scenario: 'operator',
    path: '/privacy/documents',
    act: async (page) => {
      await page.locator('.document-waiting summary').click()
      await page.locator('.privacy-part > details > summary').first().click()
    },
  },
  { name: 'privacy-breaches', scenario: 'operator', path: '/privacy' },
  {
    name: 'privacy-notice',
    scenario: 'quiet',
    path: '/privacy',
    act: async (page) => {
      await page.locator('.notice summary').click()
    },
  },
  { name: 'calls-missed', scenario: 'agent', path: '/calls/p1', twin: true },
  {
    name: 'rules',
    scenario: 'quiet',
    path: '/settings/rules',
    act: async (page) => {
      await page.locator('.left-out-add input').fill('+420 601 555 011')
      await page.locator('.left-out-add button').click()
    },
  },
  {
    name: 'requests',
    scenario: 'quiet',
    path: '/privacy/requests',
    act: async (page) => {
      await findHeld(page)
      await page.locator('.held-map [data-node="kind:call journal"], .held-kinds summary').first().click()
      await page.locator('.erase-form input[type=radio]').nth(3).check()
      await page.locator('#held').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'requests-correct',
    scenario: 'quiet',
    path: '/privacy/requests',
    act: async (page) => {
      await findHeld(page)
      await page.locator('.held-persons button').last().click()
      await page.locator('.correct-form input[type=radio]').first().check()
      await page.locator('#correct').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'map',
    twin: true,
    scenario: 'quiet',
    path: '/privacy/map',
    act: async (page) => page.locator('.map-picture, .map-list').first().waitFor(),
  },
  {
    name: 'map-kind',
    scenario: 'quiet',
    path: '/privacy/map?at=kind:calls',
    act: async (page) => {
      await page.locator('.map-picture, .map-list').first().waitFor()
      const row = page.locator('.map-list summary').first()
      if (await row.isVisible()) await row.click()
    },
  },
  {
    name: 'map-purpose',
    scenario: 'quiet',
    path: '/privacy/map?purpose=p3',
    twin: true,
  },
  {
    name: 'map-list',
    scenario: 'operator',
    path: '/privacy/map',
    act: async (page) => {
      await page.locator('.map-picture, .map-list').first().waitFor()
      // A radio without a size of its own: its label is what people see.
      const list = page.getByText(/^(List|Seznam)$/)
      if (await list.isVisible()) await list.click()
      await page.locator('.map-list summary').first().click()
    },
  },
  { name: 'map-installation', scenario: 'operator', path: '/privacy/map', twin: true },
  { name: 'portal-ringing', scenario: 'ringing', path: '/portal', widest: 1200 },
  {
    name: 'portal-call',
    twin: true,
    scenario: 'talking',
    path: '/portal',
    widest: 1200,
    act: async (page) => {
      await page.locator('.frame .desk-row').first().click()
      await page.locator('.card-who').waitFor()
    },
  },
  { name: 'portal-quiet', scenario: 'quiet', path: '/portal', widest: 1200 },
  { name: 'portal-agreement', scenario: 'waiting-for-you', path: '/portal', widest: 1200, twin: true },
  { name: 'portal-problem', scenario: 'agent', path: '/portal?problem=denied', widest: 1200, twin: true },
  { name: 'requests-past', scenario: 'quiet', path: '/privacy/requests', twin: true },
  { name: 'settings', scenario: 'quiet', path: '/settings' },
  {
    name: 'settings-contacts',
    scenario: 'quiet',
    path: '/settings',
    twin: true,
    act: async (page) => {
      await page.locator('.notice-contacts').scrollIntoViewIfNeeded()
    },
  },
  { name: 'agreement', scenario: 'waiting-for-you', path: '/' },
  { name: 'agreement-ask', scenario: 'waiting-for-an-administrator', path: '/' },
  { name: 'sign-in', scenario: 'signed-out', path: '/', twin: true },
  { name: 'sign-in-problem', scenario: 'signed-out', path: '/sign-in?problem=unknown-company' },
  { name: 'sign-in-ended', scenario: 'signed-out', path: '/sign-in?problem=ended', twin: true },
  { name: 'organizations', scenario: 'operator', path: '/' },
  { name: 'organization', scenario: 'operator', path: '/organizations/o2', twin: true },
  {
    name: 'organization-subscription',
    scenario: 'operator',
    path: '/organizations/o2',
    act: async (page) => {
      await page.locator('.subscription button').last().click()
      await page.locator('.subscription-form').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'organization-trial',
    scenario: 'operator',
    path: '/organizations/o2',
    twin: true,
    act: async (page) => {
      await page.locator('.subscription button').nth(1).click()
      await page.locator('.subscription-form').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'organization-new',
    scenario: 'operator',
    path: '/',
    twin: true,
    act: async (page) => {
      await page.locator('.page-head button').click()
      await page.locator('.new-organization select').last().selectOption('trial')
    },
  },
  {
    name: 'organization-delete',
    scenario: 'operator',
    path: '/organizations/o3',
    act: async (page) => page.locator('.delete-organization button').first().click(),
  },
  {
    name: 'palette',
    scenario: 'talking',
    path: '/',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.locator('.palette-field').waitFor()
    },
  },
  {
    name: 'dialled',
    twin: true,
    scenario: 'agent',
    path: '/?call=p2',
    act: async (page) => {
      await page.locator('.dial-button').click()
      await page.locator('.dial-notice[data-tone] > button').waitFor()
    },
  },
  {
    name: 'user-menu',
    scenario: 'talking',
    path: '/',
    act: async (page) => {
      await page.locator('.user-button').click()
      await page.locator('[role=menu]').waitFor()
    },
  },
  {
    name: 'kept',
    scenario: 'agent',
    path: '/?call=p2',
    act: async (page) => {
      await page.locator('.kept-clock').click()
      await page.locator('.kept-facts').waitFor()
    },
  },
]

/** Somebody asks what is held of them. */
async function findHeld(page: Page): Promise<void> {
  await page.locator('.requests-find input').fill('+44 20 7946 0123')
  await page.locator('.requests-find button').click()
}

/** Opens the page and waits until what it loads has come. */
export async function open(page: Page, base: string, look: LookPage): Promise<void> {
  await page.goto(base + look.path)
  await page.locator('#app > *').first().waitFor({ state: 'attached' })
  await page.waitForFunction(() => document.querySelector('h1, h2') !== null)
  await page.waitForFunction(() => {
    const waits = [...document.querySelectorAll('main [role=status]')]
    return waits.every((wait) => !/^(Loading|Načítá)/.test(wait.textContent ?? ''))
  })
  await look.act?.(page)
}
