import { alternate } from './alternate.ts'
import { openArena } from './arena.ts'
import type { Effort } from './bench.ts'
import { Telephone } from './calls.ts'
import { Line } from './load.ts'
import type { Place } from './place.ts'
import { medians, type Result } from './report.ts'

/** Deliveries under way at the same time. */
const atATime = 32

/** Events per second, of as many calls at a time; the events of one call follow each other, as a phone system sends them. */
export async function ingest(place: Place, organizations: number, effort: Effort): Promise<Result[]> {
  const arena = await openArena(place, {
    name: `ingest_${organizations}`,
    organizations,
    messages: false,
    profileFolder: effort.profileFolder,
  })
  try {
    const telephone = new Telephone()
    const round = async (to: 'ours' | 'floor' | 'bare') => {
      // Each sender has an organization of its own, or all have the same one.
      const queues = Array.from({ length: organizations }, (_, organization) =>
        telephone
          .calls(effort.ingestCalls / organizations)
          .map((call) => arena.requests(to, call, organization)),
      )
      const events = queues.flat(2).length
      const lines = await Promise.all(Array.from({ length: atATime }, () => Line.open(arena.urls[to])))
      const startedAt = performance.now()
      await Promise.all(
        lines.map(async (line, at) => {
          const queue = queues[at % organizations] ?? []
          for (let call = queue.pop(); call; call = queue.pop())
            for (const request of call) await line.send(request)
        }),
      )
      const seconds = (performance.now() - startedAt) / 1000
      for (const line of lines) line.close()
      return events / seconds
    }
    const rates = await alternate(
      { ours: () => round('ours'), floor: () => round('floor'), bare: () => round('bare') },
      { rounds: effort.rounds, limitMs: effort.limitMs },
    )
    return [
      {
        name: `ingest ${organizations}`,
        unit: '/s',
        ...medians(rates),
        goal: { atLeast: 0.7 },
      },
    ]
  } finally {
    await arena.close()
  }
}
