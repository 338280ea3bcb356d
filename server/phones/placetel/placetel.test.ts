import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CallEvent } from '../../calls/event.ts'
import { callFrom, extensionsOf, knowledgeFrom, remoteParty } from '../../calls/fold.ts'
import { failureOf } from '../../failure.ts'
import type { PhoneConnection } from '../contract.ts'
import { germanDays } from './days.ts'
import { parseEvent } from './parse-event.ts'
import { verifySignature } from './verify-signature.ts'

const connection: PhoneConnection = {
  id: '00000000-0000-4000-8000-000000000001',
  organizationId: '00000000-0000-4000-8000-000000000002',
  secret: '12345',
  numbers: { country: 'CZ' },
  settings: {},
  people: {
    extensionOf: new Map([
      ['777712345678@fpbx.de', '23'],
      ['777787654321@fpbx.de', '24'],
    ]),
    rungBy: new Map([['+4922129191999', ['23', '24']]]),
  },
  arrivedAt: 1_800_000_000_000,
}
const incoming = { from: '01711234567', to: '022129191999', call_id: 'aa01', direction: 'in' }
const outgoing = {
  from: '022129191999',
  to: '01711234567',
  peer: '777712345678@fpbx.de',
  call_id: 'cc03',
  direction: 'out',
}

function heard(...bodies: Record<string, string>[]): CallEvent[] {
  return bodies.flatMap((body, second) => {
    const text = new URLSearchParams(body).toString()
    const received = parseEvent(Buffer.from(text), {
      ...connection,
      arrivedAt: connection.arrivedAt + second * 60_000,
    })
    return received.status === 'events' ? received.events : []
  })
}
function call(...bodies: Record<string, string>[]) {
  const known = knowledgeFrom(heard(...bodies))
  if (!known) throw new Error('no events')
  return callFrom(known)
}

describe('a signature of Placetel', () => {
  const body = Buffer.from(
    'call_id=4a4cbb39578170aed9a2761a7bec8c7e704a541f52291ef603d6f5f152980c3c&event=CallAccepted&from=0123456789&to=0987654321',
  )
  const signed = (signature: string | undefined, bytes = body) => ({
    method: 'POST',
    headers: { 'x-placetel-signature': signature },
    body: bytes,
  })
  const right = 'c4f823c5b8806432fe2b83b1fc2ee714422e0cdfb4b5129152a7d0bbcd7792d0'
  const verified = (...args: Parameters<typeof verifySignature>) => {
    try {
      verifySignature(...args)
      return 'verified'
    } catch (error) {
      return failureOf(error)?.code
    }
  }

  it('is the one that Placetel itself publishes', () => {
    expect(verified(signed(right), '12345', {})).toBe('verified')
  })

  it.each([undefined, '', right.slice(1), right.toUpperCase(), `0${right.slice(1)}`])(
    'is refused as %j',
    (one) => {
      expect(verified(signed(one), '12345', {})).toBe('unauthorized')
    },
  )

  it('is over the bytes as they came, not over what they mean', () => {
    expect(verified(signed(right, Buffer.from(`${body}&x=`)), '12345', {})).toBe('unauthorized')
    expect(verified(signed(right), '12346', {})).toBe('unauthorized')
    expect(verified(signed(right), '', {})).toBe('unauthorized')
  })

  it('may be missing where a subscription told it, but never be wrong', () => {
    const subscription = { delivery: 'subscription' } as const
    expect(verified(signed(undefined), '12345', subscription)).toBe('verified')
    expect(verified(signed('00'.repeat(32)), '12345', subscription)).toBe('unauthorized')
  })

  it('may be made with the secret of the portal', () => {
    const theirs = createHmac('sha256', 'theirs').update(body).digest('hex')
    expect(verified(signed(theirs), '12345', { sharedSecret: 'theirs' })).toBe('verified')
    expect(verified(signed(theirs), '12345', {})).toBe('unauthorized')
  })
})

describe('a call that Placetel tells of', () => {
  it('BX-2 rings at everybody whose line it is, and is answered by whoever took it', () => {
    const ringing = call({ event: 'IncomingCall', ...incoming })
    expect(ringing).toMatchObject({ direction: 'inbound', state: 'ringing', approximate: true })
    expect(remoteParty(ringing)).toMatchObject({ e164: '+491711234567' })
    expect(ringing.to).toMatchObject({ e164: '+4922129191999' })
    expect(extensionsOf(ringing)).toEqual(['23', '24'])

    const answered = call(
      { event: 'IncomingCall', ...incoming },
      { event: 'CallAccepted', ...incoming, peer: '777787654321@fpbx.de' },
      { event: 'HungUp', ...incoming, type: 'accepted', duration: '54' },
    )
    expect(answered).toMatchObject({
      state: 'ended',
      outcome: 'answered',
      talkSeconds: 54,
      answeredBy: { kind: 'extension', digits: '24' },
      startedAt: connection.arrivedAt,
      answeredAt: connection.arrivedAt + 60_000,
      endedAt: connection.arrivedAt + 120_000,
    })
  })

  it.each([
    ['missed', 'missed'],
    ['voicemail', 'voicemail'],
    ['blocked', 'blocked'],
    ['something new', 'missed'],
  ])('BX-2 that comes to an end as %s was %s', (type, outcome) => {
    expect(
      call({ event: 'IncomingCall', ...incoming }, { event: 'HungUp', ...incoming, type, duration: '0' }),
    ).toMatchObject({ outcome, talkSeconds: 0, answeredAt: undefined })
  })

  it.each([
    ['accepted', '41', 'answered'],
    ['busy', '0', 'busy'],
    ['canceled', '0', 'missed'],
    ['unavailable', '0', 'failed'],
    ['congestion', '0', 'failed'],
  ])('BX-2 that went out and came to an end as %s after %s seconds was %s', (type, duration, outcome) => {
    const whole = call(
      { event: 'OutgoingCall', ...outgoing },
      { event: 'HungUp', ...outgoing, type, duration },
    )
    expect(whole).toMatchObject({
      direction: 'outbound',
      outcome,
      from: { kind: 'extension', digits: '23' },
      shownAs: { e164: '+4922129191999' },
    })
    expect(remoteParty(whole)).toMatchObject({ e164: '+491711234567' })
    // Nobody tells of the answer; it follows from how long was spoken.
    const answeredAt = outcome === 'answered' ? connection.arrivedAt + 60_000 - 41_000 : undefined
    expect(whole.answeredAt ?? undefined).toBe(answeredAt && Math.max(answeredAt, whole.startedAt))
  })

  it('is known by its end alone, and by an older way of telling who calls', () => {
    expect(call({ event: 'HungUp', ...incoming, type: 'accepted', duration: '30' })).toMatchObject({
      direction: 'inbound',
      answeredAt: connection.arrivedAt - 30_000,
    })
    const { peer, ...old } = outgoing
    expect(call({ event: 'OutgoingCall', ...old, from: peer })).toMatchObject({
      direction: 'outbound',
      from: { kind: 'extension', digits: '23' },
      shownAs: undefined,
    })
  })

  it('BX-2 stays among colleagues when its ends are SIP users', () => {
    const inside = { ...outgoing, to: '24' }
    const end = { ...inside, from: '777712345678@fpbx.de', to: '777787654321@fpbx.de' }
    expect(
      call(
        { event: 'OutgoingCall', ...inside },
        { event: 'HungUp', ...end, type: 'accepted', duration: '9' },
      ),
    ).toMatchObject({ direction: 'internal', to: { kind: 'extension', digits: '24' } })
  })

  it.each(['anonymous', '0221291***', '0221291xxx'])('names nobody who is told as %s', (from) => {
    expect(remoteParty(call({ event: 'IncomingCall', ...incoming, from }))).not.toMatchObject({
      kind: 'e164',
    })
  })

  it('reads a plus that a form made a blank, and JSON as well as a form', () => {
    const body = 'event=IncomingCall&from=+491711234567&to=%2B4922129191999&call_id=aa01'
    const form = parseEvent(Buffer.from(body), connection)
    const json = parseEvent(
      Buffer.from(
        JSON.stringify({
          event: 'IncomingCall',
          from: '+491711234567',
          to: '+4922129191999',
          call_id: 'aa01',
        }),
      ),
      connection,
    )
    expect(form).toEqual(json)
    expect(form).toMatchObject({ events: [{ facts: { from: { e164: '+491711234567' } } }, {}, {}] })
  })
})

it('a day in Germany is asked for by its own calendar, also when the clocks change', () => {
  expect(germanDays(new Date('2026-11-22T22:30:00Z'), new Date('2026-11-22T23:30:00Z'))).toEqual([
    '2026-11-22',
    '2026-11-23',
  ])
  expect(germanDays(new Date('2026-03-28T12:00:00Z'), new Date('2026-03-30T12:00:00Z'))).toEqual([
    '2026-03-28',
    '2026-03-29',
    '2026-03-30',
  ])
})
