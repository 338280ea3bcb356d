import type { Random } from './random.ts'
import type { Timers } from './timers.ts'

/** How a scenario is played, whatever the telephone system. */
export type PlayOptions = {
  /** The outer party, in E.164. */
  outer: string
  expectedPersonId?: number | undefined
  /** When the call begins (milliseconds); default now. */
  startAt?: number | undefined
  /** How many seconds of the call pass in a real second; default 1. */
  speed?: number | undefined
  /** Decides pauses and who hangs up; default the stand-in's own. */
  random?: Random | undefined
}

/** Thrown inside a scenario when the sandbox is closed or reset while it waits. */
class Interrupted extends Error {}

/** One call being played: its own time, which only waiting moves on. */
export class Stage {
  readonly agents: readonly string[]
  readonly random: Random
  readonly outer: string
  readonly #timers: Timers
  readonly #speed: number
  at: number

  constructor(parts: {
    timers: Timers
    /** Extensions. */
    agents: readonly string[]
    random: Random
    outer: string
    speed: number
    startedAt: number
  }) {
    this.#timers = parts.timers
    this.#speed = parts.speed
    this.agents = parts.agents
    this.random = parts.random
    this.outer = parts.outer
    this.at = parts.startedAt
  }

  /** The first where there are not so many. Throws where there is none. */
  agent(index: number): string {
    const agent = this.agents[index] ?? this.agents[0]
    if (agent === undefined) throw new Error('there is no extension')
    return agent
  }

  /** Lets so many seconds of the call pass. */
  async wait(least: number, most = least): Promise<void> {
    const seconds = this.random.int(least, most)
    if (!(await this.#timers.sleep((seconds * 1000) / this.#speed))) throw new Interrupted()
    this.at += seconds * 1000
  }

  async talk(): Promise<void> {
    await this.wait(15, 200)
  }
}

/** Plays to the end, or until the sandbox is closed or reset. */
export async function playOut(play: Promise<void>): Promise<void> {
  try {
    await play
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  }
}
