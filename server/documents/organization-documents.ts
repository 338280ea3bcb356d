import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Cluster } from '../database/cluster.ts'
import { nowIn } from '../database/now.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import { type Approver, approver, type ShownApproval } from '../privacy/approvals.ts'
import { expectPlace, type OwnParagraph, ownParagraph, withoutEmpty } from '../privacy/own-paragraphs.ts'
import { ReceiptSigner, signedIn } from '../privacy/receipt-signing.ts'
import { type RecordContent, recordContent, recordHash, recordVersion } from './record-content.ts'
import type { RecordVersion } from './records.ts'

/** A version of an organization's own record, with who of its people approved it. */
export interface OwnRecordVersion extends RecordVersion {
  approval: ShownApproval
}

const kept = z.object({ jws: z.string() })
/** What is signed: the version itself, so that nothing of it can be changed afterwards. */
const approved = z.object({
  version: z.literal(1),
  document: z.literal('record'),
  hash: z.string(),
  approvedAt: z.string(),
  by: approver,
  content: recordContent,
})

interface Row {
  id: string
  entry_sealed: Buffer
  made_at: Date
}

/**
 * What an organization adds to its record of processing, and the versions of it that its people approved; sealed by its key,
 * in the control database, and gone with the last uninstall.
 */
export class OrganizationDocuments {
  readonly #control: Cluster['control']
  readonly #signer: ReceiptSigner

  constructor({ cluster, ring }: { cluster: Pick<Cluster, 'control'>; ring: KeyRing }) {
    this.#control = cluster.control
    this.#signer = new ReceiptSigner(ring)
  }

  /** Those that count: the latest of each place. */
  async paragraphs(organization: Organization): Promise<OwnParagraph[]> {
    const rows = await this.#rows(organization, 'paragraph')
    const latest = new Map<string, OwnParagraph>()
    for (const row of rows.toReversed()) {
      const paragraph = ownParagraph.parse(opened(organization, row))
      latest.set(paragraph.place, paragraph)
    }
    return [...latest.values()].filter(({ texts }) => Object.keys(texts).length > 0)
  }

  /**
   * @param connectionId the CRM by which whoever writes it is signed in
   * @throws RingfenceError `invalid-input` when the record has no such place
   */
  async setParagraph(
    organization: Organization,
    connectionId: string,
    paragraph: OwnParagraph,
  ): Promise<void> {
    const { document, place } = expectPlace(paragraph)
    const entry = { document, place, texts: withoutEmpty(paragraph.texts) }
    await this.#control.transaction((db) =>
      insert(db, organization, { connectionId, what: 'paragraph', entry }),
    )
  }

  /** The latest first. */
  async records(organization: Organization): Promise<OwnRecordVersion[]> {
    return this.#recordsIn(organization, await this.#rows(organization, 'record'))
  }

  #recordsIn(organization: Organization, rows: readonly Row[]): OwnRecordVersion[] {
    return rows.map((row) => {
      const { jws } = kept.parse(opened(organization, row))
      const read = approved.safeParse(signedIn(jws, 'ringfence-approval+jws', [this.#signer.publicKey]))
      if (!read.success) return failed({ code: 'unreadable', what: 'a record of processing' })
      const { content, by } = read.data
      return { version: recordVersion(content), approvedAt: row.made_at, content, approval: { by, jws } }
    })
  }

  async approveRecord(
    organization: Organization,
    connectionId: string,
    { content, by }: { content: RecordContent; by: Approver },
  ): Promise<void> {
    await this.#control.transaction(async (db) => {
      // Two who approve the same at once make one version.
      db.send('select from organizations where id = $1 for no key update', [organization.id])
      const [latest] = this.#recordsIn(organization, await rowsOf(db, organization, 'record'))
      if (latest?.version === recordVersion(content)) return
      const approvedAt = (await nowIn(db)).toISOString()
      const signed: z.infer<typeof approved> = {
        version: 1,
        document: 'record',
        hash: recordHash(content),
        approvedAt,
        by,
        content,
      }
      const entry = { jws: this.#signer.signAs('ringfence-approval+jws', signed) }
      await insert(db, organization, { connectionId, what: 'record', entry })
    })
  }

  async #rows(organization: Organization, what: 'paragraph' | 'record'): Promise<Row[]> {
    return this.#control.transaction((db) => rowsOf(db, organization, what))
  }
}

async function rowsOf(db: Db, { id }: Organization, what: 'paragraph' | 'record'): Promise<Row[]> {
  return db.rows<Row>(
    `select id, entry_sealed, made_at from organization_documents
     where organization_id = $1 and what = $2 order by number desc`,
    [id, what],
  )
}

async function insert(
  db: Db,
  organization: Organization,
  { connectionId, what, entry }: { connectionId: string; what: 'paragraph' | 'record'; entry: unknown },
): Promise<void> {
  const id = randomUUID()
  await db.rows(
    `insert into organization_documents (id, organization_id, connection_id, what, entry_sealed)
     values ($1, $2, $3, $4, $5)`,
    [
      ...[id, organization.id, connectionId, what],
      organization.keys.seal(placeOf(id), JSON.stringify(entry), { by: 'organization' }),
    ],
  )
}

const opened = (organization: Organization, { id, entry_sealed }: Row): unknown =>
  JSON.parse(organization.keys.open(placeOf(id), entry_sealed))

const placeOf = (row: string) => ({ table: 'organization_documents', column: 'entry_sealed', row })
