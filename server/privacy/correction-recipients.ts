import { corrections } from '../../policy/corrections.ts'
import { keptHours } from '../../policy/index.ts'
import type { PersonRef } from '../contacts/open-deals.ts'
import type { Correction } from '../crms/contract.ts'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'
import { type PersonKeys, personCondition, personWays } from './person-ways.ts'
import { addTold } from './told.ts'

const hours = keptHours(corrections)

/**
 * Who received something of the person, and what is to be done about it there (Art. 19): the person in the CRM; entries of
 * calls, which say what number was called then and name the person by the CRM's id alone; and, where a number was wrong,
 * the phone systems, whose lists say what was called. They never get a name.
 */
export async function rememberReceivers(
  db: Db,
  of: {
    id: string
    person: PersonRef
    keys: PersonKeys
    correction: Correction
    atCrm: 'person' | 'list'
  },
): Promise<void> {
  const { id: requestId, person } = of
  await addTold(db, 'correction', {
    requestId,
    hours,
    state: of.atCrm === 'person' ? 'to do' : 'by people',
    from: `select id as connection_id, adapter, 'person' as what, $2::text as external_id from connections where id = $1`,
    values: [person.connectionId, person.externalId],
    keep: ['external_id'],
  })
  const logs = personCondition(await personWays(db), 'call_logs', of.keys)
  if (logs)
    await addTold(db, 'correction', {
      requestId,
      hours,
      state: 'stays',
      from: `select call_logs.connection_id, c.adapter, 'call' as what
             from call_logs join connections c on c.id = call_logs.connection_id
             where (external_id is not null or activity_id is not null) and ${logs.sql}`,
      values: logs.values,
    })
  if (of.correction.numbers)
    await addTold(db, 'correction', {
      requestId,
      hours,
      state: 'stays',
      from: `select id as connection_id, adapter, 'calls' as what from connections where side = 'phone'`,
      values: [],
    })
}

/** What colleagues wrote about this call named the wrong value, and may stand in its entry: people look whether it does. */
export async function rememberNote(organization: Organization, id: string, callId: string): Promise<void> {
  await organization.transaction(
    (db) =>
      addTold(db, 'correction', {
        requestId: id,
        hours,
        state: 'by people',
        from: `select l.connection_id, c.adapter, 'call' as what, l.external_id, l.activity_id
               from call_logs l join connections c on c.id = l.connection_id
               where l.call_id = $1 and (l.external_id is not null or l.activity_id is not null)
                 and not exists (select from correction_recipients r where r.correction_id = $2 and r.state = 'by people'
                                 and r.external_id is not distinct from l.external_id
                                 and r.activity_id is not distinct from l.activity_id)`,
        values: [callId, id],
        keep: ['external_id', 'activity_id'],
      }),
    'owner',
  )
}
