import { z } from 'zod'
import type { CallToWrite, CrmSession, Written } from '../contract.ts'
import type { CallLogBody } from './call-log.ts'
import { callLogBody } from './call-log.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier } from './identifier.ts'
import { refusedAs } from './refusal.ts'

const answer = z.object({ data: z.object({ id: identifier, activity_id: identifier.nullish() }) })

/**
 * Writes one call log, which Pipedrive shows as an activity of type call.
 *
 * A 404 means that what it links to is gone, a 403 that the token's user may not write for others; neither has any
 * effect, so each is tried once more with less: a call logged without its person is better than a call lost.
 *
 * @throws {RingfenceError} `provider-outcome-unknown` when the log may be there: look for it before writing again,
 *   because Pipedrive knows no idempotency key
 */
export async function writeActivity(
  client: Client,
  session: CrmSession,
  call: CallToWrite,
): Promise<Written> {
  let body: CallLogBody = callLogBody(call, session)
  const without: ('person' | 'owner')[] = []
  for (;;) {
    try {
      const { data } = await client(session, {
        endpoint: endpoints.addCallLog,
        body,
        answer,
        feature: 'call log',
      })
      return {
        logId: data.id,
        activityId: data.activity_id ?? undefined,
        ...(without.length === 0 ? {} : { without }),
      }
    } catch (error) {
      const kind = refusedAs(error)
      const { person_id, user_id, ...rest } = body
      if (kind === 'not-found' && person_id !== undefined) {
        body = { ...rest, ...(user_id === undefined ? {} : { user_id }) }
        without.push('person')
      } else if (kind === 'permission' && user_id !== undefined) {
        body = { ...rest, ...(person_id === undefined ? {} : { person_id }) }
        without.push('owner')
      } else throw error
    }
  }
}
