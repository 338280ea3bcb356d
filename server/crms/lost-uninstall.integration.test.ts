import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { loseGrant } from '../../testing/lose-grant.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionView } from '../http/shapes.ts'
import type { SignedReceipt } from '../privacy/receipt-signing.ts'

/** Time passes, and the round over all installations that follows has been made. */
async function pass(hub: Hub, by: string): Promise<void> {
  await hub.moveClock(by)
  await hub.signInOperator(hub.operator) // sessions pass too
  // The start asks for it as well, but perhaps not yet.
  await hub.app.jobs.add('installations', {}, { key: 'installations', at: new Date(), alone: true })
  await until('the installations are looked after', async () => {
    const [job] = await hub.control<{ later: boolean }>(
      `select run_at > now() + interval '1 minute' and locked_at is null as later from graphile_worker.jobs where key = 'installations'`,
    )
    return job?.later === true
  })
}

async function crmView(acme: Company): Promise<ConnectionView | undefined> {
  const { connections } = await acme.hub.operator.ok<{ connections: ConnectionView[] }>(
    'GET',
    '/api/v1/connections',
    undefined,
    { 'x-organization': acme.id },
  )
  return connections.find(({ side }) => side === 'crm')
}

const stateOf = (acme: Company) =>
  acme.hub.control<{ state: string; warned: boolean; renewed: boolean }>(
    `select state, ends_at is not null as warned, renewed_at > ringfence.now() - interval '1 hour' as renewed
     from installations where organization_id = $1`,
    [acme.id],
  )

const persons = async (acme: Company) => (await acme.query('select 1 from persons')).length

describe('an uninstall that nobody told of', () => {
  it('PD-8 is noticed by two refusals a day apart, warned of for seven days, and carried out; a sign-in ends it', async ({
    hub,
  }) => {
    const found = () =>
      hub.given.organization({ persons: [{ name: 'Ada Lovelace', phones: [{ value: '+442079460123' }] }] })
    const gone = await found()
    const back = await found()
    const quiet = await found()
    for (const acme of [gone, back]) await loseGrant(acme)
    expect(await crmView(gone)).toMatchObject({ health: 'trouble', reason: 'refused' })

    await pass(hub, '23 hours')
    expect(await stateOf(gone)).toEqual([{ state: 'refused', warned: false, renewed: false }])

    await pass(hub, '2 hours')
    for (const acme of [gone, back]) {
      const view = await crmView(acme)
      expect(view).toMatchObject({ health: 'trouble', reason: 'probably-uninstalled', ends: 'company' })
      const days = (Date.parse(view?.endsAt ?? '') - hub.app.clock.ms()) / 86_400_000
      expect(days).toBeGreaterThan(6.9)
      expect(days).toBeLessThanOrEqual(7)
    }
    expect(await back.admin.client.signIn('/apps/pipedrive/install', back.admin.vendorId)).toBe('/')
    await until('it works again', async () => (await crmView(back))?.health === 'healthy')

    await pass(hub, '6 days 23 hours')
    expect([await persons(gone), (await stateOf(gone))[0]?.state]).toEqual([1, 'refused'])
    await pass(hub, '2 hours')
    const { receipt } = await until('it is carried out', async () => {
      const answer = await hub.operator.ok<{ receipts: SignedReceipt[] }>('GET', '/api/v1/receipts')
      return answer.receipts.find((one) => one.receipt.organization === gone.id)
    })
    expect(receipt).toMatchObject({
      ended: 'company',
      cause: 'lost uninstall',
      keysDestroyed: true,
      removed: { persons: 1, person_numbers: 1, users: 1, installations: 1 },
    })
    expect([await persons(gone), await stateOf(gone)]).toEqual([0, []])
    expect(await crmView(gone)).toMatchObject({ health: 'waiting', reason: 'not-installed' })
    expect([await persons(back), await persons(quiet)]).toEqual([1, 1])
  })

  it('PD-8 is never concluded from our own credentials being refused; a grant idle for a month is used before it dies', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const [app] = [...hub.sandbox.pipedrive.apps.values()]
    if (!app) throw new Error('no app')
    hub.sandbox.pipedrive.registerApp({ ...app, clientSecret: 'changed at the vendor, not here' })
    const before = hub.crm.requests.length
    await pass(hub, '31 days')
    const asked = hub.crm.requests.slice(before).filter(({ path }) => path === '/oauth/token')
    expect(asked.map(({ status }) => status)).toContain(400)
    expect(await stateOf(acme)).toEqual([{ state: 'active', warned: false, renewed: false }])

    hub.sandbox.pipedrive.registerApp(app)
    await hub.app.jobs.add('installations', {}, { key: 'installations', at: new Date(), alone: true })
    await until('it is renewed', async () => (await stateOf(acme))[0]?.renewed)
  })
})
