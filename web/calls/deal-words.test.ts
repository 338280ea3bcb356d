import { describe, expect, it } from 'vitest'
import type { DealTitles, DealView } from '../../server/http/shapes.ts'
import { dealStateQuery } from './deal-query.ts'
import { dealsToPick, mayPick } from './deal-words.ts'
import { aCall, aMatch } from './fixture.ts'

const one = { kind: 'deal', externalId: '1' } as const
const two = { kind: 'deal', externalId: '2' } as const
const lead = { kind: 'lead', externalId: 'a5e1c0de' } as const
const aDeal = (wanted: Partial<DealView>): DealView => ({ state: 'ask', open: [one, two], ...wanted })
const read = (...deals: DealTitles['deals']): DealTitles => ({ deals, read: 'own' })

describe('the deals of a call', () => {
  it('are to be picked from where there are several, or where the one there is was not linked', () => {
    expect(mayPick(aDeal({}))).toBe(true)
    expect(mayPick(aDeal({ state: 'linked', deal: one }))).toBe(true)
    expect(mayPick(aDeal({ state: 'only', open: [one], deal: one }))).toBe(false)
    expect(mayPick(aDeal({ state: 'linked', open: [one], deal: one }))).toBe(false)
    expect(mayPick(aDeal({ state: 'ask', open: [one] }))).toBe(true)
    expect(mayPick(aDeal({ state: 'nothing', open: [] }))).toBe(false)
  })

  it('are only those the viewer may see, and the one that was picked', () => {
    expect(dealsToPick(aDeal({}), undefined)).toEqual([one, two])
    expect(dealsToPick(aDeal({}), read({ ...two, title: 'Mill' }))).toEqual([two])
    const picked = aDeal({ state: 'chosen', deal: lead })
    expect(dealsToPick(picked, read({ ...two, title: 'Mill' }))).toEqual([lead, two])
    expect(dealsToPick(aDeal({}), { deals: [one, two], read: 'away' })).toEqual([one, two])
  })

  it('are asked for where the call is one person’s, and only while they are not known', () => {
    const asks = (wanted: Parameters<typeof aCall>[0]) => dealStateQuery(aCall(wanted)).enabled
    const [ada, hidden] = [aMatch(), aMatch({ personId: '8', hidden: true })]
    expect(asks({ matches: [ada] })).toBe(true)
    expect(asks({ matches: [ada], deal: aDeal({}) })).toBe(false)
    expect(asks({ matches: [hidden] })).toBe(false)
    expect(asks({ matches: [ada, aMatch({ personId: '9' })] })).toBe(false)
    expect(asks({ matches: [ada, aMatch({ personId: '9', why: 'maybe' })] })).toBe(true)
    expect(asks({ matches: [ada], direction: 'internal' })).toBe(false)
  })
})
