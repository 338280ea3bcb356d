import { z } from 'zod'
import type { CallToWrite, CrmSession, Written } from '../contract.ts'
import type { Client } from './client.ts'
import type { Entity } from './entities.ts'
import { entityFrom } from './entities.ts'
import { methods } from './methods.ts'
import { idOrNone, pageOf, textOrNone } from './wire.ts'

/** What a finished call is, in the answer to finishing it and in the statistics. */
export const wireCall = z.object({
  CALL_ID: z.string().min(1),
  EXTERNAL_CALL_ID: textOrNone,
  /** in the answer to finishing it is an empty object */
  CALL_START_DATE: textOrNone,
  CRM_ACTIVITY_ID: idOrNone,
  CRM_ENTITY_TYPE: textOrNone,
  CRM_ENTITY_ID: idOrNone,
})
export type WireCall = z.infer<typeof wireCall>
const page = pageOf(wireCall)

/**
 * Was the call finished, although nobody told us? The statistics hold finished calls only. One that the portal began itself
 * carries no marker of ours and is found by its own id; one that was begun anew, by our marker.
 *
 * @throws {RingfenceError} `provider-refused` with 403 when this user may not see statistics
 */
export async function findWritten(
  client: Client,
  session: CrmSession,
  { liveRef, marker }: Pick<CallToWrite, 'liveRef' | 'marker'>,
): Promise<Written | undefined> {
  const row =
    (liveRef === undefined ? undefined : await findCall(client, session, { CALL_ID: liveRef })) ??
    (await findCall(client, session, { EXTERNAL_CALL_ID: marker }))
  return row && writtenFrom(row)
}

/** The oldest that fits. What comes back is compared: a filter that is not understood would give everything. */
export async function findCall(
  client: Client,
  session: CrmSession,
  by: { CALL_ID: string } | { EXTERNAL_CALL_ID: string },
): Promise<WireCall | undefined> {
  const { result } = await client(session, {
    method: methods.statistics,
    params: { FILTER: by, SORT: 'ID', ORDER: 'ASC' },
    answer: page,
    feature: 'call log',
  })
  return result.find((row) =>
    'CALL_ID' in by ? row.CALL_ID === by.CALL_ID : row.EXTERNAL_CALL_ID === by.EXTERNAL_CALL_ID,
  )
}

/** A call with nobody who stands in the CRM has no activity there. */
export function writtenFrom(row: WireCall): Written {
  return { logId: row.CALL_ID, activityId: row.CRM_ACTIVITY_ID }
}

/** With whom the portal thinks the call was. */
export function entityOfCall(row: WireCall): Entity | undefined {
  return entityFrom(row.CRM_ENTITY_TYPE, row.CRM_ENTITY_ID)
}
