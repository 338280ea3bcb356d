import type { Cluster } from '../database/cluster.ts'
import type { Organizations } from '../organizations/organizations.ts'

/**
 * Moves the time by which retention runs, in the control database and in every organization's. For rehearsals only:
 * nothing in the server calls it, and no address or command leads here. A running node keeps the time it started with,
 * so move it while none runs. Jobs, tokens of vendors and signs of life go by the real time and are not moved.
 */
export async function moveClock(
  parts: { cluster: Cluster; organizations: Organizations },
  byMs: number,
): Promise<void> {
  const move = 'update ringfence.clock set shift = shift + make_interval(secs => $1)'
  await parts.cluster.control.transaction((db) => db.rows(move, [byMs / 1_000]))
  for (const organization of await parts.organizations.list()) {
    await organization.transaction((db) => db.rows(move, [byMs / 1_000]), 'owner')
  }
}
