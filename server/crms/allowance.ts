import type { Db } from '../database/transaction.ts'
import type { AllowanceToday, AllowanceView } from '../http/shapes.ts'
import {
  type Budget,
  forecastOf,
  hasToSpare,
  liveFeatures,
  othersOf,
  type Pace,
  paceOf,
  reserveOf,
} from './budget.ts'

const today = `(ringfence.now() at time zone 'UTC')::date`
// Our own words, no input.
const live = `array[${liveFeatures.map((feature) => `'${feature}'`).join(', ')}]`

/** How many days of spending are kept and shown, today included. */
const daysKept = 14

/** Of a row of `connections c`: all that is decided from. */
export const budgetColumns = `ringfence.now() as budget_now,
  case when c.allowance_day = ${today} then c.allowance_left::float8 end as pool_left,
  case when c.allowance_day = ${today} then c.allowance_limit::float8 end as pool_limit,
  (select coalesce(sum(s.tokens), 0)::float8 from allowance_spent s
   where s.connection_id = c.id and s.day = ${today}) as spent_today,
  (select coalesce(sum(s.tokens), 0)::float8 from allowance_spent s
   where s.connection_id = c.id and s.day = ${today} and s.feature = any(${live})) as spent_live_today,
  (select coalesce(max(d.tokens), 0)::float8 from (
     select sum(s.tokens) as tokens from allowance_spent s
     where s.connection_id = c.id and s.day >= ${today} - 7 and s.day < ${today} and s.feature = any(${live})
     group by s.day) d) as spent_live_busiest`

export interface BudgetRow {
  budget_now: Date
  pool_left: number | null
  pool_limit: number | null
  spent_today: number
  spent_live_today: number
  spent_live_busiest: number
}

export function budgetFrom(row: BudgetRow): Budget {
  const { pool_left: left, pool_limit: limit } = row
  return {
    now: row.budget_now,
    pool: left === null || limit === null ? undefined : { left, limit },
    spent: {
      today: row.spent_today,
      liveToday: row.spent_live_today,
      liveBusiest: row.spent_live_busiest,
    },
  }
}

/** Does today's allowance leave anything beside calls? */
export async function maySpend(db: Db, connectionId: string): Promise<boolean> {
  const row = await db.row<BudgetRow>(`select ${budgetColumns} from connections c where id = $1`, [
    connectionId,
  ])
  return row !== undefined && hasToSpare(budgetFrom(row))
}

/** Today's allowance as it is shown; with the reason where background work is held back. */
export function allowanceShown(budget: Budget, byFeature: Record<string, number>): AllowanceToday {
  const { pool, spent } = budget
  const shown = { usedToday: spent.today, byFeature }
  if (!pool) return shown
  const forecast = forecastOf(budget)
  const slowed = slowedBy(budget, pool, paceOf(budget))
  return {
    ...shown,
    left: pool.left,
    limit: pool.limit,
    others: othersOf(budget, pool),
    reserve: Math.ceil(reserveOf(budget, pool.limit)),
    ...(forecast?.kind === 'used-up' ? { usedUpAt: forecast.at.toISOString() } : {}),
    ...(slowed ? { slowed } : {}),
  }
}

function slowedBy(budget: Budget, pool: NonNullable<Budget['pool']>, pace: Pace): AllowanceToday['slowed'] {
  if (pace.go === 'on') return undefined
  const used = pool.limit - pool.left
  const others = othersOf(budget, pool)
  const byOthers = others >= used / 2
  return {
    how: pace.go === 'wait' ? 'waiting' : 'slower',
    by: byOthers ? 'others' : 'all',
    share: pool.limit === 0 ? 1 : (byOthers ? others : used) / pool.limit,
  }
}

/** @returns what each of the last days was spent on, oldest first; days without anything are left out */
export async function spendingOf(db: Db, connectionId: string): Promise<AllowanceView['days']> {
  const rows = await db.rows<{
    day: string
    by_feature: Record<string, number>
    others: number | null
    tokens_limit: number | null
  }>(
    `select to_char(day, 'YYYY-MM-DD') as day, coalesce(by_feature, '{}') as by_feature, others::float8, tokens_limit::float8
     from (select day, jsonb_object_agg(feature, tokens) as by_feature from allowance_spent
           where connection_id = $1 group by day) s
     full join (select day, others, tokens_limit from allowance_days where connection_id = $1) d using (day)
     where day > ${today} - $2::integer order by day`,
    [connectionId, daysKept],
  )
  return rows.map((row) => ({
    day: row.day,
    byFeature: row.by_feature,
    ...(row.others === null ? {} : { others: row.others }),
    ...(row.tokens_limit === null ? {} : { limit: row.tokens_limit }),
  }))
}

/** Removes the spending of days that are shown no more. */
export function forgetSpending(db: Db): void {
  db.send('select from connections order by id for no key update')
  for (const table of ['allowance_spent', 'allowance_days'])
    db.send(`delete from ${table} where day <= ${today} - ${daysKept}`)
}
