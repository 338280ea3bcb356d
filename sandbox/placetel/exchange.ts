import { isoSeconds } from '../clock.ts'
import type { Account, SipUser } from './account.ts'
import { Call, type CallPlan } from './call.ts'
import type { HangUpType } from './event.ts'
import type { Placetel } from './index.ts'
import { note } from './lists.ts'
import { Did, E164 } from './numbers.ts'
import { outgoingPlan, partyOf } from './plan.ts'
import type { Sender } from './sender.ts'
import {
  type CallOptions,
  type DialOptions,
  type LiveCall,
  liveCall,
  type RingOptions,
  type StartedCall,
} from './started-call.ts'

/** How far off a client may be that heard everything: it knows when events arrived, and nothing else. */
const usualSeconds = 10

/** The calls of all accounts. `at` is the call's own time (milliseconds); default now. */
export class Exchange {
  readonly #placetel: Placetel
  readonly #sender: Sender
  readonly #calls = new Map<string, StartedCall>()

  constructor(placetel: Placetel, sender: Sender) {
    this.#placetel = placetel
    this.#sender = sender
  }

  ring(options: RingOptions): StartedCall {
    const account = this.#placetel.account(options.account)
    const from = options.from === 'anonymous' ? null : E164.parse(options.from)
    const plan = { direction: 'in', from, number: account.number(options.to) } as const
    const started = this.#start(account, options, plan, 'ringing')
    started.call.start({ blocked: options.blocked === true })
    if (options.blocked === true) this.hangUp(started.call.id, 'blocked', started.call.startedAt)
    return started
  }

  dial(options: DialOptions): StartedCall {
    const account = this.#placetel.account(options.account)
    const sipUser = account.sipUser(Did.parse(options.did))
    const started = this.#start(
      account,
      options,
      outgoingPlan(account, sipUser, { ...options, form: this.#placetel.settings.numberForm }),
      'ringing',
    )
    started.call.start()
    return started
  }

  /** A call requested over the API: the phones of the SIP user ring. Who is offline has none, and nothing happens. */
  ask(
    account: Account,
    sipUser: SipUser,
    { to, ...options }: CallOptions & { to: string },
  ): StartedCall | undefined {
    if (!sipUser.online) return undefined
    const plan = outgoingPlan(account, sipUser, { to, form: this.#placetel.settings.numberForm })
    const started = this.#start(account, { kind: 'click-to-call', ...options }, plan, 'asked')
    started.call.start()
    return started
  }

  pickUp(id: string): StartedCall {
    const started = this.get(id)
    started.call.pickUp()
    return started
  }

  answer(id: string, by?: string | number, at?: number): StartedCall {
    const started = this.get(id)
    const { call } = started
    if (call.direction === 'in' && by === undefined) throw new Error('who answers?')
    const party = call.direction === 'in' ? partyOf(call.account, by ?? '') : undefined
    call.answer(at ?? this.now(started), party)
    return started
  }

  /** Gives the call that goes on: the same one, or where transfers are told as a new call, that. */
  transfer(id: string, to: string | number, at?: number): StartedCall {
    const started = this.get(id)
    const { call } = started
    if (call.state !== 'answered') throw new Error('only an answered call can be transferred')
    const next = partyOf(call.account, to)
    const when = at ?? this.now(started)
    if (this.#placetel.settings.transfers !== 'new-call' || call.plan.direction === 'out') {
      call.passTo(next)
      return started
    }
    const { expectedPersonId } = started.played
    this.hangUp(id, 'accepted', when)
    const options = {
      ...(started.offsetMs === 0 ? {} : { startAt: when }),
      speed: started.speed,
      kind: `${started.played.kind} (transferred)`,
      ...(expectedPersonId === null ? {} : { expectedPersonId }),
    }
    const second = this.#start(call.account, options, call.plan, 'ringing')
    second.call.start()
    second.call.answer(when, next)
    return second
  }

  /** @param messageSeconds length of the voice message of a call that ends in the mailbox */
  hangUp(id: string, type?: HangUpType, at?: number, messageSeconds = 12): StartedCall {
    const started = this.get(id)
    const { call, played } = started
    if (type === 'voicemail' && call.plan.direction === 'in' && !call.plan.number.voicemail) {
      throw new Error('the number has no mailbox')
    }
    const when = at ?? this.now(started)
    const askedOnly = call.state === 'asked'
    call.hangUp(when, type)
    this.#calls.delete(id)
    played.endedAt = isoSeconds(when)
    played.outcome = askedOnly ? 'notSetUp' : (call.type ?? null)
    if (askedOnly || call.type === 'blocked') played.expectLog = false
    played.startsWithin = this.#startsWithin(started, call.seconds(when))
    if (!askedOnly) note(this.#placetel, started, { at: when, messageSeconds })
    return started
  }

  /** The call's own time. */
  now({ call, offsetMs }: StartedCall): number {
    return Math.max(this.#placetel.clock.now() + offsetMs, call.startedAt)
  }

  /** Throws when the call is not going on. */
  get(id: string): StartedCall {
    const started = this.#calls.get(id)
    if (started === undefined) throw new Error(`no call ${id} is going on`)
    return started
  }

  /** Oldest first. */
  live(): LiveCall[] {
    return [...this.#calls.values()].map(liveCall)
  }

  reset(): void {
    this.#calls.clear()
  }

  /**
   * Whoever missed the first events takes the arrival of a later one for the start; of the last one it takes off the
   * conversation, which goes back too far where the call was played faster than it took.
   */
  #startsWithin({ call, offsetMs }: StartedCall, seconds: number) {
    const passed = Math.ceil((this.#placetel.clock.now() + offsetMs - call.startedAt) / 1000)
    return {
      beforeSeconds: usualSeconds + Math.max(0, seconds - passed),
      afterSeconds: usualSeconds + passed,
    }
  }

  #start(account: Account, options: CallOptions, plan: CallPlan, state: 'asked' | 'ringing'): StartedCall {
    const { clock, ledger, random } = this.#placetel
    const now = clock.now()
    const call = new Call({
      id: random.hex(64),
      account,
      plan,
      startedAt: options.startAt ?? now,
      state,
      settings: () => this.#placetel.settings,
      emit: (event) => this.#sender.send(account, event, call.ownNumber),
    })
    const internal = call.colleague !== undefined
    const ticked = account.numbers.some(({ number, notify }) => number === call.ownNumber && notify)
    const told = call.ownNumber !== undefined && (ticked || account.subscriptions.size > 0)
    const played = ledger.begin(
      {
        id: call.id,
        tenant: account.name,
        company: account.facts.company,
        direction: internal ? 'internal' : plan.direction === 'in' ? 'inbound' : 'outbound',
        from: plan.direction === 'in' ? plan.from : plan.sipUser.did,
        to: plan.direction === 'in' ? plan.number.number : (call.outside ?? call.colleague?.did ?? ''),
        startedAt: call.startedAt,
        expectLog: told && !internal,
        startsWithin: { beforeSeconds: usualSeconds, afterSeconds: usualSeconds },
      },
      options,
    )
    const started = { call, played, speed: options.speed ?? 1, offsetMs: call.startedAt - now }
    this.#calls.set(call.id, started)
    return started
  }
}
