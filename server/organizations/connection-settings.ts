import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { ConnectionSettings } from '../phones/contract.ts'
import type { Organization } from './organization.ts'

/** A value to set, or null to forget it. */
export type SettingsChange = Readonly<Record<string, unknown>>

/** What was set for a connection, read through the adapter's own schema; {} when nothing was. */
export async function readSettings<S extends ConnectionSettings>(
  organization: Organization,
  db: Db,
  connectionId: string,
  { schema }: S,
): Promise<ReturnType<S['schema']['parse']>> {
  const row = await db.row<{ settings_sealed: Buffer | null }>(
    'select settings_sealed from connections where id = $1',
    [connectionId],
  )
  return schema.parse(openSettings(organization, connectionId, row?.settings_sealed ?? null)) as ReturnType<
    S['schema']['parse']
  >
}

/** What an administrator may see of it: values, and which secrets are set. */
export async function showSettings(
  organization: Organization,
  connectionId: string,
  of: ConnectionSettings,
): Promise<{ values: Record<string, unknown>; secretsSet: string[] }> {
  const all = await organization.transaction(
    (db) => readSettings(organization, db, connectionId, of),
    'connect the systems',
  )
  const set = Object.entries(all).filter(([, value]) => value !== undefined)
  return {
    values: Object.fromEntries(set.filter(([name]) => !of.secret.includes(name))),
    secretsSet: set.map(([name]) => name).filter((name) => of.secret.includes(name)),
  }
}

/**
 * Changes the named settings and leaves the others.
 * @param test of what they would be, before anything is stored
 * @throws `invalid-input` with the field, also for a secret that is to be given anew with the new address; `not-found`
 */
export async function changeSettings(
  organization: Organization,
  connectionId: string,
  of: ConnectionSettings,
  change: SettingsChange,
  test?: (after: Readonly<Record<string, unknown>>) => Promise<void>,
): Promise<void> {
  if (test) {
    const now = await organization.transaction(
      (db) => readSettings(organization, db, connectionId, of),
      'connect the systems',
    )
    await test(merged(now, change, of))
  }
  await organization.transaction(async (db) => {
    const row = await db.row<{ settings_sealed: Buffer | null }>(
      'select settings_sealed from connections where id = $1 and removed_at is null for no key update',
      [connectionId],
    )
    if (!row) failed({ code: 'not-found', what: 'connection' })
    const before = openSettings(organization, connectionId, row.settings_sealed)
    const after = merged(before, change, of)
    const sealed = organization.keys.seal(placeOf(connectionId), JSON.stringify(after), {
      by: 'organization',
    })
    await db.rows('update connections set settings_sealed = $2 where id = $1', [connectionId, sealed])
  }, 'connect the systems')
}

/**
 * Whoever may change an address may not read the secrets that were set, so these must not be sent to wherever it leads
 * now. An address that was taken out in between is another one too, or two steps would do what one may not.
 */
function secretsOfAnotherHost(
  { sentTo }: ConnectionSettings,
  { before, change, after }: Record<'before' | 'change' | 'after', SettingsChange>,
): string[] {
  return Object.entries(sentTo).flatMap(([secret, address]) => {
    const kept = before[secret] !== undefined && change[secret] === undefined
    const host = originOf(after[address])
    return kept && host !== undefined && host !== originOf(before[address]) ? [secret] : []
  })
}

/** Scheme, host and port: who is spoken to. */
const originOf = (address: unknown): string | undefined =>
  typeof address === 'string' ? new URL(address).origin : undefined

function merged(
  before: Readonly<Record<string, unknown>>,
  change: SettingsChange,
  of: ConnectionSettings,
): Readonly<Record<string, unknown>> {
  const all = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null)
  const read = of.schema.safeParse(Object.fromEntries(all))
  if (!read.success) {
    const issue = read.error.issues[0]
    const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
    return failed({ code: 'invalid-input', field: field || 'settings', rule: 'a setting of this connection' })
  }
  const stranded = secretsOfAnotherHost(of, { before, change, after: read.data })[0]
  if (stranded === undefined) return read.data
  return failed({ code: 'invalid-input', field: stranded, rule: 'given anew, because its address changed' })
}

const placeOf = (row: string) => ({ table: 'connections', column: 'settings_sealed', row })

/** As they are stored, secrets included; whoever asks takes what it needs and keeps no more. */
export function openSettings(
  organization: Organization,
  connectionId: string,
  sealed: Buffer | null,
): Record<string, unknown> {
  if (!sealed) return {}
  return JSON.parse(organization.keys.open(placeOf(connectionId), sealed)) as Record<string, unknown>
}
