import type { Db } from '../database/transaction.ts'
import { isOpen } from '../organizations/subscriptions.ts'
import type { LeftThere, Receipt } from './receipt-signing.ts'

/** An uninstall that is on record: asked for, perhaps being carried out, perhaps done. */
export interface Asked {
  id: string
  ended: Receipt['ended']
  cause: Receipt['cause']
  askedAt: Date
  done: boolean
  agreement: string | null
  /** rows by table, counted before the first of them went */
  counts: Readonly<Record<string, number>> | undefined
  /** of an organization: what may still be at other systems; at first everything that was there */
  leftThere: readonly LeftThere[]
  /** everything was tried to be ended there */
  leftOthers: boolean
}

export interface ReceiptRow {
  id: string
  organization_id: string
  connection_id: string | null
  crm: string | null
  ended: Receipt['ended']
  cause: Receipt['cause']
  asked_at: Date
  agreement: string | null
  counts: Record<string, number> | null
  left_there: LeftThere[] | null
  left_at: Date | null
  done_at: Date | null
  jws: string | null
}

/**
 * Puts on record that an uninstall was asked for. Its id is that of the installation, so however often it is told there
 * is one. In the transaction that takes the installation out of use.
 */
export async function recordAsked(
  db: Db,
  asked: Pick<Receipt, 'id' | 'organization' | 'connection' | 'crm' | 'ended' | 'cause'>,
  userId: string,
): Promise<void> {
  await db.rows(
    `insert into receipts (id, organization_id, connection_id, crm, ended, cause, user_id) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do nothing`,
    [asked.id, asked.organization, asked.connection, asked.crm, asked.ended, asked.cause, userId],
  )
}

/**
 * Is what was kept of this user, or everything of the company or its organization, just being removed? Then it must not
 * come back meanwhile.
 */
export async function isLeaving(
  db: Db,
  { organizationId, connectionId, userId }: { organizationId: string; connectionId: string; userId: string },
): Promise<boolean> {
  if (!(await isOpen(db, organizationId))) return true
  const row = await db.row(
    `select 1 from receipts
     where connection_id = $1 and done_at is null and (ended = 'company' or user_id = $2) limit 1`,
    [connectionId, userId],
  )
  return row !== undefined
}

export const askedIn = (row: ReceiptRow): Asked => ({
  id: row.id,
  ended: row.ended,
  cause: row.cause,
  askedAt: row.asked_at,
  done: row.done_at !== null,
  agreement: row.agreement,
  counts: row.counts ?? undefined,
  leftThere: row.left_there ?? [],
  leftOthers: row.left_at !== null,
})
