import type { Cluster } from '../database/cluster.ts'
import type { HeldState } from './leases.ts'

/** A held connection as its card shows it. */
export interface HeldView {
  state: HeldState
  /** in this state; where it is not connected: since it was last known to be */
  since: Date
  /** when it was not connected, the latest first; without an end: it still is not */
  gaps: readonly { from: Date; to?: Date }[]
}

/** As many as somebody reads. */
const shownGaps = 20

/** The held connections of an organization. One whose node says nothing any more counts as not connected. */
export async function heldViews(cluster: Cluster, organizationId: string): Promise<Map<string, HeldView>> {
  const { rows, gaps } = await cluster.control.transaction(async (db) => {
    const [rows, gaps] = await Promise.all([
      db.rows<{ connection_id: string; state: HeldState; since: Date; alive_at: Date | null }>(
        `select connection_id, since, alive_at,
                case when state in ('connected', 'unconfirmed') and coalesce(held_until < now(), true) then 'away'
                     else state end as state
         from held_connections where organization_id = $1 order by connection_id`,
        [organizationId],
      ),
      db.rows<{ connection_id: string; began_at: Date; ended_at: Date }>(
        `select g.connection_id, g.began_at, g.ended_at from held_gaps g
         join held_connections h on h.connection_id = g.connection_id
         where h.organization_id = $1 and g.expires_at > ringfence.now() order by g.began_at desc limit $2`,
        [organizationId, shownGaps],
      ),
    ])
    return { rows, gaps }
  })
  return new Map(
    rows.map(({ connection_id, state, since, alive_at }) => {
      const isOpen = state === 'connected' || state === 'unconfirmed'
      const over = gaps
        .filter((gap) => gap.connection_id === connection_id)
        .map(({ began_at, ended_at }) => ({ from: began_at, to: ended_at }))
      return [
        connection_id,
        {
          state,
          since: isOpen ? since : (alive_at ?? since),
          gaps: isOpen || !alive_at ? over : [{ from: alive_at }, ...over],
        },
      ]
    }),
  )
}
