import { describe, expect } from 'vitest'
import type { Company, Rung } from '../../testing/company.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { CallView, RulesView } from '../http/shapes.ts'

const path = '/api/v1/rules'
const all: RulesView['written'] = {
  'inbound-answered': true,
  'inbound-missed': true,
  voicemail: true,
  'outbound-answered': true,
  'outbound-not-reached': true,
}
const rulesOf = (acme: Company) => acme.admin.client.ok<RulesView>('GET', path)
const decide = async (acme: Company, change: Partial<RulesView>) =>
  acme.admin.client.ok<RulesView>('PUT', path, { ...(await rulesOf(acme)), ...change })

let last = 200
/** One call of each kind, each with another number. */
async function oneOfEach(acme: Company): Promise<Rung[]> {
  const next = () => `+442079460${String(last++)}`
  const { optimcall } = acme.hub.sandbox
  const answered = await acme.phone.calls({ from: next(), to: '21' })
  const missed = await acme.phone.rings({ from: next(), to: '21' })
  await acme.phone.hangsUp(missed)
  const message = await acme.phone.rings({ from: next(), to: '21' })
  optimcall.hangUp(message.vendorId, 'caller', 'voicemail')
  const spoken = await acme.phone.dials({ from: '21', to: next() })
  await acme.phone.answers(spoken, spoken.played.to)
  await acme.phone.hangsUp(spoken)
  const inVain = await acme.phone.dials({ from: '21', to: next() })
  await acme.phone.hangsUp(inVain)
  return [answered, missed, message, spoken, inVain]
}

const leftOut = (acme: Company, call: Rung) =>
  until('the call is left out', async () => {
    const log = await acme.logOf(call)
    return log?.state === 'left-out' ? log.reason : undefined
  })

describe('the rules', () => {
  it('PD-4 leave out the kinds an administrator chose, and write them again from the next call on', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    expect(await rulesOf(acme)).toEqual({ written: all, followUps: true, numbersLeftOut: [] })

    const none = Object.fromEntries(Object.keys(all).map((kind) => [kind, false])) as RulesView['written']
    await decide(acme, { written: none, followUps: false })
    for (const call of await oneOfEach(acme)) expect(await leftOut(acme, call)).toBe('kind-left-out')
    expect(hub.crm.held().filter(({ company }) => company === acme.domain)).toEqual([])

    await decide(acme, { written: { ...all, voicemail: false } })
    const [answered, missed, message, spoken, inVain] = await oneOfEach(acme)
    for (const call of [answered, missed, spoken, inVain]) if (call) await acme.written(call)
    if (message) expect(await leftOut(acme, message)).toBe('kind-left-out')
  })

  it('PD-4 leave out a number in whatever spelling it was given, and show its calls as before', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)
    const spellings: [typed: string, called: string][] = [
      ['+44 (0)20 7946 0123', '+442079460123'],
      ['00 44 20 7946-0124', '+442079460124'],
      ['tel:+44-20-7946-0125', '+442079460125'],
      ['601 555 010', '+420601555010'],
      ['mobil: +420 601/555 011', '+420601555011'],
    ]
    await decide(acme, { numbersLeftOut: spellings.map(([typed]) => typed) })
    expect((await rulesOf(acme)).numbersLeftOut).toEqual(spellings.map(([typed]) => typed))

    const calls: Rung[] = []
    for (const [, from] of spellings) calls.push(await acme.phone.calls({ from, to: '21' }))
    const dialled = await acme.phone.dials({ from: '21', to: '+420601555010' })
    await acme.phone.hangsUp(dialled)
    const rung = await acme.phone.rings({ from: '+442079460123', to: '21' })
    await acme.phone.hangsUp(rung)
    for (const call of [...calls, dialled, rung]) {
      expect(await leftOut(acme, call)).toBe('number-left-out')
      await desk.shows(call.id, ({ log }) => log.why === 'number-left-out')
    }
    expect(await acme.query('select id from follow_ups')).toEqual([])

    await acme.written(await acme.phone.calls({ from: '+442079460126', to: '21' }))
    const page = await colleague.client.ok<{ calls: CallView[] }>('GET', '/api/v1/calls')
    expect(page.calls).toHaveLength(spellings.length + 3)

    const [stored] = await acme.query<{ row: string }>('select rules::text as row from rules')
    for (const [typed, called] of spellings) {
      expect(stored?.row).not.toContain(typed)
      expect(stored?.row).not.toContain(called)
    }
  })

  it('PD-4 are an administrator’s: read and set by nobody else, and refused where a number is none', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const agent = await acme.given.user({ extension: '21' })
    const rules = await rulesOf(acme)
    for (const client of [agent.client, hub.operator]) {
      expect((await client.request('GET', path)).status).toBe(403)
      expect((await client.request('PUT', path, { body: rules })).status).toBe(403)
    }
    expect((await hub.client().request('GET', path)).status).toBe(401)
    const wrong = await acme.admin.client.request('PUT', path, {
      body: { ...rules, numbersLeftOut: ['+442079460123', 'reception'] },
    })
    expect(wrong).toMatchObject({ status: 400, json: { code: 'invalid-input', field: 'numbersLeftOut.1' } })
    expect(wrong.text).not.toContain('reception')
    expect(await rulesOf(acme)).toEqual(rules)
    const again = await decide(acme, { numbersLeftOut: ['+442079460123', '+44 20 7946 0123'] })
    expect(again.numbersLeftOut).toHaveLength(1)
  })

  it('PD-4 do not undo what was sent: an entry whose outcome is unknown is finished', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    hub.sandbox.faults.order({
      method: 'POST',
      path: '/api/v1/callLogs',
      kind: 'late-effect',
      times: 1,
      delayMs: 500,
      cutAfterMs: 100,
    })
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    await until('it was sent', async () => (await acme.logOf(call))?.reason === 'outcome-unknown')
    await decide(acme, { numbersLeftOut: ['+442079460123'] })
    await acme.written(call)
    expect(hub.crm.heldFor(call.played)).toHaveLength(1)
  })
})
