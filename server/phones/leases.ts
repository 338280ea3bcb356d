import type { Cluster } from '../database/cluster.ts'
import { nodeSilentMs } from '../database/connections.ts'
import { expectOpen } from '../organizations/subscriptions.ts'

/** How a held connection is doing, as its card says it. */
export type HeldState =
  | 'waiting'
  | 'connected'
  /** open, but the phone system has not said that it accepts us */
  | 'unconfirmed'
  | 'away'
  | 'refused'
  | 'no-such-address'
  | 'not-allowed'

/** One lease in our hands. `version` is the number of its taking: only who knows the present one may speak for it. */
export interface Lease {
  connectionId: string
  organizationId: string
  version: string
  wish: number
}

export interface Renewed {
  held: ReadonlyMap<string, { wish: number }>
  /** another node lives, and could take over what we cannot renew */
  others: boolean
}

interface LeaseRow {
  connection_id: string
  organization_id: string
  version: string
  wish: number
}

export const defaultLeaseMs = nodeSilentMs
/** A gap is told for a week, then its row is swept. */
const gapDays = 7
/** Shorter than this nobody would have noticed. */
const leastGapSeconds = 1
/** As many are taken in one go, so that nodes that start together share what there is. */
const takenAtOnce = 20

/**
 * Which node holds which connection, in the control database. A lease ends by the database's clock; it is renewed and
 * spoken for by its version, so that a node that was asleep can neither keep nor describe what another has taken.
 */
export class Leases {
  readonly #cluster: Cluster
  readonly #nodeId: string
  readonly #leaseMs: number

  constructor(cluster: Cluster, nodeId: string, leaseMs: number) {
    this.#cluster = cluster
    this.#nodeId = nodeId
    this.#leaseMs = leaseMs
  }

  /** From now on some node holds this connection, with its settings as they are now. */
  async want(connectionId: string, organizationId: string): Promise<void> {
    await this.#cluster.control.transaction(async (db) => {
      await expectOpen(db, organizationId)
      await db.rows(
        `insert into held_connections as held (connection_id, organization_id) values ($1, $2)
         on conflict (connection_id) do update set wish = held.wish + 1`,
        [connectionId, organizationId],
      )
    })
  }

  /** From now on nobody holds it. */
  async unwant(connectionId: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from held_connections where connection_id = $1', [connectionId]),
    )
  }

  /** Of this organization nobody holds any. */
  async unwantAll(organizationId: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from held_connections where organization_id = $1', [organizationId]),
    )
  }

  /** Takes what nobody holds; who held it before may have been killed while it was connected. What was ours before this node started again is ours at once. */
  async take(known: readonly string[]): Promise<Lease[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<LeaseRow>(
        `update held_connections
         set node_id = $1, held_until = now() + make_interval(secs => $2), version = version + 1,
             since = case when state in ('connected', 'unconfirmed') then coalesce(alive_at, since) else since end,
             state = case when state in ('connected', 'unconfirmed') then 'away' else state end
         where connection_id in (
           select h.connection_id from held_connections h
           join organizations o on o.id = h.organization_id and o.state = 'active'
           where (h.node_id is null or h.node_id = $1 or h.held_until < now()) and not h.connection_id = any($3)
           order by h.connection_id limit $4 for update of h skip locked)
         returning connection_id, organization_id, version, wish`,
        [this.#nodeId, this.#leaseMs / 1000, known, takenAtOnce],
      ),
    )
    return rows.map((row) => ({
      connectionId: row.connection_id,
      organizationId: row.organization_id,
      version: row.version,
      wish: row.wish,
    }))
  }

  /** Says that we live. What is missing from the answer is ours no longer. */
  async renew(leases: readonly Lease[]): Promise<Renewed> {
    return this.#cluster.control.transaction(async (db) => {
      const [rows, others] = await Promise.all([
        db.rows<{ connection_id: string; wish: number }>(
          `update held_connections h
           set held_until = now() + make_interval(secs => $2),
               alive_at = case when h.state in ('connected', 'unconfirmed') then ringfence.now() else h.alive_at end
           from unnest($3::uuid[], $4::bigint[]) as mine (id, version)
           where h.connection_id = mine.id and h.version = mine.version and h.node_id = $1
           returning h.connection_id, h.wish`,
          [
            this.#nodeId,
            this.#leaseMs / 1000,
            leases.map(({ connectionId }) => connectionId),
            leases.map(({ version }) => version),
          ],
        ),
        db.row(`select 1 from nodes where id <> $1 and seen_at > now() - interval '30 seconds' limit 1`, [
          this.#nodeId,
        ]),
      ])
      return {
        held: new Map(rows.map(({ connection_id, wish }) => [connection_id, { wish }])),
        others: others !== undefined,
      }
    })
  }

  /** The connection is open; the time since it was last known to be is a gap. */
  async opened({ connectionId, version }: Lease, state: 'connected' | 'unconfirmed'): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows(
        `with mine as (
           select connection_id, state, alive_at from held_connections
           where connection_id = $1 and version = $2 and node_id = $3 for update),
         gap as (
           insert into held_gaps (connection_id, began_at, ended_at, expires_at)
           select connection_id, alive_at, ringfence.now(),
                  date_trunc('hour', ringfence.now() + make_interval(days => $5, hours => 1))
           from mine
           where not state in ('connected', 'unconfirmed') and alive_at < ringfence.now() - make_interval(secs => $6)
           on conflict do nothing)
         update held_connections h
         set state = $4, alive_at = ringfence.now(),
             since = case when mine.state in ('connected', 'unconfirmed') then h.since else ringfence.now() end
         from mine where h.connection_id = mine.connection_id`,
        [connectionId, version, this.#nodeId, state, gapDays, leastGapSeconds],
      ),
    )
  }

  /** The connection is not open. @param silentMs how long it had been dead before we knew */
  async lost(
    { connectionId, version }: Lease,
    state: Exclude<HeldState, 'connected' | 'unconfirmed'>,
    silentMs: number,
  ): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows(
        `update held_connections
         set ${notConnected('$5::double precision')},
             since = case when state = $4 then since else ringfence.now() end, state = $4
         where connection_id = $1 and version = $2 and node_id = $3`,
        [connectionId, version, this.#nodeId, state, silentMs / 1000],
      ),
    )
  }

  /** Gives it back, so that another node takes it without waiting. */
  async release({ connectionId, version }: Lease): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows(
        `update held_connections
         set ${notConnected('0')}, node_id = null, held_until = null,
             since = case when state in ('connected', 'unconfirmed') then ringfence.now() else since end,
             state = case when state in ('connected', 'unconfirmed') then 'away' else state end
         where connection_id = $1 and version = $2 and node_id = $3`,
        [connectionId, version, this.#nodeId],
      ),
    )
  }
}

/** A connection that was open until now was alive until now, or until `silent` seconds ago. */
const notConnected = (silent: string) =>
  `alive_at = case when state in ('connected', 'unconfirmed') then ringfence.now() - make_interval(secs => ${silent}) else alive_at end`
