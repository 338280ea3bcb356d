import type { Cluster } from '../database/cluster.ts'
import type { BreachView } from '../http/shapes.ts'
import { clocksOf } from './facts.ts'
import { noticesOfBreach } from './notices.ts'
import type { Breach } from './record.ts'

/** A breach in one line: its clocks, and who was told. */
export async function summaryOf(
  { cluster }: { cluster: Pick<Cluster, 'control'> },
  { id, facts, closed, genuine, entries }: Breach,
): Promise<BreachView> {
  const notices = await noticesOfBreach(cluster, id)
  const first = entries.find(({ signed }) => signed.entry.kind === 'notified')
  return {
    id,
    what: facts.what.en,
    known: facts.known,
    ...clocksOf(facts),
    closed,
    genuine,
    notices: notices.length,
    ...(first ? { notifiedAt: first.signed.at } : {}),
    mailed: notices.filter(({ mail }) => mail === 'sent').length,
    shown: notices.filter(({ shownAt }) => shownAt !== undefined).length,
  }
}
