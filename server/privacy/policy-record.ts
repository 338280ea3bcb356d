import { z } from 'zod'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { canonical } from './canonical.ts'
import { changesBetween, type PolicyChanges } from './policy-changes.ts'
import { type PolicyContent, policyContent, versionOf } from './policy-content.ts'
import type { Verdict } from './policy-diff.ts'
import { compareVersions } from './tell-diff.ts'
import { documentLanguages } from './words/languages.ts'

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
}

export interface PolicyUse {
  version: string
  since: Date
}

/** A version that waits for its date. */
export type Announced = Pick<PolicyVersion, 'version' | 'effectiveAt' | 'reasons'> & { number: number }

/** What a program's policy has become. */
export interface Adopted {
  version: string
  /** it was not there before */
  isNew: boolean
  /** it is announced, and takes effect then */
  waitsUntil: Date | undefined
}

const lines = z.array(z.string())
/** The first versions were in the languages of the app alone. */
const storedLines = z.object({
  en: lines,
  cs: lines,
  de: lines.optional(),
  sl: lines.optional(),
  nb: lines.optional(),
  ro: lines.optional(),
})
const none: PolicyChanges = { en: [], cs: [] }

interface VersionRow {
  number: number
  version: string
  state: PolicyVersion['state']
  effective_at: Date
  announced_at: Date | null
  verdict: Verdict | null
  changes: unknown
  reasons: unknown
  content: unknown
}

/**
 * Which policy was in force when, which are announced, and which organization used which since when (PD-10, OC-9). In the
 * control database, without personal data; a version that was made is never changed.
 *
 * In force is the latest that has reached its date. One that waits is passed over by a later one that takes effect no later.
 */
export class PolicyRecord {
  readonly #cluster: Pick<Cluster, 'control'>

  constructor(cluster: Pick<Cluster, 'control'>) {
    this.#cluster = cluster
  }

  /**
   * Puts this content in force, unless it is or is announced already. What allows more than the version in force is
   * announced instead, as long ahead as that one promises. Nodes that start at the same moment wait for each other, so that
   * one change makes one version.
   */
  async putInForce(content: PolicyContent): Promise<Adopted> {
    const version = versionOf(content)
    return this.#cluster.control.transaction(async (db) => {
      lock(db)
      const known = await rowsOf(db, "state in ('in force', 'announced')")
      const same = known.find((row) => row.version === version)
      const inForce = known.find(({ state }) => state === 'in force')
      const made = same ?? (await add(db, content, inForce, known))
      noteUses(db)
      const waitsUntil = made.state === 'announced' ? made.effective_at : undefined
      return { version, isNew: same === undefined, waitsUntil }
    })
  }

  /** Takes back every announcement, by putting what is in force into force again. @returns whether there was one */
  async withdraw(): Promise<boolean> {
    return this.#cluster.control.transaction(async (db) => {
      lock(db)
      const known = await rowsOf(db, "state in ('in force', 'announced')")
      const inForce = known.find(({ state }) => state === 'in force')
      if (!inForce || known.length === 1) return false
      await insert(db, { content: inForce.content, version: inForce.version, verdict: 'neutral' })
      noteUses(db)
      return true
    })
  }

  /** Notes what came into force by its date. @returns the version in force, with what it declares; undefined before the first */
  async follow(): Promise<(PolicyVersion & PolicyContent) | undefined> {
    return this.#cluster.control.transaction(async (db) => {
      noteUses(db)
      const [row] = await rowsOf(db, `state = 'in force'`)
      return row && { ...versionIn(row), ...policyContent.parse(row.content) }
    })
  }

  /** All that ever were made, the latest first. */
  async versions(): Promise<PolicyVersion[]> {
    const rows = await this.#cluster.control.transaction((db) => rowsOf(db, 'true', { content: false }))
    return rows.map(versionIn)
  }

  /** One version with its words, or the one in force. One that came back is told as of the last time. */
  async read(version?: string): Promise<(PolicyVersion & PolicyContent) | undefined> {
    const [row] = await this.#cluster.control.transaction((db) =>
      version === undefined
        ? rowsOf(db, `state = 'in force'`)
        : rowsOf(db, 'version = $1', { values: [version] }),
    )
    return row && { ...versionIn(row), ...policyContent.parse(row.content) }
  }

  /** Those that wait for their date, the latest first. */
  async announced(): Promise<Announced[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      rowsOf(db, `state = 'announced'`, { content: false }),
    )
    return rows.map((row) => ({ ...versionIn(row), number: row.number }))
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

const numberInForce = '(select max(number) from policy_versions where effective_at <= ringfence.now())'

/**
 * An organization that just came into being, or begins anew, uses the version in force, if a server has put one in force
 * yet. Whoever is there now was not told of an announced one (OC-9).
 */
export function recordFirstUse(db: Db, organizationId: string): void {
  lock(db)
  db.send(
    `insert into policy_uses (organization_id, number)
     select $1, number from policy_versions where number = ${numberInForce} on conflict do nothing`,
    [organizationId],
  )
  db.send(`delete from policy_notices where organization_id = $1 and number > ${numberInForce}`, [
    organizationId,
  ])
}

/** For a transaction that needs no more than its name. */
export async function versionInForce(db: Db): Promise<string | undefined> {
  const row = await db.row<{ version: string }>(
    `select version from policy_versions where number = ${numberInForce}`,
  )
  return row?.version
}

/** Every organization uses what is in force, since it is. */
function noteUses(db: Db): void {
  db.send(
    `insert into policy_uses (organization_id, number, since)
     select o.id, v.number, greatest(v.effective_at, o.created_at)
     from organizations o, policy_versions v where o.state = 'active' and v.number = ${numberInForce}
     on conflict do nothing`,
  )
}

/** Versions and uses change one after the other, so that no organization misses a version. Until the transaction ends. */
function lock(db: Db): void {
  db.send('select pg_advisory_xact_lock(72790010)')
}

async function rowsOf(
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
     select number, version, state, effective_at, announced_at, verdict, changes, reasons,
            ${content ? 'content' : 'null as content'}
     from known where ${where} order by number desc`,
    values,
  )
}

/** @param known the version in force and those announced, the latest first */
async function add(
  db: Db,
  content: PolicyContent,
  inForce: VersionRow | undefined,
  known: readonly VersionRow[],
): Promise<VersionRow> {
  if (!inForce) return insert(db, { content, version: versionOf(content) })
  const was = policyContent.parse(inForce.content)
  const { verdict, differences } = compareVersions(was, content)
  const reasons = Object.fromEntries(
    documentLanguages.map((language) => [language, differences.map(({ text }) => text[language])]),
  ) as PolicyChanges
  // What the first versions declared is not on record, so nobody could go by it any longer.
  const waits = verdict === 'less restrictive' && was.declared !== undefined
  const told = waits
    ? known.filter(
        ({ state, content: before }) =>
          state === 'announced' &&
          compareVersions(policyContent.parse(before), content).verdict !== 'less restrictive',
      )
    : []
  return insert(db, {
    content,
    version: versionOf(content),
    verdict,
    changes: changesBetween(was, content),
    reasons,
    // What was announced in time needs no second announcement.
    ...(waits ? { waits: told.at(-1)?.effective_at ?? was.declared?.terms.noticeDays ?? 0 } : {}),
  })
}

/** @param wish.waits until when, or for how many days */
async function insert(
  db: Db,
  wish: {
    content: unknown
    version: string
    verdict?: Verdict
    changes?: PolicyChanges
    reasons?: PolicyChanges
    waits?: Date | number
  },
): Promise<VersionRow> {
  const { waits } = wish
  const row = await db.row<VersionRow>(
    `insert into policy_versions (version, content, changes, verdict, reasons, effective_at, announced_at)
     values ($1, $2, $3, $4, $5,
             coalesce($6, ringfence.now() + make_interval(days => $7)),
             case when $6 is null and $7 = 0 then null else ringfence.now() end)
     returning *, case when effective_at > ringfence.now() then 'announced' else 'in force' end as state`,
    [
      wish.version,
      canonical(wish.content),
      JSON.stringify(wish.changes ?? none),
      wish.verdict ?? null,
      JSON.stringify(wish.reasons ?? none),
      waits instanceof Date ? waits : null,
      typeof waits === 'number' ? waits : 0,
    ],
  )
  if (!row) throw new Error('unreachable: an insert returns its row')
  return row
}

function versionIn(row: VersionRow): PolicyVersion {
  return {
    version: row.version,
    state: row.state,
    effectiveAt: row.effective_at,
    announcedAt: row.announced_at ?? undefined,
    verdict: row.verdict ?? undefined,
    changes: storedLines.parse(row.changes),
    reasons: storedLines.parse(row.reasons ?? none),
  }
}
