import type { HeldCall } from '../../sandbox/ledger.ts'
import { Desk } from '../desk.ts'
import type { Hub } from '../hub.ts'
import { until } from '../until.ts'
import type { CrmHand, CrmOffice, PhoneHand, PhoneOffice, Worker } from './hands.ts'

/** Whoever is known to every CRM. */
export const ada = { name: 'Ada Lovelace', number: '+442079460123' }

/** How long people speak, in seconds. */
export const talkSeconds = 7

/** An organization with one telephone system and one CRM, two people who work for it, and a screen of each. */
export class Pair {
  readonly hub: Hub
  readonly office: CrmOffice
  readonly exchange: PhoneOffice
  /** who installed the app, and whose telephone rings */
  readonly anna: Worker
  readonly desk: Desk
  /** the screen of somebody whose telephone does not */
  readonly other: Desk

  private constructor(parts: Pick<Pair, 'hub' | 'office' | 'exchange' | 'anna' | 'desk' | 'other'>) {
    this.hub = parts.hub
    this.office = parts.office
    this.exchange = parts.exchange
    this.anna = parts.anna
    this.desk = parts.desk
    this.other = parts.other
  }

  static async open(hub: Hub, phone: PhoneHand, crm: CrmHand): Promise<Pair> {
    const office = await crm.open(hub, `${phone.name}-${crm.name}`)
    const anna = { ...office.admin, extension: '21' }
    const boris = { ...(await office.worker('Boris Král', 'boris.kral')), extension: '22' }
    const exchange = await phone.open(office, [anna, boris])
    await office.person(ada.name, ada.number)
    const [desk, other] = [await new Desk(anna.client).open(), await new Desk(boris.client).open()]
    return new Pair({ hub, office, exchange, anna, desk, other })
  }

  async close(): Promise<void> {
    await Promise.all([this.desk.close(), this.other.close()])
  }

  /** The next call is one that people have been having for a while: nobody waits for them, and it ends now. */
  begins(): void {
    this.hub.sandbox.clock.advance(-talkSeconds)
  }

  /** Somebody takes a call that has begun, they speak, and it is over. */
  async talk(id: string, take: () => void): Promise<void> {
    take()
    await this.hub.sandbox.idle()
    this.hub.sandbox.clock.advance(talkSeconds)
    this.exchange.hangsUp(id)
    await this.hub.sandbox.idle()
  }

  /** What the CRM holds of a call, by the stand-ins' own ledger, as soon as it holds anything. */
  async written(id: string): Promise<HeldCall[]> {
    const { ledger } = this.hub.sandbox
    const call = ledger.calls.find((one) => one.id === id)
    if (!call) throw new Error('no such call was played')
    return until('the CRM holds the call', () => {
      const held = ledger.heldFor(call)
      return held.length > 0 && held
    })
  }
}
