import { z } from 'zod'
import type { Outcome } from '../../calls/event.ts'
import type { PhoneNumber } from '../../contacts/numbers.ts'
import type { ApiClient } from '../api-client.ts'
import type { HistoryCall, PhoneSession } from '../contract.ts'
import { nobody } from '../people.ts'
import { readAll } from './client.ts'
import { germanDays } from './days.ts'
import { partyOf } from './numbers.ts'
import { readLines, readUsers } from './people.ts'

const seconds = z.number().int().min(0).max(1_000_000).catch(0)
const time = z.iso.datetime({ offset: true })
const incoming = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  type: z.string().nullish(),
  from_number: z.string().nullish(),
  // documented as an object; seen as text too
  to_number: z
    .union([
      z.string(),
      z
        .object({
          number: z.union([z.string(), z.object({ number: z.string() }).transform(({ number }) => number)]),
        })
        .transform(({ number }) => number),
    ])
    .nullish()
    .catch(null),
  duration: seconds,
  received_at: time,
})
const detail = z.object({
  from: z.string().nullish(),
  to: z.string().nullish(),
  length: seconds,
  answer_uri: z.string().nullish(),
  received_at: time,
})

const outcomes: Record<string, Outcome> = {
  accepted: 'answered',
  missed: 'missed',
  voicemail: 'voicemail',
  blocked: 'blocked',
}
const detailsPerPage = 500

/**
 * Incoming calls by the call log; outgoing ones by the detail records, the only list that has them: those from one of the
 * organization's lines. Neither carries the id that events have.
 */
export async function readHistory(
  client: ApiClient,
  session: PhoneSession,
  since: Date,
): Promise<HistoryCall[]> {
  const lines = new Set(await readLines(client, session))
  const extensionOf = extensionsByAccount(await readUsers(client, session))
  const party = (told: string | null | undefined): PhoneNumber | undefined =>
    told == null ? undefined : partyOf(told, session.numbers, nobody)
  const calls: HistoryCall[] = []
  for (const day of germanDays(since, new Date())) {
    const received = await readAll(client, session, {
      path: '/calls',
      query: { 'filter[date]': day },
      one: incoming,
    })
    for (const one of received)
      calls.push({
        call: undefined,
        entry: `calls/${one.id}`,
        direction: 'inbound',
        from: party(one.from_number ?? 'anonymous'),
        to: party(one.to_number),
        startedAt: new Date(one.received_at),
        talkSeconds: one.type === 'accepted' ? one.duration : 0,
        outcome: outcomes[one.type ?? ''] ?? 'missed',
        extension: undefined,
      })
    const details = await readAll(client, session, {
      path: '/call_detail_records',
      query: { date: day },
      one: detail,
      perPage: detailsPerPage,
    })
    for (const one of details) {
      const from = party(one.from)
      if (from?.kind !== 'e164' || !lines.has(from.e164)) continue
      calls.push({
        call: undefined,
        entry: ['details', one.received_at, one.from, one.to, one.length].join('/'),
        direction: 'outbound',
        from,
        to: party(one.to),
        startedAt: new Date(one.received_at),
        talkSeconds: one.length,
        outcome: one.length > 0 ? 'answered' : 'missed',
        extension: extensionOf.get(one.answer_uri ?? ''),
      })
    }
  }
  return calls.filter(({ startedAt }) => startedAt >= since)
}

/** Detail records name a SIP user without its domain. */
function extensionsByAccount(users: Awaited<ReturnType<typeof readUsers>>): Map<string, string> {
  return new Map(
    users.flatMap(({ ref, extension }) =>
      extension ? [[ref.split('@')[0] ?? ref, extension] as const] : [],
    ),
  )
}
