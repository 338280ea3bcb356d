import { isoSeconds } from '../clock.ts'
import type { Needle } from '../needle.ts'
import type { Random } from '../random.ts'
import { devicesOf, displayName, type Tenant } from './tenant.ts'

export type CallType = 'externalInbound' | 'externalOutbound' | 'internal'
export type Outcome = 'notAnswered' | 'answered' | 'voicemail' | 'blocked' | 'setupFailed' | 'failed'
export type Party = 'caller' | 'callee' | 'system'
export type LegType = 'caller' | 'callee' | 'transferee' | 'monitoring'

/** How a withheld number looks in the events; the vendor does not say, so all three are possible. */
export type Withheld = 'missing' | 'empty' | 'anonymous'

/** An event as OptimCall sends it. */
export type EnsEvent = { name: string; callId: string; eventTime: string } & Record<string, unknown>

export type Leg = {
  id: string
  type: LegType
  number: string
  deviceId: string | undefined
  direction: 'inbound' | 'outbound'
  createdAt: number
  connectedAt: number | undefined
  endedAt: number | undefined
}

type Phase = 'new' | 'setup' | 'welcome' | 'ringing' | 'conversation' | 'ended'

/**
 * One call inside the telephone system: it keeps phases and legs, and says every event with all the fields known at
 * that moment. Times come in as milliseconds and are cut to whole seconds, as on the wire.
 */
export class PbxCall {
  readonly id: string
  readonly type: CallType
  readonly from: string | null
  readonly to: string
  readonly startedAt: number
  readonly legs: Leg[] = []
  answeredBy: string | undefined
  outcome: Outcome | undefined
  readonly #tenant: Tenant
  readonly #random: Random
  readonly #needle: Needle
  readonly #emit: (event: EnsEvent) => void
  readonly #withheldAs: Withheld
  readonly #clickToCall: boolean
  readonly #outgoingNumber: string | undefined
  #phase: Phase = 'new'
  #phaseSince: number
  #lengths = { setup: 0, welcome: 0, ringing: 0, conversation: 0 }
  #tags: string[] = []
  #disconnectedBy: Party | undefined

  constructor(options: {
    tenant: Tenant
    random: Random
    needle: Needle
    emit: (event: EnsEvent) => void
    type: CallType
    /** null: withheld. */
    from: string | null
    to: string
    startedAt: number
    withheldAs?: Withheld
    clickToCall?: boolean
    outgoingNumber?: string
  }) {
    this.#tenant = options.tenant
    this.#random = options.random
    this.#needle = options.needle
    this.#emit = options.emit
    this.id = options.random.hex(24)
    this.type = options.type
    this.from = options.from
    this.to = options.to
    this.startedAt = wholeSecond(options.startedAt)
    this.#phaseSince = this.startedAt
    this.#withheldAs = options.withheldAs ?? 'missing'
    this.#clickToCall = options.clickToCall ?? false
    this.#outgoingNumber = options.outgoingNumber
  }

  get ended(): boolean {
    return this.#phase === 'ended'
  }

  /** A click-to-call in which the phones of whoever asked for it still ring. */
  get settingUp(): boolean {
    return this.#phase === 'setup'
  }

  get answered(): boolean {
    return this.answeredBy !== undefined
  }

  /** Legs that ring and have not been answered. */
  get ringing(): Leg[] {
    return this.legs.filter((leg) => leg.connectedAt === undefined && leg.endedAt === undefined)
  }

  get connected(): Leg[] {
    return this.legs.filter((leg) => leg.connectedAt !== undefined && leg.endedAt === undefined)
  }

  setTags(tags: string[]): void {
    this.#tags = tags
  }

  /** The first event; there are no legs yet. */
  start(): void {
    this.#say('callStarted', this.startedAt)
    this.#enter(this.#clickToCall ? 'setup' : 'welcome', this.startedAt)
  }

  /** OptimCall accepts the caller's leg. Not an answer by anybody. */
  connectCaller(at: number): void {
    const number = this.from ?? ''
    const leg = this.#newLeg(at, { type: 'caller', number, direction: 'inbound' })
    this.#connectLeg(leg, at)
  }

  /** Rings every device of an extension, or an outer number. */
  ring(at: number, number: string, type: LegType = 'callee'): void {
    const isCaller = type === 'caller'
    if (!this.answered && !isCaller) this.#enter('ringing', at)
    const devices = devicesOf(this.#tenant, number)
    for (const deviceId of devices.length === 0 ? [undefined] : devices) {
      const leg = this.#newLeg(at, { type, number, direction: 'outbound', deviceId })
      this.#say('legRinging', at, leg)
    }
  }

  /** Somebody picks up: an extension's device (counted from 0), or the outer number that rings. */
  answer(at: number, number: string, device = 0): void {
    const candidates = this.ringing.filter((leg) => leg.number === number)
    const leg = candidates[device] ?? candidates[0]
    if (leg === undefined) throw new Error(`${number} does not ring in call ${this.id}`)
    if (leg.type === 'callee' && !this.answered) {
      this.answeredBy = number
      this.#enter('conversation', at)
      this.#connectLeg(leg, at)
      this.#say('callConnected', at)
    } else {
      if (leg.type === 'transferee' && this.#tenant.answeredByFollowsTransfer) this.answeredBy = number
      this.#connectLeg(leg, at)
    }
    for (const loser of this.ringing) {
      if (loser.type === leg.type) this.drop(at, loser, 'system')
    }
  }

  /** Another extension takes a call that rings elsewhere. */
  pickUp(at: number, number: string): void {
    const deviceId = devicesOf(this.#tenant, number)[0]
    const leg = this.#newLeg(at, { type: 'callee', number, direction: 'outbound', deviceId })
    this.#say('legRinging', at, leg)
    const alreadyRinging = this.ringing.filter((other) => other.number === number)
    this.answer(at, number, alreadyRinging.indexOf(leg))
  }

  /** Ends the ringing legs of one number, or of all: `endpoint` when they reject, `system` when time is up. */
  stopRinging(at: number, by: 'endpoint' | 'system', number?: string): void {
    for (const leg of this.ringing) {
      if (number === undefined || leg.number === number) this.drop(at, leg, by)
    }
  }

  /** The agent lets go at once; then the next one rings. */
  blindTransfer(at: number, to: readonly string[]): void {
    for (const leg of this.#talkers()) this.drop(at, leg, 'system')
    for (const number of to) this.ring(at, number, 'transferee')
  }

  /** The next one rings while the agent stays. */
  consult(at: number, to: string): void {
    this.ring(at, to, 'transferee')
  }

  /** The agent leaves the call to whom it consulted. */
  completeTransfer(at: number): void {
    const last = this.#talkers().at(-1)
    for (const leg of this.#talkers()) {
      if (leg !== last) this.drop(at, leg, 'system')
    }
  }

  /** A supervisor listens. */
  monitor(at: number, number: string): void {
    const deviceId = devicesOf(this.#tenant, number)[0]
    const leg = this.#newLeg(at, { type: 'monitoring', number, direction: 'outbound', deviceId })
    this.#say('legRinging', at, leg)
    this.#connectLeg(leg, at)
  }

  drop(at: number, leg: Leg, by: 'endpoint' | 'system'): void {
    leg.endedAt = wholeSecond(at)
    this.#say('legDisconnected', at, leg, { legDisconnectedBy: by })
  }

  /** Ends the call and all its legs. */
  end(at: number, by: Party, outcome: Outcome = this.#outcomeNow()): void {
    for (const leg of this.legs.filter((item) => item.endedAt === undefined)) {
      const side = leg.type === 'caller' ? 'caller' : leg.type === 'monitoring' ? 'none' : 'callee'
      const itself = side === by && leg.connectedAt !== undefined
      this.drop(at, leg, itself ? 'endpoint' : 'system')
    }
    this.#enter('ended', at)
    this.outcome = outcome
    this.#disconnectedBy = by
    this.#say('callDisconnected', at)
  }

  #outcomeNow(): Outcome {
    if (this.settingUp) return 'setupFailed'
    return this.answered ? 'answered' : 'notAnswered'
  }

  /** The recording can be fetched. `address` without the part that says the format. */
  recordingReady(at: number, recording: { id: string; seconds: number }): void {
    const address = (type: string) =>
      this.#needle.address(`/recording/download?id=${recording.id}&type=${type}`)
    this.#say('callRecordingReady', at, undefined, {
      recordingLength: recording.seconds,
      recordingUriWav: address('wav'),
      recordingUriMp3: address('mp3'),
    })
  }

  /** Seconds of conversation so far. */
  get conversationSeconds(): number {
    return this.#lengths.conversation
  }

  #talkers(): Leg[] {
    return this.connected.filter((leg) => leg.type === 'callee' || leg.type === 'transferee')
  }

  #newLeg(
    at: number,
    options: { type: LegType; number: string; direction: Leg['direction']; deviceId?: string | undefined },
  ): Leg {
    const ownDevice = options.type === 'caller' ? devicesOf(this.#tenant, options.number)[0] : undefined
    const leg: Leg = {
      id: this.#random.hex(24),
      type: options.type,
      number: options.number,
      deviceId: options.deviceId ?? ownDevice,
      direction: options.direction,
      createdAt: wholeSecond(at),
      connectedAt: undefined,
      endedAt: undefined,
    }
    this.legs.push(leg)
    return leg
  }

  #connectLeg(leg: Leg, at: number): void {
    leg.connectedAt = wholeSecond(at)
    this.#say('legConnected', at, leg)
  }

  #enter(phase: Phase, at: number): void {
    if (this.#phase === phase) return
    this.#addPhase(at)
    this.#phase = phase
  }

  #addPhase(at: number): void {
    const now = Math.max(wholeSecond(at), this.#phaseSince)
    if (this.#phase !== 'new' && this.#phase !== 'ended') {
      this.#lengths[this.#phase] += (now - this.#phaseSince) / 1000
    }
    this.#phaseSince = now
  }

  #say(name: string, at: number, leg?: Leg, more: Record<string, unknown> = {}): void {
    this.#addPhase(at)
    const withAnswer =
      this.answered && (name !== 'legRinging' || this.#tenant.answerInLegRinging) && name !== 'callStarted'
    this.#emit({
      name,
      eventTime: isoSeconds(at),
      ...this.#startFields(),
      ...this.#durationFields(),
      ...(withAnswer ? this.#named('answeredBy', this.answeredBy ?? '') : {}),
      ...(this.#disconnectedBy === undefined
        ? {}
        : { callOutcome: this.outcome, disconnectedBy: this.#disconnectedBy }),
      ...(leg === undefined ? {} : this.#legFields(leg, at)),
      ...more,
    })
  }

  #startFields() {
    return {
      callId: this.id,
      callType: this.type,
      startTime: isoSeconds(this.startedAt),
      ...(this.type === 'externalInbound' ? {} : { startedByClickToCall: this.#clickToCall }),
      ...this.#callerFields(),
      ...this.#named('called', this.to),
      ...(this.#outgoingNumber === undefined ? {} : this.#outgoingFields(this.#outgoingNumber)),
      tags: [...this.#tags],
    }
  }

  #callerFields(): Record<string, string> {
    if (this.from !== null) return this.#named('caller', this.from)
    if (this.#withheldAs === 'missing') return {}
    return { callerNumber: this.#withheldAs === 'empty' ? '' : 'anonymous' }
  }

  #outgoingFields(number: string): Record<string, string> {
    const name = displayName(this.#tenant, number)
    return { outgoingNumber: number, ...(name === undefined ? {} : { outgoingNumberName: name }) }
  }

  /** `<prefix>Number`, and `<prefix>Name` when OptimCall knows the number. */
  #named(prefix: string, number: string): Record<string, string> {
    const name = displayName(this.#tenant, number)
    const isLine = this.#tenant.lines.some((line) => line.number === number)
    return {
      [`${prefix}Number`]: number,
      ...(name === undefined ? {} : { [`${prefix}Name`]: isLine ? name : this.#needle.name(name) }),
    }
  }

  #durationFields() {
    const { setup, welcome, ringing, conversation } = this.#lengths
    return {
      totalLength: welcome + ringing + conversation,
      setupLength: setup,
      welcomeLength: welcome,
      ringingLength: ringing,
      conversationLength: conversation,
    }
  }

  #legFields(leg: Leg, at: number) {
    const now = leg.endedAt ?? wholeSecond(at)
    const ringingUntil = leg.connectedAt ?? now
    const legRingingLength = (ringingUntil - leg.createdAt) / 1000
    const legConnectedLength = leg.connectedAt === undefined ? 0 : (now - leg.connectedAt) / 1000
    const number =
      leg.type === 'caller' && this.from === null
        ? this.#withheldAs === 'missing'
          ? {}
          : { legNumber: this.#withheldAs === 'empty' ? '' : 'anonymous' }
        : this.#named('leg', leg.number)
    return {
      legId: leg.id,
      legType: leg.type,
      ...number,
      ...(leg.deviceId === undefined
        ? {}
        : { legDeviceId: leg.deviceId, legDeviceName: `Phone ${leg.deviceId}` }),
      legDirection: leg.direction,
      legTotalLength: legRingingLength + legConnectedLength,
      legRingingLength,
      legConnectedLength,
    }
  }
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
