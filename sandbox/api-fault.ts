import type { NewApiFault } from './faults.ts'
import type { Answer, Incoming, Reply } from './http.ts'
import type { Timers } from './timers.ts'

const defaultDelayMs = 3000

/**
 * Answers a request as the fault ordered for it says.
 * @param parts.handle does what was asked, and answers
 * @param parts.refuse answers with this status; nothing is done
 * @param parts.spoil what the vendor's own kinds (tokens, keys, budgets) do before the request is handled
 */
export async function answerUnderFault(
  fault: NewApiFault,
  parts: {
    timers: Timers
    incoming: Incoming
    handle(): Answer | Promise<Answer>
    refuse(status: 429 | 500 | 503): Reply
    spoil(kind: 'expired-token' | 'revoked-token' | 'budget-exhausted'): void
  },
): Promise<Answer> {
  const delayMs = fault.delayMs ?? defaultDelayMs
  switch (fault.kind) {
    case 'down':
      return 'cut'
    case 'timeout':
      return unanswered(parts, fault)
    case 'late-effect':
      parts.timers.track(late(parts, delayMs))
      return unanswered(parts, fault)
    case 'slow':
      await parts.timers.sleep(delayMs)
      return parts.handle()
    case '429':
      return parts.refuse(429)
    case '500':
      return parts.refuse(500)
    case '503':
      return parts.refuse(503)
    case 'expired-token':
    case 'revoked-token':
    case 'budget-exhausted':
      parts.spoil(fault.kind)
      return parts.handle()
  }
}

/** Waits until the caller gives up, or destroys the connection after the ordered time. */
async function unanswered(
  { timers, incoming }: { timers: Timers; incoming: Incoming },
  fault: NewApiFault,
): Promise<Answer> {
  if (fault.cutAfterMs === undefined) return 'hang'
  await Promise.race([timers.sleep(fault.cutAfterMs), incoming.over])
  return 'cut'
}

async function late(
  parts: { timers: Timers; handle(): Answer | Promise<Answer> },
  delayMs: number,
): Promise<void> {
  if (await parts.timers.sleep(delayMs)) await parts.handle()
}
