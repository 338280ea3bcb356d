import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { nextIn, runNow } from '../../testing/jobs.ts'
import { until } from '../../testing/until.ts'
import type { AllowanceView, ConnectionView } from '../http/shapes.ts'

const it = itWithHub({ start: { writeAfterMs: 100, unknownWaitMs: 200 } })

const utcDay = `(ringfence.now() at time zone 'UTC')::date`
const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

async function founded(hub: Hub): Promise<Company> {
  const acme = await hub.given.organization()
  await acme.given.user({ extension: '21' })
  await hub.app.counters.flush()
  return acme
}

/** What the CRM said of today, as if it had just done so. */
const said = (acme: Company, left: number, limit: number) =>
  acme.query(
    `update connections set allowance_left = $2, allowance_limit = $3, allowance_day = ${utcDay} where id = $1`,
    [acme.crmId, left, limit],
  )

const spent = (acme: Company, daysAgo: number, feature: string, tokens: number) =>
  acme.query(
    `insert into allowance_spent (connection_id, day, feature, tokens) values ($1, ${utcDay} - $2::integer, $3, $4)
     on conflict (connection_id, day, feature) do update set tokens = excluded.tokens`,
    [acme.crmId, daysAgo, feature, tokens],
  )

const allowanceOf = (acme: Company) =>
  acme.admin.client.ok<AllowanceView>('GET', `/api/v1/connections/${acme.crmId}/allowance`)

async function shownOf(acme: Company): Promise<ConnectionView> {
  const { connections } = await acme.admin.client.ok<{ connections: ConnectionView[] }>(
    'GET',
    '/api/v1/connections',
  )
  const shown = connections.find(({ side }) => side === 'crm')
  if (!shown) throw new Error('not connected')
  return shown
}

/** Others' whole use of the day so far, such that what they will still take is twice what they leave. */
function takenByOthers(limit: number): number {
  const second = Math.floor(Date.now() / 1000) % 86_400
  const perTaken = (86_400 - second) / Math.max(second, 21_600)
  // taken * perTaken = 2 * (0.8 * limit - taken - margin)
  return Math.round((2 * (0.8 * limit - 100)) / (perTaken + 2))
}

describe('the allowance of a CRM', () => {
  it('PD-7 pays ten tokens for the log of a call and nothing else: no search, no reading of deals', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    await hub.app.counters.flush()
    const before = hub.crm.requests.length
    const calls = []
    for (let count = 0; count < 20; count += 1)
      calls.push(
        await acme.phone.calls({ from: count % 2 ? '+442079460123' : `+4420794603${10 + count}`, to: '21' }),
      )
    await hub.settled()
    for (const call of calls) expect((await acme.logOf(call))?.state).toBe('written')
    const asked = hub.crm.requests.slice(before)
    expect(asked.map(({ template }) => template).filter((one) => one !== '/api/v1/callLogs')).toEqual([])
    expect(asked.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(200)
    await hub.app.counters.flush()
    expect((await allowanceOf(acme)).byFeature['call log']).toBe(200)
  })

  it('PD-7 slows down the reading of contacts while other apps take most of it, and says so', async ({
    hub,
  }) => {
    const acme = await founded(hub)
    const limit = 1_000_000
    const taken = takenByOthers(limit)
    const { usedToday } = await allowanceOf(acme)
    await said(acme, limit - taken - usedToday, limit)
    await acme.query('update connections set last_event_at = null where id = $1', [acme.crmId]) // read each hour
    const { health, allowance } = await shownOf(acme)
    expect(health).toBe('healthy')
    expect(allowance?.slowed).toEqual({ how: 'slower', by: 'others', share: taken / limit })

    await runNow(hub, 'read-contacts', acme)
    const toReset = 86_400 - (Math.floor(Date.now() / 1000) % 86_400)
    // Twice as far away as the hour that it would be, or when the day is over.
    const expected = Math.max(3600, Math.min(7200, toReset))
    expect(Math.abs((await nextIn(hub, 'read-contacts', acme.crmId)) - expected)).toBeLessThan(120)
  })

  it('PD-7 keeps what is reserved for calls, the first copy of the contacts included; calls go on', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    await acme.given.user({ extension: '21' })
    await hub.app.counters.flush()
    await said(acme, 200, 1000)
    const before = hub.crm.requests.length
    const { version } = await acme.admin.client.ok<{ version: string }>('GET', '/api/v1/agreement')
    await acme.admin.client.ok('POST', '/api/v1/agreement/accept', { version })
    await until('the copy waits', async () => (await nextIn(hub, 'read-contacts', acme.crmId)) > 20)
    expect(hub.crm.requests.slice(before)).toEqual([])
    expect(await nextIn(hub, 'read-contacts', acme.crmId)).toBeLessThanOrEqual(3600)
    const { allowance, mirror } = await shownOf(acme)
    expect(mirror?.state).toBe('copying')
    expect(allowance).toMatchObject({ left: 200, limit: 1000, reserve: 200, slowed: { how: 'waiting' } })

    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    await acme.written(call)
    await hub.app.counters.flush()

    // The busiest day of the week needed more than a fifth.
    await said(acme, 700, 1000)
    await spent(acme, 3, 'call log', 500)
    await spent(acme, 3, 'recording', 200)
    await spent(acme, 9, 'call log', 5_000)
    const [{ liveToday } = { liveToday: 0 }] = await acme.query<{ liveToday: number }>(
      `select coalesce(sum(tokens), 0)::int as "liveToday" from allowance_spent where day = ${utcDay} and feature = 'call log'`,
    )
    expect((await shownOf(acme)).allowance?.reserve).toBe(700 - liveToday)

    await said(acme, 99_000, 100_000)
    await runNow(hub, 'read-contacts', acme)
    expect((await shownOf(acme)).mirror?.state).toBe('complete')
  })

  it('PD-7 is shown by day and feature, beside what other apps used, for fourteen days', async ({ hub }) => {
    const acme = await founded(hub)
    await spent(acme, 1, 'call log', 1_230)
    await spent(acme, 1, 'contacts', 250)
    await spent(acme, 13, 'recording', 40)
    await spent(acme, 14, 'contacts', 999)
    await acme.query(
      `insert into allowance_days (connection_id, day, tokens_limit, others)
       values ($1, ${utcDay} - 1, 90000, 12345), ($1, ${utcDay} - 14, 90000, 1)`,
      [acme.crmId],
    )
    // What another app spends is known from what is left, at our next request.
    hub.sandbox.pipedrive.company(acme.domain).budget.charge(30_000, hub.sandbox.clock.now())
    await runNow(hub, 'read-contacts', acme)
    await hub.app.counters.flush()

    const shown = await allowanceOf(acme)
    expect(shown.days.map(({ day }) => day)).toEqual([dayAgo(13), dayAgo(1), dayAgo(0)])
    expect(shown.days[1]).toEqual({
      day: dayAgo(1),
      byFeature: { 'call log': 1_230, contacts: 250 },
      others: 12_345,
      limit: 90_000,
    })
    expect(shown.days[2]).toMatchObject({ others: 30_000, limit: 90_000, byFeature: shown.byFeature })
    expect(shown).toMatchObject({ limit: 90_000, others: 30_000, reserve: 18_000 })
    expect(shown.usedToday + (shown.left ?? 0) + 30_000).toBe(90_000)
    expect(shown.usedToday).toBe(hub.crm.tokens(acme.domain))

    const boris = await acme.given.user({ extension: '22' })
    expect((await boris.client.request('GET', `/api/v1/connections/${acme.crmId}/allowance`)).status).toBe(
      403,
    )
    const { phoneId } = acme
    expect((await acme.admin.client.request('GET', `/api/v1/connections/${phoneId}/allowance`)).status).toBe(
      404,
    )
    const other = await hub.given.organization()
    expect(
      (await other.admin.client.request('GET', `/api/v1/connections/${acme.crmId}/allowance`)).status,
    ).toBe(404)

    await hub.app.jobs.add('sweep', {}, { key: 'sweep', at: new Date() })
    await until('old days are gone', async () => {
      const old = await acme.query(
        `select day from allowance_spent where day <= ${utcDay} - 14
         union all select day from allowance_days where day <= ${utcDay} - 14`,
      )
      return old.length === 0
    })
    expect((await allowanceOf(acme)).days).toHaveLength(3)
  })
})
