import { faultyAnswer } from '../faulty.ts'
import type { Answer, Incoming } from '../http.ts'
import { gatewayPage, RestError, restErrors } from './errors.ts'
import type { Bitrix24 } from './index.ts'
import type { Owner } from './tokens.ts'

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
  const { kind } = fault
  note.fault = kind
  if (kind === 'error')
    return new RestError(fault.status ?? 400, fault.error ?? '', fault.description ?? '').reply
  if (kind === 'html') return gatewayPage(fault.status ?? 502)
  return faultyAnswer(
    { ...fault, kind },
    {
      incoming,
      timers: bitrix.timers,
      handle: run,
      refuse: (status) => refusals[status]().reply,
      before: (spoilt) => {
        if (token === undefined) return
        if (spoilt === 'expired-token') bitrix.tokens.expire(token)
        else revoke(bitrix, token)
      },
    },
  )
}

const refusals = {
  429: restErrors.timeLimit,
  500: () => new RestError(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'),
  503: restErrors.tooMany,
}

/** Every token of that user's app on that portal. */
function revoke({ tokens }: Bitrix24, token: string): void {
  const owner = tokens.access(token)
  if (owner === undefined) return
  const same = (item: Owner) =>
    item.portal === owner.portal && item.clientId === owner.clientId && item.userId === owner.userId
  tokens.kill(same, 'revoked')
}
