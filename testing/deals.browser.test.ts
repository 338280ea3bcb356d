import { describe, expect } from 'vitest'
import { itWithBrowser } from './it-browser.ts'

const it = itWithBrowser()

describe('the card of a call', () => {
  it('PD-4 asks which of several deals it is about, while it rings, by keyboard and in a narrow frame', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    await acme.given.user({ extension: '21', name: 'Anna Nováková' })
    const { deals } = hub.sandbox.pipedrive
    deals.addDeal(acme.domain, { title: 'Difference engine', person_id: ada.id })
    const meant = deals.addDeal(acme.domain, { title: 'Analytical engine', person_id: ada.id })
    await hub.sandbox.idle()
    const anna = await visitor()
    const { page } = anna
    await anna.signIn(`${hub.url}/sign-in`, 'Anna Nováková')
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor()
    await page.setViewportSize({ width: 320, height: 700 })

    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    const asked = page.getByRole('radiogroup', { name: 'Which deal is this call about?' })
    await asked.getByRole('radio', { name: 'Difference engine' }).waitFor()
    expect(await anna.problems()).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await asked.getByRole('radio', { name: 'Analytical engine' }).focus()
    await page.keyboard.press('Space')
    await page.getByText('Linked with the call when it goes to Pipedrive').waitFor()

    await acme.phone.answers(call, '21')
    await acme.phone.hangsUp(call)
    expect(await acme.written(call)).toMatchObject({ dealId: meant.id })
    await page
      .getByText(/^In Pipedrive/)
      .first()
      .waitFor()
    await asked.getByRole('radio', { name: 'Analytical engine', checked: true }).waitFor()
    expect(anna.errors()).toEqual([])
  })
})
