import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expected, Trace } from '../../sandbox/traces/index.ts'
import type { CallEvent } from '../../server/calls/event.ts'
import {
  type Call,
  callFrom,
  extensionsOf,
  knowledgeFrom,
  leftOutBecause,
  remoteParty,
} from '../../server/calls/fold.ts'
import { failureOf } from '../../server/failure.ts'
import type { PhoneConnection, PhonePeople, PhoneSystem, RawRequest } from '../../server/phones/contract.ts'

export interface PhoneUnderTest {
  phone: PhoneSystem
  /** what its stand-in sent, call by call */
  traces: readonly Trace[]
  expected: Readonly<Record<string, Expected>>
  /** whose telephone stands behind the ids of its events, where they name no extensions themselves */
  people?: PhonePeople
  /** what an administrator set for the connection; nothing, where it needs nothing */
  settings?: PhoneConnection['settings']
  /** a delivery as the vendor signs it for this secret */
  deliver(body: Buffer, secret: string): RawRequest
  /** the same delivery by somebody who does not know the secret; each in a way of its own */
  forgeries(request: RawRequest): readonly RawRequest[]
  /** a delivery of a kind that nobody has heard of */
  unknownKind: Record<string, unknown>
}

const connection: PhoneConnection = {
  id: '00000000-0000-4000-8000-000000000001',
  organizationId: '00000000-0000-4000-8000-000000000002',
  secret: 'a secret for fiction',
  numbers: { country: 'CZ' },
  settings: {},
  people: { extensionOf: new Map(), rungBy: new Map() },
  arrivedAt: Date.UTC(2026, 10, 23, 9, 15),
}

/** What every phone system has to do, whatever its own words are. Called inside a test file of the adapter. */
export function phoneSystemConformance(under: PhoneUnderTest): void {
  const { phone, traces, expected } = under
  const known: PhoneConnection = {
    ...connection,
    ...(under.people ? { people: under.people } : {}),
    ...(under.settings ? { settings: under.settings } : {}),
  }
  /** @param nth of the call: one arrives a second after the other */
  const hear = (body: unknown, nth = 0) =>
    phone.receive(under.deliver(Buffer.from(JSON.stringify(body)), connection.secret), {
      ...known,
      arrivedAt: connection.arrivedAt + nth * 1000,
    })
  const eventsOf = (bodies: readonly unknown[]): CallEvent[] =>
    bodies.flatMap((body, nth) => {
      const received = hear(body, nth)
      return received.status === 'events' ? received.events : []
    })
  const callOf = (events: readonly CallEvent[]): Call => {
    const known = knowledgeFrom(events)
    if (!known) throw new Error('no events')
    return callFrom(known)
  }

  describe.each(traces.map((trace) => [trace.name, trace] as const))(
    `${phone.title}: %s`,
    (name, { bodies }) => {
      const events = eventsOf(bodies)
      const whole = callOf(events)

      it('PD-4 is the call that everybody who was there would tell', () => {
        const { about: _, ...call } = expected[name] ?? { about: '' }
        expect(told(whole)).toEqual(call)
      })

      it('PD-4 is the same call in any order and with any repetition', () => {
        fc.assert(
          fc.property(fc.array(fc.constantFrom(...events), { maxLength: 2 * events.length }), (more) => {
            const shuffled = [...more, ...[...events].reverse()]
            expect(callOf(shuffled)).toEqual(whole)
          }),
          { numRuns: 50 },
        )
      })

      it('PD-4 is a call whatever was lost of it, and more is told of it by each further event', () => {
        fc.assert(
          fc.property(fc.subarray(events, { minLength: 1 }), (heard) => {
            const call = callOf(heard)
            expect(call.startedAt).toBeLessThanOrEqual(call.answeredAt ?? call.startedAt)
            expect(call.answeredAt ?? call.startedAt).toBeLessThanOrEqual(
              call.endedAt ?? Number.POSITIVE_INFINITY,
            )
            expect(callOf([...heard, ...events])).toEqual(whole)
          }),
          { numRuns: 50 },
        )
      })

      it('PD-4 is closed when its end was lost, and amended when the end comes after all', () => {
        const open = events.filter((event) => !endsIt(event))
        const [first] = open
        if (!first) throw new Error('a call is told of by its end alone')
        const closed: CallEvent = {
          call: first.call,
          key: 'silent',
          at: whole.endedAt ?? whole.startedAt,
          facts: {},
          kind: 'silent-too-long',
        }
        expect(callOf(open).state).not.toBe('ended')
        expect(callOf([...open, closed])).toMatchObject({ state: 'ended', endUnknown: true })
        expect(callOf([...open, closed, ...events])).toEqual(whole)
      })

      it('names each of its events once, so that a second copy changes nothing', () => {
        const keys = events.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        expect(new Set(events.map(({ call }) => call)).size).toBe(1)
      })

      it('is refused when somebody else signed it, and nothing of it is repeated', () => {
        for (const body of bodies) {
          const genuine = under.deliver(Buffer.from(JSON.stringify(body)), connection.secret)
          for (const forged of under.forgeries(genuine)) {
            const error = errorOf(() => phone.receive(forged, known))
            expect(failureOf(error)).toEqual({ code: 'unauthorized' })
            expect(`${error}`).not.toMatch(/\d{4}/)
          }
        }
      })
    },
  )

  describe(`${phone.title}: what cannot be read`, () => {
    const unreadable = [
      '',
      ' ',
      'ring',
      '"ring"',
      'null',
      '7',
      '[]',
      '{}',
      '{"a":',
      '[[[[[[',
      '{"callerNumber":"+442079460123"}',
    ]
    it.each(unreadable)('%j is refused, and not repeated', (text) => {
      const error = errorOf(() => phone.receive(under.deliver(Buffer.from(text), connection.secret), known))
      expect(failureOf(error)?.code).toBe('invalid-input')
      expect(`${error}`).not.toContain('2079460123')
    })

    it('is acknowledged when it is of a kind that nobody has heard of', () => {
      expect(hear(under.unknownKind)).toMatchObject({ status: 'ignored' })
    })

    it('never breaks anything else, whatever field is of another type', () => {
      const bodies = traces.flatMap((trace) => trace.bodies)
      fc.assert(
        fc.property(fc.constantFrom(...bodies), fc.nat(), fc.jsonValue(), (body, at, strange) => {
          const fields = Object.keys(body)
          const field = fields[at % fields.length] ?? ''
          const error = errorOf(() => hear({ ...body, [field]: strange }))
          if (error !== undefined) expect(failureOf(error)?.code).toBe('invalid-input')
        }),
        { numRuns: 300 },
      )
    })
  })
}

/** Where each leg is told of by itself, the last that leaves ends the call. */
const endsIt = (event: CallEvent): boolean =>
  event.kind === 'ended' || (event.kind === 'leg-left' && event.outcome !== undefined)

function told(call: Call): Omit<Expected, 'about'> {
  const outside = remoteParty(call)
  const joined = call.legs.flatMap((leg) =>
    leg.joinedAt !== undefined && leg.party.kind === 'extension' ? [leg.party.digits] : [],
  )
  return {
    direction: call.direction as Expected['direction'],
    outcome: String(call.outcome),
    outside: outside?.kind === 'e164' ? outside.e164 : null,
    took: extensionsOf(call),
    spoke: call.outcome === 'answered' ? [...new Set(joined)].sort() : [],
    written: leftOutBecause(call) === undefined,
  }
}

function errorOf(run: () => unknown): unknown {
  try {
    run()
    return undefined
  } catch (error) {
    return error
  }
}
