import { erasures } from '../../policy/erasures.ts'
import { keptHours } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import type { EraseOrder } from './erase.ts'
import { type PersonKeys, type PersonTables, personCondition } from './person-ways.ts'
import { addTold, type ToldRecipient } from './told.ts'

type AtCrm = NonNullable<EraseOrder['atCrm']>

/**
 * Who received something of the person, before what tells it is deleted (Art. 19): entries and activities that we wrote
 * into the CRM, the person there, and the phone systems, whose own records are theirs. What is to be done there follows
 * the organization's choice; ids are kept only where somebody still needs them.
 */
export async function rememberRecipients(
  db: Db,
  tables: PersonTables,
  person: PersonKeys,
  of: { erasureId: string; atCrm: AtCrm },
): Promise<void> {
  const { erasureId, atCrm } = of
  const ours = atCrm === 'ours' || atCrm === 'person' ? 'to do' : 'by people'
  const add = (wish: { from: string; values: unknown[]; state: ToldRecipient['state']; keepIds: boolean }) =>
    addTold(db, 'erasure', {
      requestId: erasureId,
      hours: keptHours(erasures),
      ...wish,
      keep: wish.keepIds ? ['external_id', 'activity_id', 'written_by'] : [],
    })
  const keepIds = atCrm !== 'nothing'
  const logs = personCondition(tables, 'call_logs', person)
  if (logs)
    await add({
      from: `select call_logs.connection_id, c.adapter, 'call' as what, external_id, activity_id, written_by
             from call_logs join connections c on c.id = call_logs.connection_id
             where (external_id is not null or activity_id is not null) and ${logs.sql}`,
      values: logs.values,
      state: ours,
      keepIds,
    })
  const followUps = personCondition(tables, 'follow_ups', person)
  if (followUps)
    await add({
      from: `select follow_ups.connection_id, c.adapter, 'activity' as what, null as external_id, activity_id, written_by
             from follow_ups join connections c on c.id = follow_ups.connection_id
             where activity_id is not null and ${followUps.sql}`,
      values: followUps.values,
      state: ours,
      keepIds,
    })
  // Begun there and not written: its id is sealed, so people look for it. A call asked for there was opened by the CRM.
  const live = personCondition(tables, 'live_calls', person)
  if (live)
    await add({
      from: `select live_calls.connection_id, c.adapter, 'call' as what
             from live_calls join connections c on c.id = live_calls.connection_id
             where live_calls.state in ('beginning', 'open') and ${live.sql}
               and not exists (select from call_logs l where l.call_id = live_calls.call_id
                               and (l.external_id is not null or l.activity_id is not null))`,
      values: live.values,
      state: 'by people',
      keepIds: false,
    })
  const requested = personCondition(tables, 'requested_calls', person)
  if (requested)
    await add({
      from: `select requested_calls.connection_id, c.adapter, 'call' as what
             from requested_calls join connections c on c.id = requested_calls.connection_id
             where requested_calls.state <> 'taken' and ${requested.sql}`,
      values: requested.values,
      state: 'by people',
      keepIds: false,
    })
  // each once, however often the erasure is begun
  await add({
    from: `select c.id as connection_id, c.adapter, 'person' as what, p.external_id, null as activity_id, null::uuid as written_by
           from unnest($1::uuid[], $2::text[]) as p (connection, external_id) join connections c on c.id = p.connection
           where not exists (select from erasure_recipients r where r.erasure_id = $3 and r.what = 'person')`,
    values: [
      person.persons.map((one) => one.connectionId),
      person.persons.map((one) => one.externalId),
      erasureId,
    ],
    state: atCrm === 'person' ? 'to do' : 'by people',
    keepIds,
  })
  await add({
    from: `select c.id as connection_id, c.adapter, 'calls' as what, null as external_id, null as activity_id, null::uuid as written_by
           from connections c where c.side = 'phone'
             and not exists (select from erasure_recipients r where r.erasure_id = $1 and r.what = 'calls')`,
    values: [erasureId],
    state: 'by people',
    keepIds: false,
  })
}
