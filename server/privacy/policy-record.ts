import { z } from 'zod'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { canonical } from './canonical.ts'
import { changesBetween, type PolicyChanges } from './policy-changes.ts'
import { type PolicyContent, policyContent, versionOf } from './policy-content.ts'

/** A version as it was put in force. */
export interface PolicyVersion {
  version: string
  effectiveAt: Date
  changes: PolicyChanges
}

export interface PolicyUse {
  version: string
  since: Date
}

const storedChanges = z.object({ en: z.array(z.string()), cs: z.array(z.string()) })

interface VersionRow {
  number: number
  version: string
  effective_at: Date
  changes: unknown
  content: unknown
}

/**
 * Which policy was in force when, and which organization used it since when (PD-10). In the control database, without
 * personal data; a version that was in force is never changed.
 */
export class PolicyRecord {
  readonly #cluster: Pick<Cluster, 'control'>

  constructor(cluster: Pick<Cluster, 'control'>) {
    this.#cluster = cluster
  }

  /**
   * Puts this content in force, unless it is already, and notes that every organization uses it from now on. Nodes that
   * start at the same moment wait for each other, so that one change makes one version.
   * @returns whether it is a new version
   */
  async putInForce(content: PolicyContent): Promise<{ version: string; isNew: boolean }> {
    const version = versionOf(content)
    return this.#cluster.control.transaction(async (db) => {
      lock(db)
      const last = await latest(db)
      const isNew = last?.version !== version
      if (isNew) {
        const changes = last ? changesBetween(policyContent.parse(last.content), content) : { en: [], cs: [] }
        await db.rows('insert into policy_versions (version, content, changes) values ($1, $2, $3)', [
          version,
          canonical(content),
          JSON.stringify(changes),
        ])
      }
      await db.rows(
        `insert into policy_uses (organization_id, number)
         select id, (select max(number) from policy_versions) from organizations where state = 'active'
         on conflict do nothing`,
      )
      return { version, isNew }
    })
  }

  /** All that ever were in force, the one in force now first. */
  async versions(): Promise<PolicyVersion[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<VersionRow>(
        'select number, version, effective_at, changes, null as content from policy_versions order by number desc',
      ),
    )
    return rows.map(versionIn)
  }

  /** One version with its words, or the one in force. One that came back is told as of the last time. */
  async read(version?: string): Promise<(PolicyVersion & PolicyContent) | undefined> {
    const row = await this.#cluster.control.transaction((db) => latest(db, version))
    return row && { ...versionIn(row), ...policyContent.parse(row.content) }
  }

  /** Which versions an organization used and since when, the present one first. */
  async usesOf(organizationId: string): Promise<PolicyUse[]> {
    return this.#cluster.control.transaction((db) =>
      db.rows<{ version: string; since: Date }>(
        `select v.version, u.since from policy_uses u join policy_versions v using (number)
         where u.organization_id = $1 order by number desc`,
        [organizationId],
      ),
    )
  }
}

/** An organization that just came into being uses the version in force, if a server has put one in force yet. */
export function recordFirstUse(db: Db, organizationId: string): void {
  lock(db)
  db.send(
    `insert into policy_uses (organization_id, number)
     select $1, max(number) from policy_versions having count(*) > 0 on conflict do nothing`,
    [organizationId],
  )
}

/** For a transaction that needs no more than its name. */
export async function versionInForce(db: Db): Promise<string | undefined> {
  const row = await db.row<{ version: string }>(
    'select version from policy_versions order by number desc limit 1',
  )
  return row?.version
}

/** Versions and uses change one after the other, so that no organization misses a version. Until the transaction ends. */
function lock(db: Db): void {
  db.send('select pg_advisory_xact_lock(72790010)')
}

async function latest(db: Db, version?: string): Promise<VersionRow | undefined> {
  return db.row<VersionRow>(
    `select number, version, effective_at, changes, content from policy_versions
     where $1::text is null or version = $1 order by number desc limit 1`,
    [version ?? null],
  )
}

function versionIn(row: VersionRow): PolicyVersion {
  return {
    version: row.version,
    effectiveAt: row.effective_at,
    changes: storedChanges.parse(row.changes),
  }
}
