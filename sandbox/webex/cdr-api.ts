import type { Reply } from '../http.ts'
import type { Webex } from './index.ts'
import type { Region } from './org.ts'
import { maxOf, pageReply } from './paging.ts'
import type { ApiCall, WebexRoute } from './route.ts'

const scopes = ['spark-admin:calling_cdr_read']
const hourMs = 3_600_000

/** Below the address of a region's analytics. */
export function cdrRoutes(region: Region): WebexRoute[] {
  return [
    { method: 'GET', template: '/cdr_feed', scopes, run: (call) => feed(call, region) },
    { method: 'GET', template: '/cdr_stream', scopes, run: (call) => stream(call, region) },
  ]
}

/** By the end of the calls. */
function feed(call: ApiCall, region: Region): Reply {
  const { cdrFeedDelaySeconds, cdrHistoryHours, cdrSpanHours } = call.webex.settings
  return answered(call, region, {
    endsBeforeNowMs: cdrFeedDelaySeconds * 1000,
    hoursBack: cdrHistoryHours,
    spanHours: cdrSpanHours,
    timeOf: ({ releasedAt }) => releasedAt,
  })
}

/** By when the records came in. */
function stream(call: ApiCall, region: Region): Reply {
  return answered(call, region, {
    endsBeforeNowMs: call.webex.settings.cdrStreamDelaySeconds * 1000,
    hoursBack: 12,
    spanHours: 2,
    timeOf: ({ insertedAt }) => insertedAt,
  })
}

const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function answered(
  call: ApiCall,
  region: Region,
  rules: {
    endsBeforeNowMs: number
    hoursBack: number
    spanHours: number
    timeOf: (entry: { releasedAt: number; insertedAt: number }) => number
  },
): Reply {
  const { webex, grant, incoming } = call
  const { org } = grant
  if (org.settings.region !== region) {
    const there = `${webex.analyticsUrl(org.settings.region)}${call.address.slice(webex.analyticsUrl(region).length)}`
    return webex.refuse(451, `This organization's data is at ${there}`)
  }
  const limited = webex.cdrBudget.admit(call.token, incoming.query.has('cursor') ? 'page' : 'first')
  if (limited !== undefined)
    return webex.refuse(429, 'Too many requests.', { headers: { 'retry-after': String(limited) } })
  const wrong = wrongWindow(incoming.query, webex.clock.now(), rules)
  if (wrong !== undefined) return webex.refuse(400, wrong)
  const [from, to] = [incoming.query.get('startTime'), incoming.query.get('endTime')].map((text) =>
    Date.parse(text ?? ''),
  ) as [number, number]
  const places = incoming.query.get('locations')?.split(',')
  const now = webex.clock.now()
  const found = org.cdrs
    .filter((entry) => rules.timeOf(entry) >= from && rules.timeOf(entry) <= to && entry.insertedAt <= now)
    .filter(({ record }) => places === undefined || places.includes(String(record['Location'])))
    .sort((a, b) => rules.timeOf(a) - rules.timeOf(b))
  const least = webex.settings.cdrLeastPerPage
  return pageReply(found, {
    incoming,
    base: call.address,
    max: maxOf(incoming.query, { least, most: 5000, usual: least }),
    view: ({ record }) => record,
  })
}

function wrongWindow(
  query: URLSearchParams,
  now: number,
  rules: { endsBeforeNowMs: number; hoursBack: number; spanHours: number },
): string | undefined {
  const [start, end] = [query.get('startTime') ?? '', query.get('endTime') ?? '']
  if (!timeForm.test(start) || !timeForm.test(end))
    return 'startTime and endTime must be YYYY-MM-DDTHH:MM:SS.mmmZ.'
  const [from, to] = [Date.parse(start), Date.parse(end)]
  if (from >= to) return 'endTime must be later than startTime.'
  if (to > now - rules.endsBeforeNowMs)
    return `endTime must be at least ${rules.endsBeforeNowMs / 1000} seconds ago.`
  if (from < now - rules.hoursBack * hourMs) return `startTime must be at most ${rules.hoursBack} hours ago.`
  if (to - from > rules.spanHours * hourMs) return `At most ${rules.spanHours} hours at once.`
  return undefined
}

/** How often a token may ask in a minute. */
export class CdrBudget {
  readonly #webex: Webex
  #asked: { token: string; kind: 'first' | 'page'; at: number }[] = []

  constructor(webex: Webex) {
    this.#webex = webex
  }

  /** Undefined when the request may go on, else how many seconds to wait. */
  admit(token: string, kind: 'first' | 'page'): number | undefined {
    const now = this.#webex.clock.now()
    const { cdrInitialPerMinute, cdrPagesPerMinute } = this.#webex.settings
    this.#asked = this.#asked.filter(({ at }) => at > now - 60_000)
    const mine = this.#asked.filter((item) => item.token === token && item.kind === kind)
    const limit = kind === 'first' ? cdrInitialPerMinute : cdrPagesPerMinute
    const oldest = mine[0]
    if (mine.length >= limit && oldest !== undefined) return Math.ceil((oldest.at + 60_000 - now) / 1000)
    this.#asked.push({ token, kind, at: now })
    return undefined
  }

  clear(): void {
    this.#asked = []
  }
}
