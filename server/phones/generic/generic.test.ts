import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callFrom, knowledgeFrom } from '../../calls/fold.ts'
import { failureOf } from '../../failure.ts'
import type { PhoneConnection, RawRequest, Received } from '../contract.ts'
import { generic } from './index.ts'
import { eventMeanings, settings } from './settings.ts'
import { readSeconds, readTime } from './times.ts'

const secret = 'a secret for fiction'
const simple = {
  proof: { kind: 'address' },
  format: 'json',
  fields: { event: 'event', call: 'id', from: 'from', to: 'to', extension: 'phone', duration: 'talk' },
  events: [
    { says: 'Ring', means: 'ringing' },
    { says: 'Ping', means: 'ignored' },
    { says: 'End', means: 'ended' },
  ],
}
const post = (body: string | object, headers: RawRequest['headers'] = {}): RawRequest => ({
  method: 'POST',
  headers,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
})
const ring = { event: 'ring', id: 'c-1', from: '+442079460123', to: '+420222333444', phone: '21' }

function hear(request: RawRequest, more: object = {}): Received {
  const connection: PhoneConnection = {
    id: '00000000-0000-4000-8000-000000000001',
    organizationId: '00000000-0000-4000-8000-000000000002',
    secret,
    numbers: { country: 'CZ' },
    settings: { ...simple, ...more },
    people: { extensionOf: new Map(), rungBy: new Map() },
    arrivedAt: Date.UTC(2026, 10, 23, 9, 15),
  }
  return generic.receive(request, connection)
}
function codeOf(run: () => unknown): string {
  try {
    run()
    return 'taken'
  } catch (error) {
    return failureOf(error)?.code ?? 'a defect'
  }
}
const eventsIn = (received: Received) => (received.status === 'events' ? received.events : [])

describe('any phone system', () => {
  it('is heard over an address with everything in it', () => {
    const query = 'event=Ring&id=c-1&from=%2B442079460123&to=222333444&phone=21'
    const heard = hear({ method: 'GET', headers: {}, body: Buffer.alloc(0), query }, { format: 'query' })
    expect(eventsIn(heard)).toMatchObject([
      {
        kind: 'leg-ringing',
        call: 'c-1',
        approximate: true,
        leg: { party: { kind: 'extension', digits: '21' }, role: 'callee' },
        facts: { direction: 'inbound', from: { e164: '+442079460123' }, to: { e164: '+420222333444' } },
      },
    ])
  })

  it('says how it proves itself, and nothing is heard before somebody has said so', () => {
    const body = JSON.stringify(ring)
    const signed = (key: string) => createHmac('sha1', key).update(body).digest('hex')
    const basic = `basic ${Buffer.from(`pbx:${secret}`).toString('base64')}`
    const header = { kind: 'header', name: 'X-Key', prefix: 'Key ' }
    const hmac = { kind: 'hmac', name: 'X-Sum', algorithm: 'sha1', encoding: 'hex' }
    const own = { proof: header, ownSecret: 'a secret of its own' }
    const tries: [object, RawRequest['headers'], string][] = [
      [{ proof: undefined }, { 'x-key': secret }, 'unauthorized'],
      [{}, {}, 'taken'],
      [{ proof: header }, { 'x-key': `Key ${secret}` }, 'taken'],
      [{ proof: header }, { 'x-key': secret }, 'unauthorized'],
      [own, { 'x-key': 'Key a secret of its own' }, 'taken'],
      [own, { 'x-key': `Key ${secret}` }, 'unauthorized'],
      [{ proof: hmac }, { 'x-sum': signed(secret) }, 'taken'],
      [{ proof: hmac }, { 'x-sum': signed(secret).toUpperCase() }, 'taken'],
      [{ proof: hmac }, { 'x-sum': signed('guessed') }, 'unauthorized'],
      [{ proof: { kind: 'basic', user: 'pbx' } }, { authorization: basic }, 'taken'],
      [{ proof: { kind: 'basic', user: 'other' } }, { authorization: basic }, 'unauthorized'],
    ]
    for (const [more, headers, code] of tries)
      expect([more, codeOf(() => hear(post(body, headers), more))]).toEqual([more, code])
  })

  it('may say what we have no use for, or have never heard of', () => {
    expect(hear(post({ ...ring, event: 'PING' }))).toEqual({ status: 'ignored', why: 'no-use' })
    expect(hear(post({ ...ring, event: 'Parked' }))).toEqual({ status: 'ignored', why: 'unknown-kind' })
    expect(hear(post('no JSON'), { fields: undefined })).toEqual({ status: 'ignored', why: 'no-use' })
  })

  it('is seen from our own telephones where it tells no direction', () => {
    const directionOf = (from: string, to: string) => eventsIn(hear(post({ ...ring, from, to })))[0]?.facts
    expect(directionOf('+442079460123', '21')).toMatchObject({ direction: 'inbound' })
    expect(directionOf('21', '+442079460123')).toMatchObject({ direction: 'outbound' })
    expect(directionOf('21', '22')).toMatchObject({ direction: 'internal' })
    expect(directionOf('', '22')).not.toHaveProperty('direction')
  })

  it('keeps the name of a call as it is written, also where it is a number', () => {
    const callIn = (id: string) => eventsIn(hear(post(`{"event":"Ring","id":${id}}`)))[0]?.call
    expect([callIn('17.1'), callIn('17.10'), callIn('12345678901234567890')]).toEqual([
      '17.1',
      '17.10',
      '12345678901234567890',
    ])
  })

  it('came out as its length says where it says nothing else', () => {
    const endOf = (talk: unknown) => eventsIn(hear(post({ event: 'End', id: 'c-1', talk })))[0]
    expect(endOf(60)).toMatchObject({ kind: 'ended', outcome: 'answered', talkSeconds: 60 })
    expect(endOf(0)).not.toHaveProperty('outcome')
    expect(endOf(undefined)).not.toHaveProperty('talkSeconds')
  })

  it.for([
    ['2026-11-23 10:15:00', { kind: 'date', zone: 'Europe/Prague' }, '2026-11-23T09:15:00.000Z'],
    ['2026-11-23T09:15:00Z', { kind: 'date', zone: 'Europe/Prague' }, '2026-11-23T09:15:00.000Z'],
    ['2026-11-23T04:45:00.5-04:30', { kind: 'date' }, '2026-11-23T09:15:00.500Z'],
    ['2026-11-23 09:15', { kind: 'date' }, '2026-11-23T09:15:00.000Z'],
    ['2026-03-29 02:30:00', { kind: 'date', zone: 'Europe/Prague' }, '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 02:30:00', { kind: 'date', zone: 'Europe/Prague' }, '2026-10-25T01:30:00.000Z'],
    ['2026-02-30 10:00:00', { kind: 'date' }, undefined],
    ['2026-11-23 24:00:00', { kind: 'date' }, undefined],
    ['yesterday', { kind: 'date' }, undefined],
    ['1795425300.25', { kind: 'seconds' }, '2026-11-23T09:15:00.250Z'],
    ['1795425300250', { kind: 'milliseconds' }, '2026-11-23T09:15:00.250Z'],
    ['1795425300250', { kind: 'seconds' }, undefined],
    ['-1', { kind: 'seconds' }, undefined],
  ] as const)('tells the time %s as %o', ([text, times, at]) => {
    const read = readTime(text, times)
    expect(read === undefined ? undefined : new Date(read).toISOString()).toBe(at)
  })

  it('tells durations in seconds, milliseconds or as a clock', () => {
    expect([
      readSeconds('125'),
      readSeconds('124999', 'milliseconds'),
      readSeconds('0:02:05', 'clock'),
    ]).toEqual([125, 125, 125])
    for (const text of ['', '-1', '1e9', '2:05', 'x']) expect(readSeconds(text)).toBeUndefined()
    for (const text of ['125', '0:61', '1:2:3:4', ':5']) expect(readSeconds(text, 'clock')).toBeUndefined()
  })

  it.for([
    [
      'a signature over no body',
      { proof: { kind: 'hmac', name: 'X', algorithm: 'sha1', encoding: 'hex' }, format: 'query' },
      'proof',
    ],
    [
      'times of which nobody says how they are written',
      { fields: { event: 'e', call: 'c', time: 't' } },
      'times',
    ],
    ['a zone that is none', { times: { kind: 'date', zone: 'Nowhere/Town' } }, 'times.zone'],
    [
      'one value with two meanings',
      {
        events: [
          { says: 'a', means: 'ringing' },
          { says: 'A', means: 'ended' },
        ],
      },
      'events',
    ],
    ['a meaning that is none', { events: [{ says: 'a', means: 'sings' }] }, 'events.0.means'],
    ['no place for the call', { fields: { event: 'e' } }, 'fields.call'],
    ['a place too deep', { fields: { event: '/1/2/3/4/5/6/7/8/9/10/11', call: 'c' } }, 'fields.event'],
    ['a header of the message', { proof: { kind: 'header', name: 'Content-Type' } }, 'proof.name'],
    ['a secret that is guessed', { ownSecret: 'short' }, 'ownSecret'],
  ] as const)('is not set with %s', ([, more, field]) => {
    const read = settings.schema.safeParse(more)
    expect(read.error?.issues[0]?.path.join('.')).toBe(field)
  })

  it('is set up by the guide’s example', async () => {
    const guide = await readFile(new URL('../../../docs/guide/any-phone-system.md', import.meta.url), 'utf8')
    const set = JSON.parse(/```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '') as object
    const values = { ID: '17.1', CALLER: '00442079460123', LINE: '222333444', PHONE: '21', SECONDS: '125' }
    const said = [...guide.matchAll(/--data "([^"]*)"/g)].flatMap(([, form = '']) => {
      const body = Object.entries(values).reduce(
        (text, [name, value]) => text.replace(`$${name}`, value),
        form,
      )
      return eventsIn(hear(post(body, { 'x-ringfence-key': secret }), set))
    })
    const known = knowledgeFrom(said)
    expect(known && callFrom(known)).toMatchObject({
      state: 'ended',
      direction: 'inbound',
      outcome: 'answered',
      from: { e164: '+442079460123' },
      answeredBy: { digits: '21' },
      talkSeconds: 125,
    })
  })

  it('breaks nothing, whatever it sends and whatever was set', () => {
    const place = fc.oneof(
      fc.constantFrom(
        'event',
        'id',
        '/a/b',
        '/',
        '//',
        '/0',
        '/length',
        '__proto__',
        '/constructor/name',
        '/~1~0',
      ),
      fc.string({ minLength: 1, maxLength: 12 }),
    )
    const given = fc.record(
      {
        format: fc.constantFrom('json', 'form', 'query'),
        fields: fc.record(
          {
            event: place,
            call: place,
            from: place,
            to: place,
            extension: place,
            outcome: place,
            duration: place,
            direction: place,
          },
          { requiredKeys: ['event', 'call'] },
        ),
        events: fc.constant(eventMeanings.map((means) => ({ says: means, means }))),
        durations: fc.constantFrom('seconds', 'milliseconds', 'clock'),
      },
      { requiredKeys: ['format', 'fields', 'events'] },
    )
    const word = fc.oneof(fc.constantFrom(...eventMeanings, '21', '+442079460123', '1:05', ''), fc.string())
    const tree = fc.dictionary(fc.oneof(place, fc.constantFrom('a', 'b')), fc.oneof(word, fc.jsonValue()))
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      tree.map((value) => Buffer.from(JSON.stringify(value))),
      fc.dictionary(place, word).map((pairs) => Buffer.from(new URLSearchParams(pairs).toString())),
      fc.constantFrom('[', '{"a":').map((piece) => Buffer.from(piece.repeat(20_000))),
    )
    fc.assert(
      fc.property(given, body, (more, bytes) => {
        const request = { method: 'POST', headers: {}, body: bytes, query: bytes.toString('latin1') }
        expect(['taken', 'invalid-input']).toContain(codeOf(() => hear(request, more)))
      }),
      { numRuns: 800 },
    )
  })
})
