import type { Feature } from './contract.ts'

/** Who waits for a request: a call that is logged, a person who looks, or nobody. */
export type Work = 'live' | 'on demand' | 'background'

const works = {
  'call log': 'live',
  recording: 'live',
  'follow-up': 'live',
  'set-up': 'on demand',
  contacts: 'background',
  deals: 'background',
  check: 'background',
} as const satisfies Record<Feature, Work>

/** Features that a call waits for. */
export const liveFeatures: readonly string[] = Object.entries(works).flatMap(([feature, work]) =>
  work === 'live' ? [feature] : [],
)

/** What is known of today's allowance of one CRM company, in the CRM's tokens. */
export interface Budget {
  now: Date
  /** what the CRM said, for all apps together; undefined: nothing yet today, or never (the headers may be missing) */
  pool: { limit: number; left: number } | undefined
  spent: {
    /** by us */
    today: number
    /** of that for calls */
    liveToday: number
    /** for calls on the busiest of the seven days before */
    liveBusiest: number
  }
}

/** How work may go on. `resetSeconds`: until the allowance begins anew. */
export type Pace =
  | { go: 'on' }
  /** the next time `factor` (over 1) times as far away */
  | { go: 'slower'; factor: number; resetSeconds: number }
  | { go: 'wait'; resetSeconds: number }

const daySeconds = 86_400
/** Pipedrive's own advice is to stop what can wait when a fifth is left. */
const reserveShare = 0.2
/** What is read between two counts, and the page that is on its way already. */
const marginTokens = 100
/** A burst in the first hours is not yet the pace of a day. */
const paceOverSeconds = 6 * 3600
const slowest = 24
const lookAgainSeconds = 3600

/**
 * How work of this kind may go on today.
 *
 * Calls are never held back by us. What a person waits for leaves what calls still need, by the busiest of seven days;
 * what nobody waits for leaves the whole reserve, and slows down before, as other apps use up what is above it. Where
 * the CRM does not say what is left, all goes on: it refuses by itself.
 */
export function paceOf(work: Work, budget: Budget): Pace {
  const { pool } = budget
  if (work === 'live' || pool === undefined) return { go: 'on' }
  const resetSeconds = secondsToReset(budget.now)
  const floor = work === 'on demand' ? callsToCome(budget) : reserveOf(budget, pool.limit) + marginTokens
  const free = pool.left - floor
  if (free <= 0) return { go: 'wait', resetSeconds }
  if (work === 'on demand') return { go: 'on' }
  const othersToCome = (othersOf(budget, pool) / paceTime(budget.now)) * resetSeconds
  const factor = Math.min(othersToCome / free, slowest)
  return factor > 1 ? { go: 'slower', factor, resetSeconds } : { go: 'on' }
}

/** @returns tokens kept for calls: a fifth, or what they need by the busiest of seven days, if that is more */
export function reserveOf(budget: Pick<Budget, 'spent'>, limit: number): number {
  return Math.max(limit * reserveShare, callsToCome(budget))
}

/** @returns tokens that other apps of the company have used today, as far as it can be told */
export function othersOf({ spent }: Pick<Budget, 'spent'>, pool: { limit: number; left: number }): number {
  return Math.max(0, pool.limit - pool.left - spent.today)
}

/**
 * When work that is due every so often is done next. What slowed down is over when the allowance begins anew; what waits
 * is looked at each hour, which costs nothing.
 */
export function secondsToNext(everySeconds: number, pace: Pace): number {
  if (pace.go === 'on') return everySeconds
  if (pace.go === 'wait') return Math.min(pace.resetSeconds, lookAgainSeconds)
  return Math.max(everySeconds, Math.min(everySeconds * pace.factor, pace.resetSeconds))
}

/** Whether what is left lasts, if all apps go on as they have since midnight. */
export type Forecast = { kind: 'lasts' } | { kind: 'used-up'; at: Date }

export function forecastOf({ pool, now }: Pick<Budget, 'pool' | 'now'>): Forecast | undefined {
  if (pool === undefined) return undefined
  const perSecond = Math.max(0, pool.limit - pool.left) / paceTime(now)
  const seconds = pool.left <= 0 ? 0 : pool.left / perSecond
  return seconds < secondsToReset(now)
    ? { kind: 'used-up', at: new Date(now.getTime() + seconds * 1000) }
    : { kind: 'lasts' }
}

/** Pipedrive does not name the zone of its midnight; ours is UTC. */
export function resetAfter(now: Date): Date {
  return new Date(now.getTime() + secondsToReset(now) * 1000)
}

function secondsToReset(now: Date): number {
  return daySeconds - secondsOfDay(now)
}

function secondsOfDay(now: Date): number {
  return Math.floor(now.getTime() / 1000) % daySeconds
}

function paceTime(now: Date): number {
  return Math.max(secondsOfDay(now), paceOverSeconds)
}

function callsToCome({ spent }: Pick<Budget, 'spent'>): number {
  return Math.max(0, spent.liveBusiest - spent.liveToday)
}
