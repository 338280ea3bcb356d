import { describe, expect } from 'vitest'
import { itWithBrowser } from './it-browser.ts'
import { until } from './until.ts'

const it = itWithBrowser({ start: { held: { beatMs: 100 } } })

describe('an administrator whose phone system cannot reach us', () => {
  it('lets us connect to it, sees that it is connected, and takes the phone that rang', async ({
    hub,
    visitor,
  }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization()
    optimcall.configure(acme.domain, { mode: 'websocket', socket: { token: 'opens' } })
    const anna = await visitor()
    const { page } = anna
    await anna.signIn(`${hub.url}/sign-in`, acme.admin.name)
    await page.getByRole('link', { name: 'Connections' }).click()
    await page.getByRole('button', { name: 'Connection, recordings and calling' }).click()
    await page.getByRole('radio', { name: /^We connect to OptimCall/ }).check()
    await page.getByLabel('WebSocket address').fill('https://acme.example')
    await page.getByRole('switch', { name: 'OptimCall asks for a security token' }).check()
    await page.getByLabel(/^Security token/).fill('opens')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('beginning with wss://').waitFor()
    await page.getByLabel('WebSocket address').fill(optimcall.socketUrl(acme.domain))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/^Connected since \d/).waitFor()
    await page.getByText('never').waitFor()

    await acme.phone.calls({ from: '+442079460123', to: '22' })
    await until('the call is heard', async () => (await acme.query('select id from calls')).length === 1)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: '22 is my phone' }).click()
    await page.getByRole('button', { name: '22 is my phone' }).waitFor({ state: 'detached' })
    expect(await acme.users()).toMatchObject([{ name: acme.admin.name, extensions: ['22'] }])
    // It asks before it removes, by keyboard too, and the focus is back afterwards.
    await page.getByRole('link', { name: 'Connections' }).click()
    const remove = page.getByRole('button', { name: 'Remove', exact: true })
    await remove.click()
    await page.getByRole('dialog', { name: 'Remove OptimCall?' }).waitFor()
    await page.keyboard.press('Enter') // on Cancel, where the focus is
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => remove.evaluate((element) => element === document.activeElement)).toBe(true)
    await remove.click()
    await page.getByRole('button', { name: 'Remove it' }).click()
    await page.getByText('No phone system is connected yet').waitFor()
    await until('nobody is connected', () => optimcall.sockets(acme.domain).open === 0)
    // The refused address was answered with 400, which a browser calls an error.
    expect((await anna.problems()).filter((problem) => !problem.includes('400'))).toEqual([])
  })
})

describe('an administrator who is asked to put something right', () => {
  it('L-16.1 corrects the person by keyboard, and sees what came of it', async ({ hub, visitor }) => {
    const acme = await hub.given.organization()
    const person = await acme.given.person({ name: 'Ada Lovelace', number: '+44 20 7946 0123' })
    const anna = await visitor()
    const { page } = anna
    await anna.signIn(`${hub.url}/sign-in`, acme.admin.name)
    await page.goto(`${hub.url}/privacy/requests`)
    await page.getByLabel('Telephone number').fill('+44 20 7946 0123')
    await page.keyboard.press('Enter')
    const correct = page.getByRole('button', { name: 'Correct… Ada Lovelace' })
    await correct.click()
    const name = page.getByLabel('Name', { exact: true })
    const focused = (element: typeof name) =>
      expect.poll(() => element.evaluate((one) => one === document.activeElement)).toBe(true)
    await focused(name)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await focused(correct)
    await page.keyboard.press('Enter')
    await name.fill('Ada King')
    await page.getByLabel('Number', { exact: true }).fill('nowhere')
    await page.getByRole('radio', { name: 'Correct the person there too' }).check()
    await page.getByRole('button', { name: 'Correct now' }).click()
    await page.getByText('This is no telephone number.').waitFor()
    await page.getByLabel('Number', { exact: true }).fill('+44 20 7946 0188')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Held about Ada King' }).waitFor()
    await page.getByText('Corrected: name and numbers').waitFor()
    await page.getByText('corrected', { exact: true }).waitFor()
    const there = hub.sandbox.pipedrive.company(acme.domain).persons.get(person.id)
    expect(there).toMatchObject({ name: 'Ada King', phones: [{ value: '+44 20 7946 0188' }] })
    expect((await anna.problems()).filter((problem) => !problem.includes('400'))).toEqual([])
  })
})
