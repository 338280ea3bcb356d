import { describe, expect, it } from 'vitest'
import { cardCall, deskGroups, liveSince, queuesBehind } from './desk-groups.ts'
import { aCall, anE164, anExtension } from './fixture.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString()
const now = Date.parse(at(30))
const karel = anE164('+420601123456', '601 123 456')

const ringing = aCall({ id: 'ringing', startedAt: at(29) })
const talking = aCall({ id: 'talking', state: 'answered', startedAt: at(20), answeredAt: at(21) })
const missed = aCall({
  id: 'missed',
  state: 'ended',
  outcome: 'missed',
  startedAt: at(10),
  endedAt: at(11),
  remote: karel,
})
const over = aCall({ id: 'over', state: 'ended', outcome: 'answered', startedAt: at(5), endedAt: at(8) })
const colleagues = aCall({ id: 'colleagues', startedAt: at(1), mine: false })

const ids = (calls: readonly { id: string }[]): string[] => calls.map((call) => call.id)

describe('the desk', () => {
  it('puts what rings first, own calls before others, the longest ringing on top', () => {
    const older = aCall({ id: 'older', startedAt: at(28) })
    expect(ids(deskGroups([colleagues, ringing, older, over]).ringing)).toEqual([
      'older',
      'ringing',
      'colleagues',
    ])
  })
  it('lists missed callers to call back, each once', () => {
    const again = aCall({ ...missed, id: 'again', startedAt: at(15), endedAt: at(16) })
    const groups = deskGroups([missed, again, over])
    expect(ids(groups.toCallBack)).toEqual(['again'])
    expect(ids(groups.earlier)).toEqual(['missed', 'over'])
  })
  it('drops a missed caller somebody has spoken with since', () => {
    const back = aCall({
      ...missed,
      id: 'back',
      direction: 'outbound',
      outcome: 'answered',
      startedAt: at(12),
    })
    expect(deskGroups([missed, back]).toCallBack).toEqual([])
  })
  it('drops a missed caller somebody speaks with right now', () => {
    expect(deskGroups([missed, aCall({ ...talking, remote: karel })]).toCallBack).toEqual([])
  })
  it('keeps every missed call whose number was withheld: they may be different people', () => {
    const hidden = { state: 'ended', outcome: 'missed', remote: { kind: 'withheld', shown: '' } } as const
    const groups = deskGroups([aCall({ ...hidden, id: 'x' }), aCall({ ...hidden, id: 'y' })])
    expect(groups.toCallBack).toHaveLength(2)
  })
})

describe('a transfer', () => {
  it('rings where it goes, for as long as that phone does, though the caller talks already', () => {
    const leg = { party: anExtension('21'), role: 'transferee', ringingAt: at(25) } as const
    const transferred = aCall({ ...talking, here: 'ringing', legs: [leg] })
    expect(ids(deskGroups([transferred]).ringing)).toEqual(['talking'])
    expect(liveSince(transferred)).toBe(at(25))
    expect(cardCall([transferred, over], undefined, now)?.id).toBe('talking')
  })
})

describe('the card', () => {
  it('shows the call that rings at the own phone', () => {
    expect(cardCall([colleagues, over, ringing], undefined, now)?.id).toBe('ringing')
  })
  it('stays with the conversation while a second call rings, which waits at left', () => {
    expect(cardCall([ringing, talking], undefined, now)?.id).toBe('talking')
    expect(queuesBehind(ringing, [ringing, talking])).toBe(true)
    expect(queuesBehind(ringing, [ringing, aCall({ state: 'answered', mine: false })])).toBe(false)
  })
  it('is left by a call that a colleague of the group took as soon as another one is at the own phone', () => {
    const { here: _, ...taken } = aCall({ ...talking, answeredAt: at(1) })
    expect(cardCall([taken, over], undefined, now)?.id).toBe('talking')
    expect(cardCall([taken, ringing], undefined, now)?.id).toBe('ringing')
    expect(queuesBehind(ringing, [ringing, taken])).toBe(false)
    const second = aCall({ id: 'second', state: 'answered', startedAt: at(22) })
    expect(cardCall([taken, second], undefined, now)?.id).toBe('second')
  })
  it('shows what was picked by hand', () => expect(cardCall([talking, over], 'over', now)?.id).toBe('over'))
  it('keeps the last own call for half an hour', () => {
    expect(cardCall([over], undefined, now)?.id).toBe('over')
    expect(cardCall([over], undefined, now + 30 * 60_000)).toBeUndefined()
  })
  it('keeps the conversation that has just ended, not the call that was missed meanwhile', () => {
    const meanwhile = { ...missed, startedAt: at(6), endedAt: at(7) }
    expect(cardCall([meanwhile, over], undefined, now)?.id).toBe('over')
  })
  it("is never taken by a colleague's call", () =>
    expect(cardCall([colleagues], undefined, now)).toBeUndefined())
})
