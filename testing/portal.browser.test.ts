import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect } from 'vitest'
import { itWithBrowser } from './it-browser.ts'
import { PortalCompany, portalApp, portalEnv } from './portal-company.ts'
import { until } from './until.ts'

const it = itWithBrowser({ env: portalEnv })

describe('our page inside a portal', () => {
  it('BX-1 BX-11 installs, shows who calls, and opens the desk in a tab of its own', async ({
    hub,
    visitor,
  }) => {
    const acme = await PortalCompany.found(hub, 'browsed', {
      contacts: [{ name: 'Ada Lovelace', phones: ['+442079460123'] }],
      set: 'connected',
    })
    acme.registerApp()
    const visit = await visitor()
    const { page } = visit
    const host = (query: string) =>
      `${hub.sandbox.url}/bitrix24/browsed/host?user=1&client_id=${portalApp.clientId}${query}`
    await page.goto(host('&page=install'))
    await until(
      'the portal knows that the app is installed',
      () => hub.sandbox.bitrix24.portal('browsed').install(portalApp.clientId).installed,
    )

    // The portal opens the app itself then.
    await page.waitForURL((url) => !url.searchParams.has('page'))
    const frame = page.frameLocator('iframe').first()
    await frame.getByRole('heading', { name: 'Agreement' }).waitFor()
    const opens = page.context().waitForEvent('page')
    await frame.getByRole('button', { name: 'Read the agreement' }).click()
    const tab = await opens
    await tab.getByRole('button', { name: 'Accept the agreement' }).click()
    await until('it is accepted', async () => (await acme.query('select 1 from agreements')).length > 0)

    await page.goto(host(''))
    const [user] = await acme.query<{ id: string }>('select id from users')
    await acme.query('insert into user_extensions (extension, user_id) values ($1, $2)', ['21', user?.id])
    hub.app.changed(acme.id)
    hub.sandbox.optimcall.configure('browsed', { extensions: [{ number: '21', name: '21' }] })
    await acme.phone.rings({ from: '+442079460123', to: ['21'] })
    await frame.getByText('Ada Lovelace').first().waitFor()

    const { violations } = await new AxeBuilder({ page }).include('iframe').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    expect(visit.errors()).toEqual([])
  })
})
