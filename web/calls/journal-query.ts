import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CallView, JournalPage } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import { isMissed } from './desk-groups.ts'
import { arrivals } from './desk-query.ts'
import { newer, withKnownCall } from './merge.ts'

/** The filters of the journal, as they stand in the address. */
export const journalStates = ['missed', 'answered', 'waiting', 'failed'] as const
export type JournalState = (typeof journalStates)[number]
export interface JournalFilter {
  state?: JournalState
  q?: string
}
export type Journal = InfiniteData<JournalPage, string>

export const journalKey = ['calls', 'journal'] as const
const pageSize = 200

/**
 * The part of a filter the server answers: it knows the state of the log. Outcomes and names are sealed there, so those
 * are sought on the screen, in the seven days the journal holds.
 */
export function askedOf(filter: JournalFilter): { state?: 'waiting' | 'failed' } {
  return filter.state === 'waiting' || filter.state === 'failed' ? { state: filter.state } : {}
}

/** The journal, newest first, read page by page as the reader scrolls. */
export function journalQuery(filter: JournalFilter) {
  const asked = askedOf(filter)
  return infiniteQueryOptions({
    queryKey: [...journalKey, asked],
    queryFn: async ({ signal, pageParam }): Promise<JournalPage> => {
      const askedAt = performance.now()
      const page = await request<JournalPage>('GET', `/calls?${journalSearch(asked, pageParam)}`, { signal })
      const calls = arrivals.since(askedAt).reduce<readonly CallView[]>(withKnownCall, page.calls)
      return { ...page, calls: [...calls] }
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function callQuery(id: string) {
  return queryOptions({
    queryKey: ['calls', 'one', id],
    queryFn: async ({ signal }): Promise<CallView> => {
      const askedAt = performance.now()
      const call = await request<CallView>('GET', `/calls/${encodeURIComponent(id)}`, { signal })
      return arrivals
        .since(askedAt)
        .filter((arrived) => arrived.id === id)
        .reduce<CallView>(newer, call)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Whether a call is shown under a filter. */
export function fits(call: CallView, filter: JournalFilter): boolean {
  return fitsState(call, filter.state) && fitsWords(call, filter.q ?? '')
}

function fitsState(call: CallView, state: JournalState | undefined): boolean {
  switch (state) {
    case undefined:
      return true
    case 'missed':
      return isMissed(call)
    case 'answered':
      return call.outcome === 'answered'
    case 'waiting':
      return call.log.state === 'waiting' || call.log.state === 'sending'
    case 'failed':
      return call.log.state === 'failed'
  }
}

/** Every typed word is found in what the row shows: names without regard to accents, numbers without blanks. */
function fitsWords(call: CallView, q: string): boolean {
  const parts = plain(q).split(' ').filter(Boolean)
  if (parts.length === 0) return true
  const legs = call.legs.flatMap((leg) => [leg.user ?? '', leg.party.shown])
  const names = call.matches.flatMap((match) => (match.hidden ? [] : [match.name, match.company ?? '']))
  const words = plain([...names, ...legs, call.answeredBy ?? ''].join(' '))
  const digits = [call.remote.e164 ?? '', call.remote.shown, call.line?.e164 ?? ''].map(onlyDigits).join(' ')
  const typedDigits = onlyDigits(q)
  const isNumber = /^[+\d\s()/-]+$/.test(q) && typedDigits !== ''
  return (isNumber && digits.includes(typedDigits)) || parts.every((part) => words.includes(part))
}

/** Lower case without accents, single blanks: how names are compared on the screen. */
export function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/\s+/g, ' ')
}

function onlyDigits(text: string): string {
  return text.replace(/\D/g, '')
}

/** How many calls are looked through for earlier ones with a number. */
const lookedThrough = 200

/**
 * The calls of the last days with one outer number; `complete` is false when the journal goes back further than was
 * looked.
 */
export function callsWithQuery(e164: string) {
  return queryOptions({
    queryKey: ['calls', 'with', e164],
    queryFn: async ({ signal }) => {
      const page = await request<JournalPage>(
        'GET',
        `/calls?${journalSearch({ q: e164 }, '', lookedThrough)}`,
        { signal },
      )
      return {
        calls: page.calls.filter((call) => call.remote.e164 === e164),
        complete: page.next === undefined,
      }
    },
  })
}

export const personKey = ['calls', 'person'] as const

/** The calls of the last days with one person of the CRM. Kept current by the live stream. */
export function callsWithPersonQuery(externalId: string) {
  return queryOptions({
    queryKey: [...personKey, externalId],
    queryFn: ({ signal }) =>
      request<JournalPage>('GET', `/calls?${new URLSearchParams({ person: externalId })}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function journalSearch(asked: { state?: string; q?: string }, before: string, limit = pageSize): string {
  const search = new URLSearchParams({ ...asked, limit: String(limit) })
  if (before !== '') search.set('before', before)
  return search.toString()
}
