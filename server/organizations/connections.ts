import { randomUUID } from 'node:crypto'
import { parseReported } from '../contacts/numbers.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import { openOwnNumbers } from './directory.ts'
import type { Organization } from './organization.ts'

/** Makes the row of a connection; for a CRM there is one per adapter. */
export async function makeConnection(
  organization: Organization,
  side: 'phone' | 'crm',
  adapter: string,
): Promise<string> {
  return organization.transaction(async (db) => {
    if (side === 'crm') {
      // Two administrators at the same moment must not make two mirrors of one company.
      db.send(`select pg_advisory_xact_lock(hashtextextended('connections', 0))`)
      const known = await db.row<{ id: string }>(
        `select id from connections where side = 'crm' and adapter = $1`,
        [adapter],
      )
      if (known) return known.id
    }
    const id = randomUUID()
    await db.rows('insert into connections (id, side, adapter) values ($1, $2, $3)', [id, side, adapter])
    return id
  }, 'connect the systems')
}

/** Binds a CRM connection to the company that was signed in to. @throws `conflict` when it belongs to another */
export async function bindCompany(
  organization: Organization,
  connectionId: string,
  companyRef: string,
): Promise<void> {
  const row = await organization.transaction(
    (db) =>
      db.row(
        `update connections set company_ref = $2 where id = $1 and side = 'crm' and (company_ref is null or company_ref = $2) returning id`,
        [connectionId, companyRef],
      ),
    'connect the systems',
  )
  if (!row) failed({ code: 'conflict', with: 'another company' })
}

/** The organization's own lines, as typed. They are nobody's contact. @throws `invalid-input` */
export async function setOwnNumbers(
  organization: Organization,
  connectionId: string,
  typed: readonly string[],
): Promise<void> {
  const numbers = typed.map((text) => {
    const number = parseReported(text, { country: organization.country })
    if (number.kind !== 'e164')
      return failed({ code: 'invalid-input', field: 'numbers', rule: 'telephone numbers' })
    return number.e164
  })
  const place = { table: 'connections', column: 'own_numbers_sealed', row: connectionId }
  const sealed = organization.keys.seal(place, JSON.stringify([...new Set(numbers)]), { by: 'organization' })
  const row = await organization.transaction(
    (db) =>
      db.row(
        `update connections set own_numbers_sealed = $2 where id = $1 and side = 'phone' and removed_at is null returning id`,
        [connectionId, sealed],
      ),
    'identify the caller',
  )
  if (!row) failed({ code: 'not-found', what: 'connection' })
}

/** In E.164, as they were set. */
export async function ownNumbersOf(organization: Organization, connectionId: string): Promise<string[]> {
  const row = await organization.transaction(
    (db) =>
      db.row<{ own_numbers_sealed: Buffer | null }>(
        'select own_numbers_sealed from connections where id = $1',
        [connectionId],
      ),
    'identify the caller',
  )
  return openOwnNumbers(organization, connectionId, row?.own_numbers_sealed ?? null)
}

/**
 * Gives a user exactly these extensions.
 * @param by an administrator, who confirms with it that earlier calls of these extensions are the user's too; who takes
 *   one for themself sees the calls that come from now on
 * @throws `conflict` when a colleague has one, `invalid-input`, `not-found`
 */
export async function setExtensions(
  organization: Organization,
  userId: string,
  extensions: readonly string[],
  by: 'administrator' | 'themself',
): Promise<void> {
  const wanted = [...new Set(extensions.map((text) => text.trim()))].sort()
  if (wanted.some((extension) => !/^[0-9*#]{1,8}$/.test(extension))) {
    failed({ code: 'invalid-input', field: 'extensions', rule: 'up to 8 digits each' })
  }
  await organization.transaction(async (db) => {
    holdExtensions(db)
    await existing(db, userId)
    db.send('update users set extensions_by_hand = true where id = $1', [userId])
    await db.rows('delete from user_extensions where user_id = $1 and not extension = any($2)', [
      userId,
      wanted,
    ])
    const taken = await db.rows<{ extension: string; user_id: string }>(
      `with added as (
         insert into user_extensions (extension, user_id, sees_after)
         select extension, $2, case when $3 then 0 else (select coalesce(max(arrival), 0) from calls) end
         from unnest($1::text[]) as extension
         on conflict (extension) do update set sees_after = 0 where $3 and user_extensions.user_id = $2
         returning extension
       )
       select e.extension, e.user_id from user_extensions e
       where e.extension = any($1) and e.user_id <> $2 order by e.extension`,
      [wanted, userId, by === 'administrator'],
    )
    if (taken[0]) failed({ code: 'conflict', with: `extension ${taken[0].extension}` })
  }, 'show calls to the people they are for')
}

export async function setSees(
  organization: Organization,
  userId: string,
  sees: 'own' | 'all',
): Promise<void> {
  await organization.transaction(async (db) => {
    await existing(db, userId)
    await db.rows('update users set sees = $2 where id = $1', [userId, sees])
  }, 'show calls to the people they are for')
}

/**
 * Extensions change hands one change at a time, until the commit: two users who exchange theirs would wait for each other.
 * Before any row is locked.
 */
export function holdExtensions(db: Db): void {
  db.send(`select pg_advisory_xact_lock(hashtextextended('extensions', 0))`)
}

async function existing(db: Db, userId: string): Promise<void> {
  const row = await db.row('select id from users where id = $1 for no key update', [userId])
  if (!row) failed({ code: 'not-found', what: 'user' })
}
