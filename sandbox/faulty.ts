import type { NewApiFault } from './faults.ts'
import type { Answer, Incoming } from './http.ts'
import type { Timers } from './timers.ts'

const defaultDelayMs = 3000

/** How a stand-in answers when all is well, and what is its own way of going wrong. */
export type Faulty = {
  incoming: Incoming
  timers: Timers
  handle(): Answer | Promise<Answer>
  /** The answer in place of the right one: 429, 500 or 503. */
  refuse(status: 429 | 500 | 503, fault: NewApiFault): Answer
  /** Faults on what lies behind the request (tokens, budgets); afterwards it is handled as ever. */
  before(kind: 'expired-token' | 'revoked-token' | 'budget-exhausted'): void
}

/** Answers a request, with the fault that was ordered for it. */
export async function faultyAnswer(fault: NewApiFault | undefined, parts: Faulty): Promise<Answer> {
  const { timers, handle } = parts
  if (fault === undefined) return handle()
  const delayMs = fault.delayMs ?? defaultDelayMs
  switch (fault.kind) {
    case 'down':
      return 'cut'
    case 'timeout':
      return unanswered(parts, fault)
    case 'late-effect':
      timers.track(timers.sleep(delayMs).then((awake) => (awake ? handle() : undefined)))
      return unanswered(parts, fault)
    case 'lost-answer':
      await handle()
      return 'cut'
    case 'slow':
      await timers.sleep(delayMs)
      return handle()
    case '429':
      return parts.refuse(429, fault)
    case '500':
      return parts.refuse(500, fault)
    case '503':
      return parts.refuse(503, fault)
    default:
      parts.before(fault.kind)
      return handle()
  }
}

/** Waits until the caller gives up, or destroys the connection after the ordered time. */
async function unanswered({ incoming, timers }: Faulty, fault: NewApiFault): Promise<Answer> {
  if (fault.cutAfterMs === undefined) return 'hang'
  await Promise.race([timers.sleep(fault.cutAfterMs), incoming.over])
  return 'cut'
}
