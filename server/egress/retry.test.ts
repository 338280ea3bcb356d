import { describe, expect, it } from 'vitest'
import { failureOf, RingfenceError } from '../failure.ts'
import type { EgressResponse } from './index.ts'
import { retryAfterSeconds, withRetries } from './retry.ts'

const answer = (status: number, headers: Record<string, string> = {}): EgressResponse => ({
  status,
  headers,
  body: Buffer.alloc(0),
})
const away = new RingfenceError({ code: 'provider-unavailable', provider: 'test', retryAfterSeconds: 5 })

/** Plays the given outcomes one after the other and notes the waits. */
function scripted(...outcomes: (EgressResponse | RingfenceError)[]) {
  const waits: number[] = []
  let sent = 0
  const send = async () => {
    const outcome = outcomes[Math.min(sent, outcomes.length - 1)]
    sent += 1
    if (outcome === undefined || outcome instanceof RingfenceError) throw outcome
    return outcome
  }
  const options = { random: () => 1, wait: async (ms: number) => waits.push(ms) }
  return { send, options, waits, sent: () => sent }
}

describe('a request that may be repeated', () => {
  it('is sent again while the other side is unwell, waiting longer each time', async () => {
    const { send, options, waits } = scripted(answer(500), away, answer(503), answer(200))
    const got = await withRetries(send, { ...options, attempts: 4, baseMs: 100 })
    expect(got.status).toBe(200)
    expect(waits).toEqual([100, 200, 400])
  })

  it('gives the last answer when it does not get better', async () => {
    const { send, options, sent } = scripted(answer(502))
    expect((await withRetries(send, options)).status).toBe(502)
    expect(sent()).toBe(3)
  })

  it('fails with the last failure when nobody answers', async () => {
    const { send, options, sent } = scripted(away)
    await expect(withRetries(send, options)).rejects.toBe(away)
    expect(sent()).toBe(3)
  })

  it.each([200, 400, 401, 403, 404, 429])('is not repeated after %i', async (status) => {
    const { send, options, sent } = scripted(answer(status))
    expect((await withRetries(send, options)).status).toBe(status)
    expect(sent()).toBe(1)
  })

  it('is not repeated after a refusal of our own', async () => {
    const { send, options, sent } = scripted(new RingfenceError({ code: 'undeclared', what: 'host' }))
    const failure = await withRetries(send, options).catch(failureOf)
    expect(failure).toEqual({ code: 'undeclared', what: 'host' })
    expect(sent()).toBe(1)
  })

  it('waits as long as it is asked to, and gives up when that is too long', async () => {
    const short = scripted(answer(503, { 'retry-after': '2' }), answer(200))
    expect((await withRetries(short.send, short.options)).status).toBe(200)
    expect(short.waits).toEqual([2000])
    const long = scripted(answer(503, { 'retry-after': '120' }), answer(200))
    expect((await withRetries(long.send, long.options)).status).toBe(503)
    expect(long.waits).toEqual([])
  })
})

describe('Retry-After', () => {
  const now = new Date('2026-11-23T06:00:00Z')
  it.each([
    ['7', 7],
    ['0', 0],
    ['Mon, 23 Nov 2026 06:01:30 GMT', 90],
    ['Mon, 23 Nov 2026 05:00:00 GMT', 0],
    ['99999999', 86_400],
    ['soon', undefined],
    ['', undefined],
  ])('"%s" is %s seconds', (text, seconds) => {
    expect(retryAfterSeconds({ 'retry-after': text }, now)).toBe(seconds)
  })
  it('may be missing', () => {
    expect(retryAfterSeconds({}, now)).toBeUndefined()
  })
})
