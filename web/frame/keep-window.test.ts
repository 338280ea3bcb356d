import { describe, expect, it } from 'vitest'
import type { CallView } from '../../server/http/shapes.ts'
import { aCall, anExtension } from '../calls/fixture.ts'
import { byHand, type Kept, keepWindow, type Situation, untold } from './keep-window.ts'

const at = '2026-11-23T09:15:00.000Z'
type Leg = Partial<CallView['legs'][number]>
const leg = (extension: string, more: Leg = {}): CallView['legs'][number] => ({
  party: anExtension(extension),
  role: 'callee',
  ringingAt: at,
  ...more,
})
const ringing = (id = 'a', extension = '21'): CallView =>
  without21(extension, aCall({ id, legs: [leg(extension)] }))
/** As the person at extension 21 is shown a call that is at this one. */
const without21 = (extension: string, { here, ...call }: CallView): CallView =>
  extension === '21' && here !== undefined ? { ...call, here } : call
const taken = (by: string, id = 'a'): CallView =>
  without21(
    by,
    aCall({
      id,
      state: 'answered',
      legs: ['21', '22'].map((extension) =>
        leg(extension, extension === by ? { joinedAt: at } : { leftAt: at }),
      ),
    }),
  )
const over = ({ here: _, ...call }: CallView): CallView => ({ ...call, state: 'ended', endedAt: at })

/** What the window of the person at extension 21 does at each situation, one after the other; it does what is wished. */
function wishes(...situations: (Partial<Situation> & { byHand?: boolean })[]): (string | undefined)[] {
  let kept: Kept = untold
  let open = false
  return situations.map(({ byHand: hand, ...situation }) => {
    if (situation.open !== undefined) open = situation.open
    if (hand) kept = byHand(kept)
    const next = keepWindow(kept, { calls: [], extensions: ['21'], inFront: true, ...situation, open })
    kept = next.kept
    if (next.wish !== undefined) open = next.wish === 'show'
    return next.wish
  })
}

describe('PD-3 the window inside Pipedrive', () => {
  it('opens when the phone rings, once for each call', () => {
    expect(wishes({ calls: [ringing()] }, { calls: [ringing()] })).toEqual(['show', undefined])
    expect(wishes({ calls: [ringing()] }, { calls: [ringing()], open: false, byHand: true })).toEqual([
      'show',
      undefined,
    ])
  })

  it('stays closed for calls at other phones, for own outgoing calls, and for what rang before', () => {
    for (const call of [
      ringing('a', '22'),
      { ...ringing(), direction: 'outbound' as const },
      taken('22'),
      over(taken('21')),
    ])
      expect(wishes({ calls: [call] })).toEqual([undefined])
  })

  it('closes when a colleague takes the call, or nobody does', () => {
    expect(wishes({ calls: [ringing()] }, { calls: [taken('22')] })).toEqual(['show', 'hide'])
    expect(wishes({ calls: [ringing()] }, { calls: [over(ringing())] })).toEqual(['show', 'hide'])
  })

  it('opens again when the colleague transfers the call to this phone', () => {
    const back: CallView = { ...taken('22'), here: 'ringing' }
    expect(wishes({ calls: [ringing()] }, { calls: [taken('22')] }, { calls: [back] })).toEqual([
      'show',
      'hide',
      'show',
    ])
  })

  it('stays where the call is worked on, and closes in the tabs behind', () => {
    const [rings, talks] = [{ calls: [ringing()] }, { calls: [taken('21')] }]
    const ended = { calls: [over(taken('21'))] }
    expect(wishes(rings, talks, ended)).toEqual(['show', undefined, undefined])
    expect(wishes(rings, { ...talks, inFront: false })).toEqual(['show', 'hide'])
  })

  it('stays while a second call rings', () => {
    const second = ringing('b')
    expect(
      wishes(
        { calls: [ringing()] },
        { calls: [over(ringing()), second] },
        { calls: [over(ringing()), over(second)] },
      ),
    ).toEqual(['show', undefined, 'hide'])
  })

  it('stays with the call that was taken when another that rang beside it is over', () => {
    const second = ringing('b')
    const both = { calls: [second, ringing()] }
    expect(wishes(both, { calls: [second, taken('21')] }, { calls: [over(second), taken('21')] })).toEqual([
      'show',
      undefined,
      undefined,
    ])
  })

  it('is left alone by us when the person opened it, or has opened it since', () => {
    expect(wishes({ calls: [ringing()], open: true }, { calls: [over(ringing())] })).toEqual([
      undefined,
      undefined,
    ])
    expect(wishes({ calls: [ringing()] }, { calls: [over(ringing())], byHand: true })).toEqual([
      'show',
      undefined,
    ])
  })
})
