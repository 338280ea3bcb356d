import type { PlayedCall } from '../ledger.ts'
import { playOut } from '../stage.ts'
import type { StartedCall } from './exchange.ts'
import type { Webex } from './index.ts'
import { type PlayOptions, Stage } from './stage.ts'

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
    stage.webex.desk.reject(stage.half(stage.agent(0)))
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
  await playOut(scenario.play(stage))
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
