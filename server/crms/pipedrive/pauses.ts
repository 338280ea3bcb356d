import type { CrmSession } from '../contract.ts'
import type { Refusal } from './refusal.ts'

interface Pause {
  untilMs: number
  /** how often in a row it happened */
  strikes: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** After this many short pauses in a row we are the ones who push. */
const patience = 3

/**
 * When to leave Pipedrive alone.
 *
 * A burst or a block concerns one token and so one installation; the day's budget belongs to the whole company. Held in
 * memory: after a restart the first 429 tells the same again. Whoever keeps pushing after a 429 is shut out with a 403
 * page, so a pause ends every request before it is sent.
 *
 * @see https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting
 */
export class Pauses {
  readonly #bursts = new Map<string, Pause>()
  readonly #days = new Map<string, Pause>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Whole seconds until a request may be made; 0: now. */
  secondsLeft(session: CrmSession): number {
    const untilMs = Math.max(
      this.#bursts.get(session.installationId)?.untilMs ?? 0,
      this.#days.get(companyOf(session))?.untilMs ?? 0,
    )
    return Math.max(0, Math.ceil((untilMs - this.#now().getTime()) / 1000))
  }

  /** Notes a refusal that asks for a pause. */
  note(session: CrmSession, refusal: Refusal): void {
    if (refusal.kind === 'burst') this.#noteBurst(session.installationId, refusal.seconds * 1000)
    if (refusal.kind === 'blocked') this.#noteBurst(session.installationId, hourMs)
    if (refusal.kind === 'daily') this.#noteDay(companyOf(session), refusal.seconds)
  }

  /** An answer came through: what was held against this installation and company is over. */
  clear(session: CrmSession): void {
    // several requests are under way at once: an answer from before the pause does not end it
    if (this.secondsLeft(session) > 0) return
    this.#bursts.delete(session.installationId)
    this.#days.delete(companyOf(session))
  }

  #noteBurst(key: string, askedMs: number): void {
    const now = this.#now().getTime()
    const earlier = this.#bursts.get(key)
    // requests that were under way together meet the same limit; that is one strike, not many
    const strikes = earlier === undefined ? 1 : earlier.strikes + (earlier.untilMs <= now ? 1 : 0)
    const backOffMs = strikes <= patience ? 0 : Math.min(2 ** (strikes - patience - 1), 15) * minuteMs
    const untilMs = now + Math.max(askedMs, backOffMs)
    this.#bursts.set(key, { untilMs: Math.max(untilMs, earlier?.untilMs ?? 0), strikes })
  }

  /** The hour of the reset is not published: we wait for midnight UTC, then try four times an hour. */
  #noteDay(key: string, askedSeconds: number | undefined): void {
    const now = this.#now().getTime()
    const earlier = this.#days.get(key)
    if (earlier !== undefined && earlier.untilMs > now) return
    const midnight = (Math.floor(now / dayMs) + 1) * dayMs
    const untilMs = earlier === undefined ? midnight : now + 15 * minuteMs
    this.#days.set(key, {
      untilMs: askedSeconds === undefined ? untilMs : now + askedSeconds * 1000,
      strikes: (earlier?.strikes ?? 0) + 1,
    })
  }
}

/** Users of one company share its address at Pipedrive. */
function companyOf(session: CrmSession): string {
  return session.apiBase
}
