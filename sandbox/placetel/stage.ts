import type { Random } from '../random.ts'
import type { EventName, HangUpType } from './event.ts'
import type { Placetel } from './index.ts'
import type { StartedCall } from './started-call.ts'

/** Who takes part. What is left out is taken from the account: its first number and its SIP users in order. */
export type PlayOptions = {
  account?: string | undefined
  /** The outer party, in E.164. */
  outer: string
  /** The account's number that is called; default its first. */
  number?: string | undefined
  /** Extensions: the first answers or calls, the next one picks up elsewhere or is transferred to. */
  agents?: (string | number)[] | undefined
  expectedPersonId?: number | undefined
  /** When the call begins (milliseconds), for the lists of the REST API; default now. */
  startAt?: number | undefined
  /** How many seconds of the call pass in a real second; default 1. */
  speed?: number | undefined
  /** Decides pauses; default the stand-in's own. */
  random?: Random | undefined
}

/** Thrown inside a scenario when the sandbox is closed or reset while it waits. */
export class Interrupted extends Error {}

/** One call being played: its own time, which only waiting moves on. */
export class Stage {
  readonly outer: string
  readonly random: Random
  readonly #placetel: Placetel
  readonly #agents: readonly string[]
  /** Another one after a transfer that is told as a new call. */
  current: StartedCall
  at: number

  constructor(options: {
    placetel: Placetel
    started: StartedCall
    agents: string[]
    random: Random
    outer: string
  }) {
    this.#placetel = options.placetel
    this.current = options.started
    this.#agents = options.agents
    this.random = options.random
    this.outer = options.outer
    this.at = options.started.call.startedAt
  }

  agent(index: number): string {
    const agent = this.#agents[index] ?? this.#agents[0]
    if (agent === undefined) throw new Error('the account has no SIP user')
    return agent
  }

  /** Lets so many seconds of the call pass. */
  async wait(least: number, most = least): Promise<void> {
    const seconds = this.random.int(least, most)
    const { speed } = this.current
    if (!(await this.#placetel.timers.sleep((seconds * 1000) / speed))) throw new Interrupted()
    this.at += seconds * 1000
  }

  async answeredBy(who?: string): Promise<void> {
    await this.wait(3, 12)
    this.#placetel.exchange.answer(this.current.call.id, who, this.at)
  }

  pickUp(): void {
    this.#placetel.exchange.pickUp(this.current.call.id)
  }

  async talk(): Promise<void> {
    await this.wait(15, 200)
  }

  transfer(to: string): void {
    this.current = this.#placetel.exchange.transfer(this.current.call.id, to, this.at)
  }

  end(type?: HangUpType): void {
    this.#placetel.exchange.hangUp(this.current.call.id, type, this.at, this.random.int(5, 40))
  }

  /** Orders something for one of the call's deliveries. */
  order(kind: 'drop' | 'duplicate' | 'reorder' | 'wrong-signature', event?: EventName): void {
    this.#placetel.faults.orderDelivery({
      kind,
      callId: this.current.call.id,
      // As long as it takes until the next event of the call.
      ...(kind === 'reorder' ? { delayMs: 3_600_000 } : {}),
      ...(event === undefined ? {} : { event, times: 1 }),
    })
  }

  /** The recording of the call that has just ended is there a second time, alike in everything. */
  twin(): void {
    const { account, id } = this.current.call
    const first = [...account.recordings.values()].find(({ callId }) => callId === id)
    if (first === undefined) throw new Error('the account records no calls')
    const second = account.newRecordingId()
    account.recordings.set(second, { ...first, id: second })
  }
}
