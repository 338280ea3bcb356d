import { isoSeconds } from './clock.ts'
import type { StartOptions } from './start-options.ts'

export type Vendor = 'optimcall' | 'placetel' | 'webex' | 'pipedrive' | 'bitrix24'

/** A call that the stand-in telephone system played. */
export type PlayedCall = {
  /** The vendor's id of the call. */
  id: string
  /** Name of the tenant, or of the account. */
  tenant: string
  /** Domain of the company whose CRM should hold the call; null when the tenant belongs to none. */
  company: string | null
  /** Which scenario, e.g. `inbound-answered`, or `interactive`. */
  kind: string
  direction: 'inbound' | 'outbound' | 'internal'
  /** Number or extension of who called; null when withheld. */
  from: string | null
  to: string
  /** ISO 8601, whole seconds. */
  startTime: string
  endedAt: string | null
  outcome: string | null
  /** Whether exactly one call log is due for it. */
  expectLog: boolean
  expectedPersonId: number | null
  /** How far from `startTime` a held call may start and still be this one; default two seconds. */
  startsWithin?: { beforeSeconds: number; afterSeconds: number }
}

/** One attempt to deliver an event or a webhook. */
export type HookSent = {
  at: string
  sender: Vendor
  /** Event name, or `change.person` and the like. */
  event: string
  /** callId, or the id of the changed entity. */
  subject: string
  url: string
  attempt: number
  /** HTTP status; null when no answer came. */
  status: number | null
  error: string | null
  fault: string | null
}

/** One request received by a vendor's stand-in. */
export type ApiRequest = {
  at: string
  vendor: Vendor
  method: string
  /** Path template such as `/api/v1/callLogs/:id`. */
  template: string
  path: string
  /** null when the request was left without an answer. */
  status: number | null
  tokens: number
  company: string | null
  userId: number | null
  fault: string | null
  /** Bitrix24's code of the refusal. */
  error?: string
}

/** A request that does not fit the vendor's own description. */
export type RequestViolation = { at: string; method: string; path: string; message: string }

/** A call activity as the CRM holds it, with the call log it came from. */
export type HeldCall = {
  company: string
  activityId: number
  /** null when the call log was deleted and only its activity is left. */
  callLogId: string | null
  userId: number
  personId: number | null
  organizationId: number | null
  dealId: number | null
  leadId: string | null
  subject: string
  outcome: string
  from: string | null
  to: string
  /** ISO 8601. */
  startTime: string
  endTime: string
  /** Seconds, as the client wrote it. */
  duration: string
  note: string
  hasRecording: boolean
}

export type LedgerSummary = {
  /** Calls played. */
  calls: number
  /** Played, ended and due in the CRM. */
  expected: number
  /** Calls still going on. */
  live: number
  /** Call activities that the CRM holds. */
  activities: number
  /** Calls due in the CRM that it does not hold. */
  lost: number
  /** Calls that the CRM holds more than once. */
  duplicated: number
  /** Calls that the CRM holds although none was due. */
  unexpected: number
  /** Held calls that belong to no played call. */
  strays: number
  /** Calls held under another person than the expected one. */
  wrongPerson: number
  lostCalls: PlayedCall[]
  duplicatedCalls: PlayedCall[]
  unexpectedCalls: PlayedCall[]
  strayActivities: HeldCall[]
  wrongPersonCalls: PlayedCall[]
}

const usualWindow = { beforeSeconds: 2, afterSeconds: 2 }

/**
 * The sandbox's own record of what was played, sent, asked and held. It decides what was lost or duplicated from
 * numbers and start times alone, never from anything the client writes to mark its entries.
 */
export class Ledger {
  readonly calls: PlayedCall[] = []
  readonly hooks: HookSent[] = []
  readonly requests: ApiRequest[] = []
  readonly requestViolations: RequestViolation[] = []
  readonly #held: (() => HeldCall[])[] = []

  /** Writes down a call that begins. `startedAt`: milliseconds; `expectLog`: unless the options say otherwise. */
  begin(
    call: Pick<PlayedCall, 'id' | 'tenant' | 'direction' | 'from' | 'to' | 'expectLog' | 'startsWithin'> & {
      company: string | undefined
      startedAt: number
    },
    { kind = 'interactive', expectLog, expectedPersonId }: StartOptions,
  ): PlayedCall {
    const { startedAt, company = null, ...facts } = call
    const played: PlayedCall = {
      ...facts,
      company,
      kind,
      startTime: isoSeconds(startedAt),
      endedAt: null,
      outcome: null,
      expectLog: expectLog ?? call.expectLog,
      expectedPersonId: expectedPersonId ?? null,
    }
    this.calls.push(played)
    return played
  }

  /** Tells the ledger where to see the calls that a CRM holds at the moment. */
  watch(held: () => HeldCall[]): void {
    this.#held.push(held)
  }

  /** Call activities that the CRM holds at the moment, oldest first. */
  held(): HeldCall[] {
    return this.#held.flatMap((held) => held())
  }

  /** Tokens spent so far, of one company or of all. */
  tokens(company?: string): number {
    return this.requests
      .filter((request) => company === undefined || request.company === company)
      .reduce((sum, request) => sum + request.tokens, 0)
  }

  /** The held activities that may stand for this call: same outer number, and a start near enough. */
  heldFor(call: PlayedCall): HeldCall[] {
    return matching(call, indexed(this.held()))
  }

  summary(): LedgerSummary {
    const held = this.held()
    const belonging = belongings(this.calls, held)
    const result: LedgerSummary = {
      calls: this.calls.length,
      expected: 0,
      live: 0,
      activities: held.length,
      lost: 0,
      duplicated: 0,
      unexpected: 0,
      strays: 0,
      wrongPerson: 0,
      lostCalls: [],
      duplicatedCalls: [],
      unexpectedCalls: [],
      strayActivities: [],
      wrongPersonCalls: [],
    }
    for (const call of this.calls) {
      const mine = belonging.get(call) ?? []
      if (call.endedAt === null) {
        result.live += 1
        continue
      }
      if (!call.expectLog) {
        if (mine.length > 0) result.unexpectedCalls.push(call)
        continue
      }
      result.expected += 1
      if (mine.length === 0) result.lostCalls.push(call)
      if (mine.length > 1) result.duplicatedCalls.push(call)
      const expected = call.expectedPersonId
      if (expected !== null && mine.some((item) => item.personId !== null && item.personId !== expected)) {
        result.wrongPersonCalls.push(call)
      }
    }
    const matched = new Set([...belonging.values()].flat())
    result.strayActivities = held.filter((item) => !matched.has(item))
    result.lost = result.lostCalls.length
    result.duplicated = result.duplicatedCalls.length
    result.unexpected = result.unexpectedCalls.length
    result.strays = result.strayActivities.length
    result.wrongPerson = result.wrongPersonCalls.length
    return result
  }

  clear(): void {
    for (const list of [this.calls, this.hooks, this.requests, this.requestViolations]) list.length = 0
  }
}

type Index = { byFrom: Map<string, HeldCall[]>; byTo: Map<string, HeldCall[]> }

/** Held calls by number and second of start, so that a summary of very many calls stays quick. */
function indexed(held: HeldCall[]): Index {
  const index: Index = { byFrom: new Map(), byTo: new Map() }
  for (const item of held) {
    const second = Math.floor(Date.parse(item.startTime) / 1000)
    for (const [map, number] of [
      [index.byFrom, item.from],
      [index.byTo, item.to],
    ] as const) {
      const key = `${digits(number)} ${second}`
      map.set(key, [...(map.get(key) ?? []), item])
    }
  }
  return index
}

/**
 * Only the outer party's number is compared: which of our own numbers (public line, extension, caller id shown) a
 * client writes at the other end is its choice. Calls from one outer number, and withheld calls, are played with
 * starts far enough apart to be told apart so.
 */
function matching(call: PlayedCall, index: Index): HeldCall[] {
  const outbound = call.direction === 'outbound'
  const map = outbound ? index.byTo : index.byFrom
  const number = digits(outbound ? call.to : call.from)
  const second = Math.floor(Date.parse(call.startTime) / 1000)
  const found: HeldCall[] = []
  const { beforeSeconds, afterSeconds } = call.startsWithin ?? usualWindow
  for (let apart = -beforeSeconds; apart <= afterSeconds; apart += 1) {
    found.push(...(map.get(`${number} ${second + apart}`) ?? []))
  }
  return found.filter((item) => call.company === null || call.company === item.company)
}

/**
 * Which held activities belong to which call. Where several calls are near enough, as those are whose events carry no
 * time, the nearest pairs go together first, so that two calls of one number are not taken for one that was lost and
 * one that was logged twice.
 */
function belongings(calls: readonly PlayedCall[], held: HeldCall[]): Map<PlayedCall, HeldCall[]> {
  const index = indexed(held)
  const pairs = calls
    .flatMap((call) => matching(call, index).map((item) => ({ call, item, apart: secondsApart(call, item) })))
    .sort((a, b) => a.apart - b.apart)
  const result = new Map<PlayedCall, HeldCall[]>()
  const taken = new Set<HeldCall>()
  const give = ({ call, item }: { call: PlayedCall; item: HeldCall }) => {
    taken.add(item)
    result.set(call, [...(result.get(call) ?? []), item])
  }
  for (const pair of pairs) if (!taken.has(pair.item) && !result.has(pair.call)) give(pair)
  for (const pair of pairs) if (!taken.has(pair.item)) give(pair)
  return result
}

function secondsApart(call: PlayedCall, item: HeldCall): number {
  return Math.abs(Date.parse(call.startTime) - Date.parse(item.startTime)) / 1000
}

/** A CRM whose field has to hold something holds zeros where no number was shown. */
function digits(number: string | null): string {
  return (number ?? '').replace(/\D/g, '').replace(/^00/, '').replace(/^0+$/, '')
}
