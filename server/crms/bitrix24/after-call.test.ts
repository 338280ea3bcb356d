import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Written } from '../contract.ts'
import { aCall, failureFrom } from '../pipedrive/stand-in.ts'
import type { StandIn, TestSession } from './stand-in.ts'
import { anna, connectStandIn, installed } from './stand-in.ts'

let on: StandIn
let session: TestSession
beforeEach(async () => {
  on = await connectStandIn()
  on.bitrix24.people.add('acme', 'CONTACT', { name: 'Ada Lovelace', phones: ['+442079460123'] })
  session = await installed(on)
})
afterEach(() => on.close())

const comments = () => [...on.bitrix24.portal('acme').comments.values()]
const texts = () => comments().map(({ text }) => text)
const edit = (text: string) => {
  const [comment] = comments()
  if (comment) comment.text = text
}
const amend = (written: Written, text: string, ours: string[]) =>
  on.crm.amend(session, written, { words: { text, ours } })

it('words are not looked for among comments from before the call', async () => {
  const written = await on.crm.writeActivity(session, aCall({ startedAt: new Date() }))
  const { comments: all } = on.bitrix24.portal('acme')
  const old = {
    entity: { type: 'CONTACT', id: 1 } as const,
    authorId: 1,
    text: 'old',
    createdAt: Date.now() - 7_200_000,
  }
  for (let id = 1_000; id < 1_300; id += 1) all.set(id, { ...old, id })
  const before = on.sandbox.ledger.requests.length
  await amend(written, 'First', ['First'])
  // the call, one page of comments, and the new one
  expect(on.sandbox.ledger.requests.length - before).toBe(3)
})

describe('words about a call', () => {
  it('BX-2 stand in one comment, replaced as often as they change, and gone with them', async () => {
    const written = await on.crm.writeActivity(session, aCall({ words: 'First\nsecond line' }))
    expect(texts()).toEqual(['First\nsecond line\nRef. RF-7K2Q'])
    expect(written.without).toBe(undefined)
    for (const _ of ['once', 'again']) await amend(written, 'Later', ['First\nsecond line', 'Later'])
    expect(texts()).toEqual(['Later\nRef. RF-7K2Q'])
    await amend(written, '', ['Later', ''])
    expect(texts()).toEqual([])
    await amend(written, '', ['Later', ''])
    await amend(written, 'Once more', ['Once more'])
    expect(texts()).toEqual(['Once more\nRef. RF-7K2Q'])
  })

  it('that people changed stay, and ours stand behind them', async () => {
    const written = await on.crm.writeActivity(session, aCall({ words: 'First' }))
    edit('First, but see below\nRef. RF-7K2Q')
    await amend(written, 'Second', ['First', 'Second'])
    expect(texts()).toEqual(['First, but see below\nRef. RF-7K2Q\nSecond'])
    await amend(written, 'Third', ['First', 'Second', 'Third'])
    expect(texts()).toEqual(['First, but see below\nRef. RF-7K2Q\nThird'])
    edit(`Above<br>${texts()[0]?.replaceAll('\n', '<br />')}`)
    await amend(written, 'Fourth &amp; last', ['Third', 'Fourth &amp; last'])
    expect(texts()[0]).toBe('Above\nFirst, but see below\nRef. RF-7K2Q\nFourth & last')
  })

  it('are found among those of other calls, and beside none whose reference only begins like theirs', async () => {
    const first = await on.crm.writeActivity(session, aCall({ marker: 'RF-7K2Q', words: 'One' }))
    await on.crm.writeActivity(session, aCall({ marker: 'RF-7K2QA', words: 'Two' }))
    const [pattern] = comments()
    if (!pattern) throw new Error('no comment')
    const { comments: all } = on.bitrix24.portal('acme')
    for (let id = 1_000; id < 1_120; id += 1) all.set(id, { ...pattern, id, text: `Others\nRef. RF-X${id}` })
    await amend(first, 'Changed', ['One', 'Changed'])
    expect(texts().slice(0, 2)).toEqual(['Changed\nRef. RF-7K2Q', 'Two\nRef. RF-7K2QA'])
  })

  it('do not endanger the call: what could not be said is said later', async () => {
    on.bitrix24.faults.order({ kind: 'lost-answer', method: 'crm.timeline.comment.add', times: 1 })
    const written = await on.crm.writeActivity(session, aCall({ words: 'First' }))
    expect(written.without).toEqual(['words'])
    await amend(written, 'First', ['First'])
    expect(texts()).toEqual(['First\nRef. RF-7K2Q'])
  })

  it('have an unknown outcome when nobody answered, and are looked for then', async () => {
    const written = await on.crm.writeActivity(session, aCall({ words: 'First' }))
    on.bitrix24.faults.order({ kind: 'lost-answer', method: 'crm.timeline.comment.update', times: 1 })
    expect(await failureFrom(amend(written, 'Second', ['First', 'Second']))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    await amend(written, 'Second', ['First', 'Second'])
    expect(texts()).toEqual(['Second\nRef. RF-7K2Q'])
  })

  it('of a call that the portal began itself are found by its own id', async () => {
    on.bitrix24.setOutgoing({ portal: 'acme', clientId: on.options.clientId ?? '' })
    const { callId } = on.bitrix24.clickToCall({ portal: 'acme', userId: 1, number: '+442079460123' })
    const written = await on.crm.writeActivity(session, aCall({ liveRef: callId, words: 'First' }))
    await amend(written, 'Second', ['First', 'Second'])
    expect(texts()).toEqual([expect.stringMatching(/^Second\nRef\. [0-9a-f]{12}$/)])
  })

  it('have no place beside a call with nobody, and beside none that is not there', async () => {
    const written = await on.crm.writeActivity(session, aCall({ from: { kind: 'withheld' }, words: 'x' }))
    for (const one of [written, { logId: 'externalCall.gone.1', activityId: '1' }])
      expect(await failureFrom(amend(one, 'First', ['First']))).toMatchObject({
        code: 'provider-rejected',
        status: 404,
      })
    expect(comments()).toEqual([])
  })

  it('say of a person whether the call is with them', async () => {
    const written = await on.crm.writeActivity(session, aCall())
    const with_ = (personExternalId: string) => on.crm.amend(session, written, { personExternalId })
    expect(await with_('1')).toEqual({ person: 'linked' })
    expect(await with_('company-1')).toEqual({ person: 'somebody-else' })
  })
})

describe('a recording', () => {
  let source: Server
  let status = 200
  let base = ''
  beforeEach(async () => {
    status = 200
    source = createServer((_, response) => response.writeHead(status).end('sound'))
    await new Promise<void>((done) => source.listen(0, '127.0.0.1', () => done()))
    base = `http://127.0.0.1:${(source.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    source.closeAllConnections()
    await new Promise((done) => source.close(done))
  })
  const record = () => on.bitrix24.portal('acme').statistics[0]?.record
  const copy = (written: Written) =>
    on.crm.referToRecording(session, written, { how: 'copy', url: `${base}/x`, fileName: 'call.mp3' })

  it('BX-3 is fetched by the portal itself, and told again it takes its own place', async () => {
    const written = await on.crm.writeActivity(session, aCall())
    await copy(written)
    await copy(written)
    expect(record()).toMatchObject({ name: 'call.mp3', bytes: 5 })
  })

  it('is told again when the portal could not fetch it, nobody answered, or the call is not there yet', async () => {
    const written = await on.crm.writeActivity(session, aCall())
    status = 403
    expect(await failureFrom(copy(written))).toMatchObject({ code: 'provider-unavailable' })
    status = 200
    on.bitrix24.faults.order({
      kind: 'lost-answer',
      method: 'telephony.externalCall.attachRecord',
      times: 1,
    })
    expect(await failureFrom(copy(written))).toMatchObject({ code: 'provider-unavailable' })
    await copy(written)
    expect(record()?.bytes).toBe(5)
    const ref = await on.crm.live.begin(session, {
      marker: 'RF-2',
      direction: 'inbound',
      outer: '+442079460123',
      line: undefined,
      startedAt: new Date(),
      ownerExternalId: anna,
    })
    expect(await failureFrom(copy({ logId: ref, activityId: undefined }))).toMatchObject({
      code: 'provider-unavailable',
    })
  })

  it('BX-3 is a link of ours in a comment, once', async () => {
    const written = await on.crm.writeActivity(session, aCall())
    const url = 'https://ringfence.example.org/recordings/5f2c'
    const link = () => on.crm.referToRecording(session, written, { how: 'link', url, text: 'Recording' })
    on.bitrix24.faults.order({ kind: 'lost-answer', method: 'crm.timeline.comment.add', times: 1 })
    expect(await failureFrom(link())).toMatchObject({ code: 'provider-unavailable' })
    await link()
    expect(texts()).toEqual([`Recording\n${url}`])
    expect(record()).toBe(null)
  })
})
