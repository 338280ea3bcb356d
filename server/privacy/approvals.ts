import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { approvers } from '../../policy/documents.ts'
import { keptHours } from '../../policy/index.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import { ReceiptSigner, signedIn } from './receipt-signing.ts'

/** Who answers for a document: a person, and in which role. */
export const approver = z.strictObject({
  name: z.string().trim().min(2).max(120),
  role: z.string().trim().min(2).max(120),
})
export type Approver = z.infer<typeof approver>

/** What was approved. `hash`: SHA-256 of its canonical content, in hexadecimal. */
interface Approved {
  document: 'policy' | 'record'
  hash: string
}

const entry = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  document: z.enum(['policy', 'record']),
  hash: z.string(),
  approvedAt: z.string(),
  by: approver,
})

/** By whom, while that is kept, and the signature under it. */
export interface ShownApproval {
  by: Approver
  jws: string
}

/** @throws RingfenceError `setting` unless it is "Name, role" */
export function approverIn(text: string, setting: string): Approver {
  const [name = '', ...role] = text.split(',')
  const read = approver.safeParse({ name, role: role.join(',') })
  if (read.success) return read.data
  return failed({
    code: 'setting',
    name: setting,
    sentence: `${setting} must name who approves, and in which role, as "Jana Nováková, managing director".`,
  })
}

/**
 * Approvals of documents by named persons (GD-1). That there was one, of what and when, is never removed; the name is signed
 * with it, sealed, and ends with its time.
 */
export class Approvals {
  readonly #control: Cluster['control']
  readonly #ring: KeyRing
  readonly #signer: ReceiptSigner

  constructor({ cluster, ring }: { cluster: Pick<Cluster, 'control'>; ring: KeyRing }) {
    this.#control = cluster.control
    this.#ring = ring
    this.#signer = new ReceiptSigner(ring)
  }

  /** In the transaction that puts the document in force. @returns the approval's id */
  async note(db: Db, { document, hash }: Approved, by: Approver): Promise<string> {
    const id = randomUUID()
    const row = await db.row<{ approved_at: Date }>(
      'insert into approvals (id, document, hash) values ($1, $2, $3) returning approved_at',
      [id, document, hash],
    )
    const approvedAt = (row?.approved_at ?? new Date()).toISOString()
    const content: z.infer<typeof entry> = { version: 1, id, document, hash, approvedAt, by }
    const jws = this.#signer.signAs('ringfence-approval+jws', content)
    await db.rows(
      `insert into approvers (id, entry_sealed, expires_at)
       values ($1, $2, ringfence.now() + make_interval(hours => $3))`,
      [id, this.#ring.installation.seal(placeOf(id), jws, { by: 'organization' }), keptHours(approvers)],
    )
    return id
  }

  /** Of those that are kept still. */
  async shown(ids: readonly string[]): Promise<Map<string, ShownApproval>> {
    const rows = await this.#control.transaction((db) =>
      db.rows<{ id: string; entry_sealed: Buffer }>(
        'select id, entry_sealed from approvers where id = any($1) order by id',
        [ids],
      ),
    )
    return new Map(
      rows.map(({ id, entry_sealed }) => {
        const jws = this.#ring.installation.open(placeOf(id), entry_sealed)
        const read = entry.safeParse(signedIn(jws, 'ringfence-approval+jws', [this.#signer.publicKey]))
        if (!read.success) return failed({ code: 'unreadable', what: 'an approval' })
        return [id, { by: read.data.by, jws }] as const
      }),
    )
  }
}

const placeOf = (row: string) => ({ table: 'approvers', column: 'entry_sealed', row })
