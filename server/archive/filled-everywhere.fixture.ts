import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { storeContacts } from '../contacts/store-contacts.ts'
import { mirrorOf } from '../crms/mirror-row.ts'
import type { Db } from '../database/transaction.ts'
import { filledCompany } from '../privacy/filled.fixture.ts'
import { type Column, readTables, type Table } from './tables.ts'

/** Rows of the tables in which the day of a company leaves none. A new table needs its line here. */
const rows: readonly string[] = [
  `insert into follow_ups (id, connection_id, caller_hash, call_id, state, marker, expires_at)
   select gen_random_uuid(), crm.id, c.remote_hash, c.id, 'open', 'RF-FILLED22', c.expires_at
   from calls c, (select id from connections where side = 'crm') as crm where c.remote_hash is not null limit 1`,
  `insert into call_deals (call_id, connection_id, chosen, kind, external_id, sent_kind, sent_external_id, expires_at)
   select call_id, connection_id, true, 'deal', '77', 'lead', 'c0ffee', expires_at from call_logs limit 1`,
  `insert into dial_counts (user_id, window_seconds, begun_at, count)
   select id, 60, ringfence.now(), 2 from users union all select null, 3600, ringfence.now(), 5`,
  `insert into open_deals (connection_id, kind, external_id, person_external_id, told_at)
   select connection_id, 'deal', '77', external_id, ringfence.now() from persons limit 1`,
  `insert into results (id, label, outcome, position) values ('sold', 'Sold 🎉', 'connected', 1)`,
  `insert into erasures (id, cause, at_crm, counts, expires_at)
   values (gen_random_uuid(), 'page', 'ours', '{"calls": 3}', ringfence.now() + interval '26280 hours')`,
  `insert into erasure_recipients (id, erasure_id, connection_id, recipient, what, expires_at)
   select gen_random_uuid(), e.id, c.id, 'pipedrive', 'person', e.expires_at
   from erasures e, connections c where c.side = 'crm'`,
  `insert into erased (hash, what, erasure_id, erased_at) select sha256('somebody'), 'person', id, asked_at from erasures`,
  `update rules set left_out_kinds = '{voicemail}'`,
  `update call_logs set unlinked_hash = (select remote_hash from calls where id = call_id)`,
]

/** By type, a value that nothing but a check of its own could refuse. */
const values: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: `'a "reason", \\ and 🎉'`,
  bigint: '4102444800',
  integer: '7',
  boolean: 'true',
  date: `'2026-02-28'`,
  'text[]': `array['', 'b', 'ß']`,
  // to come, so that no work is due by it
  'timestamp with time zone': `date_trunc('hour', ringfence.now()) + interval '2 days' - interval '1 microsecond'`,
}

/** A company in whose database every column of every table holds a value somewhere. */
export async function companyFilledEverywhere(hub: Hub): Promise<Company> {
  const acme = await filledCompany(hub)
  await hub.app.counters.flush()
  const organization = await acme.organization()
  const told = { externalId: '4711', name: 'Božena Němcová', numbers: ['602 123 456'], shared: true }
  await organization.transaction(
    (db) =>
      storeContacts(db, mirrorOf(organization, acme.crmId), [
        { ...told, updatedAt: new Date().toISOString() },
      ]),
    'identify the caller',
  )
  await organization.transaction(async (db) => {
    db.send('lock table calls, users, connections in exclusive mode') // before what hangs on them, as everybody does
    for (const sql of rows) await db.rows(sql)
    for (const table of await readTables(db, 'organization', []))
      for (const column of table.columns) await fill(db, table, column)
  }, 'owner')
  return acme
}

/** The first row where nothing stands in a column gets something; a column that has no such value is left. */
async function fill(db: Db, { name, parents }: Table, column: Column): Promise<void> {
  if (column.notNull && column.type !== 'text[]') return
  const tie = parents.find((one) => one.column === column.name)
  const value = tie ? `(select ${tie.key} from ${tie.parent} limit 1)` : values[column.type]
  if (value === undefined) return
  const isEmpty =
    column.type === 'text[]' ? `coalesce(${column.name}, '{}') = '{}'` : `${column.name} is null`
  const wanted = name === 'connections' && column.name === 'removed_at' ? `side = 'phone'` : 'true'
  await db.rows(
    `update ${name} set ${column.name} = ${value} where not exists (select from ${name} where not ${isEmpty})
       and ctid = (select ctid from ${name} where ${isEmpty} and ${wanted} order by ctid limit 1)`,
  )
}
