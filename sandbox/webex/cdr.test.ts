import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Given, given, outer } from './given.ts'
import type { ScenarioName } from './scenarios.ts'

let it: Given
const startAt = Date.parse('2026-11-23T09:15:00Z')
beforeEach(async () => {
  it = await given()
  it.sandbox.clock.advance((startAt - it.sandbox.clock.now()) / 1000 + 3600)
})
afterEach(() => it.close())

type Cdr = Record<string, string | number>
const reader = () => it.token('21', ['spark-admin:calling_cdr_read'])
const iso = (ms: number) => new Date(ms).toISOString()
const feedPath = (from = startAt - 60_000, to = startAt + 3_000_000, more = '') =>
  `${it.sandbox.webex.analyticsUrl()}/cdr_feed?startTime=${iso(from)}&endTime=${iso(to)}${more}`
const feed = async (path = feedPath()) => {
  it.sandbox.clock.advance(60)
  const answer = await it.ask('GET', path, { token: reader() })
  return { ...answer, items: answer.body['items'] as Cdr[] }
}
const play = async (name: ScenarioName) => {
  const call = await it.sandbox.webex.play(name, { outer, startAt, speed: 100_000 })
  await it.sandbox.idle()
  return call
}

describe('the detailed call history', () => {
  test('has a record per leg, tied together by the session', async () => {
    const call = await play('hunt-group')
    const { items } = await feed()
    expect(items.map((item) => item['User type']).sort()).toEqual(['HuntGroup', 'User', 'User', 'User'])
    expect(new Set(items.map((item) => item['Correlation ID']))).toEqual(new Set([call.id]))
    expect(new Set(items.map((item) => item['Report ID'])).size).toBe(4)
    const org = it.sandbox.webex.org()
    const answered = items.find((item) => item['User UUID'] === org.person('22').uuid)
    expect(answered).toMatchObject({
      Answered: 'true',
      Direction: 'TERMINATING',
      'Calling number': outer,
      'Called number': '+420222333422',
      'Call type': 'SIP_INBOUND',
      'Start time': '2026-11-23T09:15:00.000Z',
      'Redirect reason': 'HuntGroup',
      'Org UUID': org.uuid,
    })
    expect(answered?.['Release time']).toMatch(/^2026-11-23 09:\d\d:\d\d\.000$/)
    const [half] = it.sandbox.webex.exchange.halvesOf(org.person('22'))
    expect(Buffer.from(half?.callId ?? '', 'base64url').toString()).toContain(
      `callhalf-${answered?.['Local call ID']}`,
    )
    const missed = items.find((item) => item['User UUID'] === org.person('21').uuid)
    expect(missed).toMatchObject({
      Answered: 'false',
      'Answer time': '',
      'Answered Elsewhere': 'Yes',
      Duration: 0,
    })
  })

  test.each([
    ['outbound-answered', { Direction: 'ORIGINATING', 'Dialed digits': outer, Answered: 'true' }],
    ['private-missed', { 'Calling number': 'anonymous', Answered: 'false', 'Releasing party': 'Remote' }],
    ['hold-resume', { 'Hold Duration': expect.any(Number) }],
    ['blind-transfer', { 'Related reason': 'Deflection', 'Redirecting number': '21' }],
    ['attended-transfer', { 'Related reason': 'ConsultativeTransfer' }],
    ['queue-abandoned', { 'User type': 'CallCenterStandard', Answered: 'false' }],
    ['internal', { 'Call type': 'SIP_ENTERPRISE', Direction: 'ORIGINATING' }],
  ] as const)('tells of %s', async (name, record) => {
    await play(name)
    expect((await feed()).items).toContainEqual(expect.objectContaining(record))
  })

  test('counts and correlates as settings say', async () => {
    it.sandbox.webex.set({ cdrReleaseTime: 'iso', cdrDurationFrom: 'answer', cdrCorrelation: 'other' })
    const call = await play('inbound-answered')
    const [item] = (await feed()).items
    expect(item?.['Correlation ID']).not.toBe(call.id)
    const talk = Date.parse(String(item?.['Release time'])) - Date.parse(String(item?.['Answer time']))
    expect(item?.['Duration']).toBe(talk / 1000)
  })

  test('is asked for once a minute, in spans that are allowed, where the organization is', async () => {
    await play('inbound-answered')
    expect((await feed()).status).toBe(200)
    const again = await it.ask('GET', feedPath(), { token: reader() })
    expect(again.status).toBe(429)
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(50)
    const now = it.sandbox.clock.now()
    const hour = 3_600_000
    for (const path of [
      feedPath(now - hour, now - 60_000),
      feedPath(now - 13 * hour, now - hour / 2),
      feedPath(now - 50 * hour, now - 49 * hour),
      feedPath(now - hour, now - 2 * hour),
      `${it.sandbox.webex.analyticsUrl()}/cdr_feed?startTime=2026-11-23&endTime=2026-11-24`,
    ])
      expect((await feed(path)).status).toBe(400)
    const there = await feed(feedPath().replace('webex-analytics', 'webex-analytics-eu'))
    expect(there.status).toBe(451)
    expect(there.body['message']).toContain(`${it.sandbox.webex.analyticsUrl('us')}/cdr_feed`)
    const elsewhere = await feed(feedPath(undefined, undefined, '&locations=Brno'))
    expect(elsewhere.items).toEqual([])
    expect((await it.ask('GET', feedPath())).status).toBe(403)
  })

  test('comes page by page, and as a stream by when records came in', async () => {
    await play('hunt-group')
    it.sandbox.webex.set({ cdrLeastPerPage: 3, cdrStreamDelaySeconds: 90 })
    await play('inbound-missed')
    const first = await feed(feedPath(undefined, undefined, '&max=3'))
    expect(first.items).toHaveLength(3)
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await it.ask('GET', next, { token: reader() })
    expect([second.status, (second.body['items'] as Cdr[]).length]).toEqual([200, 2])
    const missed = it.sandbox.ledger.calls.at(-1)
    const came = Date.parse(missed?.endedAt ?? '') + 90_000
    const stream = feedPath(came - 1000, came + 1000).replace('cdr_feed', 'cdr_stream')
    expect((await feed(stream)).items.map((item) => item['Correlation ID'])).toEqual([missed?.id])
    const wide = feedPath(came - 3 * 3_600_000, came + 1000).replace('cdr_feed', 'cdr_stream')
    expect((await feed(wide)).status).toBe(400)
  })
})
