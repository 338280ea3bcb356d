import { z } from 'zod'
import type { CallToWrite, CrmSession, Written } from '../contract.ts'
import type { CallLogBody } from './call-log.ts'
import { callLogBody } from './call-log.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier } from './identifier.ts'
import { refusedAs } from './refusal.ts'

const answer = z.object({ data: z.object({ id: identifier, activity_id: identifier.nullish() }) })

/** What can be left out of an entry, and the fields it stands in. */
const parts = {
  deal: ['deal_id', 'lead_id'],
  person: ['person_id'],
  owner: ['user_id'],
} as const satisfies Record<string, readonly (keyof CallLogBody)[]>
type Part = keyof typeof parts

/**
 * Writes one call log, which Pipedrive shows as an activity of type call.
 *
 * A 404 means that what it links to is gone, a 403 that the token's user may not write for others, or not to that deal;
 * neither has any effect, so each is tried once more with less: a call logged without its deal or its person is better
 * than a call lost.
 *
 * @throws {RingfenceError} `provider-outcome-unknown` when the log may be there: look for it before writing again,
 *   because Pipedrive knows no idempotency key
 */
export async function writeActivity(
  client: Client,
  session: CrmSession,
  call: CallToWrite,
): Promise<Written> {
  const body = callLogBody(call, session)
  const without: Part[] = []
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
      const part = leftOutFor(error, body)
      if (part === undefined) throw error
      for (const field of parts[part]) delete body[field]
      without.push(part)
    }
  }
}

/** What of the body a refusal may be about; undefined: nothing that could be left out. */
function leftOutFor(error: unknown, body: CallLogBody): Part | undefined {
  const kind = refusedAs(error)
  const suspects: readonly Part[] =
    kind === 'not-found' ? ['deal', 'person'] : kind === 'permission' ? ['owner', 'deal'] : []
  return suspects.find((part) => parts[part].some((field) => body[field] !== undefined))
}
