import type { Random } from '../random.ts'
import {
  type Half,
  isLive,
  type Party,
  type Personality,
  partyOf,
  type Redirection,
  ringsNow,
  servicePartyOf,
  talksNow,
} from './half.ts'
import { webexId } from './ids.ts'
import type { Org, Person, Service } from './org.ts'
import { changeRecording, type RecordingAction, startsByItself } from './recorded.ts'
import type { WebexSettings } from './settings.ts'

export type Ender = 'caller' | 'callee' | 'system'
export type CallEventName = 'created' | 'updated' | 'deleted'
/** A change of one half, for the webhooks. */
export type Said = { half: Half; event: CallEventName; eventType: string; at: number }

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
  readonly halves: Half[] = []
  readonly random: Random
  answered = false
  ended = false
  /** The agent who asks a colleague before sending a caller on. */
  #asking: { first: Half; second: Half; onAnswer: boolean } | undefined
  readonly #options: WebexCallOptions
  #lastSaid = 0

  constructor(options: WebexCallOptions) {
    this.#options = options
    this.org = options.org
    this.random = options.random
    this.id = options.random.uuid()
    this.direction = options.direction
    this.from = options.from
    this.to = options.to
    this.service = options.service
    this.startedAt = options.startedAt
  }

  get live(): Half[] {
    return this.halves.filter(isLive)
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
    this.#invite(at, person, { remote: this.#caller(), session: this.id, redirections, via })
  }

  /** Somebody dials; with `clickToDial` the own phones ring first. */
  dial(at: number, person: Person, how: { clickToDial: boolean }): Half {
    const half = this.#add(at, person, {
      personality: how.clickToDial ? 'clickToDial' : 'originator',
      remote: this.#party(this.to),
      session: this.id,
      dialed: this.to,
    })
    this.#say(half, 'created', this.#options.settings.outgoingEventType, at)
    if (!how.clickToDial) this.#reach(at)
    return half
  }

  /** Whoever asked for the call accepts it: now the other end is called. */
  pickUp(at: number): void {
    const half = this.live.find(({ personality }) => personality === 'clickToDial')
    if (half === undefined) throw new Error('nobody is asked to pick up')
    half.personality = 'originator'
    half.state = 'connecting'
    this.#say(half, 'updated', this.#named('updated', 'answered'), at)
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
      this.#connect(half, at)
      const caller = this.live.find((other) => other.state === 'connecting' && this.#dialed(other, half))
      if (caller !== undefined) this.#connect(caller, at)
      for (const other of this.ringing) this.#release(other, at, { elsewhere: true })
    } else {
      const caller = this.live.find((other) => other.state === 'connecting' && other.dialed === number)
      if (caller === undefined) throw new Error(`${number} does not ring`)
      this.answered = true
      this.#connect(caller, at)
    }
    if (this.#asking?.onAnswer === true) this.completeTransfer(at)
  }

  reject(at: number, half: Half): void {
    if (!ringsNow(half)) throw new Error('does not ring')
    half.releasedBy = 'Local'
    this.#release(half, at)
  }

  hold(at: number, half: Half): void {
    if (half.state !== 'connected') throw new Error('is not connected')
    half.heldSince = at
    this.#setState(half, 'held', this.#named('updated', 'held'), at)
    const other = this.#counterpart(half)
    if (other?.state === 'connected') this.#setState(other, 'remoteHeld', this.#named('updated', 'held'), at)
  }

  resume(at: number, half: Half): void {
    if (half.state !== 'held') throw new Error('is not held')
    half.heldMs += at - (half.heldSince ?? at)
    half.heldSince = undefined
    this.#setState(half, 'connected', this.#named('updated', 'resumed'), at)
    const other = this.#counterpart(half)
    if (other?.state === 'remoteHeld')
      this.#setState(other, 'connected', this.#named('updated', 'resumed'), at)
  }

  mute(at: number, half: Half, muted: boolean): void {
    half.muted = muted
    this.#say(half, 'updated', 'updated', at)
  }

  record(at: number, half: Half, action: RecordingAction): void {
    changeRecording(half, action, at)
    this.#say(half, 'updated', this.#named('updated', 'recording'), at)
  }

  /** A blind transfer, also of a call that still rings: the half is over at once, the next one rings. */
  divert(at: number, half: Half, to: string): void {
    const target = this.org.find(to)
    const other = this.#counterpart(half)
    half.releasedBy = 'Local'
    this.#release(half, at, { eventType: this.#named('disconnected', 'forwarded') })
    if (target === undefined) return
    const session = this.#options.settings.blindTransferSession === 'same' ? half.session : this.random.uuid()
    const next = this.#invite(at, target, {
      remote: half.remote,
      session,
      redirections: [{ reason: 'divert', redirectingParty: partyOf(half.person) }],
      via: undefined,
    })
    half.transferKey = next.key
    next.transferKey = half.key
    if (other !== undefined) this.#faces(other, partyOf(target), at)
  }

  /** The caller waits while a colleague (or an outer number) is asked. Gives the new half. */
  consult(at: number, first: Half, to: string, options: { onAnswer: boolean }): Half {
    if (first.state === 'connected') this.hold(at, first)
    const session =
      this.#options.settings.attendedTransferSession === 'same' ? first.session : this.random.uuid()
    const second = this.#add(at, first.person, {
      personality: 'originator',
      remote: this.#party(to),
      session,
      dialed: to,
    })
    second.appearance = 2
    this.#asking = { first, second, onAnswer: options.onAnswer }
    this.#say(second, 'created', this.#options.settings.outgoingEventType, at)
    const target = this.org.find(to)
    if (target !== undefined) {
      this.#invite(at, target, { remote: partyOf(first.person), session, redirections: [], via: undefined })
    }
    return second
  }

  /** The agent leaves the caller to whom was asked. */
  completeTransfer(at: number): void {
    if (this.#asking === undefined) throw new Error('nobody is being asked')
    const { first, second } = this.#asking
    this.#asking = undefined
    const asked = this.live.find((half) => this.#dialed(second, half))
    const other = this.#counterpart(first)
    for (const half of [first, second]) {
      half.releasedBy = 'Local'
      this.#release(half, at)
    }
    first.transferKey = second.key
    if (asked !== undefined) {
      asked.transferKey = first.key
      if (this.#options.settings.attendedTransferSession === 'joins') asked.session = first.session
      this.#faces(asked, first.remote, at)
      this.#startRecording(asked, at)
    }
    if (other !== undefined && asked !== undefined) this.#faces(other, partyOf(asked.person), at)
  }

  /** Ends one half of somebody who asks a colleague, and the colleague's with it. */
  stopAsking(at: number): void {
    const second = this.#asking?.second
    this.#asking = undefined
    if (second === undefined || !isLive(second)) return
    for (const half of this.live.filter((item) => item === second || this.#dialed(second, item)))
      this.#release(half, at)
  }

  /** Ends everything that is left. */
  end(at: number, by: Ender): void {
    const abandoned = !this.answered && by === 'caller' && this.service?.kind === 'callQueue'
    const elsewhere = abandoned && this.#options.settings.abandonedCompletedElsewhere
    for (const half of this.live) {
      const side = half.personality === 'terminator' ? 'callee' : 'caller'
      if (side === by && !(side === 'callee' && ringsNow(half))) half.releasedBy = 'Local'
      this.#release(half, at, { elsewhere })
    }
    this.ended = true
  }

  // --- parts -------------------------------------------------------------------------------------------------

  #caller(): Party {
    if (this.from === null) return { privacyEnabled: true, callType: 'external' }
    return this.#party(this.from)
  }

  #party(number: string): Party {
    const person = this.org.find(number)
    if (person !== undefined) return partyOf(person)
    const service = this.org.service(number)
    if (service !== undefined) return servicePartyOf(service)
    const name = this.org.callerName(number)
    return { ...(name === undefined ? {} : { name }), number, privacyEnabled: false, callType: 'external' }
  }

  /** The other end of an outgoing call rings, where it belongs to the organization. */
  #reach(at: number): void {
    const target = this.org.find(this.to)
    const targets = this.service?.rings.map((number) => this.org.person(number)) ?? []
    for (const person of target === undefined ? targets : [target]) this.ring(at, person)
  }

  #invite(
    at: number,
    person: Person,
    how: { remote: Party; session: string; redirections: Redirection[]; via: Service | undefined },
  ): Half {
    const half = this.#add(at, person, { personality: 'terminator', ...how })
    this.#say(half, 'created', 'received', at)
    const { updatedAfterCreated } = this.#options.settings
    if (
      updatedAfterCreated === 'always' ||
      (updatedAfterCreated === 'queue' && how.via?.kind === 'callQueue')
    )
      this.#say(half, 'updated', 'updated', at)
    return half
  }

  #add(
    at: number,
    person: Person,
    how: {
      personality: Personality
      remote: Party
      session: string
      dialed?: string
      redirections?: Redirection[]
      via?: Service | undefined
    },
  ): Half {
    const key = `${this.random.int(100_000, 999_999)}:0`
    const half: Half = {
      callId: webexId('CALL', `callhalf-${key}`),
      key,
      session: how.session,
      person,
      personality: how.personality,
      state: how.personality === 'originator' ? 'connecting' : 'alerting',
      remote: how.remote,
      dialed: how.dialed,
      redirections: how.redirections ?? [],
      via: how.via,
      appearance: 1,
      created: at,
      answered: undefined,
      disconnected: undefined,
      muted: false,
      completedElsewhere: false,
      heldSince: undefined,
      heldMs: 0,
      recordingState: undefined,
      recorded: [],
      releasedBy: 'Remote',
      transferKey: undefined,
    }
    this.halves.push(half)
    return half
  }

  #connect(half: Half, at: number): void {
    half.answered = at
    half.state = 'connected'
    if (startsByItself(this.org, half)) changeRecording(half, 'start', at)
    this.#say(half, 'updated', this.#named('updated', 'answered'), at)
  }

  #startRecording(half: Half, at: number): void {
    if (half.state === 'connected' && half.recordingState === undefined && startsByItself(this.org, half))
      this.record(at, half, 'start')
  }

  #release(half: Half, at: number, how: { elsewhere?: boolean; eventType?: string } = {}): void {
    half.heldMs += half.heldSince === undefined ? 0 : at - half.heldSince
    half.heldSince = undefined
    half.disconnected = at
    half.state = 'disconnected'
    half.completedElsewhere = how.elsewhere ?? false
    if (half.recordingState === 'started' || half.recordingState === 'paused')
      changeRecording(half, 'stop', at)
    this.#say(half, 'deleted', how.eventType ?? 'disconnected', at)
    this.#options.released(half, this)
  }

  /** Another party is at the far end now. */
  #faces(half: Half, party: Party, at: number): void {
    half.remote = party
    this.#say(half, 'updated', 'updated', at)
  }

  #setState(half: Half, state: Half['state'], eventType: string, at: number): void {
    half.state = state
    this.#say(half, 'updated', eventType, at)
  }

  /** Whether `caller` dialled the person of `half`. */
  #dialed(caller: Half, half: Half): boolean {
    if (half.personality !== 'terminator' || half.session !== caller.session) return false
    const { dialed } = caller
    if (dialed === undefined) return false
    const { extension, number } = half.person
    if (dialed === extension || dialed === number) return true
    return half.via !== undefined && half.via === this.org.service(dialed)
  }

  /** The half of the colleague to whom this one talks. */
  #counterpart(half: Half): Half | undefined {
    return this.live.find(
      (other) =>
        other !== half &&
        other.remote.personId === half.person.id &&
        half.remote.personId === other.person.id,
    )
  }

  #named(observed: string, name: string): string {
    return this.#options.settings.eventTypes === 'named' ? name : observed
  }

  /** No two events of a call have the same time, so that they can be told apart and put in order. */
  #say(half: Half, event: CallEventName, eventType: string, at: number): void {
    this.#lastSaid = Math.max(at + 2, this.#lastSaid + 1)
    this.#options.emit({ half, event, eventType, at: this.#lastSaid })
  }
}
