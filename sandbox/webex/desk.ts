import type { Exchange, StartedCall } from './exchange.ts'
import { type Half, isLive, talksNow } from './half.ts'
import type { Webex } from './index.ts'
import type { Org, Person } from './org.ts'
import type { RecordingAction } from './recorded.ts'

/** What people do with their own halves, on the phone or over the API. Throws when a half's state does not allow it. */
export class Desk {
  readonly #webex: Webex
  readonly #exchange: Exchange

  constructor(webex: Webex, exchange: Exchange) {
    this.#webex = webex
    this.#exchange = exchange
  }

  /** The phones of a person ring for a call that is to be placed; given up when nobody picks up. */
  clickToDial(org: Org, person: Person, destination: string): Half {
    const to = destination.replace(/^(tel|sip):/, '')
    const kind = 'click-to-call'
    const started = this.#exchange.startOutbound({ org: org.name, from: person.extension, to, kind })
    const half = started.call.dial(this.#exchange.now(started), person, { clickToDial: true })
    // Not tracked: whoever waits for deliveries does not wait for a phone that nobody picks up.
    void this.#giveUpSetUp(started.call.id)
    return half
  }

  answer(half: Half): void {
    const started = this.#of(half)
    if (half.state !== 'alerting') throw new Error('The device is not alerting for the call.')
    started.call.answer(this.#exchange.now(started), half.person.extension)
  }

  /** Ends the call when nobody is left, or nobody rings who could still answer. */
  reject(half: Half): void {
    const started = this.#of(half)
    const { call } = started
    const at = this.#exchange.now(started)
    if (half.personality === 'clickToDial') {
      this.#exchange.end(started, at, 'caller')
      return
    }
    if (call.isAsking(half)) {
      call.stopAsking(at)
      return
    }
    call.reject(at, half)
    if (call.live.length === 0 || (call.ringing.length === 0 && !call.answered))
      this.#exchange.end(started, at, 'callee')
  }

  hangUp(half: Half): void {
    const started = this.#of(half)
    const at = this.#exchange.now(started)
    if (half.state === 'alerting') this.reject(half)
    else if (started.call.isAsking(half)) started.call.stopAsking(at)
    else this.#exchange.end(started, at, half.personality === 'terminator' ? 'callee' : 'caller')
  }

  hold(half: Half): void {
    const started = this.#of(half)
    started.call.hold(this.#exchange.now(started), half)
  }

  resume(half: Half): void {
    const started = this.#of(half)
    started.call.resume(this.#exchange.now(started), half)
  }

  mute(half: Half, muted: boolean): void {
    const started = this.#of(half)
    started.call.mute(this.#exchange.now(started), half, muted)
  }

  record(half: Half, action: RecordingAction): void {
    const started = this.#of(half)
    if (!talksNow(half)) throw new Error('is not connected')
    started.call.record(this.#exchange.now(started), half, action)
  }

  /** Sent on to somebody outside or to voicemail, the call is over for this organization. */
  divert(half: Half, to: string): void {
    const started = this.#of(half)
    const at = this.#exchange.now(started)
    started.call.divert(at, half, to)
    if (started.call.live.length === 0) this.#exchange.end(started, at, 'callee')
  }

  consult(half: Half, to: string, options: { onAnswer: boolean }): Half {
    const started = this.#of(half)
    return started.call.consult(this.#exchange.now(started), half, to, options)
  }

  completeTransfer(half: Half): void {
    const started = this.#of(half)
    started.call.completeTransfer(this.#exchange.now(started))
  }

  #of(half: Half): StartedCall {
    if (!isLive(half)) throw new Error('The call is over.')
    return this.#exchange.find(half.callId)
  }

  async #giveUpSetUp(id: string): Promise<void> {
    const { timers, settings } = this.#webex
    if (!(await timers.sleep(settings.setupSeconds * 1000))) return
    const started = this.#exchange.live.find(({ call }) => call.id === id)
    if (started?.call.settingUp) this.#exchange.end(started, this.#exchange.now(started), 'system')
  }
}
