import { z } from 'zod'
import type { Db } from '../database/transaction.ts'
import { canonical } from './canonical.ts'
import type { PolicyChanges } from './policy-changes.ts'
import type { Verdict } from './policy-diff.ts'
import { inLanguages } from './words/in-languages.ts'

/** A version as it is on record. */
export interface PolicyVersion {
  version: string
  /**
   * - `announced`: it allows more than the one in force, and takes effect at its date
   * - `withdrawn`: another version came before its date
   */
  state: 'announced' | 'in force' | 'earlier' | 'withdrawn'
  effectiveAt: Date
  /** undefined: it took effect when it was made */
  announcedAt: Date | undefined
  /** against the version that was in force when it was made; undefined for the first */
  verdict: Verdict | undefined
  changes: PolicyChanges
  /** why it allows more or less */
  reasons: PolicyChanges
  /** undefined: it was put in force before approval was asked for */
  approval: { id: string; at: Date } | undefined
}

const storedLines = inLanguages(z.array(z.string()))
const none: PolicyChanges = { en: [], cs: [] }

export interface VersionRow {
  number: number
  version: string
  state: PolicyVersion['state']
  effective_at: Date
  announced_at: Date | null
  verdict: Verdict | null
  changes: unknown
  reasons: unknown
  content: unknown
  approval_id: string | null
  approved_at: Date | null
}

export const numberInForce = '(select max(number) from policy_versions where effective_at <= ringfence.now())'

/** For a transaction that needs no more than its name. */
export async function versionInForce(db: Db): Promise<string | undefined> {
  const row = await db.row<{ version: string }>(
    `select version from policy_versions where number = ${numberInForce}`,
  )
  return row?.version
}

/** Versions and uses change one after the other, so that no organization misses a version. Until the transaction ends. */
export function lockVersions(db: Db): void {
  db.send('select pg_advisory_xact_lock(72790010)')
}

export async function rowsOf(
  db: Db,
  where: string,
  { content = true, values = [] }: { content?: boolean; values?: readonly string[] } = {},
): Promise<VersionRow[]> {
  return db.rows<VersionRow>(
    `with known as (
       select *, case
         when number = ${numberInForce} then 'in force'
         when exists (select from policy_versions later where later.number > v.number and later.effective_at <= v.effective_at)
           then 'withdrawn'
         when effective_at > ringfence.now() then 'announced'
         else 'earlier' end as state
       from policy_versions v)
     select number, version, state, effective_at, announced_at, verdict, changes, reasons, approval_id, a.approved_at,
            ${content ? 'content' : 'null as content'}
     from known left join approvals a on a.id = approval_id where ${where} order by number desc`,
    values,
  )
}

/** @param wish.waits until when, or for how many days */
export async function insertVersion(
  db: Db,
  wish: {
    content: unknown
    version: string
    approvalId: string | null
    verdict?: Verdict
    changes?: PolicyChanges
    reasons?: PolicyChanges
    waits?: Date | number
  },
): Promise<VersionRow> {
  const { waits } = wish
  const row = await db.row<VersionRow>(
    `insert into policy_versions (version, content, changes, verdict, reasons, effective_at, announced_at, approval_id)
     values ($1, $2, $3, $4, $5,
             coalesce($6, ringfence.now() + make_interval(days => $7)),
             case when $6 is null and $7 = 0 then null else ringfence.now() end, $8)
     returning *, case when effective_at > ringfence.now() then 'announced' else 'in force' end as state`,
    [
      wish.version,
      canonical(wish.content),
      JSON.stringify(wish.changes ?? none),
      wish.verdict ?? null,
      JSON.stringify(wish.reasons ?? none),
      waits instanceof Date ? waits : null,
      typeof waits === 'number' ? waits : 0,
      wish.approvalId,
    ],
  )
  if (!row) throw new Error('unreachable: an insert returns its row')
  return row
}

/** Is it to be approved first? One that was in force before, or was withdrawn, is approved anew. */
export const isWaiting = (
  versions: readonly Pick<PolicyVersion, 'version' | 'state'>[],
  version: string,
): boolean =>
  !versions.some((one) => one.version === version && (one.state === 'in force' || one.state === 'announced'))

export function versionIn(row: VersionRow): PolicyVersion {
  return {
    version: row.version,
    state: row.state,
    effectiveAt: row.effective_at,
    announcedAt: row.announced_at ?? undefined,
    verdict: row.verdict ?? undefined,
    changes: storedLines.parse(row.changes),
    reasons: storedLines.parse(row.reasons ?? none),
    approval:
      row.approval_id === null || row.approved_at === null
        ? undefined
        : { id: row.approval_id, at: row.approved_at },
  }
}
