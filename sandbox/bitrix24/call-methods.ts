import { findByPhone } from './crm-store.ts'
import { entityName } from './entity-view.ts'
import { appOf, type Method, type RestCall, refuse } from './rest-call.ts'
import { type EntityRef, entityTypes, type User } from './world.ts'

const isoWithOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

/** The user of USER_ID or USER_PHONE_INNER; refuses when there is none, or when dismissed. */
export function callUser(call: RestCall): User {
  const id = call.params.integer('USER_ID')
  const inner = call.params.text('USER_PHONE_INNER')
  if (id === undefined && inner === undefined) throw refuse(call, 'USER_ID or USER_PHONE_INNER should be set')
  const user =
    id === undefined
      ? [...call.portal.users.values()].find((item) => item.innerPhone === inner)
      : call.portal.users.get(id)
  if (user === undefined || !user.active) throw refuse(call, 'User is not found or is not active')
  return user
}

function startOf(call: RestCall): number {
  const text = call.params.text('CALL_START_DATE')
  if (text === undefined) return call.bitrix.clock.now()
  if (!isoWithOffset.test(text)) throw refuse(call, 'CALL_START_DATE should be in the ISO-8601 format')
  return Date.parse(text)
}

function phoneOf(call: RestCall): string {
  const phone = call.params.text('PHONE_NUMBER') ?? ''
  if (!/\d/.test(phone) || /[a-z]/i.test(phone)) throw refuse(call, 'Unsupported phone number format')
  return phone
}

/** The entity named in CRM_ENTITY_TYPE and CRM_ENTITY_ID, if it exists. */
function namedEntity(call: RestCall): EntityRef | null {
  const type = entityTypes.find((item) => item === call.params.text('CRM_ENTITY_TYPE'))
  const id = call.params.integer('CRM_ENTITY_ID')
  if (type === undefined || id === undefined) return null
  return call.portal.entity({ type, id }) === undefined ? null : { type, id }
}

function register(call: RestCall): Record<string, unknown> {
  const { app, install } = appOf(call)
  const user = callUser(call)
  const type = call.params.integer('TYPE') ?? 0
  if (type < 1 || type > 5) throw refuse(call, 'Unknown TYPE')
  const startAt = startOf(call)
  const phone = phoneOf(call)
  const externalCallId = call.params.text('EXTERNAL_CALL_ID') ?? null
  const { externalIdMaxLength } = call.bitrix.settings
  if (externalCallId !== null && externalCallId.length > externalIdMaxLength) {
    throw refuse(call, 'Unexpected database error')
  }
  return call.bitrix.calls.register(call.portal, {
    clientId: app.clientId,
    appId: install.appId,
    userId: user.id,
    phone,
    type,
    line: call.params.text('LINE_NUMBER') ?? null,
    externalCallId,
    startAt,
    crmCreate: call.params.flag('CRM_CREATE', false),
    entity: namedEntity(call),
    show: call.params.flag('SHOW', true),
  })
}

function showOrHide(call: RestCall, change: 'show' | 'hide'): boolean {
  const found = call.portal.calls.get(call.params.text('CALL_ID') ?? '')
  if (found === undefined || found.finished) return false
  const given = call.params.integers('USER_ID')
  const users = given.length === 0 ? [found.userId] : given
  call.bitrix.cardBoard[change](call.portal, found.callId, users, change)
  return true
}

function search(call: RestCall): unknown[] {
  const number = call.params.text('PHONE_NUMBER')
  if (number === undefined) throw refuse(call, 'PHONE_NUMBER is empty')
  const { bitrix, portal } = call
  return findByPhone(bitrix, portal, number).flatMap((ref) => {
    const entity = portal.entity(ref)
    if (entity === undefined) return []
    const assigned = portal.users.get(entity.assignedById)
    return [
      {
        CRM_ENTITY_TYPE: ref.type,
        CRM_ENTITY_ID: ref.id,
        ASSIGNED_BY_ID: entity.assignedById,
        NAME: entityName(bitrix.needle, entity),
        ASSIGNED_BY: {
          ID: String(entity.assignedById),
          TIMEMAN_STATUS: 'OPENED',
          USER_PHONE_INNER: assigned?.innerPhone ?? null,
          WORK_PHONE: null,
          PERSONAL_PHONE: null,
          PERSONAL_MOBILE: assigned?.mobile ?? null,
        },
      },
    ]
  })
}

export const callMethods: Record<string, Method> = {
  'telephony.externalCall.register': { scope: 'telephony', appOnly: true, run: register },
  'telephony.externalCall.show': { scope: 'telephony', run: (call) => showOrHide(call, 'show') },
  'telephony.externalCall.hide': { scope: 'telephony', run: (call) => showOrHide(call, 'hide') },
  'telephony.externalCall.searchCrmEntities': { scope: 'telephony', run: search },
}
