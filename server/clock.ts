/** The time by which retention runs. Rehearsals move it; nothing else does. */
export interface Clock {
  now(): Date
  /** milliseconds since 1970 UTC */
  ms(): number
}

export function clockShiftedBy(shiftMs: number): Clock {
  return { now: () => new Date(Date.now() + shiftMs), ms: () => Date.now() + shiftMs }
}
