import { z } from 'zod'
import type { CrmSession, LiveCalls } from '../contract.ts'
import type { Client } from './client.ts'
import type { Method } from './methods.ts'
import { methods } from './methods.ts'
import { refusalOf } from './refused.ts'
import { register } from './register.ts'

const feature = 'live call'

/** Cards of calls while they last. Whether one was answered the card does not learn: it opens, and it closes. */
export function liveCallsOf(client: Client): LiveCalls {
  /** `false` and "not found" both mean that the call is over, which is as good. */
  async function card(
    method: Method,
    session: CrmSession,
    ref: string,
    userRefs: readonly string[],
  ): Promise<void> {
    if (userRefs.length === 0) return
    const params = { CALL_ID: ref, USER_ID: userRefs.map(Number) }
    try {
      await client(session, { method, params, answer: z.unknown(), feature })
    } catch (error) {
      if (refusalOf(error)?.kind !== 'not-found') throw error
    }
  }
  return {
    begin: async (session, call) => (await register(client, session, call, feature)).ref,
    show: (session, ref, userRefs) => card(methods.show, session, ref, userRefs),
    hide: (session, ref, userRefs) => card(methods.hide, session, ref, userRefs),
  }
}
