import type { PlayedCall } from '../ledger.ts'
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
class Interrupted extends Error {}

/** One call being played: its own time, which only waiting moves on. */
class Stage {
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

type Start = 'direct' | 'private' | 'hunt-group' | 'queue' | 'outbound' | 'internal'
type Scenario = {
  start: Start
  /** Whether exactly one call log is due. */
  expectLog: boolean
  play(stage: Stage): Promise<void>
}

const answeredCall = async (stage: Stage) => {
  await stage.reach(stage.agent(0))
  await stage.answered(stage.agent(0))
  stage.eitherHangsUp()
}
const missedCall = async (stage: Stage) => {
  await stage.reach(stage.agent(0))
  stage.end('caller')
}
const inbound = (play: Scenario['play'], start: Start = 'direct'): Scenario => ({
  start,
  expectLog: true,
  play,
})

const scenarios = {
  'inbound-answered': inbound(answeredCall),
  'inbound-missed': inbound(missedCall),
  'inbound-busy': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    stage.webex.exchange.rejectHalf(stage.half(stage.agent(0)))
  }),
  'private-answered': inbound(answeredCall, 'private'),
  'private-missed': inbound(missedCall, 'private'),
  /** Three phones ring at once; the others are told that the call was completed elsewhere. */
  'hunt-group': inbound(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 3))
    await stage.answered(stage.agent(1))
    stage.eitherHangsUp()
  }, 'hunt-group'),
  'hunt-group-missed': inbound(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 3))
    stage.end('caller')
  }, 'hunt-group'),
  'queue-answered': inbound(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 2))
    await stage.answered(stage.agent(0))
    stage.eitherHangsUp()
  }, 'queue'),
  'queue-abandoned': inbound(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 2))
    stage.end('caller')
  }, 'queue'),
  'hold-resume': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    await stage.answered(stage.agent(0))
    stage.call.hold(stage.at, stage.half(stage.agent(0)))
    await stage.wait(5, 30)
    stage.call.resume(stage.at, stage.half(stage.agent(0)))
    await stage.wait(5, 30)
    stage.eitherHangsUp()
  }),
  'blind-transfer': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    await stage.answered(stage.agent(0))
    stage.call.divert(stage.at, stage.half(stage.agent(0)), stage.agent(1))
    await stage.wait(3, 9)
    await stage.answered(stage.agent(1))
    stage.eitherHangsUp()
  }),
  'blind-transfer-missed': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    await stage.answered(stage.agent(0))
    stage.call.divert(stage.at, stage.half(stage.agent(0)), stage.agent(1))
    await stage.wait(10, 20)
    stage.end('caller')
  }),
  'attended-transfer': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    await stage.answered(stage.agent(0))
    stage.call.consult(stage.at, stage.half(stage.agent(0)), stage.agent(1), { onAnswer: false })
    await stage.wait(3, 9)
    stage.call.answer(stage.at, stage.agent(1))
    await stage.wait(5, 15)
    stage.call.completeTransfer(stage.at)
    await stage.wait(15, 200)
    stage.eitherHangsUp()
  }),
  /** Stopped and started again: two recordings of one call. For an organization that records. */
  'recording-split': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    await stage.answered(stage.agent(0))
    if (stage.half(stage.agent(0)).recordingState === 'started') {
      stage.call.record(stage.at, stage.half(stage.agent(0)), 'stop')
      await stage.wait(5, 10)
    }
    stage.call.record(stage.at, stage.half(stage.agent(0)), 'start')
    await stage.wait(10, 60)
    stage.eitherHangsUp()
  }),
  'outbound-answered': inbound(async (stage) => {
    stage.dial({ clickToDial: false })
    await stage.wait(4, 15)
    await stage.answered(stage.outer)
    stage.eitherHangsUp()
  }, 'outbound'),
  'outbound-not-answered': inbound(async (stage) => {
    stage.dial({ clickToDial: false })
    await stage.wait(4, 25)
    stage.eitherHangsUp()
  }, 'outbound'),
  'click-to-call': inbound(async (stage) => {
    stage.dial({ clickToDial: true })
    await stage.wait(2, 6)
    stage.call.pickUp(stage.at)
    await stage.wait(3, 12)
    await stage.answered(stage.outer)
    stage.eitherHangsUp()
  }, 'outbound'),
  'click-to-call-not-picked-up': {
    start: 'outbound',
    expectLog: false,
    async play(stage) {
      stage.dial({ clickToDial: true })
      await stage.wait(15, 25)
      stage.end('system')
    },
  },
  internal: {
    start: 'internal',
    expectLog: false,
    async play(stage) {
      stage.dial({ clickToDial: false })
      await stage.wait(2, 6)
      await stage.answered(stage.agent(1))
      stage.eitherHangsUp()
    },
  },
  /** `created` comes after everything else. */
  'created-after-deleted': inbound(async (stage) => {
    stage.trouble('reorder', 'created')
    stage.trouble('reorder', 'updated')
    await answeredCall(stage)
  }),
  'duplicate-delivery': inbound(async (stage) => {
    for (const event of ['created', 'updated', 'deleted'] as const) stage.trouble('duplicate', event)
    await answeredCall(stage)
  }),
  'lost-created': inbound(async (stage) => {
    stage.trouble('drop', 'created')
    await answeredCall(stage)
  }),
  'lost-hang-up': inbound(async (stage) => {
    stage.trouble('drop', 'deleted')
    await answeredCall(stage)
  }),
  /** Webhooks become inactive while somebody talks: of the rest nothing is told. */
  'webhook-inactive': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    await stage.answered(stage.agent(0))
    await stage.webex.timers.idle()
    stage.webex.deactivateWebhooks({ org: stage.started.org.name, user: stage.agent(0) })
    stage.eitherHangsUp()
  }),
  /** The agent's access token ends while somebody talks; the refresh token is still good. */
  'token-expired': inbound(async (stage) => {
    await stage.reach(stage.agent(0))
    await stage.answered(stage.agent(0))
    stage.webex.killTokens({ org: stage.started.org.name, user: stage.agent(0) })
    await stage.wait(5, 20)
    stage.eitherHangsUp()
  }),
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

/** Plays one call from first to last event; resolves when it has ended (its deliveries may still be under way). */
export async function playScenario(
  webex: Webex,
  name: ScenarioName,
  options: PlayOptions,
): Promise<PlayedCall> {
  const scenario: Scenario = scenarios[name]
  const org = webex.org(options.org)
  const agents = options.agents ?? org.people.map(({ extension }) => extension)
  const started = startCall(webex, { name, scenario, agents, options })
  const random = options.random ?? webex.random
  const stage = new Stage({ webex, started, agents, random, outer: options.outer })
  try {
    await scenario.play(stage)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  }
  return started.played
}

function startCall(
  webex: Webex,
  parts: { name: string; scenario: Scenario; agents: string[]; options: PlayOptions },
): StartedCall {
  const { name, scenario, agents, options } = parts
  const { org, startAt, speed, expectedPersonId, outer, to } = options
  const common = { org, startAt, speed, kind: name, expectLog: scenario.expectLog }
  const [first, second] = agents.map((extension) => webex.org(org).person(extension))
  if (first === undefined) throw new Error('the organization has nobody')
  const { exchange } = webex
  switch (scenario.start) {
    case 'direct':
      return exchange.startInbound({
        ...common,
        expectedPersonId,
        from: outer,
        to: to ?? first.number ?? first.extension,
      })
    case 'private':
      return exchange.startInbound({ ...common, from: 'withheld', to: to ?? first.number ?? first.extension })
    case 'hunt-group':
    case 'queue': {
      const kind = scenario.start === 'queue' ? 'callQueue' : 'huntGroup'
      const service = webex.org(org).services.find((item) => item.kind === kind)
      if (service === undefined) throw new Error(`the organization has no ${scenario.start}`)
      return exchange.startInbound({ ...common, expectedPersonId, from: outer, to: to ?? service.number })
    }
    case 'outbound':
      return exchange.startOutbound({ ...common, expectedPersonId, from: first.extension, to: outer })
    case 'internal':
      return exchange.startOutbound({ ...common, from: first.extension, to: (second ?? first).extension })
  }
}
