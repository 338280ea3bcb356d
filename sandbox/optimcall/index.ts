import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { isoSeconds } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Answer, Incoming } from '../http.ts'
import type { PlayedCall } from '../ledger.ts'
import { type Parts, StandIn } from '../parts.ts'
import type { StartOptions } from '../start-options.ts'
import { Starts } from '../starts.ts'
import { commandAnswer } from './commands.ts'
import { type CallType, type Outcome, type Party, PbxCall, type Withheld } from './pbx-call.ts'
import { factsOf, type Recording, type RecordingFacts, recordingAnswer } from './recordings.ts'
import { type PlayOptions, playScenario, type ScenarioName } from './scenarios.ts'
import { Sender } from './sender.ts'
import { type SocketFacts, Sockets } from './sockets.ts'
import { devicesOf, expand, NewTenant, type Tenant } from './tenant.ts'

/** What one needs to know to start a call. */
export type CallOptions = StartOptions & {
  /** Name of the tenant; may be left out when there is only one. */
  tenant?: string | undefined
}
export type RingOptions = CallOptions & {
  /** Number of the caller in E.164, or `withheld`. */
  from: string
  withheldAs?: Withheld | undefined
  /** Public number that is called; default the first line. */
  to?: string | undefined
  /** Extensions and groups that ring; default what the line rings. An empty list: nobody. */
  ring?: string[] | undefined
}
export type DialOptions = CallOptions & {
  /** Extension that calls. */
  from: string
  /** Outer number, or an extension for an internal call. */
  to: string
  /** Started by a request to OptimCall: the extension's own phones ring first. */
  clickToCall?: boolean | undefined
  /** Caller id shown; default the first line. */
  outgoingNumber?: string | undefined
}

/** A call that is going on. */
export type LiveCall = {
  id: string
  tenant: string
  type: CallType
  from: string | null
  to: string
  startTime: string
  answered: boolean
  ringing: string[]
  connected: string[]
}

export type StartedCall = {
  pbx: PbxCall
  played: PlayedCall
  tenant: Tenant
  timeOffsetMs: number
  /** How many seconds of the call pass in a real second. */
  speed: number
}

/** The stand-in for OptimCall: telephone systems that play calls and send events about them. */
export class OptimCall extends StandIn {
  readonly faults: Faults
  readonly tenants = new Map<string, Tenant>()
  readonly #sockets = new Sockets()
  readonly #sender: Sender
  #calls = new Map<string, StartedCall>()
  #recordings = new Map<string, Recording>()
  readonly #starts = new Starts()

  constructor(options: Parts & { faults: Faults }) {
    super(options)
    this.faults = options.faults
    this.#sender = new Sender(this, this.#sockets)
  }

  // --- set up ------------------------------------------------------------------------------------------------

  createTenant(options: NewTenant): Tenant {
    const tenant = NewTenant.parse(options)
    if (this.tenants.has(tenant.name)) throw new Error(`tenant ${tenant.name} exists`)
    this.tenants.set(tenant.name, tenant)
    return tenant
  }

  /** Changes a tenant, e.g. where its events go. */
  configure(name: string, changes: Partial<NewTenant>): Tenant {
    const tenant = this.tenant(name)
    return Object.assign(tenant, NewTenant.parse({ ...tenant, ...changes, name: tenant.name }))
  }

  /** The tenant of that name, or the only one. Throws when there is none. */
  tenant(name?: string): Tenant {
    const tenant =
      name === undefined && this.tenants.size === 1
        ? [...this.tenants.values()][0]
        : this.tenants.get(name ?? '')
    if (tenant === undefined) throw new Error(name === undefined ? 'name the tenant' : `no tenant ${name}`)
    return tenant
  }

  /** Base address to put before a recording's relative address. */
  baseUrl(name?: string): string {
    return `${this.url}/optimcall/${this.tenant(name).name}`
  }

  // --- WebSocket mode ----------------------------------------------------------------------------------------

  /** Where others connect to. A stand-in's address: the vendor does not publish the path. */
  socketUrl(name?: string): string {
    return `${this.baseUrl(name).replace(/^http/, 'ws')}/events`
  }

  /** Answers a request for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const name = /^\/optimcall\/([^/]+)\/events$/.exec(request.url?.split('?')[0] ?? '')?.[1]
    this.#sockets.upgrade(this.tenants.get(name ?? ''), request, socket, head)
  }

  /** Ends the WebSocket connections: the line is `cut`, or OptimCall says good-bye (`close`). */
  dropSockets(options: { tenant?: string | undefined; how?: 'cut' | 'close' | undefined } = {}): void {
    this.#sockets.drop(this.tenant(options.tenant), options.how ?? 'cut')
  }

  /** The connections there are stay open, but nothing comes over them any more and no ping is answered. */
  silenceSockets(options: { tenant?: string | undefined } = {}): void {
    this.#sockets.silence(this.tenant(options.tenant))
  }

  /** Any text over the WebSocket connections, as a broken system might send it. */
  sendOverSockets(options: { tenant?: string | undefined; text: string }): void {
    this.#sockets.sendText(this.tenant(options.tenant), options.text)
  }

  /** Bytes sent over WebSockets that the other side has not taken yet. */
  waitingBytes(name?: string): number {
    return this.#sockets.waitingBytes(this.tenant(name).name)
  }

  sockets(name?: string): SocketFacts {
    return this.#sockets.facts(this.tenant(name).name)
  }

  // --- step by step ------------------------------------------------------------------------------------------

  /** An outer number calls: callStarted, the caller's leg, and a ringing leg per device. */
  ring(options: RingOptions): LiveCall {
    const call = this.startInbound(options)
    const at = this.#now(call)
    call.pbx.connectCaller(at)
    const line = call.tenant.lines.find(({ number }) => number === call.pbx.to)
    const ring = options.ring ?? line?.rings ?? []
    for (const extension of expand(call.tenant, ring)) call.pbx.ring(at, extension)
    return this.#live(call)
  }

  /** An extension calls: the far end rings. With `clickToCall` first the extension's own phones do. */
  dial(options: DialOptions): LiveCall {
    const call = this.startOutbound(options)
    const at = this.#now(call)
    if (options.clickToCall === true) call.pbx.ring(at, options.from, 'caller')
    else {
      call.pbx.connectCaller(at)
      for (const number of expand(call.tenant, [options.to])) call.pbx.ring(at, number)
    }
    return this.#live(call)
  }

  /**
   * Whoever has this number picks up: an extension, or the outer number that was dialled. In a click-to-call, the
   * extension's answer makes the far end ring.
   */
  answer(callId: string, number: string, device = 0): LiveCall {
    const call = this.#call(callId)
    const at = this.#now(call)
    const setup = call.pbx.ringing.some((leg) => leg.type === 'caller')
    call.pbx.answer(at, number, device)
    if (setup) {
      for (const next of expand(call.tenant, [call.pbx.to])) call.pbx.ring(at, next)
    }
    return this.#live(call)
  }

  /** An extension refuses; the call ends when nobody else rings, as not set up where it asked for the call itself. */
  reject(callId: string, number: string): void {
    const call = this.#call(callId)
    const { settingUp } = call.pbx
    call.pbx.stopRinging(this.#now(call), 'endpoint', number)
    if (call.pbx.ringing.length > 0 || call.pbx.answered) return
    this.end(call, this.#now(call), settingUp ? 'caller' : 'callee')
  }

  pickUp(callId: string, number: string): LiveCall {
    const call = this.#call(callId)
    call.pbx.pickUp(this.#now(call), number)
    return this.#live(call)
  }

  /** `blind`: the agent is out at once and the next one rings. `attended`: the agent stays until `completeTransfer`. */
  transfer(callId: string, to: string, kind: 'blind' | 'attended' = 'blind'): LiveCall {
    const call = this.#call(callId)
    const at = this.#now(call)
    if (!call.pbx.answered) throw new Error('only an answered call can be transferred')
    if (kind === 'attended') call.pbx.consult(at, to)
    else call.pbx.blindTransfer(at, expand(call.tenant, [to]))
    return this.#live(call)
  }

  completeTransfer(callId: string): LiveCall {
    const call = this.#call(callId)
    call.pbx.completeTransfer(this.#now(call))
    return this.#live(call)
  }

  monitor(callId: string, number: string): LiveCall {
    const call = this.#call(callId)
    call.pbx.monitor(this.#now(call), number)
    return this.#live(call)
  }

  setTags(callId: string, tags: string[]): void {
    this.#call(callId).pbx.setTags(tags)
  }

  /** Ends a call. Unanswered, it is a missed one. `outcome` for the rarer ends such as `voicemail`. */
  hangUp(callId: string, by: Party = 'caller', outcome?: Outcome): void {
    const call = this.#call(callId)
    this.end(call, this.#now(call), by, outcome)
  }

  /** The calls going on, oldest first. */
  liveCalls(): LiveCall[] {
    return [...this.#calls.values()].filter(({ pbx }) => !pbx.ended).map((call) => this.#live(call))
  }

  /** Resolves once every event has been delivered or given up. */
  async idle(): Promise<void> {
    await this.timers.idle()
  }

  /** Plays a whole scripted call; see `playScenario`. */
  play(name: ScenarioName, options: PlayOptions): Promise<PlayedCall> {
    return playScenario(this, name, options)
  }

  // --- for scenarios -----------------------------------------------------------------------------------------

  startInbound(options: RingOptions): StartedCall {
    const tenant = this.tenant(options.tenant)
    const to = options.to ?? tenant.lines[0]?.number
    if (to === undefined) throw new Error(`tenant ${tenant.name} has no line`)
    const from = options.from === 'withheld' ? null : options.from
    return this.#start(tenant, options, {
      type: 'externalInbound',
      direction: 'inbound',
      from,
      to,
      outer: from ?? 'withheld',
      withheldAs: options.withheldAs,
    })
  }

  startOutbound(options: DialOptions): StartedCall {
    const tenant = this.tenant(options.tenant)
    const internal = devicesOf(tenant, options.to).length > 0 || tenant.groups[options.to] !== undefined
    return this.#start(tenant, options, {
      type: internal ? 'internal' : 'externalOutbound',
      direction: internal ? 'internal' : 'outbound',
      from: options.from,
      to: options.to,
      outer: options.to,
      clickToCall: options.clickToCall,
      outgoingNumber: internal ? undefined : (options.outgoingNumber ?? tenant.lines[0]?.number),
    })
  }

  /** Ends a call at a given time and, where the tenant records, gets its recording ready later. */
  end(call: StartedCall, at: number, by: Party, outcome?: Outcome): void {
    call.pbx.end(at, by, outcome)
    this.#calls.delete(call.pbx.id)
    call.played.endedAt = isoSeconds(at)
    call.played.outcome = call.pbx.outcome ?? null
    if (call.pbx.outcome === 'blocked' || call.pbx.outcome === 'setupFailed') call.played.expectLog = false
    const { recording } = call.tenant
    if (recording === null || call.pbx.outcome !== 'answered' || call.pbx.type === 'internal') return
    this.timers.track(this.#recordingLater(call, at, recording.afterSeconds))
  }

  /** Gets the recording of an ended call ready and says so. */
  recordingReady(call: StartedCall, at: number): void {
    const id = this.random.hex(24)
    const seconds = Math.max(1, call.pbx.conversationSeconds)
    this.#recordings.set(id, {
      id,
      callId: call.pbx.id,
      tenant: call.tenant,
      seconds,
      ready: true,
      asked: 0,
    })
    call.pbx.recordingReady(at, { id, seconds })
  }

  /** The recordings of a call, or of all. */
  recordings(callId?: string): RecordingFacts[] {
    return [...this.#recordings.values()]
      .filter((recording) => callId === undefined || recording.callId === callId)
      .map(factsOf)
  }

  recordingDownload(incoming: Incoming): Answer {
    const recording = this.#recordings.get(incoming.query.get('id') ?? '')
    return recordingAnswer(recording, incoming, (tenant) => this.faults.takeDownload({ tenant }))
  }

  /** `POST /api/command`. What dials here is the sandbox's own invention; see commands.ts. */
  command(incoming: Incoming): Answer {
    return commandAnswer(incoming, {
      tenant: (name) => this.tenants.get(name),
      takeFault: (tenant) => this.faults.takeCommand({ tenant }),
      dial: (tenant, { extension, number }) => {
        if (devicesOf(tenant, extension).length === 0) throw new Error(`no extension ${extension}`)
        const { id } = this.dial({
          tenant: tenant.name,
          from: extension,
          to: number,
          clickToCall: true,
          kind: 'click-to-call',
        })
        // Not tracked: whoever waits for deliveries does not wait for a phone that nobody picks up.
        void this.#giveUpSetUp(id, tenant.setupSeconds)
      },
    })
  }

  reset(): void {
    this.#sockets.reset()
    this.tenants.clear()
    this.#calls.clear()
    this.#recordings.clear()
    this.#starts.clear()
  }

  async #giveUpSetUp(callId: string, afterSeconds: number): Promise<void> {
    if (!(await this.timers.sleep(afterSeconds * 1000))) return
    const call = this.#calls.get(callId)
    if (call?.pbx.settingUp) this.end(call, this.#now(call), 'system')
  }

  async #recordingLater(call: StartedCall, endedAt: number, afterSeconds: number): Promise<void> {
    if (!(await this.timers.sleep((afterSeconds * 1000) / call.speed))) return
    this.recordingReady(call, endedAt + afterSeconds * 1000)
  }

  #start(
    tenant: Tenant,
    options: CallOptions,
    call: {
      type: CallType
      direction: PlayedCall['direction']
      from: string | null
      to: string
      /** The number by which the ledger will recognise the call. */
      outer: string
      withheldAs?: Withheld | undefined
      clickToCall?: boolean | undefined
      outgoingNumber?: string | undefined
    },
  ): StartedCall {
    const wanted = options.startAt ?? this.clock.now()
    const startedAt = this.#starts.free(tenant.name, wanted, call.outer)
    const pbx = new PbxCall({
      tenant,
      random: this.random,
      needle: this.needle,
      emit: (event) => this.#sender.send(tenant, event),
      type: call.type,
      from: call.from,
      to: call.to,
      startedAt,
      ...(call.withheldAs === undefined ? {} : { withheldAs: call.withheldAs }),
      ...(call.clickToCall === undefined ? {} : { clickToCall: call.clickToCall }),
      ...(call.outgoingNumber === undefined ? {} : { outgoingNumber: call.outgoingNumber }),
    })
    const played = this.ledger.begin(
      {
        id: pbx.id,
        tenant: tenant.name,
        company: tenant.company,
        direction: call.direction,
        from: call.from,
        to: call.to,
        startedAt,
        expectLog: call.type !== 'internal',
      },
      options,
    )
    const started = { pbx, played, tenant, timeOffsetMs: startedAt - wanted, speed: options.speed ?? 1 }
    this.#calls.set(pbx.id, started)
    pbx.start()
    return started
  }

  /** The time inside a call: it runs with the clock, shifted by as much as the call's start was moved on. */
  #now(call: StartedCall): number {
    return Math.max(this.clock.now() + call.timeOffsetMs, call.pbx.startedAt)
  }

  #call(id: string): StartedCall {
    const call = this.#calls.get(id)
    if (call === undefined) throw new Error(`no call ${id} is going on`)
    return call
  }

  #live({ pbx, tenant, played }: StartedCall): LiveCall {
    const numbers = (legs: { number: string }[]) => [...new Set(legs.map(({ number }) => number))]
    return {
      id: pbx.id,
      tenant: tenant.name,
      type: pbx.type,
      from: pbx.from,
      to: pbx.to,
      startTime: played.startTime,
      answered: pbx.answered,
      ringing: numbers(pbx.ringing),
      connected: numbers(pbx.connected),
    }
  }
}
