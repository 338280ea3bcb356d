import type { CallRecord } from '../calls/call-record.ts'
import { openDealsOf, type PersonRef } from '../contacts/open-deals.ts'
import type { Db } from '../database/transaction.ts'
import type { DealRef } from './deal.ts'

interface ChosenRow {
  kind: DealRef['kind'] | null
  external_id: string | null
}

/**
 * The deal or lead the call is linked to: the chosen one; else the person's only open one. Of several none is taken,
 * because a call in the wrong deal is worse than one in none; the card asks.
 *
 * A choice made while the call was under way is kept from now on for as long as the call is.
 */
export async function dealFor(
  db: Db,
  record: CallRecord,
  person: PersonRef | undefined,
): Promise<DealRef | undefined> {
  const [chosen, open] = await Promise.all([
    db.row<ChosenRow>(
      'update call_deals set expires_at = $2 where call_id = $1 and chosen returning kind, external_id',
      [record.id, record.expiresAt],
    ),
    openDealsOf(db, person ? [person] : []),
  ])
  if (chosen) return refOf(chosen.kind, chosen.external_id)
  const [only, ...more] = [...open.values()].flat()
  return more.length === 0 ? only : undefined
}

/**
 * Notes which deal goes with the call's entry, in the transaction of the intent to send it: what was linked by us may be
 * changed by us later, what a person linked never is.
 */
export async function noteSentDeal(
  db: Db,
  record: Pick<CallRecord, 'id' | 'expiresAt'>,
  connectionId: string,
  deal: DealRef | undefined,
): Promise<void> {
  await db.rows(
    `with known as (
       update call_deals set sent_kind = $3, sent_external_id = $4, connection_id = $2, expires_at = $5 where call_id = $1
       returning call_id
     )
     insert into call_deals (call_id, connection_id, sent_kind, sent_external_id, expires_at)
     select $1, $2, $3, $4, $5 where $3::text is not null and not exists (select from known)`,
    [record.id, connectionId, deal?.kind ?? null, deal?.externalId ?? null, record.expiresAt],
  )
}

/** The entry was written without its deal, which was gone. */
export function forgetSentDeal(db: Db, callId: string): void {
  db.send('update call_deals set sent_kind = null, sent_external_id = null where call_id = $1', [callId])
}

export function refOf(kind: DealRef['kind'] | null, externalId: string | null): DealRef | undefined {
  return kind === null || externalId === null ? undefined : { kind, externalId }
}
