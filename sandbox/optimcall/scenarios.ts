import type { PlayedCall } from '../ledger.ts'
import type { Random } from '../random.ts'
import { type PlayOptions as AnyPlayOptions, Stage as AnyStage, playOut } from '../stage.ts'
import type { OptimCall, StartedCall } from './index.ts'
import type { Withheld } from './pbx-call.ts'

/** Who takes part. What is left out is taken from the tenant: its first line and its extensions in order. */
export type Cast = {
  tenant?: string | undefined
  line?: string | undefined
  /** Extensions: the first answers or calls, the next ones are transferred to, pick up or listen. */
  agents?: string[] | undefined
  /** Group that rings in `ring-group`; default the tenant's first. */
  group?: string | undefined
  withheldAs?: Withheld | undefined
}

export type PlayOptions = Cast & AnyPlayOptions

class Stage extends AnyStage {
  readonly call: StartedCall
  readonly group: string[]
  readonly #optimcall: OptimCall

  constructor(options: {
    optimcall: OptimCall
    call: StartedCall
    agents: string[]
    group: string[]
    random: Random
    outer: string
  }) {
    const { optimcall, call } = options
    super({ ...options, timers: optimcall.timers, speed: call.speed, startedAt: call.pbx.startedAt })
    this.#optimcall = optimcall
    this.call = call
    this.group = options.group
  }

  get pbx() {
    return this.call.pbx
  }

  /** The first answers, talks, and asks the second, who answers too. */
  async askColleague(): Promise<void> {
    await this.reach(this.agent(0))
    this.pbx.answer(this.at, this.agent(0))
    await this.talk()
    this.pbx.consult(this.at, this.agent(1))
    await this.wait(3, 9)
    this.pbx.answer(this.at, this.agent(1))
  }

  end(by: 'caller' | 'callee' | 'system', outcome?: Parameters<OptimCall['end']>[3]): void {
    this.#optimcall.end(this.call, this.at, by, outcome)
  }

  /** Announcements, then the extensions ring. */
  async reach(...extensions: string[]): Promise<void> {
    this.pbx.connectCaller(this.at)
    await this.wait(2, 8)
    for (const extension of extensions) this.pbx.ring(this.at, extension)
    await this.wait(3, 12)
  }

  eitherHangsUp(): void {
    this.end(this.random.pick(['caller', 'callee'] as const))
  }
}

type Scenario = {
  start: 'inbound' | 'withheld' | 'outbound' | 'internal' | 'click-to-call'
  /** Whether exactly one call log is due. */
  expectLog: boolean
  play(stage: Stage): Promise<void>
}

/** Every scenario by name. A call with the outside is to be logged unless it was blocked or never set up. */
const scenarios = {
  'inbound-answered': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.pbx.answer(stage.at, stage.agent(0), stage.random.int(0, 1))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'inbound-missed': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      await stage.wait(5, 20)
      stage.end('caller')
    },
  },
  'inbound-busy': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.pbx.stopRinging(stage.at, 'endpoint', stage.agent(0))
      await stage.wait(1)
      stage.end('callee')
    },
  },
  'withheld-answered': {
    start: 'withheld',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.pbx.answer(stage.at, stage.agent(0))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'withheld-missed': {
    start: 'withheld',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.end('caller')
    },
  },
  'ring-group': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(...stage.group)
      stage.pbx.answer(stage.at, stage.random.pick(stage.group), stage.random.int(0, 1))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'ring-group-missed': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(...stage.group)
      await stage.wait(10, 20)
      stage.end('caller')
    },
  },
  'pick-up': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.pbx.pickUp(stage.at, stage.agent(1))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'blind-transfer': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.pbx.answer(stage.at, stage.agent(0))
      await stage.talk()
      stage.pbx.blindTransfer(stage.at, [stage.agent(1)])
      await stage.wait(3, 9)
      stage.pbx.answer(stage.at, stage.agent(1))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'attended-transfer': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.askColleague()
      await stage.wait(5, 15)
      stage.pbx.completeTransfer(stage.at)
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  /** A colleague is asked in, and all three talk until the end. */
  conference: {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.askColleague()
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  monitored: {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.pbx.answer(stage.at, stage.agent(0))
      await stage.wait(4)
      stage.pbx.monitor(stage.at, stage.agent(2))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  voicemail: {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      await stage.wait(10, 20)
      stage.pbx.stopRinging(stage.at, 'system')
      await stage.wait(5, 40)
      stage.end('caller', 'voicemail')
    },
  },
  blocked: {
    start: 'inbound',
    expectLog: false,
    async play(stage) {
      stage.end('system', 'blocked')
    },
  },
  'ivr-only': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      stage.pbx.connectCaller(stage.at)
      await stage.wait(5, 30)
      stage.end('caller')
    },
  },
  /** The event that says the call is over never comes; a recording may still. */
  'lost-hang-up': {
    start: 'inbound',
    expectLog: true,
    async play(stage) {
      await stage.reach(stage.agent(0))
      stage.pbx.answer(stage.at, stage.agent(0))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'outbound-answered': {
    start: 'outbound',
    expectLog: true,
    async play(stage) {
      stage.pbx.connectCaller(stage.at)
      stage.pbx.ring(stage.at, stage.outer)
      await stage.wait(4, 15)
      stage.pbx.answer(stage.at, stage.outer)
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'outbound-not-answered': {
    start: 'outbound',
    expectLog: true,
    async play(stage) {
      stage.pbx.connectCaller(stage.at)
      stage.pbx.ring(stage.at, stage.outer)
      await stage.wait(4, 25)
      if (stage.random.chance(0.4)) stage.pbx.stopRinging(stage.at, 'endpoint')
      stage.end(stage.pbx.ringing.length === 0 ? 'callee' : 'caller')
    },
  },
  'outbound-failed': {
    start: 'outbound',
    expectLog: true,
    async play(stage) {
      stage.pbx.connectCaller(stage.at)
      await stage.wait(1, 3)
      stage.end('system', 'failed')
    },
  },
  internal: {
    start: 'internal',
    expectLog: false,
    async play(stage) {
      stage.pbx.connectCaller(stage.at)
      stage.pbx.ring(stage.at, stage.agent(1))
      await stage.wait(2, 6)
      stage.pbx.answer(stage.at, stage.agent(1))
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'click-to-call': {
    start: 'click-to-call',
    expectLog: true,
    async play(stage) {
      stage.pbx.ring(stage.at, stage.agent(0), 'caller')
      await stage.wait(2, 6)
      stage.pbx.answer(stage.at, stage.agent(0))
      stage.pbx.ring(stage.at, stage.outer)
      await stage.wait(3, 12)
      stage.pbx.answer(stage.at, stage.outer)
      await stage.talk()
      stage.eitherHangsUp()
    },
  },
  'setup-failed': {
    start: 'click-to-call',
    expectLog: false,
    async play(stage) {
      stage.pbx.ring(stage.at, stage.agent(0), 'caller')
      await stage.wait(15, 25)
      stage.end('system', 'setupFailed')
    },
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

/** Plays one call from first to last event; resolves when it has ended (its deliveries may still be under way). */
export async function playScenario(
  optimcall: OptimCall,
  name: ScenarioName,
  options: PlayOptions,
): Promise<PlayedCall> {
  const scenario: Scenario = scenarios[name]
  const tenant = optimcall.tenant(options.tenant)
  const agents = options.agents ?? tenant.extensions.map(({ number }) => number)
  const groups = tenant.groups
  const group = groups[options.group ?? Object.keys(groups)[0] ?? ''] ?? agents.slice(0, 2)
  const call = startCall(optimcall, { name, scenario, agents, options })
  if (name === 'lost-hang-up') {
    optimcall.faults.orderDelivery({
      kind: 'drop',
      event: 'callDisconnected',
      callId: call.pbx.id,
      times: 1,
    })
  }
  const random = options.random ?? optimcall.random
  const stage = new Stage({ optimcall, call, agents, group, random, outer: options.outer })
  await playOut(scenario.play(stage))
  return call.played
}

function startCall(
  optimcall: OptimCall,
  {
    name,
    scenario,
    agents,
    options,
  }: { name: string; scenario: Scenario; agents: string[]; options: PlayOptions },
): StartedCall {
  const { tenant, startAt, speed, expectedPersonId, line, outer, withheldAs } = options
  const common = { tenant, startAt, speed, kind: name, expectLog: scenario.expectLog }
  const [first, second] = agents
  if (first === undefined) throw new Error('the tenant has no extension')
  switch (scenario.start) {
    case 'inbound':
      return optimcall.startInbound({ ...common, expectedPersonId, from: outer, to: line })
    case 'withheld':
      return optimcall.startInbound({ ...common, from: 'withheld', withheldAs, to: line })
    case 'outbound':
    case 'click-to-call':
      return optimcall.startOutbound({
        ...common,
        expectedPersonId,
        from: first,
        to: outer,
        clickToCall: scenario.start === 'click-to-call',
      })
    case 'internal':
      return optimcall.startOutbound({ ...common, from: first, to: second ?? first })
  }
}
