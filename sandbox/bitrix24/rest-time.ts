import type { Portal } from './world.ts'

/** The `time` object of an answer; times in milliseconds, on the wire in seconds with a fraction. */
export function timeOf(
  portal: Portal,
  { startedAt, finishedAt, budgetKey }: { startedAt: number; finishedAt: number; budgetKey: string },
): Record<string, unknown> {
  const { seconds, resetAt } = portal.timeBudget.used(budgetKey, finishedAt)
  const duration = (finishedAt - startedAt) / 1000
  return {
    start: startedAt / 1000,
    finish: finishedAt / 1000,
    duration,
    processing: duration,
    date_start: portal.isoTime(startedAt),
    date_finish: portal.isoTime(finishedAt),
    operating_reset_at: resetAt,
    operating: seconds,
  }
}
