import type { Account, PublicNumber, SipUser } from './account.ts'
import { type EventName, endsOf, type HangUpType, type NotifyEvent } from './event.ts'
import { written } from './numbers.ts'
import type { PlacetelSettings } from './settings.ts'

/** Whoever speaks on our side: a SIP user, or an outside phone that a call was forwarded to. */
export type Party = SipUser | { outside: string }

/** `asked`: requested over the API, and the phones of the agent ring. */
export type CallState = 'asked' | 'ringing' | 'answered' | 'ended'

export type CallPlan =
  | { direction: 'in'; from: string | null; number: PublicNumber }
  | {
      direction: 'out'
      sipUser: SipUser
      dialled: string
      /** E.164, or a SIP user of the same account. */
      to: string | SipUser
      /** undefined: the user shows none, and nothing is told. */
      shown: string | undefined
    }

/** One call. It says the events that Placetel would, in the order in which things happen. */
export class Call {
  readonly id: string
  readonly account: Account
  readonly plan: CallPlan
  readonly startedAt: number
  state: CallState
  owner: Party | undefined
  answeredAt: number | undefined
  type: HangUpType | undefined
  readonly #settings: () => PlacetelSettings
  readonly #emit: (event: NotifyEvent) => void

  constructor(options: {
    id: string
    account: Account
    plan: CallPlan
    startedAt: number
    state: 'asked' | 'ringing'
    settings: () => PlacetelSettings
    emit: (event: NotifyEvent) => void
  }) {
    this.id = options.id
    this.account = options.account
    this.plan = options.plan
    this.startedAt = options.startedAt
    this.state = options.state
    this.#settings = options.settings
    this.#emit = options.emit
  }

  get direction(): 'in' | 'out' {
    return this.plan.direction
  }

  /** The SIP user called from another one's phone; undefined: not an internal call. */
  get colleague(): SipUser | undefined {
    return this.plan.direction === 'out' && typeof this.plan.to !== 'string' ? this.plan.to : undefined
  }

  /** E.164; null: internal, or withheld. */
  get outside(): string | null {
    if (this.plan.direction === 'in') return this.plan.from
    return typeof this.plan.to === 'string' ? this.plan.to : null
  }

  /** The account's own public number in the call, E.164. Whoever asked for its events is told of the call. */
  get ownNumber(): string | undefined {
    return this.plan.direction === 'in' ? this.plan.number.number : this.plan.shown
  }

  /** The first event; an outgoing call that was asked for has to wait for the agent. */
  start({ blocked = false } = {}): void {
    const { blockedIsAnnounced, clickToCallIsTold } = this.#settings()
    if (this.plan.direction === 'in') {
      if (!blocked || blockedIsAnnounced) this.#say('IncomingCall', { ...this.#parties(), direction: 'in' })
    } else if (this.state !== 'asked' || clickToCallIsTold === 'at-once') this.#outgoing()
  }

  /** The agent picks up, and the far end rings. */
  pickUp(): void {
    if (this.state !== 'asked') throw new Error(`call ${this.id} waits for no agent`)
    this.state = 'ringing'
    if (this.#settings().clickToCallIsTold === 'picked-up') this.#outgoing()
  }

  /** Somebody answers: one of ours (or an outside phone) an incoming call, the far end an outgoing one. */
  answer(at: number, by?: Party): void {
    if (this.state !== 'ringing') throw new Error(`call ${this.id} does not ring`)
    this.state = 'answered'
    this.answeredAt = at
    this.owner = this.plan.direction === 'in' ? by : this.plan.sipUser
    this.#accepted(by)
  }

  /** Somebody else speaks from now on. `new-call` is for whoever holds the calls to play. */
  passTo(next: Party): void {
    this.owner = next
    if (this.#settings().transfers === 'accepted-again') this.#accepted(next)
  }

  /** @param type default: accepted when it was answered, else missed or canceled */
  hangUp(at: number, type: HangUpType = this.#endNow()): void {
    if (this.state === 'ended') throw new Error(`call ${this.id} is over`)
    const answered = this.state === 'answered'
    if (answered !== (type === 'accepted')) {
      throw new Error(`a call that was ${answered ? '' : 'not '}answered does not end as ${type}`)
    }
    const possible: readonly HangUpType[] = endsOf[this.direction]
    if (!possible.includes(type)) throw new Error(`no call ${this.direction} ends as ${type}`)
    const toldOf = this.state !== 'asked' || this.#settings().clickToCallIsTold === 'at-once'
    this.state = 'ended'
    this.type = type
    if (!toldOf) return
    this.#say('HungUp', {
      ...(this.colleague === undefined ? this.#parties() : this.#sipParties(this.colleague)),
      type,
      duration: String(this.seconds(at)),
      direction: this.direction,
    })
  }

  /** Seconds of conversation until then. */
  seconds(at: number): number {
    return this.answeredAt === undefined ? 0 : Math.max(0, Math.round((at - this.answeredAt) / 1000))
  }

  #endNow(): HangUpType {
    if (this.state === 'answered') return 'accepted'
    return this.direction === 'in' ? 'missed' : 'canceled'
  }

  #parties(): { from: string; to: string } {
    const form = this.#settings().numberForm
    if (this.plan.direction === 'in') {
      const { from, number } = this.plan
      return { from: from === null ? 'anonymous' : written(from, form), to: written(number.number, form) }
    }
    return {
      from: this.plan.shown === undefined ? '' : written(this.plan.shown, form),
      to: this.plan.dialled,
    }
  }

  /** The end of an internal call names the SIP users on both sides. */
  #sipParties(colleague: SipUser): { from: string; to: string } {
    return { from: this.plan.direction === 'out' ? this.plan.sipUser.sipuid : '', to: colleague.sipuid }
  }

  #outgoing(): void {
    if (this.plan.direction !== 'out') return
    const { sipuid } = this.plan.sipUser
    const parties = this.#parties()
    this.#say('OutgoingCall', {
      ...(this.#settings().olderOutgoing ? { ...parties, from: sipuid } : { ...parties, peer: sipuid }),
      direction: 'out',
    })
  }

  /** Of incoming calls only. */
  #accepted(by: Party | undefined): void {
    if (this.plan.direction !== 'in') return
    const { forwardedAnswer, numberForm } = this.#settings()
    const isOutside = by !== undefined && 'outside' in by
    if (isOutside && forwardedAnswer === 'silent') return
    const peer = isOutside
      ? forwardedAnswer === 'peer-is-number'
        ? written(by.outside, numberForm)
        : undefined
      : by?.sipuid
    this.#say('CallAccepted', {
      ...this.#parties(),
      ...(peer === undefined ? {} : { peer }),
      direction: 'in',
    })
  }

  #say(event: EventName, fields: Record<string, string>): void {
    const { from = '', to = '', ...rest } = fields
    this.#emit({ event, from, to, call_id: this.id, ...rest })
  }
}
