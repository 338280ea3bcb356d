const tokensPerSeat = 30_000
const planMultiplier = { Lite: 1, Growth: 2, Premium: 5, Ultimate: 7 } as const
/** Requests of one OAuth user per two seconds. */
const burstLimit = { Lite: 80, Growth: 160, Premium: 400, Ultimate: 480 } as const
const searchBurstLimit = 10
const windowMs = 2000
/** A client that ignores this many 429s in a row gets the gateway's HTML page instead. */
const patience = 20
const htmlRefusalMs = 60_000

export type Admission = 'admitted' | 'burst' | 'daily' | 'blocked'

type Window = { all: number[]; search: number[]; refusals: number; blockedUntil: number }

/**
 * A company's daily token budget, and the rolling two-second windows of its users.
 * Prices and limits are those of Pipedrive's page "Rate limiting". The day ends at midnight UTC here; Pipedrive
 * does not name the time zone.
 */
export class Budget {
  readonly dailyLimit: number
  readonly burstLimit: number
  #day = ''
  #used = 0
  #windows = new Map<string, Window>()

  constructor(options: { plan: keyof typeof planMultiplier; seats: number }) {
    this.dailyLimit = tokensPerSeat * planMultiplier[options.plan] * options.seats
    this.burstLimit = burstLimit[options.plan]
  }

  /** Tokens used today. */
  used(now: number): number {
    this.#turnDay(now)
    return this.#used
  }

  /** Uses up what is left of today's budget. */
  exhaust(now: number): void {
    this.#turnDay(now)
    this.#used = this.dailyLimit
  }

  /** Gives the day's whole budget back. */
  restore(): void {
    this.#used = 0
  }

  charge(tokens: number, now: number): void {
    this.#turnDay(now)
    this.#used += tokens
  }

  /** Counts one request of one user; tells whether it may go on. `key` names the user's installation. */
  admit(request: { key: string; search: boolean; now: number }): Admission {
    this.#turnDay(request.now)
    const window = this.#window(request.key, request.now)
    if (window.blockedUntil > request.now) return 'blocked'
    const refusal = this.#refusal(window, request.search)
    if (refusal === undefined) {
      window.refusals = 0
      window.all.push(request.now)
      if (request.search) window.search.push(request.now)
      return 'admitted'
    }
    window.refusals += 1
    if (window.refusals > patience) {
      window.refusals = 0
      window.blockedUntil = request.now + htmlRefusalMs
      return 'blocked'
    }
    return refusal
  }

  /** The rate limit headers of an answer. */
  headers(request: {
    key: string
    search: boolean
    now: number
    withDaily: boolean
  }): Record<string, string> {
    const window = this.#window(request.key, request.now)
    const times = request.search ? window.search : window.all
    const limit = request.search ? searchBurstLimit : this.burstLimit
    const oldest = times[0] ?? request.now
    const daily = {
      'x-daily-ratelimit-token-limit': String(this.dailyLimit),
      'x-daily-ratelimit-token-remaining': String(Math.max(0, this.dailyLimit - this.used(request.now))),
    }
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - times.length)),
      'x-ratelimit-reset': String(Math.max(1, Math.ceil((oldest + windowMs - request.now) / 1000))),
      ...(request.withDaily ? daily : {}),
    }
  }

  #refusal(window: Window, search: boolean): 'burst' | 'daily' | undefined {
    if (this.#used >= this.dailyLimit) return 'daily'
    if (window.all.length >= this.burstLimit) return 'burst'
    if (search && window.search.length >= searchBurstLimit) return 'burst'
    return undefined
  }

  #window(key: string, now: number): Window {
    const window = this.#windows.get(key) ?? { all: [], search: [], refusals: 0, blockedUntil: 0 }
    const since = now - windowMs
    window.all = window.all.filter((time) => time > since)
    window.search = window.search.filter((time) => time > since)
    this.#windows.set(key, window)
    return window
  }

  #turnDay(now: number): void {
    const day = new Date(now).toISOString().slice(0, 10)
    if (day !== this.#day) {
      this.#day = day
      this.#used = 0
    }
  }
}
