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
    // The refused address was answered with 400, which a browser calls an error.
    expect((await anna.problems()).filter((problem) => !problem.includes('400'))).toEqual([])
  })
})
