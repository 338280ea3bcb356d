import type { HeldCall } from '../ledger.ts'
import type { Portal } from './world.ts'

/** What a portal holds of the calls that an app registered under one EXTERNAL_CALL_ID. */
export type ExternalCall = {
  externalCallId: string
  /** CALL_IDs given out for it; more than one means that it was registered twice. */
  callIds: string[]
  /** Registered and not finished. */
  open: number
  /** Rows in the call statistics. */
  finished: number
  /** Call activities in the CRM. */
  activities: number
  /** Recordings attached. */
  records: number
}

export type CallCounts = {
  expected: number
  /** Expected and not finished in the portal, whether registered or not. */
  lost: string[]
  /** Finished more than once under one id. */
  duplicated: string[]
  /** Finished although not expected. */
  unexpected: string[]
  /** Registered and never finished. */
  open: string[]
}

/** Compares what a portal holds with the EXTERNAL_CALL_IDs that it should. */
export function countCalls(calls: readonly ExternalCall[], expected: readonly string[]): CallCounts {
  const finished = new Map(calls.map((call) => [call.externalCallId, call.finished]))
  const wanted = new Set(expected)
  const ids = (which: (call: ExternalCall) => boolean) =>
    calls.filter(which).map((call) => call.externalCallId)
  return {
    expected: wanted.size,
    lost: [...wanted].filter((id) => (finished.get(id) ?? 0) === 0),
    duplicated: ids((call) => call.finished > 1),
    unexpected: ids((call) => call.finished > 0 && !wanted.has(call.externalCallId)),
    open: ids((call) => call.open > 0),
  }
}

/** Calls without an EXTERNAL_CALL_ID (click-to-call) stand under their CALL_ID. */
export function perExternalId(portal: Portal): ExternalCall[] {
  const found = new Map<string, ExternalCall>()
  const of = (externalCallId: string) => {
    const item = found.get(externalCallId) ?? {
      externalCallId,
      callIds: [],
      open: 0,
      finished: 0,
      activities: 0,
      records: 0,
    }
    found.set(externalCallId, item)
    return item
  }
  for (const call of portal.calls.values()) {
    const item = of(call.externalCallId ?? call.callId)
    item.callIds.push(call.callId)
    if (!call.finished) item.open += 1
  }
  for (const row of portal.statistics) {
    const item = of(row.externalCallId ?? row.callId)
    item.finished += 1
    if (row.activityId !== null && portal.activities.has(row.activityId)) item.activities += 1
    if (row.record !== null) item.records += 1
  }
  return [...found.values()]
}

/**
 * The calls that a portal holds, in the ledger's own shape: its `company` is the portal, its call log the statistics.
 * A finished call counts whether or not it is bound to somebody in the CRM.
 */
export function heldCalls(portal: Portal): HeldCall[] {
  return portal.statistics.map((row) => {
    const activity = row.activityId === null ? undefined : portal.activities.get(row.activityId)
    const outbound = row.type === 1
    const id = (type: string) => (row.entity?.type === type ? row.entity.id : null)
    return {
      company: portal.name,
      activityId: row.activityId ?? 0,
      callLogId: row.callId,
      userId: row.userId,
      personId: id('CONTACT'),
      organizationId: id('COMPANY'),
      dealId: id('DEAL'),
      leadId: id('LEAD')?.toString() ?? null,
      subject: activity?.subject ?? '',
      outcome: row.statusCode,
      from: outbound ? row.line : row.phone,
      to: outbound ? row.phone : (row.line ?? ''),
      startTime: new Date(row.startAt).toISOString(),
      endTime: new Date(row.startAt + row.durationSeconds * 1000).toISOString(),
      duration: String(row.durationSeconds),
      note: activity?.description ?? '',
      hasRecording: row.record !== null,
    }
  })
}
