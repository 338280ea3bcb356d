import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Given, given, outer } from './given.ts'
import { zonedTime } from './recordings.ts'

let it: Given
const startAt = Date.parse('2026-11-23T09:15:00Z')
beforeEach(async () => {
  it = await given({ recording: { afterSeconds: 120 } })
  it.sandbox.clock.advance((startAt - it.sandbox.clock.now()) / 1000 + 3600)
})
afterEach(() => it.close())

type Item = Record<string, unknown> & { id: string; durationSeconds: number }
type Details = Item & { temporaryDirectDownloadLinks?: { audioDownloadLink: string; expiration: string } }
const items = async (path: string, token?: string, headers?: Record<string, string>) =>
  (await it.ask('GET', path, { ...(token && { token }), ...(headers && { headers }) })).body[
    'items'
  ] as Item[]
const details = async (id: string, token = it.token('21')) =>
  (await it.ask('GET', `/convergedRecordings/${id}`, { token })).body as Details
const play = (name: 'inbound-answered' | 'recording-split') =>
  it.sandbox.webex.play(name, { outer, startAt, speed: 100_000 }).then(async (call) => {
    await it.sandbox.idle()
    return call
  })
const onlyAdmin = () => it.token('21', ['spark-admin:recordings_read'])

describe('a recording', () => {
  test('is there a while after the call, for its owner, with the session as bare UUID', async () => {
    await it.listen('21', { resource: 'convergedRecordings' })
    const call = await play('inbound-answered')
    const { webex } = it.sandbox
    const [item] = await items('/convergedRecordings?serviceType=calling')
    expect(item).toMatchObject({
      ownerId: webex.org().person('21').uuid,
      ownerEmail: 'anna@acme.example',
      format: 'MP3',
      status: 'available',
      serviceData: { callSessionId: call.id },
    })
    const endedAt = Date.parse(call.endedAt ?? '')
    expect(Date.parse(String(item?.['createTime']))).toBe(endedAt + 120_000)
    expect(Date.parse(String(item?.['timeRecorded'])) + Number(item?.durationSeconds) * 1000).toBe(endedAt)
    expect(it.receiver.received.map(({ body }) => [body['resource'], body['event'], body['data']])).toEqual([
      ['convergedRecordings', 'created', { id: item?.id }],
    ])
    expect(await items('/convergedRecordings', it.token('22'))).toEqual([])
    expect((await it.ask('GET', `/convergedRecordings/${item?.id}`, { token: it.token('22') })).status).toBe(
      404,
    )
    const metadata = await it.ask('GET', `/convergedRecordings/${item?.id}/metadata`)
    expect(metadata.body['serviceData']).toMatchObject({
      callSessionId: call.id,
      callId: expect.stringMatching(/^callhalf-\d+:0$/),
      session: { startTime: item?.['timeRecorded'] },
    })
  })

  test('is downloaded by a link that ends after three hours', async () => {
    await play('inbound-answered')
    const [fact] = it.sandbox.webex.recordings()
    const links = (await details(fact?.id ?? '')).temporaryDirectDownloadLinks
    const sound = await fetch(links?.audioDownloadLink ?? '')
    const bytes = Buffer.from(await sound.arrayBuffer())
    expect(sound.headers.get('content-type')).toBe('audio/mpeg')
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(fact?.mp3.sha256)
    const status = async (address = '', headers = {}) => (await fetch(address, { headers })).status
    expect(await status(links?.audioDownloadLink.replace(/timestamp=\d/, 'timestamp=9'))).toBe(403)
    const bearer = { authorization: `Bearer ${it.token('21')}` }
    it.sandbox.webex.set({ audioLink: 'token' })
    expect(await status(links?.audioDownloadLink)).toBe(401)
    expect(await status(links?.audioDownloadLink, bearer)).toBe(200)
    it.sandbox.webex.set({ audioLink: 'bare-only' })
    expect(await status(links?.audioDownloadLink, bearer)).toBe(400)
    it.sandbox.webex.faults.orderDownload({ kind: 'not-ready', times: 1 })
    expect(await status(links?.audioDownloadLink)).toBe(404)
    it.sandbox.clock.advance(10_801)
    expect(await status(links?.audioDownloadLink)).toBe(403)
    expect(it.sandbox.webex.recordings()[0]?.asked).toBe(7)
    expect(JSON.stringify(it.sandbox.ledger.requests)).not.toContain('ticket')
  })

  test('is two where it was stopped and started again', async () => {
    const call = await play('recording-split')
    const both = await items('/convergedRecordings')
    expect(both).toHaveLength(2)
    expect(new Set(both.map(({ serviceData }) => JSON.stringify(serviceData))).size).toBe(1)
    const seconds = both.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
    expect(seconds * 1000).toBeLessThan(Date.parse(call.endedAt ?? '') - startAt)
  })

  test('has no links for an administrator’s token alone, but for the compliance officer’s', async () => {
    await play('inbound-answered')
    const [item] = await items('/admin/convergedRecordings?ownerEmail=anna@acme.example', onlyAdmin())
    expect(await details(item?.id ?? '', onlyAdmin())).not.toHaveProperty('temporaryDirectDownloadLinks')
    const officer = it.token('21', ['spark-compliance:recordings_read'])
    expect(await details(item?.id ?? '', officer)).toHaveProperty('temporaryDirectDownloadLinks')
    expect((await it.ask('GET', '/convergedRecordings', { token: onlyAdmin() })).status).toBe(403)
    expect((await it.ask('GET', '/admin/convergedRecordings')).status).toBe(403)
  })

  test('is listed within days and pages, in the zone asked for', async () => {
    await play('inbound-answered')
    await play('recording-split')
    const [newest] = await items('/convergedRecordings', undefined, { timezone: 'Asia/Shanghai' })
    expect(newest?.['createTime']).toMatch(/\+08:00$/)
    const first = await it.ask('GET', '/convergedRecordings?max=2')
    const next = /^<(.+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    expect((first.body['items'] as Item[]).length + (await items(next)).length).toBe(3)
    const at = String(newest?.['createTime'])
    const exact = new Date(Date.parse(at)).toISOString()
    expect(await items(`/convergedRecordings?from=2026-11-23T00:00:00Z&to=${exact}`)).not.toContainEqual(
      expect.objectContaining({ id: newest?.id }),
    )
    for (const query of ['from=2026-09-01T00:00:00Z&to=2026-11-01T00:00:00Z', 'from=x'])
      expect((await it.ask('GET', `/convergedRecordings?${query}`)).status).toBe(400)
    const nowhere = { headers: { timezone: 'Nowhere/Land' } }
    expect((await it.ask('GET', '/convergedRecordings', nowhere)).status).toBe(400)
    expect(zonedTime(Date.parse('2026-07-01T10:00:00Z'), 'America/St_Johns')).toBe(
      '2026-07-01T07:30:00-02:30',
    )
  })
})
