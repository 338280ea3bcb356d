import type { AdapterParts, CallToWrite, CrmSession, PhoneNumber, Written } from 'ringfence/adapter'
import type { Client } from './client.ts'

/** Each call once: its marker goes along, and is asked for where nobody knows what became of a request. */
export function createCalls({ z }: AdapterParts, client: Client) {
  const wireCall = z.object({ id: z.string() })
  const wireCalls = z.object({ calls: z.array(wireCall) })
  return {
    async write(session: CrmSession, call: CallToWrite): Promise<Written> {
      const body = {
        marker: call.marker,
        direction: call.direction,
        from: numberIn(call.from),
        to: numberIn(call.to),
        startedAt: call.startedAt.toISOString(),
        endedAt: call.endedAt.toISOString(),
        talkSeconds: call.talkSeconds,
        outcome: call.outcome,
        subject: call.subject,
        note: [call.note, call.words].filter((text) => text !== '').join('\n'),
        owner: call.ownerExternalId,
        person: call.personExternalId,
      }
      const { id } = wireCall.parse(await client(session, { method: 'POST', path: '/calls', body }))
      return { logId: id, activityId: undefined }
    },
    async find(session: CrmSession, { marker }: CallToWrite): Promise<Written | undefined> {
      const path = `/calls?${new URLSearchParams({ marker })}`
      const { calls } = wireCalls.parse(await client(session, { method: 'GET', path }))
      return calls[0] && { logId: calls[0].id, activityId: undefined }
    },
  }
}

/** What cannot be shown as a number is left out. */
function numberIn(number: PhoneNumber | undefined): string | undefined {
  if (number?.kind === 'e164') return number.e164
  return number?.kind === 'extension' || number?.kind === 'short' ? number.digits : undefined
}
