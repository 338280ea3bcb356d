import type { Colleague } from '../company.ts'
import type { Hub } from '../hub.ts'
import type { Office } from '../office.ts'

/** Somebody who works for the organization, as the CRM and the telephone system know them. */
export type Worker = Colleague

/** What people do in a CRM with our app, and what it holds afterwards. One small hand for each CRM. */
export interface CrmHand {
  readonly name: string
  /** An account whose administrator has connected it, installed the app and accepted the agreement; no telephone yet. */
  open(hub: Hub, name: string): Promise<CrmOffice>
}

export interface CrmOffice extends Office {
  /** who installed it, and of whose telephone nobody knows yet either */
  readonly admin: Worker
  /** somebody who has opened the app, and of whose telephone nobody knows yet */
  worker(name: string, login: string): Promise<Worker>
  /** somebody from outside whom the CRM knows */
  person(name: string, number: string): Promise<void>
  /** the CRM's ids of the users who have a card of its own open; not there: it shows none */
  cards?(): number[]
  /** a click on a number inside the CRM itself; not there: it leads to a page of ours */
  clicks?(worker: Worker, number: string): void
  /** what becomes of the next request that writes a call */
  disturb(how: 'refused' | 'late'): void
  /** a disturbance that was ordered has not come to pass yet */
  disturbed(): boolean
  /** the address by which the CRM leads to a recording that stays elsewhere */
  linkedRecording?(): string | undefined
  /** everybody removes the app */
  uninstall(): Promise<void>
  /** what in the CRM would still send to us */
  left(): unknown[]
}

/** What people do at a telephone system. One small hand for each system. */
export interface PhoneHand {
  readonly name: string
  /** Connects it as an administrator does, and each of these people as far as that is theirs to do. */
  open(office: CrmOffice, workers: readonly [Worker, ...Worker[]]): Promise<PhoneOffice>
}

/** A call goes by the telephone system's own id. */
export interface PhoneOffice {
  readonly connectionId: string
  /** somebody outside calls the first worker */
  rings(call: { from: string }): string
  answers(id: string, worker: Worker): void
  hangsUp(id: string): void
  /** the call that was asked for and rings the own telephone of whoever asked */
  asked(): string | undefined
  /** whoever asked picks up, and then the other end */
  connects(id: string, by: Worker, number: string): void
  disturb(how: 'duplicate' | 'reorder' | 'drop', times: number): void
  /** what there would still tell us of calls */
  left(): unknown[]
}
