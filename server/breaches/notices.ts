import type { Cluster } from '../database/cluster.ts'
import { failed } from '../failure.ts'
import type { MailState } from '../mail/deliver.ts'
import type { Organization } from '../organizations/organization.ts'
import type { NoticeText } from './notice-text.ts'

/** What became of one notice: nothing of what it says. */
export interface NoticeState {
  id: string
  breachId: string
  organizationId: string
  number: number
  madeAt: Date
  mail: MailState
  mailedAt: Date | undefined
  mailedTo: number
  shownAt: Date | undefined
}

interface NoticeRow {
  id: string
  breach_id: string
  organization_id: string
  number: number
  made_at: Date
  mail: MailState
  mailed_at: Date | null
  mailed_to: number
  shown_at: Date | null
}

const columns = 'id, breach_id, organization_id, number, made_at, mail, mailed_at, mailed_to, shown_at'

export const noticePlace = (row: string) => ({ table: 'breach_notices', column: 'notice_sealed', row })

/** Of one breach, in the order they were made. */
export async function noticesOfBreach(
  { control }: Pick<Cluster, 'control'>,
  breachId: string,
): Promise<NoticeState[]> {
  const rows = await control.transaction((db) =>
    db.rows<NoticeRow>(
      `select ${columns} from breach_notices where breach_id = $1 order by number, organization_id`,
      [breachId],
    ),
  )
  return rows.map(stateIn)
}

/** What an organization was told, the newest first. */
export async function noticesTo(
  { control }: Pick<Cluster, 'control'>,
  organization: Organization,
): Promise<(NoticeState & NoticeText)[]> {
  const rows = await control.transaction((db) =>
    db.rows<NoticeRow & { notice_sealed: Buffer }>(
      `select ${columns}, notice_sealed from breach_notices where organization_id = $1
       order by made_at desc, number desc limit 100`,
      [organization.id],
    ),
  )
  return rows.map((row) => ({ ...stateIn(row), ...textIn(organization, row) }))
}

/** An administrator has it before their eyes; the first time counts. */
export async function noteShown(
  { control }: Pick<Cluster, 'control'>,
  organization: Organization,
  noticeId: string,
): Promise<void> {
  const row = await control.transaction((db) =>
    db.row(
      `update breach_notices set shown_at = coalesce(shown_at, ringfence.now())
       where id = $1 and organization_id = $2 returning id`,
      [noticeId, organization.id],
    ),
  )
  if (!row) failed({ code: 'not-found', what: 'notice' })
}

export function textIn(
  { keys }: Pick<Organization, 'keys'>,
  row: { id: string; notice_sealed: Buffer },
): NoticeText {
  return JSON.parse(keys.open(noticePlace(row.id), row.notice_sealed)) as NoticeText
}

function stateIn(row: NoticeRow): NoticeState {
  return {
    id: row.id,
    breachId: row.breach_id,
    organizationId: row.organization_id,
    number: row.number,
    madeAt: row.made_at,
    mail: row.mail,
    mailedAt: row.mailed_at ?? undefined,
    mailedTo: row.mailed_to,
    shownAt: row.shown_at ?? undefined,
  }
}
