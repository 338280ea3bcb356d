import { setTimeout as sleep } from 'node:timers/promises'
import { type PairCount, playOthers } from './pairs.ts'
import type { ServerProcess } from './processes.ts'
import { HeldScreen } from './screen.ts'
import type { Control, SetUp } from './set-up.ts'

/** The one object that `--once` prints. Counted from the sandbox's own ledger; the server is not asked. */
export interface DayReport {
  /** of the long day */
  calls: number
  activities: number
  /** of all days */
  lost: number
  duplicated: number
  popMsP50: number
  popMsP99: number
  tokens: number
  seed: number
  pairs: PairCount[]
}

interface Summary {
  lost: number
  duplicated: number
}
interface HookSent {
  at: string
  sender: string
  event: string
  subject: string
  attempt: number
  status: number | null
  fault: string | null
}
interface PlayedCall {
  id: string
  from: string | null
  to: string
  startTime: string
}
interface ApiRequest {
  at: string
  tokens: number
  method: string
  template: string
}

/** No request that writes a call may come for this long before the day counts as quiet: longer than the wait before a second try. */
const quietMs = 66_000
const atMostMs = 300_000

/** Plays a day of calls while the server is killed three times, waits until it is quiet, and counts. */
export async function playOnce(options: {
  url: string
  setUp: SetUp
  /** whose day is the long one */
  company: string
  control: Control
  server: ServerProcess
  seed: number
  calls: number
  say(text: string): void
}): Promise<DayReport> {
  const { control, server, seed, say } = options
  const deadline = Date.now() + atMostMs
  const screens = [options.setUp.anna, options.setUp.boris].map(
    (session) => new HeldScreen(options.url, session),
  )
  await Promise.all(screens.map((screen) => screen.open()))
  const day = control('day/play', { seed, calls: options.calls })
  const kills = killThreeTimes(server, seed, options.calls, say)
  await day
  await kills
  say('The day is over. A short one of every other telephone system and CRM.')
  await playOthers(control, seed)
  say('Waiting until it is quiet.')
  const summary = await quiet(control, deadline)
  const pops = await popTimes(control, screens)
  const { requests } = await control<{ requests: ApiRequest[] }>('ledger')
  for (const screen of screens) screen.close()
  const pairs = await control<PairCount[]>('ledger/by-company')
  const usual = pairs.find(({ name }) => name === options.company)
  return {
    calls: usual?.calls ?? 0,
    activities: usual?.held ?? 0,
    lost: summary.lost,
    duplicated: summary.duplicated,
    popMsP50: percentile(pops, 0.5),
    popMsP99: percentile(pops, 0.99),
    tokens: requests.reduce((sum, request) => sum + request.tokens, 0),
    seed,
    pairs,
  }
}

/** At instants that come from the seed, spread over the day. */
async function killThreeTimes(
  server: ServerProcess,
  seed: number,
  calls: number,
  say: (text: string) => void,
): Promise<void> {
  const random = mulberry32(seed * 7919 + 17)
  const dayMs = (calls * 21.6 * 1000) / 60
  for (let kill = 0; kill < 3; kill += 1) {
    await sleep((dayMs / 3) * (0.3 + random() * 0.5))
    await server.kill()
    say(`The server was killed (${kill + 1} of 3); starting it again.`)
    await server.start()
  }
}

const writesCall = ({ method, template }: ApiRequest): boolean =>
  (method === 'POST' && template.endsWith('/callLogs')) || template.endsWith('externalcall.finish')

async function quiet(control: Control, deadline: number): Promise<Summary> {
  const begun = Date.now()
  for (;;) {
    const summary = await control<Summary>('ledger/summary')
    const { requests } = await control<{ requests: ApiRequest[] }>('ledger')
    const lastWrite = Math.max(begun, ...requests.filter(writesCall).map((request) => Date.parse(request.at)))
    if (summary.lost === 0 && Date.now() - lastWrite > quietMs) return summary
    if (Date.now() > deadline) return summary
    await sleep(1_000)
  }
}

/**
 * From a call's first event having been sent to its first message on a screen that shows it. Only calls whose ringing
 * was delivered at the first attempt and without a fault: the others waited for a server that was dead on purpose.
 */
async function popTimes(control: Control, screens: readonly HeldScreen[]): Promise<number[]> {
  const { hooks, calls } = await control<{ hooks: HookSent[]; calls: PlayedCall[] }>('ledger')
  const times: number[] = []
  for (const screen of screens) {
    for (const { at, call } of screen.firstShown.values()) {
      const played = calls.find((one) => Date.parse(one.startTime) === Date.parse(call.startedAt))
      if (!played) continue
      const sent = hooks.filter((hook) => hook.sender === 'optimcall' && hook.subject === played.id)
      if (sent.some((hook) => hook.attempt > 1 || hook.status !== 200 || hook.fault !== null)) continue
      const before = sent.map((hook) => Date.parse(hook.at)).filter((ms) => ms <= at)
      if (before.length > 0) times.push(at - Math.max(...before))
    }
  }
  return times.sort((a, b) => a - b)
}

function percentile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return Math.round(value * 10) / 10
}

/** A small random generator with a seed, so that a day can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
