import { inForce } from '../../policy/index.ts'
import { backupProblems } from '../backups/keep.ts'
import type { Db } from '../database/transaction.ts'
import { describeDefect, failureOf } from '../failure.ts'
import type { InstallationParts } from '../installation.ts'
import { undeclaredQueued } from '../jobs/queued.ts'
import type { Organization } from '../organizations/organization.ts'
import { allowedHosts } from './allowed-hosts.ts'
import { balancingProblems } from './balancing.ts'
import { compareCatalogue, sentencesOf } from './catalogue.ts'
import { untouched } from './check-policy.ts'
import { connectionFacts } from './connection-facts.ts'
import { contradictions } from './consistency.ts'
import { hostsBeyond } from './diff-recipients.ts'
import { leftOfEnded } from './ended-check.ts'
import { hidingPlaces } from './hiding-places.ts'
import { undeclaredJson } from './json-check.ts'
import { deadKeys } from './key-check.ts'
import { missingInLedger } from './ledger-check.ts'
import { noticeProblems } from './notice-check.ts'
import type { PolicyContent } from './policy-content.ts'
import { PolicyRecord } from './policy-record.ts'
import { compareSeals } from './seals.ts'
import { overdue } from './time-over.ts'
import { missingWords } from './words/words.ts'

/** What is looked at, in this order. Each is one sentence of the statement of measures, where it holds. */
export const checkNames = [
  'declarations',
  'catalogue',
  'seals',
  'retention',
  'queue',
  'keys',
  'uninstalled',
  'recipients',
  'notice',
  'connections',
  'backups',
] as const
export type CheckName = (typeof checkNames)[number]

export interface CheckResult {
  name: CheckName
  /** `not checked`: there is nothing here that could be looked at, and nothing is claimed */
  outcome: 'holds' | 'wrong' | 'not checked'
  /** one sentence each; names of columns and counts, never a value */
  wrong: string[]
}

export interface LiveCheck {
  holds: boolean
  tookMs: number
  /** of the policy in force */
  version: string
  results: CheckResult[]
}

/**
 * Holds the running installation against the policy in force. It only reads. What it cannot look at it does not claim.
 *
 * @param here what the files of this program say, with the services of its settings
 */
export async function checkLive(installation: InstallationParts, here: PolicyContent): Promise<LiveCheck> {
  const began = performance.now()
  const organizations = await used(await installation.organizations.list())
  const inDatabases = { installation, organizations }
  const policies = new PolicyRecord(installation)
  const checks: Record<CheckName, (() => Promise<string[]>) | undefined> = {
    declarations: async () => [
      ...contradictions(),
      ...missingWords(inForce().kinds),
      ...(await balancingProblems(inForce().kinds)),
    ],
    catalogue: () =>
      eachDatabase(inDatabases, async (db, of) => [
        ...sentencesOf(await compareCatalogue(db, of)),
        ...(await hidingPlaces(db, of)),
        ...(await undeclaredJson(db, of)),
      ]),
    seals: () =>
      eachDatabase(inDatabases, async (db, of) => (await compareSeals(db, of, { samples: 'all' })).wrong),
    retention: async () => [
      ...(await eachDatabase(inDatabases, overdue)),
      ...(await otherClocks(inDatabases)),
    ],
    queue: () => installation.cluster.control.transaction(undeclaredQueued),
    keys: () => deadKeys(installation),
    uninstalled: async () => [...(await ofUninstalled(inDatabases)), ...(await leftOfEnded(installation))],
    recipients: async () => {
      const declared = (await policies.read())?.declared
      return declared
        ? hostsBeyond(
            declared.kinds.flatMap(({ recipients }) => recipients),
            allowedHosts(),
          ).map((host) => `requests to ${host} are let through, which the policy in force does not name`)
        : ['the version in force is on record without its declarations']
    },
    notice: () => noticeProblems(installation, policies, here),
    connections: () => connectionFacts(installation),
    backups:
      inForce().backupDays > 0
        ? async () => [
            ...(await backupProblems(installation, organizations)),
            ...(await missingInLedger(installation, organizations)),
          ]
        : undefined,
  }
  const results: CheckResult[] = []
  for (const name of checkNames) {
    const wrong = await checks[name]?.().catch((error) => [`could not be looked at (${codeOf(error)})`])
    const outcome = wrong === undefined ? 'not checked' : wrong.length > 0 ? 'wrong' : 'holds'
    results.push({ name, outcome, wrong: [...new Set(wrong)].slice(0, 50) })
  }
  return {
    holds: results.every(({ outcome }) => outcome !== 'wrong'),
    tookMs: Math.round(performance.now() - began),
    version: (await policies.read())?.version ?? '',
    results,
  }
}

/** Without those that nobody has used yet: their databases have no tables before somebody does. */
async function used(organizations: readonly Organization[]): Promise<Organization[]> {
  const found: Organization[] = []
  for (const organization of organizations) {
    const tables = await organization
      .transaction(
        (db) => db.rows('select 1 from pg_tables where schemaname !~ $1 limit 1', [systemSchemas]),
        'owner',
      )
      .catch(() => ['away']) // whoever looks into it says so
    if (tables.length > 0) found.push(organization)
  }
  return found
}
const systemSchemas = '^(pg_|information_schema)'

/** By another clock than the installation's, rows would stay until that one says that their time is over. */
async function otherClocks({ installation, organizations }: InDatabases): Promise<string[]> {
  const shiftIn = async (db: Db) =>
    (await db.row<{ shift: string }>('select shift::text from ringfence.clock'))?.shift
  const shift = await installation.cluster.control.transaction(shiftIn)
  const told: string[] = []
  for (const organization of organizations)
    if ((await organization.transaction(shiftIn, 'owner')) !== shift)
      told.push(`time goes by another clock, organization ${organization.id}`)
  return told
}

/** Never its message, which may quote a value. */
function codeOf(error: unknown): string {
  const { sqlState, class: name } = describeDefect(error)
  return failureOf(error)?.code ?? sqlState ?? name
}

interface InDatabases {
  installation: InstallationParts
  organizations: readonly Organization[]
}

async function eachDatabase(
  { installation, organizations }: InDatabases,
  look: (db: Db, database: 'organization' | 'control') => Promise<string[]>,
): Promise<string[]> {
  const told = await installation.cluster.control.transaction((db) => look(db, 'control'))
  for (const organization of organizations)
    told.push(...(await organization.transaction((db) => look(db, 'organization'), 'owner')))
  return told
}

/** Companies whose last user has gone, and who were not installed again since. */
async function ofUninstalled({ installation, organizations }: InDatabases): Promise<string[]> {
  const rows = await installation.cluster.control.transaction((db) =>
    db.rows<{ organization_id: string }>(
      `select distinct organization_id from receipts r where ended = 'company' and done_at is not null
         and not exists (select from installations i where i.organization_id = r.organization_id)
         and not exists (select from receipts open where open.organization_id = r.organization_id and open.done_at is null)
       order by organization_id`,
    ),
  )
  const gone = new Set(rows.map((row) => row.organization_id))
  const told: string[] = []
  for (const organization of organizations.filter(({ id }) => gone.has(id)))
    for (const table of await untouched(installation, organization))
      told.push(`${table} holds rows of an uninstalled company, organization ${organization.id}`)
  return told
}
