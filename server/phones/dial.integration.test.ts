import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect } from 'vitest'
import type { NewCommandFault } from '../../sandbox/faults.ts'
import { dialTemplate } from '../../sandbox/optimcall/commands.ts'
import type { Colleague, Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { failureOf } from '../failure.ts'
import type { ConnectionSettingsView, DialAnswer, FailureView } from '../http/shapes.ts'
import { ask } from './dial.ts'
import { dialLimits } from './dial-limits.ts'

const it = itWithHub({ nodes: 2 })
const ada = '+442079460123'

/** A company with two colleagues. `set`: click-to-call is configured. */
async function company(hub: Hub, set = true): Promise<{ acme: Company; anna: Colleague; boris: Colleague }> {
  const acme = await hub.given.organization()
  const anna = await acme.given.user({ extension: '21' })
  const boris = await acme.given.user({ extension: '22' })
  const tenant = hub.sandbox.optimcall.configure(acme.domain, { apiKey: `key-of-${acme.domain}` })
  if (set) await settings(acme, { baseUrl: hub.sandbox.url, dial: dialTemplate(tenant) })
  return { acme, anna, boris }
}

/** One with a command and one without, for all tests that mind nothing but their own calls. */
let shared: ReturnType<typeof company> | undefined
const sharing = (hub: Hub) => {
  shared ??= company(hub)
  return shared
}
let unset: ReturnType<typeof company> | undefined
const withoutCommand = (hub: Hub) => {
  unset ??= company(hub, false)
  return unset
}

const settings = (acme: Company, change: object) =>
  acme.admin.client.ok('PUT', `/api/v1/connections/${acme.phoneId}/settings`, change)
const dials = async ({ client }: Colleague, number: string) => {
  const { status, json, headers } = await client.request('POST', '/api/v1/dial', { body: { number } })
  return { status, json: json as DialAnswer & FailureView, wait: headers.get('retry-after') }
}
const live = (hub: Hub, acme: Company) =>
  hub.sandbox.optimcall.liveCalls().filter(({ tenant }) => tenant === acme.domain)
const only = (hub: Hub, acme: Company) => {
  const [call, ...more] = live(hub, acme)
  if (!call || more.length > 0) throw new Error(`${more.length + (call ? 1 : 0)} calls are going on`)
  return call
}
const end = async (hub: Hub, acme: Company) => {
  for (const { id } of live(hub, acme)) hub.sandbox.optimcall.hangUp(id)
  await hub.sandbox.idle()
}

describe('click-to-call', () => {
  it('PD-6 rings the phone of whoever asks, then the number, and the card opens at them alone', async ({
    hub,
  }) => {
    const { acme, anna, boris } = await company(hub)
    await acme.given.person({ name: 'Ada Lovelace', number: ada, owner: anna })
    const [desk, other] = [await acme.deskOf(anna), await acme.deskOf(boris)]

    expect(await dials(anna, '+44 20 7946 0123')).toMatchObject({
      status: 200,
      json: { how: 'ringing', extension: '21', number: ada },
    })

    const { id } = only(hub, acme)
    await hub.sandbox.idle()
    const call = await acme.rung({ id })
    const card = await desk.shows(call.id)
    expect(card).toMatchObject({
      direction: 'outbound',
      state: 'ringing',
      mine: true,
      remote: { e164: ada },
      matches: [{ name: 'Ada Lovelace' }],
    })
    expect(only(hub, acme)).toMatchObject({ from: '21', to: ada, ringing: ['21'] })

    hub.sandbox.optimcall.answer(id, '21')
    expect(only(hub, acme)).toMatchObject({ connected: ['21'], ringing: [ada] })
    await acme.phone.answers(call, ada)
    await desk.shows(call.id, ({ state }) => state === 'answered')
    await acme.phone.hangsUp(call)
    expect(await acme.written(call)).toMatchObject({ userId: anna.vendorId })
    // Boris is shown a call of his own afterwards: had there been another, it would have come before.
    const next = await acme.phone.rings({ from: '+442079460124', to: '22' })
    await other.shows(next.id)
    expect(other.shown.filter((shown) => shown.id === call.id)).toEqual([])
    await end(hub, acme)
  })

  it('PD-6 leaves a call out of the CRM that its own user did not pick up', async ({ hub }) => {
    const { acme, anna } = await sharing(hub)
    await dials(anna, ada)
    const call = await acme.rung(only(hub, acme))
    hub.sandbox.optimcall.reject(call.vendorId, '21')
    await hub.sandbox.idle()
    const desk = await acme.deskOf(anna)
    expect(await desk.shows(call.id, ({ state }) => state === 'ended')).toMatchObject({
      outcome: 'not-set-up',
      log: { state: 'left-out' },
    })
  })

  it('PD-6 opens a tel: link where no command is configured, or there is no phone to ring, and says why', async ({
    hub,
  }) => {
    const { acme, anna } = await withoutCommand(hub)
    const tel = { how: 'tel', uri: `tel:${ada}`, number: ada }
    expect((await dials(anna, ada)).json).toEqual({ ...tel, why: 'no-command' })
    expect((await dials(anna, '22')).json).toEqual({ ...tel, uri: 'tel:22', number: '22', why: 'no-command' })
    expect((await dials(acme.admin, ada)).json).toEqual({ ...tel, why: 'no-extension' })
    expect(live(hub, acme)).toEqual([])
  })

  it('PD-6 refuses emergency, star and premium numbers with the reason, and nothing is sent', async ({
    hub,
  }) => {
    const { acme, anna } = await sharing(hub)
    for (const [number, what] of [
      ['0 112', 'emergency'],
      ['*21#', 'service-code'],
      ['900 123 456', 'premium'],
      ['+881 612 345 678', 'satellite'],
      ['1188', 'short-number'],
      ['Ada', 'malformed'],
    ] as const)
      expect(await dials(anna, number)).toMatchObject({ status: 422, json: { code: 'not-dialled', what } })
    expect(live(hub, acme)).toEqual([])
    expect((await dials(anna, '22')).json).toMatchObject({ how: 'ringing', number: '22' })
    await end(hub, acme)
  })

  it.for<[string, NewCommandFault['kind'], number, string, number]>([
    ['cannot say that it heard', 'cut', 503, 'provider-outcome-unknown', 1],
    ['breaks down', '500', 503, 'provider-outcome-unknown', 0],
    ['says no', 'refused', 502, 'provider-rejected', 0],
  ])('PD-6 is asked for once when the phone system %s', async ([, kind, status, code, rings], { hub }) => {
    const { acme, boris } = await sharing(hub)
    hub.sandbox.faults.orderCommand({ kind, times: 1, tenant: acme.domain })
    expect(await dials(boris, ada)).toMatchObject({ status, json: { code } })
    expect(live(hub, acme)).toHaveLength(rings)
    await end(hub, acme)
  })

  it('PD-6 is refused to strangers, from other sites, and given to a frame by its header', async ({
    hub,
  }) => {
    const { acme, anna } = await sharing(hub)
    const ask = (headers: Record<string, string>, client = hub.client()) =>
      client.request('POST', '/api/v1/dial', { body: { number: ada }, headers })
    expect((await ask({})).status).toBe(401)
    expect((await ask({ origin: 'https://elsewhere.example' }, anna.client)).status).toBe(403)
    expect((await ask({}, hub.operator)).status).toBe(403)
    const [token = ''] = [...anna.client.cookies.values()]
    const answer = await ask({ authorization: `Bearer ${token}`, origin: 'https://elsewhere.example' })
    expect(answer.json).toMatchObject({ how: 'ringing', extension: '21' })
    await end(hub, acme)
  })

  it('keeps no number and shows no credential', async ({ hub }) => {
    const { acme, anna } = await sharing(hub)
    await dials(anna, '+420601000103')
    await end(hub, acme)
    const words = ['+420601000103', `key-of-${acme.domain}`, 'sandboxDial']
    expect(await tablesWith(hub, words)).toEqual([])
    expect(hub.log.raw.filter((line) => words.some((word) => line.includes(word)))).toEqual([])
    const shown = await acme.admin.client.request('GET', `/api/v1/connections/${acme.phoneId}/settings`)
    expect((shown.json as ConnectionSettingsView).secretsSet).toEqual(['dial'])
    expect(shown.text).not.toContain('sandboxDial')
  })
})

describe('dialling', () => {
  it('PD-6 is limited for each person, on all nodes together, and says when it may go on', async ({
    hub,
  }) => {
    const { acme, anna, boris } = await withoutCommand(hub)
    await acme.query('delete from dial_counts')
    const elsewhere = { ...anna, client: anna.client.through(hub.node(1).url) }
    const tries = await Promise.all(
      Array.from({ length: dialLimits.userPerMinute + 4 }, (_, index) =>
        dials(index % 2 === 0 ? anna : elsewhere, ada),
      ),
    )
    const refused = tries.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(4)
    expect(refused[0]?.json).toMatchObject({ code: 'too-often', what: 'dialling' })
    const wait = Number(refused[0]?.wait)
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    expect((await dials(boris, ada)).status).toBe(200)

    // What was refused was not counted, and a minute later there is a new one.
    await acme.query(
      `update dial_counts set begun_at = begun_at - interval '61 seconds' where window_seconds = 60`,
    )
    expect((await dials(elsewhere, ada)).status).toBe(200)
    const counted = await acme.query(
      'select window_seconds, count from dial_counts where user_id = $1 order by window_seconds',
      [anna.id],
    )
    expect(counted).toEqual([
      { window_seconds: 60, count: 1 },
      { window_seconds: 3600, count: dialLimits.userPerMinute + 1 },
    ])
  })

  it('PD-6 is limited for an hour, and for the whole organization', async ({ hub }) => {
    const { acme, anna, boris } = await withoutCommand(hub)
    await dials(anna, ada)
    await dials(boris, ada)
    await acme.query('update dial_counts set count = $1 where window_seconds = 3600 and user_id = $2', [
      dialLimits.userPerHour,
      anna.id,
    ])
    const hour = await dials(anna, ada)
    expect([hour.status, Number(hour.wait) > 60]).toEqual([429, true])
    expect((await dials(boris, ada)).status).toBe(200)
    await acme.query('update dial_counts set count = $1 where user_id is null', [
      dialLimits.organizationPerMinute,
    ])
    const all = await dials(boris, ada)
    expect([all.status, Number(all.wait) <= 60]).toEqual([429, true])

    // Counts whose hour is over are not kept.
    await acme.query(`update dial_counts set begun_at = begun_at - interval '61 minutes'`)
    expect((await dials(boris, ada)).status).toBe(200)
    expect(await acme.query('select 1 from dial_counts where user_id = $1', [anna.id])).toEqual([])
  })

  it('PD-11 goes to the connection’s own host; any other is refused and recorded', async ({ hub }) => {
    const { acme, boris } = await sharing(hub)
    let heard = 0
    const other = createServer((_, answer) => {
      heard += 1
      answer.end('{"name":"SandboxDialAccepted"}')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    const recorded = () => hub.log.of('egress-refused').length
    const dial = dialTemplate(hub.sandbox.optimcall.tenant(acme.domain))
    try {
      // The phone system sends us elsewhere: not followed.
      hub.sandbox.faults.orderCommand({
        kind: 'elsewhere',
        location: elsewhere,
        times: 1,
        tenant: acme.domain,
      })
      expect(await dials(boris, ada)).toMatchObject({ status: 502, json: { code: 'provider-rejected' } })

      // An address that is not the connection's.
      const before = recorded()
      const request = { method: 'POST', url: hub.sandbox.url, headers: {}, accepted: () => true } as const
      const failure = failureOf(
        await ask(
          hub.app.egress,
          { ...request, host: 'acme.optimcall.example' },
          { title: 'OptimCall', organizationId: acme.id },
        ).catch((error: unknown) => error),
      )
      expect(failure).toEqual({ code: 'undeclared', what: 'host' })
      expect(recorded()).toBe(before + 1)

      // One that an administrator may not reach from here.
      await settings(acme, { baseUrl: elsewhere, dial })
      expect(await dials(boris, ada)).toMatchObject({ status: 403, json: { code: 'undeclared' } })
      expect(recorded()).toBe(before + 2)
      expect(heard).toBe(0)
      expect(live(hub, acme)).toEqual([])
    } finally {
      await settings(acme, { baseUrl: hub.sandbox.url, dial })
      await new Promise((resolve) => other.close(resolve))
    }
  })

  it('PD-6 PD-11 takes no command that leads elsewhere, and names what is wrong with it', async ({ hub }) => {
    const { acme } = await sharing(hub)
    const template = dialTemplate(hub.sandbox.optimcall.tenant(acme.domain))
    const path = `/api/v1/connections/${acme.phoneId}/settings`
    for (const [wrong, field] of [
      [{ path: 'https://elsewhere.example/' }, 'dial.path'],
      [{ path: '//elsewhere.example/' }, 'dial.path'],
      [{ body: 'number={{number}}' }, 'dial.body'],
      [{ body: '{"to":"{{number}}"}' }, 'dial.placeholders'],
      [{ headers: [{ name: 'Host', value: 'elsewhere.example' }] }, 'dial.headers.0.name'],
    ] as const) {
      const answer = await acme.admin.client.request('PUT', path, {
        body: { dial: { ...template, ...wrong } },
      })
      expect([answer.status, answer.json]).toMatchObject([400, { field }])
    }
  })
})
