import { z } from 'zod'
import type { Outcome } from '../../calls/event.ts'
import { parseReported } from '../../contacts/numbers.ts'
import type { ApiClient } from '../api-client.ts'
import type { HistoryCall, PhoneSession } from '../contract.ts'
import { readMe } from './people.ts'

const page = z.object({
  items: z.array(
    z.object({
      number: z.string().nullish(),
      privacyEnabled: z.boolean().nullish(),
      time: z.iso.datetime({ offset: true }),
    }),
  ),
})

/**
 * The last twenty of each kind, without ids and lengths. Those that were placed are left out: whether anybody answered is
 * not told. The times are when it was answered, or missed.
 */
export async function readHistory(
  client: ApiClient,
  session: PhoneSession,
  since: Date,
): Promise<HistoryCall[]> {
  const { extension } = await readMe(client, session)
  const kinds: [type: string, outcome: Outcome][] = [
    ['received', 'answered'],
    ['missed', 'missed'],
  ]
  const calls: HistoryCall[] = []
  for (const [type, outcome] of kinds) {
    const { items } = await client(session, {
      method: 'GET',
      path: '/telephony/calls/history',
      query: { type },
      answer: page,
    })
    for (const { number, privacyEnabled, time } of items) {
      const from = parseReported(privacyEnabled === true ? null : number, session.numbers)
      calls.push({
        call: undefined,
        entry: [type, time, number].join('/'),
        direction: from.kind === 'extension' ? 'internal' : 'inbound',
        from,
        to: extension === undefined ? undefined : { kind: 'extension', digits: extension },
        startedAt: new Date(time),
        talkSeconds: outcome === 'missed' ? 0 : undefined,
        outcome,
        extension,
      })
    }
  }
  return calls.filter(({ startedAt }) => startedAt >= since)
}
