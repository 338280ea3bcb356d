import { z } from 'zod'
import { failed, failureOf } from '../../failure.ts'
import type { CrmSession, RecordingReference, Written } from '../contract.ts'
import type { Client } from './client.ts'
import { addComment, findComment } from './comments.ts'
import { methods } from './methods.ts'
import { isWrong, provider } from './refused.ts'
import { entityOfCall, findCall } from './statistics.ts'

const feature = 'recording'
/** How soon to try again what Bitrix24 says it cannot do yet. */
const notYetSeconds = 30

/**
 * Refers to a recording in a finished call. A copy is fetched by the portal from the address and kept there, in place of an
 * earlier one; a link stands in a comment about whoever the call was with, and is found again by its address.
 *
 * @throws {RingfenceError} `provider-unavailable` also when the portal could not fetch it, or its outcome is unknown: it is
 *   said again; `provider-rejected` when the call is not there, or a link has no place
 * @see https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-attach-record.html
 */
export async function referToRecording(
  client: Client,
  session: CrmSession,
  { logId }: Written,
  recording: RecordingReference,
): Promise<void> {
  if (logId === undefined) return failed({ code: 'provider-rejected', provider, status: 404 })
  if (recording.how === 'copy') return attach(client, session, logId, recording)
  return link(client, session, logId, recording)
}

async function attach(
  client: Client,
  session: CrmSession,
  logId: string,
  { url, fileName }: { url: string; fileName: string },
): Promise<void> {
  try {
    await client(session, {
      method: methods.attachRecord,
      params: { CALL_ID: logId, RECORD_URL: url, FILENAME: fileName },
      answer: z.unknown(),
      feature,
    })
  } catch (error) {
    if (isWrong(error, 'not-finished') || isWrong(error, 'not-fetched')) return notYet(error)
    throw error
  }
}

async function link(
  client: Client,
  session: CrmSession,
  logId: string,
  { url, text }: { url: string; text: string },
): Promise<void> {
  const row = await findCall(client, session, { CALL_ID: logId })
  const entity = row && entityOfCall(row)
  if (row === undefined || entity === undefined)
    return failed({ code: 'provider-rejected', provider, status: 404 })
  const fits = (comment: string) => comment.includes(url)
  if ((await findComment(client, session, entity, { feature, fits, call: row })) !== undefined) return
  try {
    await addComment(client, session, entity, linkText(url, text), feature)
  } catch (error) {
    // it is looked for before it is said again
    if (failureOf(error)?.code === 'provider-outcome-unknown') return notYet(error)
    throw error
  }
}

/** UNVERIFIED how comments show addresses: one that stands alone on its line is either made clickable or can be copied. */
function linkText(url: string, text: string): string {
  return `${text}\n${url}`
}

function notYet(cause: unknown): never {
  return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: notYetSeconds }, cause)
}
