import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'

const it = itWithHub({
  start: { held: { beatMs: 100, waits: { answerMs: 150, idleMs: 200, longestPauseMs: 100 } } },
})

const card = (acme: Company, reason: string) =>
  until(`the card says ${reason}`, async () => {
    const shown = await acme.phoneCard()
    return shown.reason === reason && shown
  })
const socketOf = (acme: Company) => acme.hub.sandbox.optimcall.sockets(acme.domain)

describe('a phone system to which we connect', () => {
  it('PD-3 PD-4 brings calls to the right screen and into the CRM, once each', async ({ hub }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)
    await acme.listens()
    expect(await card(acme, 'held')).toMatchObject({ health: 'healthy', held: { gaps: [] } })
    hub.sandbox.faults.orderDelivery({ kind: 'duplicate', tenant: acme.domain, times: 2 })

    const call = await acme.phone.rings({ from: ada.number, to: '21' })
    await desk.shows(call.id, ({ matches }) => matches[0]?.name === 'Ada Lovelace')
    await acme.phone.answers(call, '21')
    await acme.phone.hangsUp(call)
    await acme.written(call)

    expect(socketOf(acme)).toMatchObject({ mostAtOnce: 1, letIn: 1 })
    await hub.app.counters.flush()
    expect((await acme.phoneCard()).counts['events']).toBeGreaterThan(3)
  })

  it('is heard whatever way it wants to be told who we are', async ({ hub }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization({ persons: [] })
    for (const [before, socket] of [
      { token: 'opens' },
      { token: 'opens', readsHeader: false },
      { token: 'opens', readsHeader: false, authenticateName: 'auth' as const },
      { token: 'opens', answers: false },
      {},
    ].entries()) {
      await acme.listens({ socket })
      if (!('token' in socket)) {
        optimcall.configure(acme.domain, { socket })
        await acme.sets({ socketToken: null })
      }
      await until('we are let in', () => socketOf(acme).letIn > before && socketOf(acme).authenticated === 1)
      if (!('answers' in socket)) await card(acme, 'held')
      else {
        expect(await card(acme, 'held-unconfirmed')).toMatchObject({ health: 'waiting' })
        optimcall.ring({ tenant: acme.domain, from: '+442079460123', ring: [] })
        await card(acme, 'held')
      }
    }
    expect(socketOf(acme)).toMatchObject({ mostAtOnce: 1, refused: 0 })
  })

  it('that refuses the token says so, and is heard once the token is right', async ({ hub }) => {
    const acme = await hub.given.organization({ persons: [] })
    for (const refusesWithStatus of [false, true]) {
      await acme.listens({ token: 'wrong', socket: { token: 'opens', refusesWithStatus } })
      expect(await card(acme, 'held-refused')).toMatchObject({ health: 'trouble' })
      await acme.sets({ socketToken: 'opens' })
      await card(acme, 'held')
    }
  })

  it('that breaks off, says good-bye or falls silent is connected to again, and the gap is shown', async ({
    hub,
  }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization({ persons: [] })
    await acme.listens()
    await card(acme, 'held')
    for (const [times, trouble] of [
      () => optimcall.dropSockets({ tenant: acme.domain, how: 'cut' }),
      () => optimcall.dropSockets({ tenant: acme.domain, how: 'close' }),
      () => optimcall.silenceSockets({ tenant: acme.domain }),
    ].entries()) {
      optimcall.configure(acme.domain, { socket: { token: 'opens', redirectTo: 'http://127.0.0.1:1/' } })
      trouble()
      const shown = await until('it is not connected', async () => {
        const now = await acme.phoneCard()
        return now.health === 'trouble' && now
      })
      expect(shown.held?.gaps[0]).toEqual({ from: shown.held?.since })
      // Shorter than a second nobody would notice.
      await hub.control(
        `update held_connections set alive_at = alive_at - interval '3 minutes' where connection_id = $1`,
        [acme.phoneId],
      )
      optimcall.configure(acme.domain, { socket: { token: 'opens' } })
      const back = await card(acme, 'held')
      expect(back.held?.gaps).toHaveLength(times + 1)
      const [gap] = back.held?.gaps ?? []
      expect(Date.parse(gap?.to ?? '') - Date.parse(gap?.from ?? '')).toBeGreaterThanOrEqual(180_000)
    }
    expect(socketOf(acme)).toMatchObject({ mostAtOnce: 1, letIn: 4 })

    // A week later nobody is told of them any more.
    await hub.control(`update held_gaps set expires_at = expires_at - interval '7 days 1 hour'`)
    expect((await acme.phoneCard()).held?.gaps).toEqual([])
    await hub.app.jobs.add('sweep', {}, { key: 'sweep', at: new Date() })
    await until('they are gone', async () => (await hub.control('select from held_gaps')).length === 0)
  })

  it('keeps its open connection whatever nonsense it sends, but for what is too large', async ({ hub }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization({ persons: [] })
    await acme.listens()
    await card(acme, 'held')
    for (const text of ['', '{', 'null', '[]', '"authenticateResult"', '{"name":"news"}', '{"name":7}'])
      optimcall.sendOverSockets({ tenant: acme.domain, text })
    await until('it is counted', async () => {
      await hub.app.counters.flush()
      return (await acme.phoneCard()).counts['unknown-kind'] === 7
    })
    expect(socketOf(acme)).toMatchObject({ letIn: 1 })
    optimcall.sendOverSockets({ tenant: acme.domain, text: 'x'.repeat(256 * 1024 + 1) })
    await until('it was connected to again', () => socketOf(acme).letIn === 2)
  })

  it('PD-11 is not connected to in clear outside, inside where nobody said so, or through a redirect', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ persons: [] })
    for (const socketUrl of ['ws://pbx.example/', 'wss://127.0.0.1:1/', 'wss://[::1]/', 'wss://10.0.0.7/']) {
      await acme.sets({ delivery: 'websocket', socketUrl })
      await card(acme, 'held-not-allowed')
      await acme.sets({ delivery: 'webhook' })
    }
    await acme.listens({ socket: { redirectTo: 'http://127.0.0.1:1/' } })
    await card(acme, 'held-not-allowed')
    expect(new Set(hub.log.of('egress-refused').map(({ why }) => why))).toEqual(
      new Set(['scheme', 'private', 'redirect']),
    )
  })

  it('is left alone once an administrator wants it to send to us again', async ({ hub }) => {
    const acme = await hub.given.organization({ persons: [] })
    await acme.listens()
    await card(acme, 'held')
    await acme.sets({ delivery: 'webhook' })
    await until('nobody is connected', () => socketOf(acme).open === 0)
    expect(await acme.phoneCard()).not.toHaveProperty('held')
  })

  it('PD-4 that lost the hang-up with the connection leaves a call of unknown end, which a later hang-up amends', async ({
    hub,
  }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)
    await acme.listens()
    await card(acme, 'held')
    const lost = await acme.phone.rings({ from: '+442079460123', to: '21' })
    const found = await acme.phone.rings({ from: '+442079460124', to: '21' })
    await desk.shows(lost.id)
    await desk.shows(found.id)
    // Nobody is let in while the first call ends.
    optimcall.configure(acme.domain, { socket: { token: 'opens', redirectTo: 'http://127.0.0.1:1/' } })
    optimcall.dropSockets({ tenant: acme.domain })
    await acme.phone.hangsUp(lost)
    optimcall.configure(acme.domain, { socket: { token: 'opens' } })

    await hub.moveClock('11 minutes')
    await hub.app.jobs.add('watchdog', {}, { key: 'watchdog', at: new Date() })
    const again = await acme.deskOf(colleague)
    for (const call of [lost, found])
      await again.shows(call.id, ({ endUnknown, outcome }) => endUnknown === true && outcome === 'missed')

    await card(acme, 'held')
    await acme.phone.hangsUp(found)
    await again.shows(found.id, ({ state, endUnknown }) => state === 'ended' && !endUnknown)
    expect(again.calls.get(lost.id)).toMatchObject({ endUnknown: true })
  })

  it('PD-5 that tells of a recording and of nothing else has the call and its recording in the CRM', async ({
    hub,
  }) => {
    const { optimcall, pipedrive, faults } = hub.sandbox
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    optimcall.configure(acme.domain, { recording: { afterSeconds: 0 } })
    await acme.sets({ baseUrl: hub.sandbox.url, recordings: 'attach' })
    await acme.listens()
    await card(acme, 'held')
    for (const event of ['callStarted', 'callConnected', 'callDisconnected', 'legRinging', 'legConnected'])
      faults.orderDelivery({ kind: 'drop', tenant: acme.domain, event })
    faults.orderDelivery({ kind: 'drop', tenant: acme.domain, event: 'legDisconnected' })

    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    await acme.written(call)
    const logs = () => [...pipedrive.company(acme.domain).callLogs.values()]
    await until('the recording is in its call log', () => logs().some((log) => log.recording !== undefined))
    expect(logs()).toMatchObject([{ recording: optimcall.recordings(call.vendorId)[0]?.mp3 }])
  })
})
