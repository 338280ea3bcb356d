import type { QueryClient } from '@tanstack/react-query'
import type { CallView, DeskState, JournalPage } from '../../server/http/shapes.ts'
import { arrivals, deskQuery } from '../calls/desk-query.ts'
import {
  callsWithQuery,
  fits,
  type Journal,
  type JournalFilter,
  journalKey,
  personKey,
} from '../calls/journal-query.ts'
import { newer, withCall, withKnownCall } from '../calls/merge.ts'
import { noteEnded } from '../session/ended.ts'
import type { StreamEvent } from './sse.ts'

/** Pages of the journal that are read again after a reconnect; further ones come back by scrolling. */
const pagesKept = 5

/** Carries one event of the live stream into what the screen knows. Kinds we do not know are for a later version. */
export function applyLive(queries: QueryClient, { event, data }: StreamEvent): void {
  if (event === 'hello') reloadLists(queries)
  if (event === 'connections') void queries.invalidateQueries({ queryKey: ['connections'] })
  // Somebody was erased: nothing that is known may stay, and what is looked at is read anew.
  if (event === 'erased')
    void queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  if (event === 'ended') noteEnded()
  if (event === 'notices') void queries.invalidateQueries({ queryKey: ['notices'] })
  if (event === 'call') applyCall(queries, JSON.parse(data) as CallView) // our own server, shaped by callView
}

/** What happened while nobody listened is only in the lists. */
function reloadLists(queries: QueryClient): void {
  queries.setQueriesData<Journal>({ queryKey: journalKey }, (journal) =>
    journal === undefined || journal.pages.length <= pagesKept
      ? journal
      : { pages: journal.pages.slice(0, pagesKept), pageParams: journal.pageParams.slice(0, pagesKept) },
  )
  void queries.invalidateQueries({ queryKey: ['calls'] })
  void queries.invalidateQueries({ queryKey: ['connections'] })
}

/** Carries the newest state of a call into everything that shows it. */
export function applyCall(queries: QueryClient, call: CallView): void {
  if (!arrivals.accept(call, performance.now())) return
  queries.setQueryData<DeskState>(deskQuery.queryKey, (desk) =>
    desk === undefined ? desk : { ...desk, calls: [...withCall(desk.calls, call)] },
  )
  queries.setQueryData<CallView>(['calls', 'one', call.id], (known) =>
    known === undefined ? known : newer(known, call),
  )
  applyToEarlierCalls(queries, call)
  applyToPersons(queries, call)
  for (const [key, journal] of queries.getQueriesData<Journal>({ queryKey: journalKey })) {
    const filter = key[2] as JournalFilter // journalQuery's key: the part the server was asked
    if (journal !== undefined) queries.setQueryData(key, journalWith(journal, call, filter))
  }
}

function applyToEarlierCalls(queries: QueryClient, call: CallView): void {
  const { e164 } = call.remote
  if (e164 === undefined) return
  queries.setQueryData(callsWithQuery(e164).queryKey, (known) =>
    known === undefined ? known : { ...known, calls: [...withCall(known.calls, call)] },
  )
}

function applyToPersons(queries: QueryClient, call: CallView): void {
  for (const [key, page] of queries.getQueriesData<JournalPage>({ queryKey: personKey })) {
    const theirs = page !== undefined && call.matches.some(({ personId }) => personId === page.personId)
    if (theirs) queries.setQueryData(key, { ...page, calls: [...withCall(page.calls, call)] })
  }
}

/** The journal with the call in its place, or in front when it is new and belongs there. */
export function journalWith(journal: Journal, call: CallView, filter: JournalFilter): Journal {
  const known = journal.pages.some((page) => page.calls.some(({ id }) => id === call.id))
  const place = known ? withKnownCall : fits(call, filter) ? withCall : undefined
  if (place === undefined) return journal
  const pages = journal.pages.map((page, index) => {
    const calls = known || index === 0 ? place(page.calls, call) : page.calls
    return calls === page.calls ? page : { ...page, calls: [...calls] }
  })
  return { ...journal, pages }
}
