import { demoWorldOf } from './demo-world.ts'
import type { NewApiFault } from './faults.ts'
import type { Sandbox } from './index.ts'
import type { PlayedCall } from './ledger.ts'
import { playScenario, type ScenarioName, scenarioNames } from './optimcall/scenarios.ts'
import { Random } from './random.ts'

/** How often each scenario comes in a hundred or so calls. None that loses events. */
const mix: Record<Exclude<ScenarioName, 'lost-hang-up'>, number> = {
  'inbound-answered': 22,
  'ring-group': 12,
  'inbound-missed': 12,
  'ring-group-missed': 4,
  'inbound-busy': 4,
  'withheld-answered': 4,
  'withheld-missed': 3,
  'pick-up': 4,
  'blind-transfer': 5,
  'attended-transfer': 4,
  conference: 2,
  monitored: 3,
  voicemail: 6,
  blocked: 3,
  'ivr-only': 3,
  'outbound-answered': 12,
  'outbound-not-answered': 7,
  'outbound-failed': 2,
  internal: 5,
  'click-to-call': 5,
  'setup-failed': 2,
}

/** Seconds of the day from one call's start to the next, on average. */
const gapSeconds = 21.6
const mostAtOnce = 8

export type DayOptions = {
  sandbox: Sandbox
  seed: number
  /** Default 200. */
  calls?: number
  /** How many seconds of the day pass in a real second; default 60: 200 calls take about 75 seconds. */
  speed?: number
  /** `false`: nothing goes wrong on the way. */
  withFaults?: boolean
  /** Told after each call's end, with how many have ended. */
  onCall?: (call: PlayedCall, ended: number) => void
}
export type DayResult = { calls: PlayedCall[]; kinds: Record<string, number> }

/**
 * Plays a day of calls in the demo world, made from the seed: all scenarios, up to eight calls at once, and faults on
 * the way (the CRM is down for a while, answers late, with errors or not at all; events come twice, late or out of
 * order). No event is lost. What trouble has not hit anything by the end is called off. The day ends now, so no event lies in the future. Resolves when every call has ended and
 * every delivery is over.
 */
export async function playDay(options: DayOptions): Promise<DayResult> {
  const { sandbox, seed, calls: count = 200, speed = 60, withFaults = true } = options
  const world = demoWorldOf(sandbox)
  const random = new Random(seed)
  const kinds = plan(random, count)
  const startAt = sandbox.clock.now() - count * gapSeconds * 1000
  const faultIds: number[] = withFaults ? orderDeliveryFaults(sandbox, world.tenant) : []
  const played: PlayedCall[] = []
  const running = new Set<Promise<void>>()
  const realStart = performance.now()

  for (const [i, kind] of kinds.entries()) {
    if (withFaults) faultIds.push(...orderFaultsAt(sandbox, { index: i, count, speed }))
    const wantedSeconds = i * gapSeconds + random.next() * gapSeconds * 0.8
    const ahead = (wantedSeconds * 1000) / speed - (performance.now() - realStart)
    if (ahead > 0 && !(await sandbox.optimcall.timers.sleep(ahead))) break
    while (running.size >= mostAtOnce) await Promise.race(running)
    const outer = outerParty(world, random)
    const call = playScenario(sandbox.optimcall, kind, {
      tenant: world.tenant,
      outer: outer.number,
      expectedPersonId: outer.personId,
      agents: shuffled(random, [world.extensions.anna, world.extensions.boris, world.extensions.cyril]),
      line: random.pick(world.lines),
      withheldAs: random.pick(['missing', 'empty', 'anonymous'] as const),
      startAt: startAt + wantedSeconds * 1000,
      speed,
      random: new Random(random.int(0, 2 ** 31)),
    }).then((ended) => {
      played.push(ended)
      options.onCall?.(ended, played.length)
    })
    const settled: Promise<void> = call.finally(() => running.delete(settled))
    running.add(settled)
  }
  await Promise.all(running)
  await sandbox.idle()
  for (const id of faultIds) sandbox.faults.cancel(id)
  return { calls: played, kinds: countBy(played.map(({ kind }) => kind)) }
}

/** Every scenario at least once where there is room, the rest by weight, in random order. */
function plan(random: Random, count: number): ScenarioName[] {
  const names = Object.keys(mix) as (keyof typeof mix)[]
  const bag = names.flatMap((name) => Array.from({ length: mix[name] }, () => name))
  const kinds = names.slice(0, count)
  while (kinds.length < count) kinds.push(random.pick(bag))
  return shuffled(random, kinds)
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

/** Mostly known persons, some strangers, and now and then the number that two persons share. */
function outerParty(
  world: ReturnType<typeof demoWorldOf>,
  random: Random,
): { number: string; personId: number | undefined } {
  const throwOf = random.next()
  if (throwOf < 0.06) return { number: world.sharedNumber, personId: undefined }
  if (throwOf < 0.25) {
    return { number: `+44207946${String(random.int(200, 998)).padStart(4, '0')}`, personId: undefined }
  }
  const person = random.pick(world.persons)
  return { number: person.number, personId: person.id }
}

function orderDeliveryFaults(sandbox: Sandbox, tenant: string): number[] {
  const { faults } = sandbox
  return [
    faults.orderDelivery({ tenant, kind: 'duplicate', probability: 0.08 }),
    faults.orderDelivery({ tenant, kind: 'reorder', probability: 0.06, delayMs: 700 }),
    faults.orderDelivery({ tenant, kind: 'slow', probability: 0.04, delayMs: 900 }),
    faults.orderDelivery({ tenant, kind: 'retry', probability: 0.03 }),
  ]
}

const callLogs = '/api/v1/callLogs'
/** What goes wrong in the CRM, by the part of the day that has passed. Times are real ones at speed 60. */
const troubles: { at: number; fault: NewApiFault }[] = [
  { at: 0.08, fault: { kind: '429', times: 4 } },
  { at: 0.16, fault: { kind: '500', method: 'POST', path: callLogs, times: 5 } },
  {
    at: 0.24,
    fault: { kind: 'late-effect', method: 'POST', path: callLogs, times: 4, delayMs: 1500, cutAfterMs: 300 },
  },
  { at: 0.34, fault: { kind: 'expired-token', times: 1 } },
  { at: 0.4, fault: { kind: 'down', forMs: 8000 } },
  { at: 0.56, fault: { kind: '503', times: 4 } },
  { at: 0.64, fault: { kind: 'timeout', method: 'POST', path: callLogs, times: 3, cutAfterMs: 1000 } },
  { at: 0.72, fault: { kind: 'slow', times: 8, delayMs: 1500 } },
  {
    at: 0.8,
    fault: { kind: 'late-effect', method: 'POST', path: callLogs, times: 4, delayMs: 900, cutAfterMs: 200 },
  },
  { at: 0.9, fault: { kind: '500', probability: 0.3, times: 6 } },
]

function orderFaultsAt(
  sandbox: Sandbox,
  { index, count, speed }: { index: number; count: number; speed: number },
): number[] {
  const ids: number[] = []
  for (const { at, fault } of troubles) {
    if (Math.floor(at * count) !== index) continue
    const forMs = fault.forMs === undefined ? {} : { forMs: (fault.forMs * 60) / speed }
    ids.push(sandbox.faults.order({ ...fault, ...forMs }))
  }
  return ids
}

function countBy(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of scenarioNames) {
    const count = names.filter((other) => other === name).length
    if (count > 0) counts[name] = count
  }
  return counts
}
