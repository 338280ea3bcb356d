import type { Random } from '../random.ts'
import { type PlayOptions as AnyPlayOptions, Stage as AnyStage } from '../stage.ts'
import type { StartedCall } from './exchange.ts'
import type { Half } from './half.ts'
import type { Webex } from './index.ts'

export type PlayOptions = AnyPlayOptions & {
  org?: string | undefined
  /** Number that is called; default as the scenario needs it. */
  to?: string | undefined
  /** Extensions: the first answers or calls, the next ones are rung with it or transferred to. Default all in order. */
  agents?: string[] | undefined
}

export type Trouble = 'drop' | 'reorder' | 'duplicate'
export type TroubledEvent = 'created' | 'updated' | 'deleted'

export class Stage extends AnyStage {
  readonly webex: Webex
  readonly started: StartedCall

  constructor(parts: {
    webex: Webex
    started: StartedCall
    agents: string[]
    random: Random
    outer: string
  }) {
    const { webex, started } = parts
    super({ ...parts, timers: webex.timers, speed: started.speed, startedAt: started.call.startedAt })
    this.webex = webex
    this.started = started
  }

  get call() {
    return this.started.call
  }

  half(extension: string): Half {
    const half = this.call.live.find(({ person }) => person.extension === extension)
    if (half === undefined) throw new Error(`${extension} is not in the call`)
    return half
  }

  /** Phones ring for a while. */
  async reach(...extensions: string[]): Promise<void> {
    for (const extension of extensions) this.call.ring(this.at, this.started.org.person(extension))
    await this.wait(3, 12)
  }

  async answered(number: string): Promise<void> {
    this.call.answer(this.at, number)
    await this.talk()
  }

  dial(how: { clickToDial: boolean }): void {
    this.call.dial(this.at, this.started.org.person(this.agent(0)), how)
  }

  end(by: 'caller' | 'callee' | 'system'): void {
    this.webex.exchange.end(this.started, this.at, by)
  }

  eitherHangsUp(): void {
    this.end(this.random.pick(['caller', 'callee'] as const))
  }

  /** An ordered trouble with one event of this call. */
  trouble(kind: Trouble, event: TroubledEvent): void {
    const delayMs = 60_000
    const order = { kind, event: `telephony_calls.${event}`, callId: this.call.id, times: 1, delayMs }
    this.webex.faults.orderDelivery(order)
  }
}
