import type { Cluster } from '../database/cluster.ts'
import type { KeyRing } from '../keys/contract.ts'
import { type Asked, askedIn, type ReceiptRow } from './asked-receipts.ts'
import { versionInForce } from './policy-versions.ts'
import { type LeftThere, ReceiptSigner, receiptIn, type SignedReceipt } from './receipt-signing.ts'

/** Receipts of this installation, in its control database. */
export class Receipts {
  readonly #cluster: Cluster
  readonly #ring: KeyRing
  readonly #signer: ReceiptSigner

  constructor(cluster: Cluster, ring: KeyRing) {
    this.#cluster = cluster
    this.#ring = ring
    this.#signer = new ReceiptSigner(ring)
  }

  get publicKey() {
    return this.#signer.publicKey
  }

  async asked(id: string): Promise<Asked | undefined> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<ReceiptRow>('select * from receipts where id = $1', [id]),
    )
    return row && askedIn(row)
  }

  /** The end of an organization's subscription that is being carried out. */
  async endOf(organizationId: string): Promise<Asked | undefined> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<ReceiptRow>(
        `select * from receipts where organization_id = $1 and ended = 'organization' and done_at is null`,
        [organizationId],
      ),
    )
    return row && askedIn(row)
  }

  /** What will go, before anything goes: whoever comes after a crash would count too little. */
  async remember(
    id: string,
    found: {
      agreement: string | undefined
      counts: ReadonlyMap<string, number>
      there?: readonly LeftThere[]
    },
  ): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows(
        'update receipts set agreement = $2, counts = $3, left_there = $4 where id = $1 and counts is null',
        [
          id,
          found.agreement ?? null,
          JSON.stringify(Object.fromEntries(found.counts)),
          found.there ? JSON.stringify(found.there) : null,
        ],
      ),
    )
  }

  /** Everything was tried to be ended at other systems: this is what may still be there. */
  async rememberLeft(id: string, left: readonly LeftThere[]): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('update receipts set left_there = $2, left_at = ringfence.now() where id = $1', [
        id,
        JSON.stringify(left),
      ]),
    )
  }

  /** Signs and keeps it. Done once: later calls change nothing. */
  async complete(id: string, outcome: { keysDestroyed: boolean }): Promise<void> {
    await this.#cluster.control.transaction(async (db) => {
      const row = await db.row<ReceiptRow & { now: Date }>(
        'select *, ringfence.now() as now from receipts where id = $1 and done_at is null for update',
        [id],
      )
      if (!row) return
      const policy = (await versionInForce(db)) ?? ''
      const { jws } = this.#signer.sign({
        version: 1,
        id: row.id,
        organization: row.organization_id,
        connection: row.connection_id,
        crm: row.crm,
        ended: row.ended,
        cause: row.cause,
        askedAt: row.asked_at.toISOString(),
        doneAt: row.now.toISOString(),
        removed: sorted(row.counts ?? {}),
        left: 0,
        ...(row.left_there ? { leftThere: row.left_there } : {}),
        ...outcome,
        keyRing: { id: this.#ring.id, version: this.#ring.version },
        policy,
        agreement: row.agreement,
      })
      await db.rows('update receipts set done_at = $2, jws = $3, user_id = null where id = $1', [
        id,
        row.now,
        jws,
      ])
    })
  }

  /** Uninstalls that were asked for and are not done. */
  async uninstallsOf(organizationId: string): Promise<string[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<{ id: string }>(
        `select id from receipts where organization_id = $1 and ended <> 'organization' and done_at is null order by id`,
        [organizationId],
      ),
    )
    return rows.map(({ id }) => id)
  }

  /** Asked for, and the organization was deleted, or its subscription ended, before it was done. */
  async ofNoOrganization(): Promise<string[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<{ id: string }>(
        `select id from receipts r where done_at is null
           and not exists (select 1 from organizations o where o.id = r.organization_id and o.state <> 'ended')
         order by id`,
      ),
    )
    return rows.map(({ id }) => id)
  }

  /** All that are done, the newest first. */
  async list(): Promise<SignedReceipt[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<{ jws: string }>(
        'select jws from receipts where done_at is not null order by done_at desc, id limit 10000',
      ),
    )
    return rows.map(({ jws }) => ({ receipt: receiptIn(jws), jws }))
  }
}

/** Without tables that lost nothing. */
function sorted(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
