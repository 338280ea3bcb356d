import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CallEvent } from '../../calls/event.ts'
import { callFrom, extensionsOf, knowledgeFrom, leftOutBecause, remoteParty } from '../../calls/fold.ts'
import { failureOf } from '../../failure.ts'
import type { PhoneConnection } from '../contract.ts'
import { bareId } from './ids.ts'
import { parseEvent } from './parse-event.ts'
import { verifySignature } from './verify-signature.ts'

const base = Date.parse('2026-11-23T09:15:00.000Z')
const connection: PhoneConnection = {
  id: '00000000-0000-4000-8000-000000000001',
  organizationId: '00000000-0000-4000-8000-000000000002',
  secret: 'a secret for fiction',
  numbers: { country: 'CZ' },
  settings: {},
  people: {
    extensionOf: new Map([
      ['P_A', '21'],
      ['P_B', '22'],
    ]),
    rungBy: new Map(),
  },
  arrivedAt: base + 1_000,
}

const at = (seconds: number) => new Date(base + seconds * 1000).toISOString()
const outside = { number: '+442079460123', privacyEnabled: false, callType: 'external' }

/** One user's side of a call, as it is told at one moment. */
function told(seconds: number, actorId: string, state: string, more: Record<string, unknown> = {}): object {
  const { event, ...data } = more
  const session = 'UzE'
  return {
    id: 'W1',
    resource: 'telephony_calls',
    event: event ?? (state === 'disconnected' ? 'deleted' : 'updated'),
    actorId,
    data: {
      eventTimestamp: at(seconds),
      callId: `call of ${actorId}`,
      callSessionId: session,
      personality: 'terminator',
      state,
      remoteParty: outside,
      created: at(0),
      ...data,
    },
  }
}

const heard = (body: object, more: Partial<PhoneConnection> = {}) =>
  parseEvent(Buffer.from(JSON.stringify(body)), { ...connection, ...more })
function call(...bodies: object[]) {
  const events = bodies.flatMap((body): CallEvent[] => {
    const received = heard(body)
    return received.status === 'events' ? received.events : []
  })
  expect(new Set(events.map((event) => event.call)).size).toBe(1)
  const known = knowledgeFrom(events)
  if (!known) throw new Error('no events')
  return callFrom(known)
}

describe('a signature of Webex', () => {
  const body = Buffer.from('{"resource":"telephony_calls"}')
  const digest = (algorithm: string, key = connection.secret) =>
    createHmac(algorithm, key).update(body).digest('hex')
  const verified = (headers: Record<string, string>) => {
    try {
      verifySignature({ method: 'POST', headers, body }, connection.secret)
      return 'verified'
    } catch (error) {
      return failureOf(error)?.code
    }
  }

  it('is that of the old header, or of the new one in any of the ways it may be written', () => {
    expect(verified({ 'x-spark-signature': digest('sha1') })).toBe('verified')
    for (const header of [
      digest('sha256'),
      `sha256=${digest('sha256')}`,
      `sha256=${digest('sha256')}, sha512=${digest('sha512')}`,
      `${digest('sha256')};${digest('sha512')}`,
    ])
      expect(verified({ 'x-webex-signature': header })).toBe('verified')
  })

  it('is decided by the strongest that is there, so that a weak one helps nobody', () => {
    const weak = { 'x-spark-signature': digest('sha1') }
    expect(verified({ ...weak, 'x-webex-signature': digest('sha256', 'another') })).toBe('unauthorized')
  })

  it('is refused when it is missing, empty or of another length', () => {
    for (const header of ['', 'sha256=', digest('md5'), digest('sha1').slice(1), `${digest('sha1')}00`])
      expect(verified({ 'x-spark-signature': header })).toBe('unauthorized')
    expect(verified({})).toBe('unauthorized')
  })
})

describe('a call that Webex tells of', () => {
  it('BX-2 rings at its user, is answered and ends', () => {
    const bodies = [
      told(0, 'P_A', 'alerting', { event: 'created' }),
      told(7, 'P_A', 'connected', { answered: at(7) }),
      told(161, 'P_A', 'disconnected', { answered: at(7), disconnected: at(161) }),
    ]
    expect(call(bodies[0] ?? {})).toMatchObject({ direction: 'inbound', state: 'ringing' })
    expect(extensionsOf(call(bodies[0] ?? {}))).toEqual(['21'])
    const whole = call(...bodies)
    expect(whole).toMatchObject({
      state: 'ended',
      outcome: 'answered',
      talkSeconds: 154,
      answeredBy: { digits: '21' },
    })
    expect(remoteParty(whole)).toMatchObject({ e164: '+442079460123' })
    // Every order, and each told alone, is a call of the same person.
    expect(call(...bodies.toReversed())).toEqual(whole)
    expect(call(bodies[2] ?? {})).toMatchObject({ outcome: 'answered', talkSeconds: 154 })
  })

  it('BX-2 is one call for all whom it rings, answered by the one who answered', () => {
    const whole = call(
      told(0, 'P_A', 'alerting', { event: 'created' }),
      told(0, 'P_B', 'alerting', { event: 'created' }),
      told(5, 'P_B', 'connected', { answered: at(5) }),
      told(5.1, 'P_A', 'disconnected', { completedElsewhere: true }),
    )
    expect(whole).toMatchObject({ state: 'answered', answeredBy: { digits: '22' } })
    const ended = told(65, 'P_B', 'disconnected', { answered: at(5), disconnected: at(65) })
    expect(
      call(told(5.1, 'P_A', 'disconnected', { completedElsewhere: true }), ended, told(0, 'P_B', 'alerting')),
    ).toMatchObject({ state: 'ended', outcome: 'answered', talkSeconds: 60 })
  })

  it('BX-2 that rings at one after the other is missed when the last has not answered, and not before', () => {
    const first = [told(0, 'P_A', 'alerting'), told(15, 'P_A', 'disconnected')]
    expect(call(...first)).toMatchObject({ state: 'ended', outcome: 'missed' })
    const next = [...first, told(15, 'P_B', 'alerting', { created: at(15) })]
    expect(call(...next)).toMatchObject({ state: 'ringing', startedAt: base })
    expect(call(...next, told(30, 'P_B', 'disconnected'))).toMatchObject({
      state: 'ended',
      outcome: 'missed',
    })
  })

  it('BX-2 goes on at the other telephone when it is passed on', () => {
    const passed = call(
      told(0, 'P_A', 'alerting'),
      told(5, 'P_A', 'connected', { answered: at(5) }),
      told(20, 'P_B', 'alerting', { created: at(20) }),
      told(21, 'P_A', 'disconnected', { answered: at(5), disconnected: at(21) }),
    )
    expect(passed.state).toBe('answered')
    expect(extensionsOf(passed)).toEqual(['21', '22'])
  })

  it('BX-2 that goes out is its user’s, with the number that was dialled', () => {
    const out = { personality: 'originator' }
    const whole = call(
      told(0, 'P_A', 'connecting', { ...out, event: 'created' }),
      told(9, 'P_A', 'connected', { ...out, answered: at(9) }),
      told(29, 'P_A', 'disconnected', { ...out, answered: at(9), disconnected: at(29) }),
    )
    expect(whole).toMatchObject({ direction: 'outbound', outcome: 'answered', talkSeconds: 20 })
    expect(whole.from).toEqual({ kind: 'extension', digits: '21' })
    expect(remoteParty(whole)).toMatchObject({ e164: '+442079460123' })
  })

  it('BX-4 that was clicked and never picked up here is no call to the customer', () => {
    const click = { personality: 'clickToDial' }
    const whole = call(
      told(0, 'P_A', 'alerting', { ...click, event: 'created' }),
      told(20, 'P_A', 'disconnected', click),
    )
    expect(leftOutBecause(whole)).toBe('not-set-up')
  })

  it('BX-2 between colleagues is internal, told by both and written by nobody', () => {
    const inside = { number: '22', callType: 'location' }
    const whole = call(
      told(0, 'P_A', 'connecting', { personality: 'originator', remoteParty: inside }),
      told(0, 'P_B', 'alerting', { remoteParty: { number: '21', callType: 'location' } }),
      told(4, 'P_A', 'connected', { personality: 'originator', remoteParty: inside, answered: at(4) }),
    )
    expect(whole.direction).toBe('internal')
    // A caller outside in the same session weighs more, whoever is told first.
    const withOutside = [told(1, 'P_A', 'alerting'), told(2, 'P_B', 'alerting', { remoteParty: inside })]
    expect(call(...withOutside).direction).toBe('inbound')
    expect(call(...withOutside.toReversed()).direction).toBe('inbound')
  })

  it('hides who hides, and knows the line by who passed it on', () => {
    const queue = { reason: 'callQueue', redirectingParty: { number: '+420222333444' } }
    const whole = call(
      told(0, 'P_A', 'alerting', { remoteParty: { privacyEnabled: true }, redirections: [queue] }),
    )
    expect(whole.from).toEqual({ kind: 'withheld' })
    expect(whole.to).toMatchObject({ e164: '+420222333444' })
  })

  it('is nobody’s when its user is not known, and nothing when it is a day old or of another kind', () => {
    expect(extensionsOf(call(told(0, 'P_X', 'alerting')))).toEqual([])
    const late = { arrivedAt: base + 25 * 3_600_000 }
    expect(heard(told(0, 'P_A', 'alerting'), late)).toEqual({ status: 'ignored', why: 'no-use' })
    expect(heard({ resource: 'rooms', event: 'created', actorId: 'P_A', data: {} })).toMatchObject({
      status: 'ignored',
    })
  })
})

it('an id is compared by what it encodes', () => {
  const uuid = '6fd3a1de-6a0c-4e4e-9f0b-0d4a5b0f9a11'
  const encoded = (text: string) => Buffer.from(text).toString('base64url')
  expect(bareId(encoded(uuid))).toBe(uuid)
  expect(bareId(encoded(`ciscospark://us/PEOPLE/${uuid}`))).toBe(uuid)
  expect(bareId(uuid)).toBe(uuid)
})
