import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import type { Approvals, Approver } from '../privacy/approvals.ts'
import { canonical } from '../privacy/canonical.ts'
import { type RecordContent, recordContent, recordHash, recordVersion } from './record-content.ts'

/** A version of a record of processing that somebody approved. */
export interface RecordVersion {
  version: string
  approvedAt: Date
  content: RecordContent
}

/** One of the operator's, with the approval under it. */
export interface OperatorRecordVersion extends RecordVersion {
  approvalId: string
}

/** The operator's record of processing: every version that was approved, the latest first. None is ever removed. */
export class Records {
  readonly #control: Cluster['control']
  readonly #approvals: Approvals

  constructor(cluster: Pick<Cluster, 'control'>, approvals: Approvals) {
    this.#control = cluster.control
    this.#approvals = approvals
  }

  async versions(): Promise<OperatorRecordVersion[]> {
    return this.#control.transaction(versionsIn)
  }

  /** A person answers for it. What is in force already stays as it was approved. @returns its version */
  async approve(content: RecordContent, by: Approver): Promise<string> {
    const version = recordVersion(content)
    return this.#control.transaction(async (db) => {
      db.send('select pg_advisory_xact_lock(72790016)') // two who approve the same at once make one version
      const [latest] = await versionsIn(db)
      if (latest?.version === version) return version
      const approvalId = await this.#approvals.note(db, { document: 'record', hash: recordHash(content) }, by)
      await db.rows('insert into record_versions (version, content, approval_id) values ($1, $2, $3)', [
        version,
        canonical(content),
        approvalId,
      ])
      return version
    })
  }
}

async function versionsIn(db: Db): Promise<OperatorRecordVersion[]> {
  const rows = await db.rows<{ version: string; content: unknown; approval_id: string; approved_at: Date }>(
    `select version, content, approval_id, approved_at
     from record_versions join approvals a on a.id = approval_id order by number desc`,
  )
  return rows.map(({ version, content, approval_id, approved_at }) => ({
    version,
    approvedAt: approved_at,
    approvalId: approval_id,
    content: recordContent.parse(content),
  }))
}
