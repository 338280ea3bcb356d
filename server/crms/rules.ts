import { randomUUID } from 'node:crypto'
import { type Call, leftOutBecause, remoteParty } from '../calls/fold.ts'
import { type E164, keysOfTyped } from '../contacts/numbers.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

/** The kinds of call that an administrator may leave out, as people speak of them. */
export const callKinds = [
  'inbound-answered',
  'inbound-missed',
  'voicemail',
  'outbound-answered',
  'outbound-not-reached',
] as const
export type CallKind = (typeof callKinds)[number]

/** A number whose calls are left out: as it was typed, and as it is compared. */
interface LeftOutNumber {
  typed: string
  e164: E164
}

/** What an administrator decided; as long as nobody did, every customer call is written and missed ones are followed up. */
export interface Rules {
  leftOutKinds: readonly CallKind[]
  followUps: boolean
  numbers: readonly LeftOutNumber[]
}

const preset: Rules = { leftOutKinds: [], followUps: true, numbers: [] }

interface RulesRow {
  id: string
  left_out_kinds: CallKind[]
  follow_ups: boolean
  numbers_sealed: Buffer | null
}

const placeOf = (row: string) => ({ table: 'rules', column: 'numbers_sealed', row })

/** The rules of a CRM connection as they are now: what was decided a moment ago holds for the next call. */
export async function readRules(organization: Organization, db: Db, connectionId: string): Promise<Rules> {
  const row = await db.row<RulesRow>(
    'select id, left_out_kinds, follow_ups, numbers_sealed from rules where connection_id = $1',
    [connectionId],
  )
  if (!row) return preset
  return {
    leftOutKinds: row.left_out_kinds,
    followUps: row.follow_ups,
    numbers: row.numbers_sealed
      ? (JSON.parse(organization.keys.open(placeOf(row.id), row.numbers_sealed)) as LeftOutNumber[])
      : [],
  }
}

/** @param rules.numbers as typed, in any spelling. @throws `invalid-input` when one of them is no telephone number */
export async function saveRules(
  organization: Organization,
  connectionId: string,
  rules: Omit<Rules, 'numbers'> & { numbers: readonly string[] },
): Promise<void> {
  const numbers = new Map(rules.numbers.map((typed, place) => readNumber(organization, typed, place)))
  const list = [...numbers].map(([e164, typed]): LeftOutNumber => ({ typed, e164 }))
  await organization.transaction(async (db) => {
    const known = await db.row<{ id: string }>(
      `insert into rules (id, connection_id) values ($1, $2)
       on conflict (connection_id) do update set connection_id = excluded.connection_id returning id`,
      [randomUUID(), connectionId],
    )
    const { id } = known ?? failed({ code: 'not-found', what: 'connection' })
    const sealed =
      list.length === 0
        ? null
        : organization.keys.seal(placeOf(id), JSON.stringify(list), { by: 'organization' })
    db.send('update rules set left_out_kinds = $2, follow_ups = $3, numbers_sealed = $4 where id = $1', [
      id,
      rules.leftOutKinds,
      rules.followUps,
      sealed,
    ])
  }, 'log the call in the CRM')
}

function readNumber({ country }: Organization, typed: string, place: number): [E164, string] {
  const text = typed.trim()
  const { exact } = keysOfTyped(text, { country })
  return exact
    ? [exact, text]
    : failed({ code: 'invalid-input', field: `numbersLeftOut.${place}`, rule: 'telephone numbers' })
}

/** Which kind of call it was; undefined for what is no customer call. */
export function kindOf(call: Call): CallKind | undefined {
  if (leftOutBecause(call)) return undefined
  const answered = call.outcome === 'answered'
  if (call.direction === 'outbound') return answered ? 'outbound-answered' : 'outbound-not-reached'
  if (call.outcome === 'voicemail') return 'voicemail'
  return answered ? 'inbound-answered' : 'inbound-missed'
}

/** Why a call that has ended goes into no CRM; undefined: it does. */
export function leftOutBy(
  rules: Rules,
  call: Call,
): ReturnType<typeof leftOutBecause> | 'kind-left-out' | 'number-left-out' {
  const kind = kindOf(call)
  if (!kind) return leftOutBecause(call)
  if (isLeftOutNumber(rules, call)) return 'number-left-out'
  return rules.leftOutKinds.includes(kind) ? 'kind-left-out' : undefined
}

export function isLeftOutNumber(rules: Rules, call: Call): boolean {
  const remote = remoteParty(call)
  return remote?.kind === 'e164' && rules.numbers.some(({ e164 }) => e164 === remote.e164)
}
