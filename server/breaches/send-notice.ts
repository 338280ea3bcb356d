import type { Cluster } from '../database/cluster.ts'
import { deliver } from '../mail/deliver.ts'
import type { Mailer } from '../mail/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { noticeContacts } from './contacts.ts'
import { textIn } from './notices.ts'

/**
 * Sends a notice to the addresses that the organization has entered by now. May run again: a notice that was sent is not
 * sent twice, and one whose sending broke off bears the same Message-ID.
 *
 * @throws RingfenceError `provider-unavailable` while the mail server is away: the job comes back
 */
export async function sendNotice(
  { cluster, mailer }: { cluster: Pick<Cluster, 'control'>; mailer: Mailer | undefined },
  organization: Organization,
  noticeId: string,
): Promise<void> {
  const row = await cluster.control.transaction((db) =>
    db.row<{ id: string; notice_sealed: Buffer }>(
      `update breach_notices set tries = tries + 1 where id = $1 and organization_id = $2 and mail <> 'sent'
       returning id, notice_sealed`,
      [noticeId, organization.id],
    ),
  )
  if (!row) return
  const to = await noticeContacts(organization, 'tell of a breach')
  const { became, mailedTo } = await deliver(mailer, {
    about: 'breach notice',
    to,
    fields: textIn(organization, row),
    write: (said) => said,
    id: noticeId,
  })
  await cluster.control.transaction((db) =>
    db.rows(
      `update breach_notices
       set mail = $2, mailed_to = $3, mailed_at = case when $2 = 'sent' then ringfence.now() end where id = $1`,
      [noticeId, became, mailedTo],
    ),
  )
}
