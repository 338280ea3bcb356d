import { hourOf, type Place } from '../server/keys/contract.ts'
import type { Organization } from '../server/organizations/organization.ts'

/** Of one call a row in each. */
export const tables = ['call_deals', 'call_logs', 'call_notes', 'calls', 'recordings'] as const

/** @param wish.hours from the beginning of this hour until their time is over; 0: it is over */
export async function plantCalls(
  organization: Organization,
  wish: { phoneId: string; crmId: string; calls: number; hours: number },
): Promise<void> {
  // Of no row in particular: nobody opens what the sweep deletes.
  const sealed = (place: Omit<Place, 'row'>, content: string | object) =>
    organization.keys.seal({ ...place, row: 'any' }, content, { by: 'call hour', hour: hourOf(Date.now()) })
  await organization.transaction(
    (db) =>
      db.rows(
        `with made as (
           insert into calls (id, connection_id, state, rang, remote_hash, facts_sealed, last_event_at, expires_at)
           select gen_random_uuid(), $1, 'ended', '{21}', sha256(gen_random_uuid()::text::bytea), $4, ringfence.now(),
                  date_trunc('hour', ringfence.now()) + make_interval(hours => $3)
           from generate_series(1, $2) returning id, expires_at
         ), logged as (
           insert into call_logs (call_id, connection_id, state, marker, external_id, activity_id, expires_at)
           select id, $5, 'written', id, '1234', '5678', expires_at from made
         ), noted as (
           insert into call_notes (id, version, note_sealed, expires_at) select id, 1, $6, expires_at from made
         ), recorded as (
           insert into recordings (id, state, address_sealed, expires_at) select id, 'waiting', $7, expires_at from made
         )
         insert into call_deals (call_id, connection_id, chosen, kind, external_id, expires_at)
         select id, $5, true, 'deal', '42', expires_at from made`,
        [
          wish.phoneId,
          wish.calls,
          wish.hours,
          sealed({ table: 'calls', column: 'facts_sealed' }, facts),
          wish.crmId,
          sealed(
            { table: 'call_notes', column: 'note_sealed' },
            { text: 'Wants to be called back on Monday.' },
          ),
          sealed(
            { table: 'recordings', column: 'address_sealed' },
            'https://recordings.example/1234567890.mp3',
          ),
        ],
      ),
    'owner',
  )
}

/** Of one answered call, about as long as they are. */
const facts = {
  firstArrival: 0,
  endBase: 0,
  knowledge: {
    firstAt: 0,
    answeredAt: 0,
    facts: Object.fromEntries(
      ['from', 'to', 'shownAs', 'answeredBy'].map((name) => [
        name,
        { value: { kind: 'e164', e164: '+420601001000', country: 'CZ' }, stage: 1, at: 0 },
      ]),
    ),
  },
}

/** @throws where one of them is left whose time is over */
export async function expectSwept(organization: Organization): Promise<void> {
  const left = await organization.transaction(
    (db) =>
      Promise.all(
        tables.map((table) => db.row(`select 1 from ${table} where expires_at <= ringfence.now() limit 1`)),
      ),
    'owner',
  )
  if (left.some((row) => row !== undefined)) throw new Error('rows whose time is over were left')
}
