import { type Creation, createForCall, findByPhone } from './crm-store.ts'
import type { Bitrix24 } from './index.ts'
import type { Call, EntityRef, Portal } from './world.ts'

export type Registration = {
  clientId: string
  appId: number
  userId: number
  phone: string
  type: number
  line: string | null
  externalCallId: string | null
  startAt: number
  crmCreate: boolean
  entity: EntityRef | null
  show: boolean
}

const outgoing = 1

/** Calls that apps register on portals, and those that portals start by a click. */
export class Calls {
  readonly #bitrix: Bitrix24

  constructor(bitrix: Bitrix24) {
    this.#bitrix = bitrix
  }

  /** Gives the answer of `register`: that of an earlier call when the portal takes both for one. */
  register(portal: Portal, wanted: Registration): Record<string, unknown> {
    const key = this.#key(wanted)
    const known = this.#known(portal, key)
    if (known !== undefined) return known.answer
    const entity = wanted.entity ?? findByPhone(this.#bitrix, portal, wanted.phone)[0] ?? null
    const created = entity === null ? this.#create(portal, wanted) : null
    const bound = entity ?? created?.entities[0] ?? null
    const call = this.#add(portal, { ...wanted, entity: bound, dedupeKey: key })
    call.answer = {
      CALL_ID: call.callId,
      CRM_CREATED_LEAD: created?.entities.find(({ type }) => type === 'LEAD')?.id ?? null,
      CRM_CREATED_ENTITIES: (created?.entities ?? []).map(({ type, id }) => ({
        ENTITY_TYPE: type,
        ENTITY_ID: id,
      })),
      CRM_ENTITY_TYPE: bound?.type ?? '',
      CRM_ENTITY_ID: bound?.id ?? null,
    }
    if (wanted.show) this.#bitrix.cardBoard.show(portal, call.callId, [call.userId], 'register')
    this.#bitrix.events.fire(
      portal,
      'ONVOXIMPLANTCALLINIT',
      { CALL_ID: call.callId, CALL_TYPE: call.type, CALLER_ID: call.phone, REST_APP_ID: wanted.appId },
      { subject: call.callId, userId: call.userId },
    )
    return call.answer
  }

  /** A user clicks a number: the portal makes a call of its own, shows its card and tells the app chosen for outgoing calls. */
  clickToCall(options: {
    portal: string
    userId: number
    number: string
    entity?: EntityRef | undefined
    line?: string | undefined
    callListId?: number | undefined
    mobile?: boolean | undefined
  }): { callId: string; delivered: number } {
    const portal = this.#bitrix.portal(options.portal)
    const user = portal.user(options.userId)
    const choice = this.#outgoing(portal, user.id)
    const line = options.line ?? choice.line
    const entity = options.entity ?? findByPhone(this.#bitrix, portal, options.number)[0] ?? null
    const call = this.#add(portal, {
      clientId: choice.clientId,
      userId: user.id,
      phone: options.number,
      type: outgoing,
      line: line === '' ? null : line,
      externalCallId: null,
      startAt: this.#bitrix.clock.now(),
      entity,
      dedupeKey: null,
    })
    this.#bitrix.cardBoard.show(portal, call.callId, [user.id], 'click')
    const data = {
      PHONE_NUMBER: options.number,
      PHONE_NUMBER_INTERNATIONAL: this.#bitrix.international(portal, options.number),
      EXTENSION: '',
      USER_ID: user.id,
      CALL_LIST_ID: options.callListId ?? 0,
      LINE_NUMBER: line,
      IS_MOBILE: options.mobile === true ? 1 : 0,
      CALL_ID: call.callId,
      CRM_ENTITY_TYPE: entity?.type ?? '',
      CRM_ENTITY_ID: entity?.id ?? 0,
    }
    const delivered = this.#bitrix.events.fire(portal, 'ONEXTERNALCALLSTART', data, {
      userId: user.id,
      clientId: choice.clientId,
      subject: call.callId,
    })
    return { callId: call.callId, delivered }
  }

  /** Somebody outside fills in a callback form: no call exists yet, and nobody in the portal acts. */
  requestCallback(options: {
    portal: string
    number: string
    text?: string | undefined
    voice?: string | undefined
    line?: string | undefined
    entity?: EntityRef | undefined
  }): { delivered: number } {
    const portal = this.#bitrix.portal(options.portal)
    const choice = this.#outgoing(portal, 0)
    const entity = options.entity ?? findByPhone(this.#bitrix, portal, options.number)[0] ?? null
    const data = {
      PHONE_NUMBER: options.number,
      TEXT: options.text ?? '',
      VOICE: options.voice ?? '',
      CRM_ENTITY_TYPE: entity?.type ?? '',
      CRM_ENTITY_ID: entity?.id ?? 0,
      LINE_NUMBER: options.line ?? choice.line,
    }
    return {
      delivered: this.#bitrix.events.fire(portal, 'ONEXTERNALCALLBACKSTART', data, {
        clientId: choice.clientId,
        subject: options.number,
      }),
    }
  }

  /** The portal gives up calls that nobody finished; gives their CALL_IDs. When it does so by itself is not documented. */
  dropOpen(portal: Portal, olderThanSeconds: number): string[] {
    const before = this.#bitrix.clock.now() - olderThanSeconds * 1000
    const dropped = [...portal.calls.values()].filter((call) => !call.finished && call.registeredAt <= before)
    for (const call of dropped) {
      portal.calls.delete(call.callId)
      this.#bitrix.cardBoard.hideAll(portal, call.callId, 'dropped')
    }
    return dropped.map((call) => call.callId)
  }

  #add(portal: Portal, wanted: Omit<Call, 'callId' | 'registeredAt' | 'finished' | 'answer'>): Call {
    const now = this.#bitrix.clock.now()
    const call: Call = {
      clientId: wanted.clientId,
      userId: wanted.userId,
      phone: wanted.phone,
      type: wanted.type,
      line: wanted.line,
      externalCallId: wanted.externalCallId,
      startAt: wanted.startAt,
      entity: wanted.entity,
      dedupeKey: wanted.dedupeKey,
      callId: `externalCall.${this.#bitrix.random.hex(32)}.${Math.floor(now / 1000)}`,
      registeredAt: now,
      finished: false,
      answer: {},
    }
    portal.calls.set(call.callId, call)
    return call
  }

  /** Application, number, type, user, and line and external id where given: nothing else. */
  #key(wanted: Registration): string {
    const { dedupeNumber } = this.#bitrix.settings
    const phone = dedupeNumber === 'digits' ? wanted.phone.replace(/\D/g, '') : wanted.phone
    return JSON.stringify([
      wanted.clientId,
      phone,
      wanted.type,
      wanted.userId,
      wanted.line,
      wanted.externalCallId,
    ])
  }

  #known(portal: Portal, key: string): Call | undefined {
    const { dedupeFinished, dedupeSeconds } = this.#bitrix.settings
    const since = this.#bitrix.clock.now() - dedupeSeconds * 1000
    return [...portal.calls.values()].find(
      (call) => call.dedupeKey === key && call.registeredAt > since && (dedupeFinished || !call.finished),
    )
  }

  #create(portal: Portal, wanted: Registration): Creation | null {
    if (!wanted.crmCreate) return null
    const line = portal.lines.find((item) => item.clientId === wanted.clientId && item.number === wanted.line)
    if (wanted.type === outgoing && line?.crmAutoCreate === false) return null
    return createForCall(this.#bitrix, portal, { phone: wanted.phone, userId: wanted.userId })
  }

  #outgoing(portal: Portal, userId: number): { clientId: string; line: string } {
    const choice = portal.outgoing.get(userId) ?? portal.outgoing.get(0)
    if (choice !== undefined) return choice
    const first = portal.installs.keys().next()
    if (this.#bitrix.settings.requireOutgoingApp || first.done === true) {
      throw new Error('no app is chosen for outgoing calls')
    }
    return { clientId: first.value, line: '' }
  }
}
