import { describe, expect, it } from 'vitest'
import { audioOf } from './audio.ts'
import { passOnSlowly } from './long-recording.fixture.ts'
import { afterCrm, afterHead, afterPhone, type Outcome } from './outcome.ts'

describe('a recording of 30 MB on its way to a CRM that takes its time', () => {
  it('PD-5 is passed on whole, with 64 KiB of it in memory at most', async () => {
    const bytes = 30_000_000
    const seen = await passOnSlowly({ bytes, restEvery: 1_000_000, restMs: 5 })
    expect(seen.transferred.outcome).toEqual({ state: 'attached' })
    expect([seen.takenBytes, seen.takenHash]).toEqual([bytes, seen.sentHash])
    expect(seen.transferred.bytes).toBe(bytes)
    expect(seen.transferred.mostHeld).toBeLessThanOrEqual(64 * 1024)
    expect(seen.mostUnderWay).toBeLessThan(bytes * 0.9)
  })
})

describe('what the phone system answers', () => {
  const head = (status: number, headers: Record<string, string> = {}) => afterHead({ status, headers }, 1)
  it.for<[number, Partial<Outcome> | undefined]>([
    [200, undefined],
    [404, { state: 'waiting', why: 'phone-not-ready' }],
    [202, { state: 'waiting', why: 'phone-not-ready' }],
    [401, { state: 'waiting', why: 'phone-refused' }],
    [403, { state: 'waiting', why: 'phone-refused' }],
    [429, { state: 'waiting', why: 'phone-away' }],
    [503, { state: 'waiting', why: 'phone-away' }],
    [302, { state: 'failed', why: 'phone-rejected-302' }],
    [410, { state: 'failed', why: 'phone-rejected-410' }],
  ])('%i', ([status, outcome]) => {
    if (outcome === undefined) expect(head(status)).toBeUndefined()
    else expect(head(status)).toMatchObject(outcome)
  })

  it('is waited for as long as it asks, and ever longer until an hour', () => {
    expect(head(503, { 'retry-after': '600' })).toMatchObject({ seconds: 600 })
    const waits = [1, 2, 5, 10, 200].map((tries) => afterHead({ status: 404, headers: {} }, tries))
    expect(waits.map((wait) => wait?.state === 'waiting' && wait.seconds)).toEqual([5, 15, 120, 3600, 3600])
  })

  it.for<[string | undefined, string, object | undefined]>([
    ['audio/mpeg', '/r', { contentType: 'audio/mpeg', fileName: 'recording.mp3' }],
    ['audio/x-wav; charset=binary', '/r', { contentType: 'audio/wav', fileName: 'recording.wav' }],
    ['application/octet-stream', '/r?type=wav', { contentType: 'audio/wav', fileName: 'recording.wav' }],
    ['application/octet-stream', '/r?type=mp3', { contentType: 'audio/mpeg', fileName: 'recording.mp3' }],
    [undefined, '/r', { contentType: 'audio/mpeg', fileName: 'recording.mp3' }],
    ['audio/amr', '/r', { contentType: 'audio/amr', fileName: 'recording' }],
    ['text/html; charset=utf-8', '/r?type=mp3', undefined],
    ['application/json', '/r', undefined],
    ['image/svg+xml', '/r', undefined],
  ])('as %s from %s is audio or not', ([type, address, audio]) => {
    expect(audioOf(type, address)).toEqual(audio)
  })
})

describe('a failure on the way', () => {
  it('of the phone system is told as its own, one of the CRM as the CRM’s', () => {
    const away = { code: 'provider-unavailable', provider: 'any', retryAfterSeconds: 40 } as const
    expect(afterPhone(away, 1)).toEqual({ state: 'waiting', why: 'phone-away', seconds: 40 })
    expect(afterCrm(away, 1, 0)).toEqual({ state: 'waiting', why: 'away', seconds: 40 })
    expect(afterPhone({ code: 'undeclared', what: 'private' }, 1)).toMatchObject({ state: 'failed' })
    expect(afterCrm({ code: 'provider-outcome-unknown', provider: 'any' }, 1, 60_000)).toEqual({
      state: 'waiting',
      why: 'outcome-unknown',
      seconds: 60.5,
    })
  })

  it('with nothing left to attach to leaves the recording where it is', () => {
    const rejected = (status: number) =>
      afterCrm({ code: 'provider-rejected', provider: 'any', status }, 1, 0)
    expect(rejected(404)).toEqual({ state: 'left', why: 'log-gone' })
    expect(rejected(413)).toEqual({ state: 'failed', why: 'rejected-413' })
  })

  it('that nobody expected is a defect', () => {
    expect(afterPhone({ code: 'database-away' }, 1)).toBeUndefined()
    expect(afterCrm({ code: 'unreadable', what: 'call' }, 1, 0)).toBeUndefined()
  })
})
