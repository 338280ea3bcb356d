import { changeAlone, type Mirror } from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import type { HookKeys } from '../ingest/hook-keys.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import type { Organization } from '../organizations/organization.ts'
import { type BudgetRow, budgetColumns, budgetFrom } from './allowance.ts'
import { type Pace, paceOf } from './budget.ts'
import type { CrmWith } from './contract.ts'
import type { DealRef } from './deal.ts'
import type { Installation, Installations } from './installations.ts'

export interface MirrorParts {
  crm: CrmWith<'mirror'>
  installations: Installations
  jobs: Jobs
  hooks: HookKeys
  log: Log
  /** where this installation is reached: hooks point there */
  url: string
  /** tells screens that a connection's progress changed */
  progress(organizationId: string): void
  changed(organizationId: string): void
  /** something of a call is to go into its entry in the CRM, in a moment */
  amendLater(organizationId: string, callId: string): Promise<void>
}

export interface MirrorRow {
  mirror_state: 'not-started' | 'copying' | 'complete' | 'none'
  mirror_cursor: string | null
  mirror_started_at: Date | null
  mirror_checked_at: Date | null
  mirror_sees: 'everything' | 'part'
  hook_ids: string[]
  hooks_by: string | null
  hooks_state: 'none' | 'made' | 'refused'
  /** looked at within the last day */
  hooks_checked: boolean
  /** the CRM told us something by itself within the last hours */
  told_lately: boolean
  walk_overdue: boolean
  deals_state: 'not-read' | 'reading' | 'read'
  deals_without: DealRef['kind'][]
  /** never read, or more than an hour ago */
  deals_due: boolean
  /** how what can wait may go on, by today's allowance (PD-7) */
  pace: Pace
}

export async function readRow(db: Db, connectionId: string): Promise<MirrorRow | undefined> {
  const row = await db.row<Omit<MirrorRow, 'pace'> & BudgetRow>(
    `select mirror_state, mirror_cursor, mirror_started_at, mirror_checked_at, mirror_sees, hook_ids, hooks_by, hooks_state,
            coalesce(hooks_checked_at > ringfence.now() - interval '24 hours', false) as hooks_checked,
            coalesce(last_event_at > ringfence.now() - interval '6 hours', false) as told_lately,
            coalesce(greatest(walked_at, mirror_completed_at) < ringfence.now() - interval '36 hours', false) as walk_overdue,
            deals_state, deals_without,
            coalesce(deals_read_at < ringfence.now() - interval '1 hour', true) as deals_due,
            ${budgetColumns}
     from connections c where id = $1 and side = 'crm'`,
    [connectionId],
  )
  return row && { ...row, pace: paceOf(budgetFrom(row)) }
}

/** Something is copied, or being copied. */
export const isMirrored = ({ mirror_state }: Pick<MirrorRow, 'mirror_state'>): boolean =>
  mirror_state === 'copying' || mirror_state === 'complete'

/**
 * Takes the mirror for one change, until the commit. Its end waits for that, and after the end nothing is added: the row
 * is read under the lock.
 * @param startedAt of the read that goes on; another mirror that was begun since is not its
 */
export async function holdMirror(
  db: Db,
  connectionId: string,
  startedAt?: Date | null,
): Promise<MirrorRow | undefined> {
  changeAlone(db, connectionId)
  const row = await readRow(db, connectionId)
  if (!row || !isMirrored(row)) return undefined
  const same = startedAt == null || row.mirror_started_at?.getTime() === startedAt.getTime()
  return same ? row : undefined
}

export function mirrorOf(organization: Organization, connectionId: string): Mirror {
  return { connectionId, keys: organization.keys, numbers: { country: organization.country } }
}

/**
 * A user who is no administrator sees less than there is. While an administrator's grant only rests, what that user does
 * not see is not gone; when none is left, nobody here may see it any more.
 */
export function seesAll(first: Installation, installed: readonly Installation[]): boolean {
  return first.administrator || !installed.some((one) => one.administrator && one.state !== 'ending')
}

export async function setState(
  organization: Organization,
  connectionId: string,
  state: 'working' | 'refused' | 'away',
): Promise<void> {
  await organization.transaction(
    (db) => db.rows('update connections set state = $2 where id = $1', [connectionId, state]),
    'connect the systems',
  )
}
