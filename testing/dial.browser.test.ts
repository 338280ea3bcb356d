import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect } from 'vitest'
import { dialTemplate } from '../sandbox/optimcall/commands.ts'
import { itWithBrowser } from './it-browser.ts'

const it = itWithBrowser()

describe('click-to-call at the desk', () => {
  it('PD-6 says what it does: a link without a command, then the phone and the card, and refusals', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    await acme.given.user({ extension: '21', name: 'Anna Nováková', admin: true })
    await acme.phone.calls({ from: '+442079460123', to: '21' })
    const tenant = hub.sandbox.optimcall.configure(acme.domain, { apiKey: 'k' })
    const anna = await visitor()
    const { page } = anna
    await anna.signIn(`${hub.url}/sign-in`, 'Anna Nováková')
    const card = page.getByRole('article')
    await card.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
    const said = page.getByRole('complementary', { name: 'Call' }).getByRole('status')

    await card.getByRole('button', { name: 'Call +44 20 7946 0123' }).click()
    await expect.poll(() => said.textContent()).toContain('opened as a tel: link, because no dial command')
    const link = page.getByRole('link', { name: 'Open the link again' })
    expect(await link.getAttribute('href')).toBe('tel:+442079460123')
    // The browser of this test has no telephone, and says so.
    expect((await anna.problems()).filter((problem) => !problem.includes('tel:'))).toEqual([])

    // An administrator writes down what the maker of the phone system told them.
    await page.getByRole('link', { name: 'Connections' }).first().click()
    await page.getByRole('button', { name: 'Connection, recordings and calling' }).click()
    await page.getByLabel('Address of OptimCall').fill(hub.sandbox.url)
    await page.getByLabel('When somebody presses Call').selectOption('Send a command to OptimCall')
    const { path, body, success } = dialTemplate(tenant)
    await page.getByLabel('Path').fill('elsewhere')
    await page.getByLabel('JSON body').fill(body)
    await page.getByLabel('It worked when this field').fill(success.field)
    await page.getByLabel('equals').fill(success.equals)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write a path that begins with one slash').waitFor()
    await page.getByLabel('Path').fill(`${hub.sandbox.url}${path}`)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved').waitFor()

    // What was set goes to no other host.
    await page.getByRole('button', { name: 'Connection, recordings and calling' }).click()
    await page.getByLabel('Address of OptimCall').fill('https://elsewhere.example')
    await page.getByText('The address leads to another host').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()

    // A journal row, by its key.
    await page.getByRole('link', { name: 'Calls', exact: true }).first().click()
    await page.getByRole('row').getByRole('link', { name: 'Ada Lovelace' }).focus()
    await page.keyboard.press('c')
    await expect.poll(() => said.textContent()).toBe('Your phone 21 rings, then +44 20 7946 0123.')
    const [live] = hub.sandbox.optimcall.liveCalls()
    expect(live).toMatchObject({ from: '21', to: '+442079460123', ringing: ['21'] })
    await page.getByRole('link', { name: 'Desk' }).first().click()
    await card.getByText('Ringing').first().waitFor()
    await card.getByText('Outgoing').or(card.getByText('shown as')).first().waitFor()
    hub.sandbox.optimcall.hangUp(live?.id ?? '')

    // A number typed into the palette.
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('0 112')
    await page.getByRole('option', { name: 'Call 0 112' }).click()
    await expect.poll(() => said.textContent()).toContain('is an emergency number')
    await page.getByRole('complementary', { name: 'Call' }).getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => said.textContent()).toBe('')

    // The key of the phone system is made anew, once it was asked for twice.
    await page.getByRole('link', { name: 'Connections' }).first().click()
    await page.getByRole('button', { name: 'New address and secret' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Make new ones' }).click()
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    const address = await page.getByLabel('Hook address', { exact: true }).inputValue()
    expect(address).toMatch(/\/hooks\/[\w-]{32}$/)
    expect(address).not.toBe(acme.hookUrl)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await acme.hook('{')).toBe(404)
    // Refusals of ours are answers that a browser writes down as errors.
    expect(anna.errors().filter((problem) => !/status of 4(00|22)/.test(problem))).toEqual([])
  })
})
