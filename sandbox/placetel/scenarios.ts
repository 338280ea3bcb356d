import type { PlayedCall } from '../ledger.ts'
import { playOut } from '../stage.ts'
import type { EventName, HangUpType } from './event.ts'
import type { Placetel } from './index.ts'
import { type PlayOptions, Stage } from './stage.ts'
import type { CallOptions, StartedCall } from './started-call.ts'

type Scenario = {
  start: 'in' | 'anonymous' | 'blocked' | 'out' | 'suppressed' | 'internal' | 'asked'
  /** Where the rule for all calls does not hold. */
  expectLog?: boolean
  play(stage: Stage): Promise<void>
}

/** Somebody answers, talks and hangs up. `who`: see `Placetel.answer`. */
const answeredBy =
  (who: (stage: Stage) => string | undefined): Scenario['play'] =>
  async (stage) => {
    await stage.answeredBy(who(stage))
    await stage.talk()
    stage.end()
  }
const answered = answeredBy((stage) => stage.agent(0))
/** The far end answers. */
const reached = answeredBy(() => undefined)
const notAnswered =
  (type: HangUpType): Scenario['play'] =>
  async (stage) => {
    await stage.wait(8, 25)
    stage.end(type)
  }
/** A call in which something goes wrong on the way to the receiver. */
const troubled =
  (...orders: [Parameters<Stage['order']>[0], EventName][]): Scenario['play'] =>
  async (stage) => {
    for (const order of orders) stage.order(...order)
    await answered(stage)
  }

/** Every scenario by name. */
const scenarios = {
  answered: { start: 'in', play: answered },
  missed: { start: 'in', play: notAnswered('missed') },
  /** Several phones ring and the second agent answers; no event says who rang. */
  'ring-all': { start: 'in', play: answeredBy((stage) => stage.agent(1)) },
  voicemail: { start: 'in', play: notAnswered('voicemail') },
  blocked: { start: 'blocked', play: async () => {} },
  'anonymous-answered': { start: 'anonymous', play: answered },
  'anonymous-missed': { start: 'anonymous', play: notAnswered('missed') },
  transfer: {
    start: 'in',
    async play(stage) {
      await stage.answeredBy(stage.agent(0))
      await stage.talk()
      stage.transfer(stage.agent(1))
      await stage.talk()
      stage.end()
    },
  },
  /** Forwarded to an outside phone (a number for fiction), which answers. */
  forwarded: { start: 'in', play: answeredBy(() => '+491713920001') },
  outbound: { start: 'out', play: reached },
  'outbound-busy': { start: 'out', play: notAnswered('busy') },
  'outbound-canceled': { start: 'out', play: notAnswered('canceled') },
  'outbound-unavailable': { start: 'out', play: notAnswered('unavailable') },
  'outbound-congestion': { start: 'out', play: notAnswered('congestion') },
  /** The number is not shown, and nothing is told. */
  'outbound-suppressed': { start: 'suppressed', play: reached },
  internal: { start: 'internal', play: reached },
  'internal-missed': { start: 'internal', play: notAnswered('canceled') },
  'click-to-call': {
    start: 'asked',
    async play(stage) {
      await stage.wait(2, 6)
      stage.pickUp()
      await reached(stage)
    },
  },
  /** The agent does not pick up the own phone. */
  'click-to-call-not-picked-up': { start: 'asked', play: notAnswered('canceled') },
  duplicated: { start: 'in', play: troubled(['duplicate', 'IncomingCall'], ['duplicate', 'HungUp']) },
  'hang-up-first': { start: 'in', play: troubled(['reorder', 'CallAccepted']) },
  'lost-hang-up': { start: 'in', play: troubled(['drop', 'HungUp']) },
  'hang-up-alone': { start: 'in', play: troubled(['drop', 'IncomingCall'], ['drop', 'CallAccepted']) },
  /** None of its events is signed by the secret: nobody should believe them. */
  'wrong-signature': {
    start: 'in',
    expectLog: false,
    async play(stage) {
      stage.order('wrong-signature')
      await answered(stage)
    },
  },
  /** Two recordings that fit the call equally well. The account has to record. */
  'twin-recordings': {
    start: 'in',
    async play(stage) {
      await answered(stage)
      stage.twin()
    },
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

/** Plays one call from first to last event; resolves when it has ended (its deliveries may still be under way). */
export async function playScenario(
  placetel: Placetel,
  name: ScenarioName,
  options: PlayOptions,
): Promise<PlayedCall> {
  const scenario: Scenario = scenarios[name]
  const account = placetel.account(options.account)
  const agents = options.agents?.map(String) ?? account.sipUsers.map(({ did }) => did)
  const started = startCall(placetel, { name, scenario, agents, options })
  const stage = new Stage({
    placetel,
    started,
    agents,
    random: options.random ?? placetel.random,
    outer: options.outer,
  })
  await playOut(scenario.play(stage))
  return started.played
}

function startCall(
  placetel: Placetel,
  parts: { name: string; scenario: Scenario; agents: string[]; options: PlayOptions },
): StartedCall {
  const { name, scenario, agents, options } = parts
  const { account, startAt, speed, expectedPersonId, outer, number } = options
  const common: CallOptions = {
    account,
    startAt,
    speed,
    kind: name,
    ...(scenario.expectLog === undefined ? {} : { expectLog: scenario.expectLog }),
    ...(scenario.start === 'anonymous' ? {} : { expectedPersonId }),
  }
  const [first = '', second = first] = agents
  switch (scenario.start) {
    case 'in':
    case 'blocked':
      return placetel.exchange.ring({
        ...common,
        from: outer,
        to: number,
        blocked: scenario.start === 'blocked',
      })
    case 'anonymous':
      return placetel.exchange.ring({ ...common, from: 'anonymous', to: number })
    case 'out':
    case 'suppressed':
      return placetel.exchange.dial({
        ...common,
        did: first,
        to: outer,
        suppressed: scenario.start === 'suppressed',
      })
    case 'internal':
      return placetel.exchange.dial({ ...common, did: first, to: second })
    case 'asked': {
      const user = placetel.account(account).sipUser(first)
      const started = placetel.exchange.ask(placetel.account(account), user, { ...common, to: outer })
      if (started === undefined) throw new Error(`extension ${first} is offline`)
      return started
    }
  }
}
