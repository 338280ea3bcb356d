import { describe, expect } from 'vitest'
import type { PolicyView } from '../server/http/shapes.ts'
import { itWithBrowser } from './it-browser.ts'

const it = itWithBrowser()

describe('the operator', () => {
  it('signs in by the link, which leaves the address, and finds the organizations', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization({ set: 'connected', name: 'Analytical Engines' })
    const operator = await visitor()
    const { page } = operator
    await page.goto(`${hub.url}/sign-in#${await hub.operatorToken()}`)
    await page.getByRole('link', { name: acme.name }).waitFor()
    expect(new URL(page.url()).hash).toBe('')
    expect(await operator.problems()).toEqual([])

    await page.getByRole('link', { name: acme.name }).click()
    await page.getByRole('heading', { name: acme.name }).first().waitFor()
    expect(await operator.problems()).toEqual([])

    await page.getByRole('button', { name: /sign-out/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in with Pipedrive' }).waitFor()
    expect(await operator.problems()).toEqual([])
  })
})

describe('the first user of a company', () => {
  it('PD-1 installs through the CRM, reads the agreement, accepts it, and sees the contacts come', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization({
      set: 'connected',
      persons: [{ name: 'Ada Lovelace', phones: [{ value: '+442079460123' }] }],
    })
    const name = hub.sandbox.pipedrive.company(acme.domain).users.values().next().value?.name ?? ''
    const anna = await visitor()
    const { page } = anna
    await anna.signIn(acme.installUrl, name)
    await page.getByRole('heading', { name: 'Before your contacts are copied' }).waitFor()
    expect(await anna.problems()).toEqual([])

    await page.getByRole('button', { name: 'Accept the agreement' }).click()
    await page.waitForURL(/\/connections$/)
    await acme.mirrorComplete()
    await page
      .getByRole('article', { name: /Pipedrive/ })
      .or(page.getByText('Pipedrive').first())
      .waitFor()
    expect(anna.errors()).toEqual([])
  })
})

describe('a call', () => {
  it('PD-3 opens at the user whose phone rings, is announced, moves no focus, and stays silent elsewhere', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    await acme.given.person({ name: 'Charles Babbage', number: '+442079460124' })
    await acme.given.user({ extension: '21', name: 'Anna Nováková' })
    await acme.given.user({ extension: '22', name: 'Boris Král' })
    const [anna, boris] = [await visitor(), await visitor()]
    await anna.signIn(`${hub.url}/sign-in`, 'Anna Nováková')
    await boris.signIn(`${hub.url}/sign-in`, 'Boris Král')
    for (const { page } of [anna, boris])
      await page
        .getByRole('status')
        .filter({ hasText: /^Live$/ })
        .waitFor()
    expect(await anna.problems()).toEqual([])

    const focused = anna.page.getByRole('link', { name: 'Calls' }).first()
    await focused.focus()
    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await anna.page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
    await expect
      .poll(() => anna.page.locator('[aria-live=assertive]').textContent())
      .toBe('Incoming call: Ada Lovelace')
    expect(await focused.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await anna.problems()).toEqual([])

    await acme.phone.answers(call, '21')
    await anna.page.getByRole('article').getByText('On the line').last().waitFor()
    await acme.phone.hangsUp(call)
    const held = await acme.written(call)
    await anna.page
      .getByText(/^In Pipedrive/)
      .first()
      .waitFor()
    expect(held.subject).toContain('Incoming call')
    expect(anna.errors()).toEqual([])

    // Boris's screen is shown his own call afterwards; had Ada's been shown, it would stand there too.
    await acme.phone.rings({ from: '+442079460124', to: '22' })
    await boris.page.getByRole('heading', { name: 'Charles Babbage' }).waitFor()
    expect(await boris.page.getByText('Ada Lovelace').count()).toBe(0)
    expect(boris.errors()).toEqual([])
  })

  it('PD-4 takes a note as it is typed, a result and the name of an unknown caller into the CRM', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21', name: 'Cyril Tichý' })
    const cyril = await visitor()
    await cyril.signIn(`${hub.url}/sign-in`, 'Cyril Tichý')
    const { page } = cyril
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor()
    const call = await acme.phone.rings({ from: '+442079460129', to: '21' })
    const name = page.getByRole('textbox', { name: 'Name of the person' })
    await name.waitFor()
    await page.keyboard.press('n')
    await page.keyboard.type('Wants the blue one')
    await page.getByRole('button', { name: 'Call again' }).click()
    await page.getByText('Saved. Goes to Pipedrive with the call.').waitFor()
    await name.fill('Grace Hopper')
    await name.press('Enter')
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor()
    expect(await cyril.problems()).toEqual([])

    await acme.phone.hangsUp(call)
    const held = await acme.written(call)
    expect(held.note).toContain('Result: Call again<br>Wants the blue one')
    expect(held.personId).not.toBeNull()
    await page.getByText('Saved. In Pipedrive.').waitFor()
    await page.getByRole('textbox', { name: 'Note and result' }).fill('Wants the red one')
    await expect
      .poll(() => hub.crm.heldFor(call.played)[0]?.note, { timeout: 30_000 })
      .toContain('<br>Wants the red one<br>')
    await page.getByText('Saved. In Pipedrive.').waitFor()
    expect(cyril.errors()).toEqual([])
  })

  it('is found in the journal, opened, and the administrator’s pages can be used by everybody', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Božena Němcová', number: '+420601000101' })
    await acme.given.user({ extension: '21', name: 'Dana Malá', admin: true })
    const call = await acme.phone.calls({ from: '+420601000101', to: '21' })
    await acme.written(call)
    const dana = await visitor()
    await dana.signIn(`${hub.url}/sign-in`, 'Dana Malá')
    const { page } = dana

    await page.getByRole('link', { name: 'Calls' }).first().click()
    await page
      .getByRole('link', { name: /Božena Němcová/ })
      .first()
      .click()
    await page.waitForURL(/\/calls\//)
    await page.getByRole('heading', { name: 'Božena Němcová' }).waitFor()
    expect(await dana.problems()).toEqual([])
    for (const name of ['Connections', 'Privacy', 'Settings']) {
      await page.getByRole('link', { name }).first().click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      expect([name, await dana.problems()]).toEqual([name, []])
    }
  })

  it('PD-10 is handled under a policy whose version in force, date and use are shown inside the app', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization({ set: 'installed', name: 'Rotary Works' })
    const policy = await acme.admin.client.ok<PolicyView>('GET', '/api/v1/policy')
    await acme.accept()
    const anna = await visitor()
    await anna.signIn(`${hub.url}/sign-in`, acme.admin.name)
    const { page } = anna
    await page.getByRole('link', { name: 'Privacy', exact: true }).click()
    const today = new Intl.DateTimeFormat('en-CZ', { day: 'numeric', month: 'long', year: 'numeric' })
    const inForce = page.getByRole('region', { name: 'The policy in force' })
    await inForce.getByText(today.format(new Date(policy.effectiveAt))).waitFor()
    await inForce.getByText(policy.version).waitFor()
    await page.getByRole('region', { name: 'What changed' }).getByText('The first version.').waitFor()
    await page
      .getByRole('region', { name: 'Which version Rotary Works used' })
      .getByText(policy.version)
      .waitFor()
    expect(await inForce.getByRole('link', { name: 'Read the whole policy' }).getAttribute('href')).toBe(
      '/privacy/policy?app=optimcall-pipedrive&lang=en',
    )
  })

  it('GD-1 has its record of processing approved by name and role, where the documents are', async ({
    hub,
    visitor,
  }) => {
    const { page } = await visitor()
    await page.goto(`${hub.url}/sign-in#${await hub.operatorToken()}`)
    await page.getByRole('link', { name: 'Privacy', exact: true }).click()
    await page.getByRole('link', { name: 'Open the documents' }).click()
    const record = page.getByRole('region', { name: 'Record of processing activities' })
    await record.getByText('nobody has approved it yet').waitFor()
    await record.getByLabel('Your name').fill('Jana Nováková')
    await record.getByLabel('Your role').fill('managing director')
    await record.getByRole('button', { name: 'Approve' }).click()
    await record.getByText('approved, and as the installation is now').waitFor()
    await record.getByText(/by Jana Nováková, managing director$/).waitFor()
    expect(await record.getByRole('button', { name: 'Approve' }).count()).toBe(0)
  })

  it('shows the person anew after the server was started again', async ({ hub, visitor }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Karel Čapek', number: '+420601000102' })
    await acme.given.user({ extension: '21', name: 'Emil Veselý' })
    const emil = await visitor()
    await emil.signIn(`${hub.url}/sign-in`, 'Emil Veselý')
    const live = emil.page.getByRole('status').filter({ hasText: /^Live$/ })
    await live.waitFor()

    await hub.restart()
    await live.waitFor()
    await acme.phone.rings({ from: '+420601000102', to: '21' })
    await emil.page.getByRole('heading', { name: 'Karel Čapek' }).waitFor()
  })
})

describe('an administrator', () => {
  it('PD-4 decides which calls are written and whose are left out, and is told what is no number', async ({
    hub,
    visitor,
  }) => {
    const acme = await hub.given.organization()
    const anna = await visitor()
    const { page } = anna
    await anna.signIn(`${hub.url}/sign-in`, acme.admin.name)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'See and change the rules' }).click()
    const inVain = page.getByRole('switch', { name: 'Outgoing calls that reached nobody' })
    expect(await inVain.isChecked()).toBe(true)
    await inVain.press('Space')
    const number = page.getByLabel('Number', { exact: true })
    await number.fill('020 7946')
    await number.press('Enter')
    await number.fill('+44 20 7946 0123')
    const save = page.getByRole('button', { name: 'Save' })
    await save.click()
    const unreadable = page.getByText('This cannot be read as a telephone number.')
    await unreadable.waitFor()
    expect(anna.errors().filter((line) => !line.includes('400'))).toEqual([])

    await page.getByRole('button', { name: 'Remove 020 7946', exact: true }).click()
    await unreadable.waitFor({ state: 'detached' })
    await save.click()
    await page.getByText('Saved. It holds for every call that is not written yet.').waitFor()
    const rules = await acme.admin.client.ok('GET', '/api/v1/rules')
    expect(rules).toMatchObject({
      written: { 'inbound-answered': true, 'outbound-not-reached': false },
      followUps: true,
      numbersLeftOut: ['+44 20 7946 0123'],
    })
    expect(await anna.problems()).toEqual([])
  })
})
