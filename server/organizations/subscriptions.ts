import { randomUUID } from 'node:crypto'
import type { CountryCode } from 'libphonenumber-js/max'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'

type Control = Pick<Cluster, 'control'>

/** `ending`: nobody gets in any more, and what was kept is being removed. `until` is the trial's last day, YYYY-MM-DD. */
export type Subscription = { state: 'active' | 'ending' | 'ended' } | { state: 'trial'; until: string }

/** An organization as the operator's customer, also one whose subscription has ended. */
export interface CustomerAccount {
  id: string
  name: string
  country: CountryCode
  timeZone: string
  createdAt: Date
  subscription: Subscription
}

interface AccountRow {
  id: string
  name: string
  country: CountryCode
  time_zone: string
  created_at: Date
  state: 'active' | 'ending' | 'ended'
  trial_until: string | null
}

const accounts = `select id, name, country, time_zone, created_at, state, trial_until::text as trial_until
  from organizations where state in ('active', 'ending', 'ended')`

/** For rows of `organization_id`: what is of an organization that ends, ends with it. */
export const ofCustomers = `exists (select from organizations o where o.id = organization_id and o.state = 'active')`

/** The trial lasts through its last day, where the organization is. */
const trialIsOver = `state = 'active' and (trial_until + 1)::timestamp at time zone time_zone <= ringfence.now()`

/** In the order they were made. */
export async function customerAccounts({ control }: Control): Promise<CustomerAccount[]> {
  const rows = await control.transaction((db) => db.rows<AccountRow>(`${accounts} order by created_at, id`))
  return rows.map(fromRow)
}

/** @throws RingfenceError `not-found` */
export async function customerAccount({ control }: Control, id: string): Promise<CustomerAccount> {
  const row = await control.transaction((db) => db.row<AccountRow>(`${accounts} and id = $1`, [id]))
  return row ? fromRow(row) : failed({ code: 'not-found', what: 'organization' })
}

/** @throws RingfenceError `invalid-input`, of which `trialRule` is the rule */
export async function expectTrialDay({ control }: Control, timeZone: string, day: string): Promise<void> {
  const row = isDay(day)
    ? await control.transaction((db) =>
        db.row('select 1 where $1::date >= (ringfence.now() at time zone $2)::date', [day, timeZone]),
      )
    : undefined
  if (!row) failed({ code: 'invalid-input', field: 'until', rule: trialRule })
}
export const trialRule = 'a day from today on, such as 2027-01-31'

/**
 * A running one: from now on it has no end, or ends with that day.
 * @throws RingfenceError `conflict` when it has ended, or is just ending
 */
export async function setTrial({ control }: Control, id: string, lastDay: string | undefined): Promise<void> {
  const row = await control.transaction((db) =>
    db.row(`update organizations set trial_until = $2 where id = $1 and state = 'active' returning id`, [
      id,
      lastDay ?? null,
    ]),
  )
  if (!row) failed({ code: 'conflict', with: 'the end of the subscription' })
}

/** The last day of a trial that is over within that time; undefined: there is no hurry. */
export async function trialEndsWithin(
  { control }: Control,
  id: string,
  days: number,
): Promise<string | undefined> {
  const row = await control.transaction((db) =>
    db.row<{ until: string }>(
      `select trial_until::text as until from organizations
       where id = $1 and state = 'active' and trial_until - $2::int <= (ringfence.now() at time zone time_zone)::date`,
      [id, days],
    ),
  )
  return row?.until
}

/**
 * Nobody gets in from here on, and the end is on record, both or neither.
 * @param options.ifTrialIsOver only then: somebody may have lengthened it meanwhile
 * @returns false when it was ended before
 */
export async function beginEnd(
  { control }: Control,
  id: string,
  { ifTrialIsOver = false }: { ifTrialIsOver?: boolean } = {},
): Promise<boolean> {
  return control.transaction(async (db) => {
    const row = await db.row(
      `update organizations set state = 'ending', trial_until = null
       where id = $1 and ${ifTrialIsOver ? trialIsOver : `state = 'active'`} returning id`,
      [id],
    )
    if (!row) return false
    await db.rows(
      `insert into receipts (id, organization_id, ended, cause) values ($1, $2, 'organization', 'end of subscription')`,
      [randomUUID(), id],
    )
    return true
  })
}

/** Trials that are over, and ends that somebody has to finish. */
export async function endsToCarryOut({ control }: Control): Promise<string[]> {
  const rows = await control.transaction((db) =>
    db.rows<{ id: string }>(
      `select id from organizations where state = 'ending' or ${trialIsOver} order by created_at, id`,
    ),
  )
  return rows.map(({ id }) => id)
}

/**
 * Is the organization still a customer? Holds on to the answer until the transaction is over: an end that begins
 * meanwhile waits for it, and so finds what it stores.
 */
export async function isOpen(db: Db, organizationId: string): Promise<boolean> {
  const row = await db.row(`select 1 from organizations where id = $1 and state = 'active' for share`, [
    organizationId,
  ])
  return row !== undefined
}

/** For whoever is about to store something of it, in the same transaction. @throws RingfenceError `not-found` */
export async function expectOpen(db: Db, organizationId: string): Promise<void> {
  if (!(await isOpen(db, organizationId))) failed({ code: 'not-found', what: 'organization' })
}

function fromRow(row: AccountRow): CustomerAccount {
  return {
    id: row.id,
    name: row.name,
    country: row.country,
    timeZone: row.time_zone,
    createdAt: row.created_at,
    subscription:
      row.state === 'active' && row.trial_until !== null
        ? { state: 'trial', until: row.trial_until }
        : { state: row.state },
  }
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  // PostgreSQL has no year 0; what is not a number is no day either.
  return at !== undefined && at.getTime() > 0 && at.toISOString().startsWith(text)
}
