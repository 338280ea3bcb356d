import { setTimeout as sleep } from 'node:timers/promises'
import type { Egress, OpenSocket } from '../egress/index.ts'
import { onBehalfOf } from '../egress/on-behalf.ts'
import { type Failure, failureOf } from '../failure.ts'
import { readSettings } from '../organizations/connection-settings.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneSystem, Received } from './contract.ts'
import type { HeldState, Lease } from './leases.ts'

export interface LineParts {
  egress: Egress
  /** undefined: the connection, or its organization, is not there any more */
  find(lease: Lease): Promise<{ organization: Organization; phone: PhoneSystem } | undefined>
  /** resolves when it is safe: committed, or sealed in the spool; never throws but when the line is to end */
  hear(lease: Lease, received: Received): Promise<void>
  /** never throws */
  tell(lease: Lease, told: Told): Promise<void>
  onFailure(lease: Lease, error: unknown): void
  /** default: the adapter's own */
  waits?: Waits
  random?: () => number
}

export interface Waits {
  /** how long the phone system may keep still before it is asked for a sign of life */
  idleMs?: number
  /** how long it may take to say whether it accepts us */
  answerMs?: number
  /** the longest pause between two tries */
  longestPauseMs?: number
}

export type Told =
  | { state: 'connected' | 'unconfirmed' }
  | { state: Exclude<HeldState, 'connected' | 'unconfirmed'>; silentMs: number }

/** As large as a delivery may be, see ingest/route.ts. */
const largestMessageBytes = 256 * 1024
const firstPauseMs = 500
const longestPauseMs = 60_000
/** What only a person can put right, or another node has yet to tell us, is not tried again every second. */
const firstPauseElseMs = 30_000
/** One that lasted this long was a good connection: the next pause is short again. */
const goodAfterMs = 30_000

/**
 * Keeps one connection open until `signal` says otherwise: connects, hears, and connects again after a pause that grows
 * and is drawn from its upper half, so that a hundred connections to one system do not come back at once.
 */
export async function holdLine(parts: LineParts, lease: Lease, signal: AbortSignal): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const attempt = new Attempt(parts, lease, signal)
    const state = await attempt.run()
    if (signal.aborted) return
    failures = attempt.lastedMs > goodAfterMs ? 1 : failures + 1
    if (state !== 'unwanted') await parts.tell(lease, { state, silentMs: attempt.silentMs })
    const first = state === 'away' ? firstPauseMs : firstPauseElseMs
    const pauseMs = Math.min(first * 2 ** (failures - 1), parts.waits?.longestPauseMs ?? longestPauseMs)
    const drawn = pauseMs * (0.5 + (parts.random ?? Math.random)() / 2)
    await sleep(drawn, undefined, { signal }).catch(() => undefined) // ended from outside: the loop sees it
  }
}

type Ended = 'away' | 'refused' | 'no-such-address' | 'not-allowed'

class Attempt {
  readonly #parts: LineParts
  readonly #lease: Lease
  readonly #signal: AbortSignal
  #socket: OpenSocket | undefined
  #openedAt: number | undefined

  constructor(parts: LineParts, lease: Lease, signal: AbortSignal) {
    this.#parts = parts
    this.#lease = lease
    this.#signal = signal
  }

  get lastedMs(): number {
    return this.#openedAt === undefined ? 0 : performance.now() - this.#openedAt
  }

  /** how long it had been dead before that was found out */
  get silentMs(): number {
    return this.#socket?.silentMs ?? 0
  }

  async run(): Promise<Ended | 'unwanted'> {
    try {
      return (await this.#listen()) ? 'away' : 'unwanted'
    } catch (error) {
      const failure = failureOf(error)
      if (!this.#signal.aborted) this.#parts.onFailure(this.#lease, error)
      return failure ? endedBy(failure) : 'away'
    }
  }

  /** @returns false where nothing is to be held */
  async #listen(): Promise<boolean> {
    const { organizationId, connectionId } = this.#lease
    return onBehalfOf({ organizationId, connectionId }, () => this.#listenFor())
  }

  async #listenFor(): Promise<boolean> {
    const found = await this.#parts.find(this.#lease)
    const { listening, settings: schema } = found?.phone ?? {}
    if (!found || !listening || !schema) return false
    const { organization } = found
    const settings = await organization.transaction(
      (db) => readSettings(organization, db, this.#lease.connectionId, schema),
      'connect the systems',
    )
    if (!listening.wanted(settings)) return false
    const { waits = {} } = this.#parts
    await listening.listen(
      {
        settings,
        numbers: { country: organization.country },
        ...(waits.answerMs === undefined ? {} : { answerMs: waits.answerMs }),
        connect: async ({ url, headers, idleMs }) => {
          this.#socket = await this.#parts.egress.connect({
            url,
            headers,
            idleMs: waits.idleMs ?? idleMs,
            maxBytes: largestMessageBytes,
            allow: [new URL(url.replace(/^ws/, 'http')).host],
            organizationId: organization.id,
            provider: found.phone.name,
            sends: 'as an administrator configured it',
            says: listening.says,
            signal: this.#signal,
          })
          return this.#socket
        },
        onOpen: async (sure) => {
          this.#openedAt ??= performance.now()
          await this.#parts.tell(this.#lease, { state: sure ? 'connected' : 'unconfirmed' })
        },
        onEvents: (received) => this.#parts.hear(this.#lease, received),
      },
      this.#signal,
    )
    return true
  }
}

/** Which sentence the card has for it. */
function endedBy(failure: Failure): Ended {
  switch (failure.code) {
    case 'provider-refused':
      return 'refused'
    case 'provider-rejected':
      return 'no-such-address'
    case 'undeclared':
      return 'not-allowed'
    default:
      return 'away'
  }
}
