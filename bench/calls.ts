import { Needle } from '../sandbox/needle.ts'
import { type EnsEvent, PbxCall } from '../sandbox/optimcall/pbx-call.ts'
import { NewTenant } from '../sandbox/optimcall/tenant.ts'
import { Random } from '../sandbox/random.ts'

/** A call as OptimCall tells it: the bodies of its deliveries in order. */
export interface ToldCall {
  /** which of the four kinds, by which the floors choose their fixed values */
  kind: number
  bodies: Buffer[]
}

export const ownLine = '+420222333444'
const contacts = Array.from({ length: 50 }, (_, at) => `+42060100${1000 + at}`)
const strangers = Array.from({ length: 20 }, (_, at) => `+42060200${1000 + at}`)

/** Persons in the mirror, written in the usual ways, one number each. */
export const persons = contacts.map((e164, at) => ({
  externalId: String(at + 1),
  name: `Person ${at + 1}`,
  typed: at % 2 === 0 ? e164 : `${e164.slice(4, 7)} ${e164.slice(7, 10)} ${e164.slice(10)}`,
}))

const tenant = NewTenant.parse({
  name: 'bench',
  extensions: [
    { number: '21', name: 'Anna' },
    { number: '22', name: 'Boris' },
  ],
  lines: [{ number: ownLine, name: 'Sales', rings: ['21', '22'] }],
})

/** 0 and 1: answered, 2 and 3: missed; even ones come from a contact, odd ones from somebody unknown. */
export const kinds = [0, 1, 2, 3]

/** Makes inbound calls, seven to nine events each, never the same twice. */
export class Telephone {
  readonly #random: Random
  readonly #needle = new Needle(undefined)

  constructor(seed = 1) {
    this.#random = new Random(seed)
  }

  /** A mixture as on a working day: three of four are answered, seven of ten come from a contact. */
  calls(count: number): ToldCall[] {
    return Array.from({ length: count }, () =>
      this.call((this.#random.chance(0.75) ? 0 : 2) + (this.#random.chance(0.7) ? 0 : 1)),
    )
  }

  /** @param from a number of its own; otherwise one of the contacts or strangers */
  call(kind: number, from?: string): ToldCall {
    const events: EnsEvent[] = []
    const startedAt = Date.now() - 120_000
    const at = (seconds: number) => startedAt + seconds * 1000
    const call = new PbxCall({
      tenant,
      random: this.#random,
      needle: this.#needle,
      emit: (event) => events.push(event),
      type: 'externalInbound',
      from: from ?? this.#random.pick(kind % 2 === 0 ? contacts : strangers),
      to: ownLine,
      startedAt,
    })
    call.start()
    call.connectCaller(at(0))
    call.ring(at(4), '21')
    if (kind < 2) {
      call.answer(at(9), '21')
      call.end(at(75), 'caller')
    } else {
      call.ring(at(4), '22')
      call.end(at(24), 'caller')
    }
    return { kind, bodies: events.map((event) => Buffer.from(JSON.stringify(event))) }
  }
}
