import { type Declaration, declarations } from '../../policy/index.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { readTables, type Table } from '../privacy/ends.ts'
import { tablesOf } from '../privacy/row-security.ts'
import { type Condition, conditionOf, type Seen } from './conditions.ts'
import type { Reach } from './facts.ts'

type Subject = Declaration['subjects'][number]

/** One organization, and what of its data a breach reached. */
export interface Affected {
  organization: string
  /** its database was read; otherwise what is here is what there may be, without numbers */
  counted: boolean
  kinds: AffectedKind[]
  /** how many people of each group are in it; a group without a number could not be counted */
  subjects: Partial<Record<Subject, number | null>>
  /** reports of calls in that time, from the counters: what became of older calls is deleted and cannot be counted any more */
  reports: number | null
}

interface AffectedKind {
  /** as `policy/` names it */
  kind: string
  /** null: it stands in the rows of a kind above, or in no database */
  records: number | null
}

export interface AffectedParts {
  cluster: Cluster
  organizations: Organizations
  log: Log
}

/** Above this the planner's own estimate is told: an approximate number is what the law asks for, and it costs nothing. */
const countedUpTo = 200_000
/** Organizations looked at together: each needs a connection. */
const together = 8

/**
 * Who is affected: every organization with data within the reach. Counted in each one's own database, as its owner,
 * because row security hides what is over and not deleted yet; no value is read, only how many there are.
 */
export async function affectedBy(parts: AffectedParts, reach: Reach): Promise<Affected[]> {
  const all = (await parts.organizations.list()).filter(
    ({ id, createdAt }) =>
      (reach.organizations?.includes(id) ?? true) &&
      (reach.to === undefined || createdAt.getTime() <= Date.parse(reach.to)),
  )
  const kinds = kindsWithin(reach)
  const shared = await countShared(parts.cluster, kinds, reach)
  const looking = { kinds, reach, shared, tables: undefined }
  const found: (Affected | undefined)[] = new Array(all.length)
  const waiting = all.entries()
  const worker = async () => {
    for (const [at, organization] of waiting) {
      found[at] = await affectedOf(organization, looking).catch((error) => {
        // Not being able to look is no reason to be told nothing.
        const code = failureOf(error)?.code ?? 'unreadable'
        parts.log.warn('affected-not-counted', { organizationId: organization.id, code })
        return uncounted(organization, kinds)
      })
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  return found.filter((one) => one !== undefined)
}

/** Kinds that stand in the tables named, or that an account of a user may look at. */
function kindsWithin({ tables, account }: Reach): readonly Declaration[] {
  return declarations.filter((kind) => {
    if (kind.subjects.every((subject) => subject === 'operator staff')) return false
    if (tables && !tablesOf([kind]).some((table) => tables.includes(table))) return false
    return account === undefined || kind.purposes.includes('show calls to the people they are for')
  })
}

interface Looking {
  kinds: readonly Declaration[]
  reach: Reach
  /** rows in the control database, by table and organization */
  shared: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** of the first database that was read: all have the same, and asking each would take as long as counting */
  tables: ReadonlyMap<string, Table> | undefined
}

async function affectedOf(organization: Organization, looking: Looking): Promise<Affected | undefined> {
  const { kinds, reach, shared } = looking
  return organization.transaction(async (db) => {
    looking.tables ??= await readTables(db)
    const { tables } = looking
    const seen = reach.account === undefined ? undefined : await seenBy(db, reach.account)
    if (reach.account !== undefined && !seen) return undefined
    if (
      reach.connection !== undefined &&
      !(await db.row('select 1 from connections where id = $1', [reach.connection]))
    )
      return undefined
    const where = (table: string) => conditionOf(table, { tables, kinds, reach, seen })
    const mains = new Map<string, string>()
    const counts = kinds.map((kind) => {
      const main = mainTable(kind)
      if (main === undefined || mains.has(`${kind.database} ${main}`)) return { kind, records: null }
      mains.set(`${kind.database} ${main}`, kind.kind)
      return kind.database === 'control'
        ? { kind, records: shared.get(main)?.get(organization.id) ?? 0 }
        : { kind, records: rowsIn(db, main, where(main)) }
    })
    // All questions leave together: most of the time is spent on the way.
    const [told, people, reports] = await Promise.all([
      Promise.all(counts.map(async ({ kind, records }) => ({ kind, records: await records }))),
      peopleIn(db, kinds, where, tables),
      reportsIn(db, reach),
    ])
    const touched = touchedOf(told, looking)
    if (touched.length === 0) return undefined
    const groups = new Set(touched.flatMap(({ kind }) => kind.subjects))
    const subjects = Object.fromEntries(
      Object.entries(people).filter(([group]) => groups.has(group as Subject)),
    )
    return {
      organization: organization.id,
      counted: true,
      kinds: touched.map(({ kind, records }) => ({ kind: kind.kind, records })),
      subjects,
      reports,
    }
  }, 'owner')
}

/** Without those of which there is no row. What shares a table is in it when the table's rows are. */
function touchedOf(told: readonly { kind: Declaration; records: number | null }[], { reach }: Looking) {
  const full = new Set(
    told.flatMap(({ kind, records }) => (records ? [`${kind.database} ${mainTable(kind)}`] : [])),
  )
  return told.filter(({ kind, records }) => {
    if (records !== null) return records > 0
    // What waits in the data folder belongs to nobody in particular: it may be anybody's.
    if (kind.database === 'data folder')
      return reach.connection === undefined && reach.account === undefined && full.size > 0
    return full.has(`${kind.database} ${mainTable(kind)}`)
  })
}

/** The table whose rows are the records of a kind: the one its declaration names first. */
function mainTable(kind: Declaration): string | undefined {
  return kind.database === 'data folder' ? undefined : Object.keys(kind.columns)[0]?.split('.')[0]
}

/** What an account could look at: an administrator, or who sees all, every call; others those of their extensions. */
async function seenBy(db: Db, userId: string): Promise<Seen | undefined> {
  const row = await db.row<{ all: boolean; extensions: string[] }>(
    `select u.role = 'administrator' or u.sees = 'all' as all,
            array(select extension from user_extensions e where e.user_id = u.id order by extension) as extensions
     from users u where u.id = $1`,
    [userId],
  )
  return row && { userId, extensions: row.all ? undefined : row.extensions }
}

async function rowsIn(db: Db, table: string, where: Condition | undefined): Promise<number> {
  if (!where) return 0
  const row = where.all
    ? await db.row<{ rows: string }>(
        // The second way is only gone where the first is not: a subselect nobody asks for is not run.
        `select case when c.reltuples > ${countedUpTo} then c.reltuples::bigint else (select count(*) from ${table}) end as rows
         from pg_class c where c.oid = '${table}'::regclass`,
      )
    : await db.row<{ rows: string }>(`select count(*) as rows from ${table} where ${where.sql}`, where.values)
  return Number(row?.rows ?? 0)
}

/** How many people: contacts and users by their rows, callers by the different numbers. */
async function peopleIn(
  db: Db,
  kinds: readonly Declaration[],
  where: (table: string) => Condition | undefined,
  tables: ReadonlyMap<string, Table>,
): Promise<Affected['subjects']> {
  const groups = new Set(kinds.flatMap(({ subjects }) => subjects))
  const count = async (table: string, what: string): Promise<number | null> => {
    const condition = tables.has(table) ? where(table) : undefined
    if (!condition) return null
    if (what === '*') return rowsIn(db, table, condition)
    const row = await db.row<{ rows: string }>(
      `select count(${what}) as rows from ${table} where ${condition.sql}`,
      condition.values,
    )
    return Number(row?.rows ?? 0)
  }
  const asked: Partial<Record<Subject, Promise<number | null>>> = {
    ...(groups.has('caller') ? { caller: count('calls', 'distinct remote_hash') } : {}),
    ...(groups.has('contact') ? { contact: count('persons', '*') } : {}),
    ...(groups.has('user') ? { user: count('users', '*') } : {}),
  }
  const told = await Promise.all(
    Object.entries(asked).map(async ([group, number]) => [group, await number] as const),
  )
  return Object.fromEntries(told)
}

/** Calls are gone after a week; how many reports of them came on which day stays. */
async function reportsIn(db: Db, { from, to, connection }: Reach): Promise<number | null> {
  if (from === undefined && to === undefined) return null
  const row = await db.row<{ count: string }>(
    `select coalesce(sum(count), 0) as count from delivery_counts
     where what = 'events' and day >= coalesce($1::date, '-infinity') and day <= coalesce($2::date, 'infinity')
       and ($3::uuid is null or connection_id = $3)`,
    [from?.slice(0, 10) ?? null, to?.slice(0, 10) ?? null, connection ?? null],
  )
  return Number(row?.count ?? 0)
}

/** Rows in the shared database, one question for each table and not for each organization. */
async function countShared(
  cluster: Cluster,
  kinds: readonly Declaration[],
  reach: Reach,
): Promise<Looking['shared']> {
  const mine = kinds.filter(({ database }) => database === 'control')
  return cluster.control.transaction(async (db) => {
    const tables = await readTables(db)
    const counted = new Map<string, Map<string, number>>()
    for (const table of new Set(mine.flatMap((kind) => mainTable(kind) ?? []))) {
      const owner = table === 'organizations' ? 'id' : 'organization_id'
      const condition = conditionOf(table, { tables, kinds: mine, reach, seen: undefined })
      if (!condition) continue
      const rows = await db.rows<{ owner: string | null; count: string }>(
        `select ${owner} as owner, count(*) as count from ${table} where ${condition.sql} group by ${owner}`,
        condition.values,
      )
      counted.set(
        table,
        new Map(rows.flatMap(({ owner: id, count }) => (id === null ? [] : [[id, Number(count)]]))),
      )
    }
    return counted
  })
}

function uncounted(organization: Organization, kinds: readonly Declaration[]): Affected {
  const subjects = new Set(kinds.flatMap((kind) => kind.subjects))
  return {
    organization: organization.id,
    counted: false,
    kinds: kinds.map(({ kind }) => ({ kind, records: null })),
    subjects: Object.fromEntries(
      [...subjects].filter((one) => one !== 'operator staff').map((one) => [one, null]),
    ),
    reports: null,
  }
}
