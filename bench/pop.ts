import { alternate } from './alternate.ts'
import { openArena } from './arena.ts'
import type { Effort } from './bench.ts'
import { Telephone } from './calls.ts'
import { Line } from './load.ts'
import type { Place } from './place.ts'
import { median, quantile, type Result } from './report.ts'

/**
 * From the moment a delivery's bytes are written to the hook until the live message stands on a screen. One after the
 * other: what a person waits for, not what a crowd makes of it.
 */
export async function pop(place: Place, effort: Effort): Promise<Result[]> {
  const arena = await openArena(place, {
    name: 'pop',
    organizations: 1,
    messages: true,
    profileFolder: effort.profileFolder,
  })
  try {
    const telephone = new Telephone()
    const round = async (to: 'ours' | 'floor' | 'bare') => {
      const requests = telephone.calls(effort.popCalls).flatMap((call) => arena.requests(to, call, 0))
      const line = await Line.open(arena.urls[to])
      const screen = await arena.screen(to)
      const times: number[] = []
      for (const request of requests) {
        const shown = screen.next()
        const sentAt = performance.now()
        const [{ at }] = await Promise.all([shown, line.send(request)])
        times.push(at - sentAt)
      }
      line.close()
      screen.close()
      return times
    }
    const times = await alternate(
      { ours: () => round('ours'), floor: () => round('floor'), bare: () => round('bare') },
      { rounds: effort.rounds, limitMs: effort.limitMs },
    )
    const of = (share: number) => (rounds: number[][]) =>
      median(rounds.map((values) => quantile(values, share)))
    const result = (name: string, share: number): Result => ({
      name,
      unit: 'ms',
      ours: of(share)(times.ours),
      floor: of(share)(times.floor),
      bare: of(share)(times.bare),
      goal: { atMost: 1.5 },
    })
    return [result('pop p50', 0.5), result('pop p99', 0.99)]
  } finally {
    await arena.close()
  }
}
