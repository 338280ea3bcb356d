import { setTimeout as sleep } from 'node:timers/promises'
import type { Effort } from './bench.ts'
import { openCompany } from './company.ts'
import type { Place } from './place.ts'
import { quantile, type Result } from './report.ts'
import { numberOf } from './seed-contacts.ts'

/** Waited on purpose, so that a late "answered" still counts; the rest is ours. */
const waitedMs = 5_000
const everyMs = 100

/**
 * From the end of a call, as the phone system tells it, until its log stands in the CRM: the slowest of twenty. The floor is
 * the wait that is meant. Ten calls end each second, three times what two hundred agents manage.
 */
export async function written(place: Place, effort: Effort): Promise<Result[]> {
  const company = await openCompany(place, 'ours_written', { persons: 1_000 })
  const { sandbox, world } = company
  try {
    const ended = new Map<string, number>()
    const seconds: number[] = []
    const look = () => {
      for (const { from } of sandbox.ledger.held()) {
        const at = ended.get(from ?? '')
        if (at === undefined) continue
        ended.delete(from ?? '')
        seconds.push((performance.now() - at) / 1000)
      }
    }
    const ticking = setInterval(look, 10)
    for (let call = 0; call < effort.writtenCalls; call += 1) {
      const from = numberOf(call)
      const { id } = sandbox.optimcall.ring({
        tenant: world.tenant,
        from,
        ring: [world.extensions.anna],
      })
      sandbox.optimcall.answer(id, world.extensions.anna)
      sandbox.optimcall.hangUp(id)
      ended.set(from, performance.now())
      await sleep(everyMs)
    }
    for (let tries = 0; ended.size > 0; tries += 1) {
      if (tries === 600) throw new Error(`${ended.size} calls did not reach the CRM within a minute`)
      await sleep(100)
    }
    clearInterval(ticking)
    const result = { unit: 's', floor: waitedMs / 1000, bare: undefined, goal: undefined } as const
    return [
      { ...result, name: 'end to log, p50', ours: quantile(seconds, 0.5) },
      { ...result, name: 'end to log, p95', ours: quantile(seconds, 0.95) },
    ]
  } finally {
    await company.close()
  }
}
