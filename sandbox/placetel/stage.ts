import type { Random } from '../random.ts'
import { type PlayOptions as AnyPlayOptions, Stage as AnyStage } from '../stage.ts'
import type { EventName, HangUpType } from './event.ts'
import type { Placetel } from './index.ts'
import type { StartedCall } from './started-call.ts'

/** Who takes part. What is left out is taken from the account: its first number and its SIP users in order. */
export type PlayOptions = AnyPlayOptions & {
  account?: string | undefined
  /** The account's number that is called; default its first. */
  number?: string | undefined
  /** Extensions: the first answers or calls, the next one picks up elsewhere or is transferred to. */
  agents?: (string | number)[] | undefined
}

export class Stage extends AnyStage {
  readonly #placetel: Placetel
  /** Another one after a transfer that is told as a new call. */
  current: StartedCall

  constructor(options: {
    placetel: Placetel
    started: StartedCall
    agents: string[]
    random: Random
    outer: string
  }) {
    const { placetel, started } = options
    super({ ...options, timers: placetel.timers, speed: started.speed, startedAt: started.call.startedAt })
    this.#placetel = placetel
    this.current = started
  }

  async answeredBy(who?: string): Promise<void> {
    await this.wait(3, 12)
    this.#placetel.exchange.answer(this.current.call.id, who, this.at)
  }

  pickUp(): void {
    this.#placetel.exchange.pickUp(this.current.call.id)
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
