import { z } from 'zod'

/** What can be said of a call that is started, whatever the telephone system. */
export type StartOptions = {
  /**
   * When the call began (milliseconds); default now. Moved on where another call would be too near to be told apart by
   * its events.
   */
  startAt?: number | undefined
  /** How many seconds of the call pass in a real second; default 1. */
  speed?: number | undefined
  /** For the ledger. */
  kind?: string | undefined
  expectLog?: boolean | undefined
  expectedPersonId?: number | undefined
}

/** The fields of these options in a control request. */
export const startFields = {
  startAt: z.number().optional(),
  kind: z.string().optional(),
  expectLog: z.boolean().optional(),
  expectedPersonId: z.number().optional(),
}

/** Fields of a control request that plays a scenario. */
export const playFields = {
  outer: z.string(),
  expectedPersonId: z.number().optional(),
  startAt: z.number().optional(),
  speed: z.number().positive().optional(),
}
