import type { Answer, Incoming } from '../http.ts'
import { gatewayPage, RestError, restErrors } from './errors.ts'
import type { NewRequestFault } from './faults.ts'
import type { Bitrix24 } from './index.ts'
import type { Owner } from './tokens.ts'

const defaultDelayMs = 3000

/** Runs a request, or does to it what was ordered. Also for the OAuth servers, where `portal` is null. */
export async function withFaults(
  bitrix: Bitrix24,
  incoming: Incoming,
  request: {
    portal: string | null
    method: string
    token: string | undefined
    note: { fault: string | null }
    run: () => Answer | Promise<Answer>
  },
): Promise<Answer> {
  const { run, token, note } = request
  const fault = bitrix.faults.takeRequest(request)
  if (fault === undefined) return run()
  note.fault = fault.kind
  const delayMs = fault.delayMs ?? defaultDelayMs
  switch (fault.kind) {
    case 'down':
      return 'cut'
    case 'timeout':
      return unanswered(bitrix, incoming, fault)
    case 'late-effect':
      bitrix.timers.track(bitrix.timers.sleep(delayMs).then((awake) => (awake ? run() : undefined)))
      return unanswered(bitrix, incoming, fault)
    case 'lost-answer':
      await run()
      return 'cut'
    case 'slow':
      await bitrix.timers.sleep(delayMs)
      return run()
    case '429':
      return restErrors.timeLimit().reply
    case '503':
      return restErrors.tooMany().reply
    case '500':
      return new RestError(500, 'INTERNAL_SERVER_ERROR', 'Internal server error').reply
    case 'error':
      return new RestError(fault.status ?? 400, fault.error ?? '', fault.description ?? '').reply
    case 'html':
      return gatewayPage(fault.status ?? 502)
    case 'expired-token':
      if (token !== undefined) bitrix.tokens.expire(token)
      return run()
    case 'revoked-token': {
      const owner = token === undefined ? undefined : bitrix.tokens.access(token)
      if (owner !== undefined) {
        const same = (item: Owner) =>
          item.portal === owner.portal && item.clientId === owner.clientId && item.userId === owner.userId
        bitrix.tokens.kill(same, 'revoked')
      }
      return run()
    }
  }
}

async function unanswered(bitrix: Bitrix24, incoming: Incoming, fault: NewRequestFault): Promise<Answer> {
  if (fault.cutAfterMs === undefined) return 'hang'
  await Promise.race([bitrix.timers.sleep(fault.cutAfterMs), incoming.over])
  return 'cut'
}
