import type { Random } from '../random.ts'
import {
  type Half,
  type Party,
  partyOf,
  type Redirection,
  ringsNow,
  servicePartyOf,
  talksNow,
} from './half.ts'
import { Halves, type Said } from './halves.ts'
import type { Org, Person, Service } from './org.ts'
import { changeRecording, type RecordingAction, startsByItself } from './recorded.ts'
import type { WebexSettings } from './settings.ts'

export type Ender = 'caller' | 'callee' | 'system'
export type WebexCallOptions = {
  org: Org
  random: Random
  settings: WebexSettings
  emit: (said: Said) => void
  /** A half is over. */
  released: (half: Half, call: WebexCall) => void
  direction: 'inbound' | 'outbound' | 'internal'
  /** Number of the caller, or an extension; null: withheld. */
  from: string | null
  to: string
  service: Service | undefined
  startedAt: number
}

/** One conversation with all its halves. Times come in as milliseconds. */
export class WebexCall {
  /** The session it began as, UUID. */
  readonly id: string
  readonly org: Org
  readonly direction: WebexCallOptions['direction']
  readonly from: string | null
  readonly to: string
  readonly service: Service | undefined
  readonly startedAt: number
  readonly #halves: Halves
  answered = false
  ended = false
  /** The agent who asks a colleague before sending a caller on. */
  #asking: { first: Half; second: Half; onAnswer: boolean } | undefined
  readonly #options: WebexCallOptions

  constructor(options: WebexCallOptions) {
    this.#options = options
    this.org = options.org
    this.#halves = new Halves({ ...options, released: (half) => options.released(half, this) })
    this.id = options.random.uuid()
    this.direction = options.direction
    this.from = options.from
    this.to = options.to
    this.service = options.service
    this.startedAt = options.startedAt
  }

  get halves(): readonly Half[] {
    return this.#halves.all
  }

  get live(): Half[] {
    return this.#halves.live
  }

  get ringing(): Half[] {
    return this.live.filter(ringsNow)
  }

  get connected(): Half[] {
    return this.live.filter(talksNow)
  }

  /** The phones of whoever asked for the call still ring. */
  get settingUp(): boolean {
    return this.live.some((half) => half.personality === 'clickToDial')
  }

  get outcome(): string {
    if (this.answered) return 'answered'
    if (this.direction === 'inbound') return 'missed'
    return this.halves.every((half) => half.personality === 'clickToDial') ? 'notPlaced' : 'notAnswered'
  }

  /** A person's phones ring for the caller. */
  ring(at: number, person: Person): void {
    const via = this.service
    const redirections: Redirection[] =
      via === undefined ? [] : [{ reason: via.kind, redirectingParty: servicePartyOf(via) }]
    this.#halves.invite(at, person, { remote: this.#caller(), session: this.id, redirections, via })
  }

  /** Somebody dials; with `clickToDial` the own phones ring first. */
  dial(at: number, person: Person, how: { clickToDial: boolean }): Half {
    const half = this.#halves.add(at, person, {
      personality: how.clickToDial ? 'clickToDial' : 'originator',
      remote: this.#halves.party(this.to),
      session: this.id,
      dialed: this.to,
    })
    this.#halves.say(half, 'created', this.#options.settings.outgoingEventType, at)
    if (!how.clickToDial) this.#reach(at)
    return half
  }

  /** Whoever asked for the call accepts it: now the other end is called. */
  pickUp(at: number): void {
    const half = this.live.find(({ personality }) => personality === 'clickToDial')
    if (half === undefined) throw new Error('nobody is asked to pick up')
    half.personality = 'originator'
    half.state = 'connecting'
    this.#halves.say(half, 'updated', this.#halves.named('updated', 'answered'), at)
    this.#reach(at)
  }

  /** Who has this number or extension answers: somebody whose phone rings, or the other end of an outgoing call. */
  answer(at: number, number: string): void {
    const half = this.ringing.find(({ person }) => person.extension === number || person.number === number)
    if (half?.personality === 'clickToDial') {
      this.pickUp(at)
      return
    }
    if (half !== undefined) {
      this.answered = true
      this.#halves.connect(half, at)
      const caller = this.live.find(
        (other) => other.state === 'connecting' && this.#halves.dialed(other, half),
      )
      if (caller !== undefined) this.#halves.connect(caller, at)
      for (const other of this.ringing) this.#halves.release(other, at, { elsewhere: true })
    } else {
      const caller = this.live.find((other) => other.state === 'connecting' && other.dialed === number)
      if (caller === undefined) throw new Error(`${number} does not ring`)
      this.answered = true
      this.#halves.connect(caller, at)
    }
    if (this.#asking?.onAnswer === true) this.completeTransfer(at)
  }

  reject(at: number, half: Half): void {
    if (!ringsNow(half)) throw new Error('does not ring')
    half.releasedBy = 'Local'
    this.#halves.release(half, at)
  }

  hold(at: number, half: Half): void {
    if (half.state !== 'connected') throw new Error('is not connected')
    half.heldSince = at
    this.#halves.setState(half, 'held', this.#halves.named('updated', 'held'), at)
    const other = this.#halves.counterpart(half)
    if (other?.state === 'connected')
      this.#halves.setState(other, 'remoteHeld', this.#halves.named('updated', 'held'), at)
  }

  resume(at: number, half: Half): void {
    if (half.state !== 'held') throw new Error('is not held')
    half.heldMs += at - (half.heldSince ?? at)
    half.heldSince = undefined
    this.#halves.setState(half, 'connected', this.#halves.named('updated', 'resumed'), at)
    const other = this.#halves.counterpart(half)
    if (other?.state === 'remoteHeld')
      this.#halves.setState(other, 'connected', this.#halves.named('updated', 'resumed'), at)
  }

  mute(at: number, half: Half, muted: boolean): void {
    half.muted = muted
    this.#halves.say(half, 'updated', 'updated', at)
  }

  record(at: number, half: Half, action: RecordingAction): void {
    changeRecording(half, action, at)
    this.#halves.say(half, 'updated', this.#halves.named('updated', 'recording'), at)
  }

  /** A blind transfer, also of a call that still rings: the half is over at once, the next one rings. */
  divert(at: number, half: Half, to: string): void {
    const target = this.org.find(to)
    const other = this.#halves.counterpart(half)
    half.releasedBy = 'Local'
    this.#halves.release(half, at, { eventType: this.#halves.named('disconnected', 'forwarded') })
    if (target === undefined) return
    const session =
      this.#options.settings.blindTransferSession === 'same' ? half.session : this.#options.random.uuid()
    const next = this.#halves.invite(at, target, {
      remote: half.remote,
      session,
      redirections: [{ reason: 'divert', redirectingParty: partyOf(half.person) }],
      via: undefined,
    })
    half.transferKey = next.key
    next.transferKey = half.key
    if (other !== undefined) this.#halves.faces(other, partyOf(target), at)
  }

  /** The caller waits while a colleague (or an outer number) is asked. Gives the new half. */
  consult(at: number, first: Half, to: string, options: { onAnswer: boolean }): Half {
    if (first.state === 'connected') this.hold(at, first)
    const session =
      this.#options.settings.attendedTransferSession === 'same' ? first.session : this.#options.random.uuid()
    const second = this.#halves.add(at, first.person, {
      personality: 'originator',
      remote: this.#halves.party(to),
      session,
      dialed: to,
    })
    second.appearance = 2
    this.#asking = { first, second, onAnswer: options.onAnswer }
    this.#halves.say(second, 'created', this.#options.settings.outgoingEventType, at)
    const target = this.org.find(to)
    if (target !== undefined) {
      this.#halves.invite(at, target, {
        remote: partyOf(first.person),
        session,
        redirections: [],
        via: undefined,
      })
    }
    return second
  }

  /** The agent leaves the caller to whom was asked. */
  completeTransfer(at: number): void {
    if (this.#asking === undefined) throw new Error('nobody is being asked')
    const { first, second } = this.#asking
    this.#asking = undefined
    const asked = this.live.find((half) => this.#halves.dialed(second, half))
    const other = this.#halves.counterpart(first)
    for (const half of [first, second]) {
      half.releasedBy = 'Local'
      this.#halves.release(half, at)
    }
    first.transferKey = second.key
    if (asked !== undefined) {
      asked.transferKey = first.key
      if (this.#options.settings.attendedTransferSession === 'joins') asked.session = first.session
      this.#halves.faces(asked, first.remote, at)
      this.#startRecording(asked, at)
    }
    if (other !== undefined && asked !== undefined) this.#halves.faces(other, partyOf(asked.person), at)
  }

  /** Whether a half is one of an agent and a colleague who is asked. */
  isAsking(half: Half): boolean {
    const second = this.#asking?.second
    return second !== undefined && (half === second || this.#halves.dialed(second, half))
  }

  /** Ends the halves of an agent and of whom was asked; the caller still waits. */
  stopAsking(at: number): void {
    for (const half of this.live.filter((item) => this.isAsking(item))) this.#halves.release(half, at)
    this.#asking = undefined
  }

  /** Ends everything that is left. */
  end(at: number, by: Ender): void {
    const abandoned = !this.answered && by === 'caller' && this.service?.kind === 'callQueue'
    const elsewhere = abandoned && this.#options.settings.abandonedCompletedElsewhere
    for (const half of this.live) {
      const side = half.personality === 'terminator' ? 'callee' : 'caller'
      if (side === by && !(side === 'callee' && ringsNow(half))) half.releasedBy = 'Local'
      this.#halves.release(half, at, { elsewhere })
    }
    this.ended = true
  }

  #caller(): Party {
    if (this.from === null) return { privacyEnabled: true, callType: 'external' }
    return this.#halves.party(this.from)
  }

  /** The other end of an outgoing call rings, where it belongs to the organization. */
  #reach(at: number): void {
    const target = this.org.find(this.to)
    const targets = this.service?.rings.map((number) => this.org.person(number)) ?? []
    for (const person of target === undefined ? targets : [target]) this.ring(at, person)
  }

  #startRecording(half: Half, at: number): void {
    if (half.state === 'connected' && half.recordingState === undefined && startsByItself(this.org, half))
      this.record(at, half, 'start')
  }
}
