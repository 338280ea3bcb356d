import { callJournal } from '../../policy/calls.ts'
import { inForce } from '../../policy/index.ts'
import { liveCalls, liveCallsUnderWay } from '../../policy/live-calls.ts'
import { callNotes, notesUnderWay, personsBeingMade } from '../../policy/notes.ts'
import { recordingAddresses } from '../../policy/recordings.ts'
import { followUps } from '../../policy/rules.ts'
import type { Db } from '../database/transaction.ts'
import { classOf } from './person-map.ts'
import { type PersonKeys, personCondition, personWays } from './person-ways.ts'

/** One kind of data about a person that was sent over one connection. */
export interface Sending {
  kind: string
  connectionId: string
  entries: number
  /** when one was last sent; undefined: only that it was is known */
  last: string | undefined
}

/** Which rows of a kind's table were sent, over which connection and when. One whose outcome is unknown counts as sent. */
const record: Readonly<Record<string, { table: string; sent: string; at?: string; byCall?: true }>> = {
  [callJournal.kind]: {
    table: 'call_logs',
    sent: 'coalesce(call_logs.external_id, call_logs.activity_id, call_logs.sent_at::text) is not null',
    at: 'coalesce(call_logs.written_at, call_logs.sent_at)',
  },
  [callNotes.kind]: { table: 'call_notes', ...noteSent(), byCall: true },
  [notesUnderWay.kind]: { table: 'call_notes', ...noteSent(), byCall: true },
  [recordingAddresses.kind]: { table: 'recordings', sent: `recordings.state = 'attached'`, byCall: true },
  [liveCalls.kind]: { table: 'live_calls', sent: `live_calls.state <> 'not-shown'` },
  [liveCallsUnderWay.kind]: { table: 'live_calls', sent: `live_calls.state <> 'not-shown'` },
  [personsBeingMade.kind]: {
    table: 'new_persons',
    sent: `(new_persons.state = 'made' or new_persons.sent_at is not null)`,
    at: 'new_persons.sent_at',
  },
  [followUps.kind]: {
    table: 'follow_ups',
    sent: '(follow_ups.activity_id is not null or follow_ups.sent_at is not null)',
    at: 'follow_ups.sent_at',
  },
}

function noteSent() {
  return { sent: '(call_notes.crm_version > 0 or call_notes.sent_at is not null)', at: 'call_notes.sent_at' }
}

/** What of a person was really sent, from the very rows by which the program knows it (C-154/21). */
export async function sendingsOf(db: Db, person: PersonKeys): Promise<Sending[]> {
  const tables = await personWays(db)
  const found: Sending[] = []
  for (const declared of inForce().kinds) {
    const way = record[declared.kind]
    const condition = way && personCondition(tables, way.table, person)
    if (!way || !condition) continue
    const { table, sent, at, byCall } = way
    const connection = byCall ? 'l.connection_id' : `${table}.connection_id`
    const rows = await db.rows<{ connection_id: string; entries: string; last: Date | null }>(
      `select ${connection} as connection_id, count(*) as entries, ${at ? `max(${at})` : 'null::timestamptz'} as last
       from ${table} ${byCall ? `join call_logs l on l.call_id = ${table}.id` : ''}
       where ${sent} and ${condition.sql}${classOf(declared, table)} group by 1 order by 1`,
      condition.values,
    )
    for (const row of rows)
      found.push({
        kind: declared.kind,
        connectionId: row.connection_id,
        entries: Number(row.entries),
        last: row.last?.toISOString(),
      })
  }
  return found
}
