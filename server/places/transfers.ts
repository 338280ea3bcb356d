import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isWithin, type Region } from '../../policy/places.ts'
import type { Cluster } from '../database/cluster.ts'
import { nowIn } from '../database/now.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import { ReceiptSigner } from '../privacy/receipt-signing.ts'
import { recipients } from './recipients.ts'

const country = z.string().regex(/^[A-Z]{2}$/)

/**
 * Why data may go there although nothing in `policy/` says that it is within the region:
 *
 * - `in-region`: the contract is with a company in the region, as the document says
 * - `adequacy`: a decision of the Commission (Art. 45); `document` names it, `dated` is when it was last looked up
 * - `clauses`: standard contractual clauses (Art. 46(2)(c)), with the assessment of the transfer
 */
export const transferWish = z.strictObject({
  recipient: z.string().min(1),
  ground: z.enum(['in-region', 'adequacy', 'clauses']),
  country,
  document: z.string().trim().min(1).max(300),
  dated: z.iso.date(),
  assessment: z.string().trim().min(1).max(300).optional(),
})
export type TransferWish = z.infer<typeof transferWish>

export interface Transfer extends TransferWish {
  id: string
  since: Date
  endedAt: Date | undefined
  jws: string
  endJws: string | undefined
  /** adequacy was last looked up more than a year ago, or clauses were signed then: look again */
  due: boolean
}

interface TransferRow {
  id: string
  recipient: string
  ground: TransferWish['ground']
  country: string
  document: string
  dated: string
  assessment: string | null
  since: Date
  ended_at: Date | null
  jws: string
  end_jws: string | null
}

const daysUntilDue = 365

/** Grounds for transfers, in the control database: each signed when it is put down and when it ends, none ever removed. */
export class Transfers {
  readonly #control: Cluster['control']
  readonly #signer: ReceiptSigner
  readonly #region: Region

  constructor({
    cluster,
    ring,
    region,
  }: { cluster: Pick<Cluster, 'control'>; ring: KeyRing; region: Region }) {
    this.#control = cluster.control
    this.#signer = new ReceiptSigner(ring)
    this.#region = region
  }

  /** @throws RingfenceError `invalid-input` when it is no ground */
  async add(wish: TransferWish): Promise<string> {
    const names = recipients().map(({ name }) => name)
    if (!names.includes(wish.recipient))
      failed({ code: 'invalid-input', field: 'recipient', rule: `one of: ${names.join(', ')}` })
    if (wish.ground === 'clauses' && wish.assessment === undefined)
      failed({
        code: 'invalid-input',
        field: 'assessment',
        rule: 'clauses need the assessment of the transfer',
      })
    if (wish.ground === 'in-region' && !isWithin(wish.country, this.#region))
      failed({ code: 'invalid-input', field: 'country', rule: `a country within the region ${this.#region}` })
    const id = randomUUID()
    const since = await this.#now()
    const jws = this.#signer.signAs('ringfence-transfer+jws', { version: 1, id, since, ...wish })
    await this.#control.transaction((db) =>
      db.rows(
        `insert into transfer_grounds (id, recipient, ground, country, document, dated, assessment, since, jws)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          ...[id, wish.recipient, wish.ground, wish.country, wish.document, wish.dated],
          ...[wish.assessment ?? null, since, jws],
        ],
      ),
    )
    return id
  }

  /** @throws RingfenceError `not-found` when there is none, or it ended before */
  async end(id: string): Promise<void> {
    const endedAt = await this.#now()
    const jws = this.#signer.signAs('ringfence-transfer+jws', { version: 1, id, endedAt })
    const row = await this.#control.transaction((db) =>
      db.row(
        'update transfer_grounds set ended_at = $2, end_jws = $3 where id = $1 and ended_at is null returning id',
        [id, endedAt, jws],
      ),
    )
    if (!row) failed({ code: 'not-found', what: 'transfer' })
  }

  /** All there ever were, the newest first. */
  async list(): Promise<Transfer[]> {
    const rows = await this.#control.transaction((db) =>
      db.rows<TransferRow>(
        `select id, recipient, ground, country, document, dated::text, assessment, since, ended_at, jws, end_jws
         from transfer_grounds order by since desc, id`,
      ),
    )
    const old = Date.now() - daysUntilDue * 86_400_000
    return rows.map(({ ended_at, end_jws, assessment, ...row }) => ({
      ...row,
      ...(assessment === null ? {} : { assessment }),
      endedAt: ended_at ?? undefined,
      endJws: end_jws ?? undefined,
      due: ended_at === null && Date.parse(row.dated) < old,
    }))
  }

  async #now(): Promise<string> {
    return (await this.#control.transaction(nowIn)).toISOString()
  }
}
