import { callUser } from './call-methods.ts'
import { RestError } from './errors.ts'
import { fetchRecord } from './record-files.ts'
import { appOf, type Method, type RestCall, refuse } from './rest-call.ts'
import type { Activity, Call, Portal, Statistic } from './world.ts'

const outgoing = 1

async function finish(call: RestCall): Promise<Record<string, unknown>> {
  const { bitrix, portal, params } = call
  if (typeof params.get('CALL_ID') !== 'string') {
    throw new RestError(400, 'INVALID_ARGUMENT', 'CALL_ID must be a string')
  }
  const user = callUser(call)
  const found = portal.calls.get(params.text('CALL_ID') ?? '')
  if (found === undefined || found.finished || found.clientId !== appOf(call).app.clientId) {
    throw refuse(call, 'Call is not found (call should be registered prior to finishing)')
  }
  found.finished = true
  bitrix.cardBoard.hideAll(portal, found.callId, 'finish')
  const duration = params.integer('DURATION') ?? 0
  const row: Statistic = {
    id: portal.newId('statistic'),
    callId: found.callId,
    clientId: found.clientId,
    externalCallId: found.externalCallId,
    userId: user.id,
    phone: found.phone,
    type: found.type,
    line: found.line,
    durationSeconds: duration,
    startAt: found.startAt,
    finishedAt: bitrix.clock.now(),
    statusCode: params.text('STATUS_CODE') ?? (duration > 0 ? '200' : '304'),
    failedReason: params.text('FAILED_REASON') ?? '',
    vote: params.integer('VOTE') ?? null,
    cost: params.text('COST') ?? '0.0000',
    costCurrency: params.text('COST_CURRENCY') ?? '',
    entity: found.entity,
    activityId: null,
    record: null,
    transcriptId: null,
  }
  row.activityId = addActivity(portal, found, row)
  portal.statistics.push(row)
  bitrix.events.fire(portal, 'ONVOXIMPLANTCALLEND', endData(call, row), {
    subject: row.callId,
    userId: user.id,
  })
  const answer = finished(call, row)
  const recordUrl = params.text('RECORD_URL')
  // The old way of handing over a recording: what fails there is not told.
  if (recordUrl !== undefined) {
    const file = await fetchRecord(call, recordUrl, undefined).catch(() => null)
    row.record = file
  }
  return answer
}

/** The activity on whoever the call is bound to; null when it is bound to nobody. */
function addActivity(portal: Portal, call: Call, row: Statistic): number | null {
  if (row.entity === null) return null
  const isOutgoing = call.type === outgoing
  const activity: Activity = {
    id: portal.newId('activity'),
    ownerType: row.entity.type,
    ownerId: row.entity.id,
    subject: `${isOutgoing ? 'Outgoing' : 'Incoming'} call ${isOutgoing ? 'to' : 'from'} ${row.phone}`,
    description: '',
    direction: isOutgoing ? 2 : 1,
    responsibleId: row.userId,
    startAt: row.startAt,
    endAt: row.startAt + row.durationSeconds * 1000,
    createdAt: row.finishedAt,
    modifiedAt: row.finishedAt,
    // A call that nobody took waits for somebody to call back.
    completed: row.statusCode === '200',
    callId: row.callId,
    phone: row.phone,
  }
  portal.activities.set(activity.id, activity)
  return activity.id
}

function finished(call: RestCall, row: Statistic): Record<string, unknown> {
  const { app, install } = appOf(call)
  const unbound = call.bitrix.settings.unboundActivity === 'null' ? { CRM_ACTIVITY_ID: null } : {}
  return {
    CALL_ID: row.callId,
    EXTERNAL_CALL_ID: row.externalCallId,
    PORTAL_USER_ID: row.userId,
    PHONE_NUMBER: row.phone,
    PORTAL_NUMBER: row.line ?? `REST_APP:${install.appId}`,
    INCOMING: String(row.type),
    CALL_DURATION: row.durationSeconds,
    // An object without content, as in the vendor's own sample.
    CALL_START_DATE: {},
    CALL_STATUS: row.statusCode === '200' ? 1 : 0,
    CALL_VOTE: row.vote,
    COST: row.cost,
    COST_CURRENCY: row.costCurrency,
    CALL_FAILED_CODE: row.statusCode,
    CALL_FAILED_REASON: row.failedReason,
    REST_APP_ID: String(install.appId),
    REST_APP_NAME: app.name,
    ...(row.activityId === null ? unbound : { CRM_ACTIVITY_ID: row.activityId }),
    COMMENT: null,
    CRM_ENTITY_TYPE: row.entity?.type ?? '',
    CRM_ENTITY_ID: row.entity?.id ?? null,
    ID: row.id,
  }
}

function endData(call: RestCall, row: Statistic): Record<string, unknown> {
  return {
    CALL_ID: row.callId,
    CALL_TYPE: row.type,
    PHONE_NUMBER: row.phone,
    PORTAL_NUMBER: `REST_APP:${appOf(call).install.appId}`,
    PORTAL_USER_ID: row.userId,
    CALL_DURATION: row.durationSeconds,
    CALL_START_DATE: call.portal.isoTime(row.startAt),
    COST: row.cost,
    COST_CURRENCY: row.costCurrency,
    CALL_FAILED_CODE: row.statusCode,
    CALL_FAILED_REASON: row.failedReason,
    CRM_ACTIVITY_ID: row.activityId ?? 0,
  }
}

export const finishMethods: Record<string, Method> = {
  'telephony.externalCall.finish': { scope: 'telephony', appOnly: true, run: finish },
}
