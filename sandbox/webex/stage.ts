import type { Random } from '../random.ts'
import type { StartedCall } from './exchange.ts'
import type { Half } from './half.ts'
import type { Webex } from './index.ts'

export type PlayOptions = {
  org?: string | undefined
  /** The outer party, in E.164. */
  outer: string
  /** Number that is called; default as the scenario needs it. */
  to?: string | undefined
  /** Extensions: the first answers or calls, the next ones are rung with it or transferred to. Default all in order. */
  agents?: string[] | undefined
  expectedPersonId?: number | undefined
  /** When the call begins (milliseconds); default now. */
  startAt?: number | undefined
  /** How many seconds of the call pass in a real second; default 1. */
  speed?: number | undefined
  /** Decides pauses and who hangs up; default the stand-in's own. */
  random?: Random | undefined
}

/** Thrown inside a scenario when the sandbox is closed or reset while it waits. */
export class Interrupted extends Error {}

/** One call being played: its own time, which only waiting moves on. */
export class Stage {
  readonly webex: Webex
  readonly started: StartedCall
  readonly agents: string[]
  readonly random: Random
  readonly outer: string
  at: number

  constructor(parts: {
    webex: Webex
    started: StartedCall
    agents: string[]
    random: Random
    outer: string
  }) {
    this.webex = parts.webex
    this.started = parts.started
    this.agents = parts.agents
    this.random = parts.random
    this.outer = parts.outer
    this.at = parts.started.call.startedAt
  }

  get call() {
    return this.started.call
  }

  agent(index: number): string {
    const agent = this.agents[index] ?? this.agents[0]
    if (agent === undefined) throw new Error('the organization has nobody')
    return agent
  }

  half(extension: string): Half {
    const half = this.call.live.find(({ person }) => person.extension === extension)
    if (half === undefined) throw new Error(`${extension} is not in the call`)
    return half
  }

  /** Lets so many seconds of the call pass. */
  async wait(least: number, most = least): Promise<void> {
    const seconds = this.random.int(least, most)
    if (!(await this.webex.timers.sleep((seconds * 1000) / this.started.speed))) throw new Interrupted()
    this.at += seconds * 1000
  }

  /** Phones ring for a while. */
  async reach(...extensions: string[]): Promise<void> {
    for (const extension of extensions) this.call.ring(this.at, this.started.org.person(extension))
    await this.wait(3, 12)
  }

  async answered(number: string): Promise<void> {
    this.call.answer(this.at, number)
    await this.wait(15, 200)
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
  trouble(kind: 'drop' | 'reorder' | 'duplicate', event: 'created' | 'updated' | 'deleted', times = 1): void {
    const delayMs = 60_000
    const order = { kind, event: `telephony_calls.${event}`, callId: this.call.id, times, delayMs } as const
    this.webex.faults.orderDelivery(order)
  }
}
