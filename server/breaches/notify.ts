import { createHash, randomUUID } from 'node:crypto'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import type { Settings } from '../settings.ts'
import { type Affected, affectedBy } from './affected.ts'
import { noticeText } from './notice-text.ts'
import { noticePlace } from './notices.ts'
import type { Breach, Breaches } from './record.ts'

export interface NotifyParts {
  breaches: Breaches
  cluster: Cluster
  organizations: Organizations
  jobs: Pick<Jobs, 'add'>
  settings: Pick<Settings, 'operator'>
  log: Log
  /** administrators who look at a screen are shown it at once */
  told(organizationId: string): void
}

/**
 * Tells each affected organization: counts what of it was touched, writes the notice in its language, and queues its mail.
 * Asked again, each is told what is known by then: a follow-up. An organization that was told before is told again, also
 * when the reach turned out smaller, because it has to learn that too.
 *
 * @returns how many were told
 */
export async function notify(
  parts: NotifyParts,
  breachId: string,
): Promise<{ number: number; organizations: number }> {
  const before = await parts.breaches.get(breachId)
  if (before.closed) failed({ code: 'conflict', with: 'a breach that is closed' })
  const counted = await affectedBy(parts, before.facts.reach)
  const affected = await withToldBefore(parts, before, counted)
  if (affected.length === 0) failed({ code: 'conflict', with: 'a reach that touches no organization' })
  const organizations = new Map<string, Organization>()
  for (const { organization } of affected)
    organizations.set(organization, await parts.organizations.get(organization))
  const made: { organizationId: string; noticeId: string }[] = []
  let number = 1
  await parts.breaches.noteNotices(breachId, async (db, breach) => {
    number = toldSoFar(breach) + 1
    const notices = []
    for (const one of affected) {
      const organization = organizations.get(one.organization)
      if (!organization) continue
      const notice = await makeNotice(db, parts, { breach, number, affected: one, organization })
      made.push({ organizationId: organization.id, noticeId: notice.id })
      notices.push({ ...notice, organization: organization.id })
    }
    return { kind: 'notified', number, notices }
  })
  for (const { organizationId, noticeId } of made) {
    await enqueueNotice(parts, organizationId, noticeId)
    parts.told(organizationId)
  }
  return { number, organizations: made.length }
}

function enqueueNotice(
  { jobs }: Pick<NotifyParts, 'jobs'>,
  organizationId: string,
  noticeId: string,
): Promise<void> {
  // One at a time: a second one beside it would not see that the first has sent it.
  const key = `send-notice:${noticeId}`
  return jobs.add('send-notice', { organizationId, noticeId }, { key, alone: true })
}

/**
 * Tries again what could not be mailed: the organization has entered an address, or the operator a mail server.
 * @param organizationId undefined: of all
 */
export async function mailUnsent(
  parts: Pick<NotifyParts, 'cluster' | 'jobs'>,
  organizationId?: string,
): Promise<void> {
  const rows = await parts.cluster.control.transaction((db) =>
    db.rows<{ id: string; organization_id: string }>(
      `select n.id, organization_id from breach_notices n join organizations o on o.id = organization_id and o.state = 'active'
       where mail <> 'sent' and ($1::uuid is null or organization_id = $1) order by made_at, n.id`,
      [organizationId ?? null],
    ),
  )
  for (const row of rows) await enqueueNotice(parts, row.organization_id, row.id)
}

const toldSoFar = ({ entries }: Breach): number =>
  Math.max(0, ...entries.map(({ signed: { entry } }) => (entry.kind === 'notified' ? entry.number : 0)))

/** Those who were told and are not within the reach any more, as far as they still exist. */
async function withToldBefore(
  { organizations }: NotifyParts,
  breach: Breach,
  affected: readonly Affected[],
): Promise<Affected[]> {
  const known = new Set(affected.map(({ organization }) => organization))
  const there = new Set((await organizations.list()).map(({ id }) => id))
  const told = breach.entries.flatMap(({ signed: { entry } }) =>
    entry.kind === 'notified' ? entry.notices.map(({ organization }) => organization) : [],
  )
  const gone = [...new Set(told)].filter((id) => there.has(id) && !known.has(id))
  return [
    ...affected,
    ...gone.map((organization) => ({ organization, counted: true, kinds: [], subjects: {}, reports: null })),
  ]
}

async function makeNotice(
  db: Db,
  { settings }: NotifyParts,
  about: { breach: Breach; number: number; affected: Affected; organization: Organization },
): Promise<{ id: string; sha256: string }> {
  const { breach, number, organization } = about
  const id = randomUUID()
  const first = await db.row<{ at: Date }>(
    `select coalesce(min(made_at), ringfence.now()) as at from breach_notices where breach_id = $1 and organization_id = $2`,
    [breach.id, organization.id],
  )
  const words = JSON.stringify(
    noticeText({
      ...about,
      breachId: breach.id,
      facts: breach.facts,
      firstAt: first?.at ?? new Date(),
      operator: settings.operator,
    }),
  )
  await db.rows(
    `insert into breach_notices (id, breach_id, organization_id, number, language, notice_sealed) values ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      breach.id,
      organization.id,
      number,
      organization.language,
      organization.keys.seal(noticePlace(id), words, { by: 'organization' }),
    ],
  )
  return { id, sha256: createHash('sha256').update(words).digest('hex') }
}
