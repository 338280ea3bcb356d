import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import type { DeskState } from '../../server/http/shapes.ts'
import { deskQuery } from '../calls/desk-query.ts'
import { aCall, aMatch } from '../calls/fixture.ts'
import { applyLive, journalWith } from './apply.ts'

const journal = (...pages: string[][]) => ({
  pages: pages.map((ids) => ({ calls: ids.map((id) => aCall({ id })) })),
  pageParams: pages.map(String),
})
const idsOf = (pages: { calls: { id: string }[] }[]): string[][] =>
  pages.map((page) => page.calls.map((call) => call.id))

describe('the live stream', () => {
  it('brings a call onto the desk and moves it on, and ignores what was overtaken', () => {
    const queries = new QueryClient()
    queries.setQueryData<DeskState>(deskQuery.queryKey, { calls: [] })
    const tell = (version: number, state: 'ringing' | 'answered') =>
      applyLive(queries, { event: 'call', data: JSON.stringify(aCall({ id: 'live', version, state })) })
    tell(1, 'ringing')
    tell(3, 'answered')
    tell(2, 'ringing')
    expect(queries.getQueryData(deskQuery.queryKey)?.calls).toEqual([
      aCall({ id: 'live', version: 3, state: 'answered' }),
    ])
  })
  it('puts the name on a card when the CRM has said that it may be shown, though the call is the same', () => {
    const queries = new QueryClient()
    const hidden = aCall({ id: 'named', matches: [aMatch({ hidden: true, name: '' })] })
    const named = aCall({ id: 'named', matches: [aMatch()] })
    queries.setQueryData<DeskState>(deskQuery.queryKey, { calls: [] })
    for (const call of [hidden, named]) applyLive(queries, { event: 'call', data: JSON.stringify(call) })
    expect(queries.getQueryData(deskQuery.queryKey)?.calls).toEqual([named])
  })
  it('asks for the lists again after a reconnect', () => {
    const queries = new QueryClient()
    queries.setQueryData<DeskState>(deskQuery.queryKey, { calls: [] })
    applyLive(queries, { event: 'hello', data: '{}' })
    expect(queries.getQueryState(deskQuery.queryKey)?.isInvalidated).toBe(true)
  })
})

describe('the journal', () => {
  it('gets a new call in front of its first page only', () => {
    expect(idsOf(journalWith(journal(['b'], ['c']), aCall({ id: 'a' }), {}).pages)).toEqual([
      ['a', 'b'],
      ['c'],
    ])
  })
  it('changes a known call where it stands', () => {
    const changed = journalWith(journal(['b'], ['c']), aCall({ id: 'c', version: 2 }), {})
    expect(changed.pages[1]?.calls).toEqual([aCall({ id: 'c', version: 2 })])
    expect(idsOf(changed.pages)).toEqual([['b'], ['c']])
  })
  it('leaves out a new call that the list was not asked for', () => {
    const failed = journal(['b'])
    expect(journalWith(failed, aCall({ id: 'a' }), { state: 'failed' })).toBe(failed)
  })
})
