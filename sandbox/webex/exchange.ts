import { isoSeconds } from '../clock.ts'
import type { PlayedCall } from '../ledger.ts'
import type { StartOptions } from '../start-options.ts'
import { Starts } from '../starts.ts'
import { cdrOfHalf, cdrOfService } from './cdr.ts'
import type { Half, Personality } from './half.ts'
import type { Webex } from './index.ts'
import { numberOf, type Org, type Person, type Service } from './org.ts'
import { type Ender, WebexCall } from './webex-call.ts'

/** What one needs to know to start a call. */
export type CallOptions = StartOptions & {
  /** Name of the organization; may be left out when there is only one. */
  org?: string | undefined
}
export type RingOptions = CallOptions & {
  /** Number of the caller in E.164, or `withheld`. */
  from: string
  /** Number that is called; default the first hunt group's or queue's, else the first person's. */
  to?: string | undefined
  /** Extensions that ring; default whom the number stands for. An empty list: nobody. */
  ring?: string[] | undefined
}
export type DialOptions = CallOptions & {
  /** Extension that calls. */
  from: string
  /** Outer number, or an extension for an internal call. */
  to: string
  /** Asked for over the API: the own phones ring first. */
  clickToDial?: boolean | undefined
}

/** A call that is going on. `id` is the session's UUID; each half has a `callId` of Webex's kind. */
export type LiveCall = {
  id: string
  org: string
  direction: WebexCall['direction']
  from: string | null
  to: string
  startTime: string
  answered: boolean
  halves: { callId: string; extension: string; personality: Personality; state: Half['state'] }[]
}

export type StartedCall = {
  call: WebexCall
  played: PlayedCall
  org: Org
  timeOffsetMs: number
  /** How many seconds of the call pass in a real second. */
  speed: number
}

/** The calls of all organizations, and what people do with them. */
export class Exchange {
  readonly #webex: Webex
  #live = new Map<string, StartedCall>()
  #halves = new Map<string, Half[]>()
  readonly #starts = new Starts()

  constructor(webex: Webex) {
    this.#webex = webex
  }

  // --- to begin and end --------------------------------------------------------------------------------------

  startInbound(options: RingOptions): StartedCall {
    const org = this.#webex.org(options.org)
    const first = org.people[0]
    const to = options.to ?? org.services[0]?.number ?? (first === undefined ? undefined : numberOf(first))
    if (to === undefined) throw new Error(`organization ${org.name} has no number`)
    const from = options.from === 'withheld' ? null : options.from
    const service = org.service(to)
    return this.#start(org, options, { direction: 'inbound', from, to, service, outer: from ?? 'withheld' })
  }

  startOutbound(options: DialOptions): StartedCall {
    const org = this.#webex.org(options.org)
    const service = org.service(options.to)
    const internal = service !== undefined || org.find(options.to) !== undefined
    const direction = internal ? 'internal' : 'outbound'
    const { from, to } = options
    return this.#start(org, options, { direction, from, to, service, outer: to })
  }

  /** Extensions that ring for a number, unless others are named. */
  ringing({ call, org }: StartedCall, named?: string[]): Person[] {
    const own = call.service?.rings ?? [org.find(call.to)?.extension].filter((item) => item !== undefined)
    return (named ?? own).map((extension) => org.person(extension))
  }

  end(started: StartedCall, at: number, by: Ender): void {
    const { call, played, org } = started
    call.end(at, by)
    this.#live.delete(call.id)
    played.endedAt = isoSeconds(at)
    played.outcome = call.outcome
    if (call.outcome === 'notPlaced') played.expectLog = false
    if (call.service === undefined) return
    const key = `${this.#webex.random.int(100_000, 999_999)}:0`
    org.cdrs.push(cdrOfService(call.service, call, { at, key }, this.#cdrParts(org)))
  }

  /** The calls going on, oldest first. */
  get live(): StartedCall[] {
    return [...this.#live.values()]
  }

  /** By its id, or by the `callId` of one of its halves. */
  find(id: string): StartedCall {
    const found =
      this.#live.get(id) ?? this.live.find(({ call }) => call.halves.some((half) => half.callId === id))
    if (found === undefined) throw new Error(`no call ${id} is going on`)
    return found
  }

  /** The time inside a call: it runs with the clock, shifted by as much as the call's start was moved on. */
  now({ call, timeOffsetMs }: StartedCall): number {
    return Math.max(this.#webex.clock.now() + timeOffsetMs, call.startedAt)
  }

  clear(): void {
    this.#live.clear()
    this.#halves.clear()
    this.#starts.clear()
  }

  /** All halves a person ever had, oldest first. */
  halvesOf(person: Person): Half[] {
    return this.#halves.get(person.id) ?? []
  }

  // --- parts -------------------------------------------------------------------------------------------------

  #start(
    org: Org,
    options: CallOptions,
    facts: {
      direction: WebexCall['direction']
      from: string | null
      to: string
      service: Service | undefined
      /** The number by which the ledger will recognise the call. */
      outer: string
    },
  ): StartedCall {
    const { clock, random, settings, ledger } = this.#webex
    const wanted = options.startAt ?? clock.now()
    const startedAt = this.#starts.free(org.name, wanted, facts.outer)
    const call: WebexCall = new WebexCall({
      org,
      random,
      settings,
      emit: (said) => {
        if (said.event === 'created') this.#remember(said.half)
        this.#webex.tellOfCall(org, call, said)
      },
      released: (half) => {
        org.cdrs.push(cdrOfHalf(half, call, this.#cdrParts(org)))
        this.#webex.recorder.later(org, half, started.speed)
      },
      direction: facts.direction,
      from: facts.from,
      to: facts.to,
      service: facts.service,
      startedAt,
    })
    const { direction, from, to } = facts
    const { name, company } = org
    const expectLog = direction !== 'internal'
    const played = ledger.begin(
      { id: call.id, tenant: name, company, direction, from, to, startedAt, expectLog },
      options,
    )
    const started = { call, played, org, timeOffsetMs: startedAt - wanted, speed: options.speed ?? 1 }
    this.#live.set(call.id, started)
    return started
  }

  #remember(half: Half): void {
    const known = this.#halves.get(half.person.id) ?? []
    known.push(half)
    this.#halves.set(half.person.id, known)
  }

  #cdrParts(org: Org) {
    return { org, settings: this.#webex.settings, id: this.#webex.random.uuid() }
  }
}

export function liveView({ call, org, played }: StartedCall): LiveCall {
  return {
    id: call.id,
    org: org.name,
    direction: call.direction,
    from: call.from,
    to: call.to,
    startTime: played.startTime,
    answered: call.answered,
    halves: call.live.map(({ callId, person, personality, state }) => ({
      callId,
      extension: person.extension,
      personality,
      state,
    })),
  }
}
