import type { Feature } from './contract.ts'

/** Whether a call waits for what is asked for this. */
const isLive: Record<Feature, boolean> = {
  'call log': true,
  'live call': true,
  caller: true,
  recording: true,
  'follow-up': true,
  rights: false,
  'set-up': false,
  contacts: false,
  deals: false,
  check: false,
}
export const liveFeatures: readonly string[] = Object.entries(isLive).flatMap(([feature, live]) =>
  live ? [feature] : [],
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

/** How work that nobody waits for may go on. `resetSeconds`: until the allowance begins anew. */
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
 * How work that nobody waits for may go on today. What a call or a person waits for asks nobody and is never held back.
 *
 * It leaves the whole reserve, and slows down before, as other apps use up what is above it. Where the CRM does not say
 * what is left, it goes on: the CRM refuses by itself.
 */
export function paceOf(budget: Budget): Pace {
  const { pool } = budget
  if (pool === undefined) return { go: 'on' }
  const resetSeconds = secondsToReset(budget.now)
  const free = pool.left - reserveOf(budget, pool.limit) - marginTokens
  if (free <= 0) return { go: 'wait', resetSeconds }
  const othersToCome = (othersOf(budget, pool) / paceTime(budget.now)) * resetSeconds
  const factor = Math.min(othersToCome / free, slowest)
  return factor > 1 ? { go: 'slower', factor, resetSeconds } : { go: 'on' }
}

/** Is there anything left for what a person would like to see and can do without? Not of what calls still need today. */
export function hasToSpare(budget: Pick<Budget, 'pool' | 'spent'>): boolean {
  return budget.pool === undefined || budget.pool.left > callsToCome(budget)
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
