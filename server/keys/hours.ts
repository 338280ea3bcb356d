import { arrivalHourLivesHours, callHourLivesHours, hourOf } from './contract.ts'

export type HourClass = 'arrival hour' | 'call hour'
export const hourClasses = ['arrival hour', 'call hour'] as const

const hourMs = 3_600_000
const livesHours = (of: HourClass): number =>
  of === 'arrival hour' ? arrivalHourLivesHours : callHourLivesHours
/** A vendor may report a call's end up to 24 h late; one hour more for what is under way over a full hour. */
const reachesBackHours: Record<HourClass, number> = { 'arrival hour': 1, 'call hour': 25 }

/** The instant (milliseconds since 1970 UTC) from which the key of `hour` must not exist any more. */
export function hourKeyDiesAt(of: HourClass, hour: number): number {
  return (hour + 1 + livesHours(of)) * hourMs
}

/**
 * Which hour keys are missing at `now`, and which have had their time.
 * @param when.everyLiving also those of past hours in which nothing of ours was ever sealed: what another installation sealed
 *   then is sealed anew here
 */
export function planHours(
  of: HourClass,
  existing: ReadonlyMap<number, unknown>,
  when: { now: Date; hoursAhead: number; everyLiving?: boolean },
): { make: number[]; destroy: number[] } {
  const current = hourOf(when.now)
  const make: number[] = []
  const back = when.everyLiving ? livesHours(of) : reachesBackHours[of]
  for (let hour = current - back; hour <= current + when.hoursAhead; hour++) {
    if (!existing.has(hour)) make.push(hour)
  }
  const destroy = [...existing.keys()].filter((hour) => Number(when.now) >= hourKeyDiesAt(of, hour))
  return { make, destroy }
}
