import type { PlayedCall } from '../ledger.ts'
import { playOut } from '../stage.ts'
import type { StartedCall } from './exchange.ts'
import type { Webex } from './index.ts'
import { type PlayOptions, Stage, type Trouble, type TroubledEvent } from './stage.ts'

type Start = 'direct' | 'private' | 'hunt-group' | 'queue' | 'outbound' | 'internal'
type Scenario = {
  start: Start
  /** Whether exactly one call log is due. */
  expectLog: boolean
  play(stage: Stage): Promise<void>
}

/** The first agent's phone rings, and the agent talks. */
const talking = async (stage: Stage) => {
  await stage.reach(stage.agent(0))
  await stage.answered(stage.agent(0))
}
const answeredCall = async (stage: Stage) => {
  await talking(stage)
  stage.eitherHangsUp()
}
const missedCall = async (stage: Stage) => {
  await stage.reach(stage.agent(0))
  stage.end('caller')
}
/** The first agent talks, and sends the caller on to the second. */
const sentOn = async (stage: Stage) => {
  await talking(stage)
  stage.call.divert(stage.at, stage.half(stage.agent(0)), stage.agent(1))
}
const logged = (play: Scenario['play'], start: Start = 'direct'): Scenario => ({
  start,
  expectLog: true,
  play,
})
/** A call in which something goes wrong with these events on the way to the receiver. */
const troubled = (kind: Trouble, ...events: TroubledEvent[]): Scenario =>
  logged(async (stage) => {
    for (const event of events) stage.trouble(kind, event)
    await answeredCall(stage)
  })

const scenarios = {
  'inbound-answered': logged(answeredCall),
  'inbound-missed': logged(missedCall),
  'inbound-busy': logged(async (stage) => {
    await stage.reach(stage.agent(0))
    stage.webex.desk.reject(stage.half(stage.agent(0)))
  }),
  'private-answered': logged(answeredCall, 'private'),
  'private-missed': logged(missedCall, 'private'),
  /** Three phones ring at once; the others are told that the call was completed elsewhere. */
  'hunt-group': logged(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 3))
    await stage.answered(stage.agent(1))
    stage.eitherHangsUp()
  }, 'hunt-group'),
  'hunt-group-missed': logged(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 3))
    stage.end('caller')
  }, 'hunt-group'),
  'queue-answered': logged(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 2))
    await stage.answered(stage.agent(0))
    stage.eitherHangsUp()
  }, 'queue'),
  'queue-abandoned': logged(async (stage) => {
    await stage.reach(...stage.agents.slice(0, 2))
    stage.end('caller')
  }, 'queue'),
  'hold-resume': logged(async (stage) => {
    await talking(stage)
    stage.call.hold(stage.at, stage.half(stage.agent(0)))
    await stage.wait(5, 30)
    stage.call.resume(stage.at, stage.half(stage.agent(0)))
    await stage.wait(5, 30)
    stage.eitherHangsUp()
  }),
  'blind-transfer': logged(async (stage) => {
    await sentOn(stage)
    await stage.wait(3, 9)
    await stage.answered(stage.agent(1))
    stage.eitherHangsUp()
  }),
  'blind-transfer-missed': logged(async (stage) => {
    await sentOn(stage)
    await stage.wait(10, 20)
    stage.end('caller')
  }),
  'attended-transfer': logged(async (stage) => {
    await talking(stage)
    stage.call.consult(stage.at, stage.half(stage.agent(0)), stage.agent(1), { onAnswer: false })
    await stage.wait(3, 9)
    stage.call.answer(stage.at, stage.agent(1))
    await stage.wait(5, 15)
    stage.call.completeTransfer(stage.at)
    await stage.wait(15, 200)
    stage.eitherHangsUp()
  }),
  /** Stopped and started again: two recordings of one call. For an organization that records. */
  'recording-split': logged(async (stage) => {
    await talking(stage)
    if (stage.half(stage.agent(0)).recordingState === 'started') {
      stage.call.record(stage.at, stage.half(stage.agent(0)), 'stop')
      await stage.wait(5, 10)
    }
    stage.call.record(stage.at, stage.half(stage.agent(0)), 'start')
    await stage.wait(10, 60)
    stage.eitherHangsUp()
  }),
  'outbound-answered': logged(async (stage) => {
    stage.dial({ clickToDial: false })
    await stage.wait(4, 15)
    await stage.answered(stage.outer)
    stage.eitherHangsUp()
  }, 'outbound'),
  'outbound-not-answered': logged(async (stage) => {
    stage.dial({ clickToDial: false })
    await stage.wait(4, 25)
    stage.eitherHangsUp()
  }, 'outbound'),
  'click-to-call': logged(async (stage) => {
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
  'created-after-deleted': troubled('reorder', 'created', 'updated'),
  'duplicate-delivery': troubled('duplicate', 'created', 'updated', 'deleted'),
  'lost-created': troubled('drop', 'created'),
  'lost-hang-up': troubled('drop', 'deleted'),
  /** Webhooks become inactive while somebody talks: of the rest nothing is told. */
  'webhook-inactive': logged(async (stage) => {
    await talking(stage)
    await stage.webex.timers.idle()
    stage.webex.deactivateWebhooks({ org: stage.started.org.name, user: stage.agent(0) })
    stage.eitherHangsUp()
  }),
  /** The agent's access token ends while somebody talks; the refresh token is still good. */
  'token-expired': logged(async (stage) => {
    await talking(stage)
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
