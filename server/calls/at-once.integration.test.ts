import { describe, expect } from 'vitest'
import { Random } from '../../sandbox/random.ts'
import { type Received, startReceiver } from '../../sandbox/receiver.ts'
import type { Company } from '../../testing/company.ts'
import { it } from '../../testing/it.ts'
import type { CallView } from '../http/shapes.ts'

const calls = 30

describe('all events of many calls at once', () => {
  it('PD-4 make one row for each call, with everything that was told of it', async ({ hub }) => {
    const told = await hub.given.organization({ name: 'Told in order' })
    const flooded = await hub.given.organization({ name: 'Told at once' })
    for (const company of [told, flooded]) {
      for (const extension of ['21', '22', '23']) await company.given.user({ extension })
    }
    const events = await eventsOfCalls(told)
    expect(events.length).toBeGreaterThan(calls * 5)

    for (const event of events) expect(await told.hook(event.body)).toBe(200)
    const random = new Random(20_261_125)
    const twice = shuffled([...events, ...events], random)
    const answers = await Promise.all(twice.map((event) => flooded.hook(event.body)))

    expect(new Set(answers)).toEqual(new Set([200]))
    const inOrder = await journalOf(told)
    const atOnce = await journalOf(flooded)
    expect(atOnce).toHaveLength(calls)
    expect(atOnce.every((call) => call.state === 'ended')).toBe(true)
    expect(new Set(atOnce.map((call) => call.outcome))).toEqual(new Set(['answered', 'missed']))
    expect(atOnce.map(comparable).sort()).toEqual(inOrder.map(comparable).sort())
    const [{ rows } = { rows: 0 }] = await flooded.query<{ rows: number }>(
      'select count(*)::int as rows from calls',
    )
    expect(rows).toBe(calls)
  })
})

/** What OptimCall says of many calls, caught before it reaches anybody. */
async function eventsOfCalls(company: Company): Promise<Received[]> {
  const { optimcall } = company.hub.sandbox
  const receiver = await startReceiver()
  optimcall.configure(company.domain, { hookUrl: receiver.url })
  for (let number = 0; number < calls; number += 1) {
    const from = `+4420794601${String(number).padStart(2, '0')}`
    const call = optimcall.ring({
      tenant: company.domain,
      from,
      ring: number % 3 === 0 ? ['21', '22', '23'] : ['21'],
    })
    if (number % 4 !== 1) {
      optimcall.answer(call.id, '21')
      if (number % 6 === 0) {
        optimcall.transfer(call.id, '22')
        optimcall.answer(call.id, '22')
      }
    }
    optimcall.hangUp(call.id, number % 2 === 0 ? 'caller' : 'callee')
  }
  await company.hub.sandbox.idle()
  await receiver.close()
  return receiver.received
}

async function journalOf(company: Company): Promise<CallView[]> {
  await company.admin.client.ok('PUT', `/api/v1/users/${company.admin.id}/sees`, { sees: 'all' })
  const page = await company.admin.client.ok<{ calls: CallView[] }>('GET', '/api/v1/calls?limit=500')
  return page.calls
}

/** What the events say; ids, versions and what becomes of a call in the CRM belong to each organization. */
function comparable({ id, version, log, followUp, keptUntil, mine, matches, ...told }: CallView): string {
  return JSON.stringify(told)
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items]
  return Array.from(items, () => left.splice(random.int(0, left.length - 1), 1)[0] as T)
}
