import type { MailFields } from '../../policy/index.ts'
import { noticeContacts } from '../breaches/contacts.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { deliver } from '../mail/deliver.ts'
import type { Mailer } from '../mail/index.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Announced, PolicyRecord } from './policy-record.ts'
import { dayIn } from './words/page-words.ts'
import { policyMailWords } from './words/policy-mail-words.ts'

export interface PolicyMailParts {
  cluster: Pick<Cluster, 'control'>
  jobs: Pick<Jobs, 'add'>
  policies: PolicyRecord
  mailer: Mailer | undefined
  /** where this installation is reached */
  url: string
}

/**
 * Queues a mail to every organization that was not told of an announced version yet (OC-9). Asked again, also because an
 * address was entered or a mail server set, it queues what is still to be sent.
 *
 * @param organizationId undefined: to all
 */
export async function mailAnnouncements(
  { cluster, jobs, policies }: Pick<PolicyMailParts, 'cluster' | 'jobs' | 'policies'>,
  organizationId?: string,
): Promise<void> {
  for (const { number } of await policies.announced()) {
    const rows = await cluster.control.transaction((db) =>
      db.rows<{ id: string; organization_id: string }>(
        `insert into policy_notices (organization_id, number)
         select id, $1 from organizations where state = 'active' and ($2::uuid is null or id = $2)
         on conflict (organization_id, number) do update set tries = policy_notices.tries where policy_notices.mail <> 'sent'
         returning id, organization_id`,
        [number, organizationId ?? null],
      ),
    )
    for (const row of rows) {
      // One at a time: a second one beside it would not see that the first has sent it.
      const key = `send-policy:${row.id}`
      await jobs.add(
        'send-policy',
        { organizationId: row.organization_id, noticeId: row.id },
        { key, alone: true },
      )
    }
  }
}

/**
 * Tells an organization of an announced version, at the addresses it has entered by now. May run again, as a notice of a
 * breach may. A version that was withdrawn meanwhile, or is in force, is not announced any more.
 *
 * @throws RingfenceError `provider-unavailable` while the mail server is away: the job comes back
 */
export async function sendAnnouncement(
  { cluster, policies, mailer, url }: Omit<PolicyMailParts, 'jobs'>,
  organization: Organization,
  noticeId: string,
): Promise<void> {
  const row = await cluster.control.transaction((db) =>
    db.row<{ number: number }>(
      `update policy_notices set tries = tries + 1 where id = $1 and organization_id = $2 and mail <> 'sent' returning number`,
      [noticeId, organization.id],
    ),
  )
  const announced = row && (await policies.announced()).find(({ number }) => number === row.number)
  if (!announced) return
  const to = await noticeContacts(organization, 'tell of a new policy')
  const { became, mailedTo } = await deliver(mailer, {
    about: 'policy announcement',
    to,
    fields: fieldsOf(announced, organization, url),
    write: inWords,
    id: noticeId,
  })
  await cluster.control.transaction((db) =>
    db.rows(
      `update policy_notices
       set mail = $2, mailed_to = $3, mailed_at = case when $2 = 'sent' then ringfence.now() end where id = $1`,
      [noticeId, became, mailedTo],
    ),
  )
}

type Told = MailFields<'policy announcement'>

function fieldsOf(
  { version, effectiveAt, reasons }: Announced,
  { language, timeZone, name: organization }: Organization,
  url: string,
): Told {
  const day = dayIn(language, effectiveAt, timeZone)
  const page = new URL(`/privacy/policy/${encodeURIComponent(version)}?lang=${language}`, url).href
  return { language, organization, day, reasons: reasons[language], page }
}

function inWords({ language, organization, day, reasons, page }: Told): { subject: string; text: string } {
  const words = policyMailWords[language]
  const lines = [
    words.opening(organization, day),
    '',
    words.changes,
    ...reasons.map((reason) => `- ${reason}`),
    '',
    words.untilThen,
    '',
    words.read,
    page,
    '',
    words.object,
  ]
  return { subject: words.subject(day), text: lines.join('\n') }
}
