import type { Egress, EgressResponse } from '../../egress/index.ts'
import { failed, failureOf } from '../../failure.ts'
import type { CrmSession, RecordingStream } from '../contract.ts'
import { failureFor, hostOfStandIn, noteAllowance, urlOf } from './client.ts'
import { sentToPipedrive } from './declared-fields.ts'
import { endpoints } from './endpoints.ts'
import type { Pauses } from './pauses.ts'
import { PipedriveRefusal, provider, refusalIn } from './refusal.ts'

export interface AttachOptions {
  egress: Egress
  pauses: Pauses
  oauthUrl: string
  /** how long Pipedrive may keep still, also after the last byte; undefined: as long as anybody */
  idleMs: number | undefined
}

/** After a token was refused there is a newer one: the recording has to begin anew, and may at once. */
const afterRenewalSeconds = 1

/**
 * Sends a recording into a call log, as it comes. Pipedrive takes one for each log and answers 409 when there is one, so
 * a request whose outcome nobody knows is simply made again.
 *
 * The body is sent with its length where that is known: chunked bodies are not mentioned in Pipedrive's documents.
 * @see https://developers.pipedrive.com/docs/api/v1/CallLogs#addCallLogAudioFile
 */
export async function attachRecording(
  { egress, pauses, oauthUrl, idleMs }: AttachOptions,
  session: CrmSession,
  logId: string,
  recording: RecordingStream,
): Promise<void> {
  const wait = pauses.secondsLeft(session)
  if (wait > 0) failed({ code: 'provider-unavailable', provider, retryAfterSeconds: wait })
  const endpoint = endpoints.attachRecording
  const { pieces, ...described } = recording
  const token = await session.accessToken()
  let answer: EgressResponse
  try {
    answer = await egress.upload({
      url: urlOf(session.apiBase, { endpoint, id: logId }),
      method: endpoint.method,
      base: session.apiBase,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      part: { name: 'file', ...described },
      pieces,
      ...(idleMs === undefined ? {} : { idleMs }),
      allow: hostOfStandIn(session.apiBase, oauthUrl),
      provider,
      sends: sentToPipedrive,
    })
    session.spend('recording', endpoint.tokens)
  } catch (error) {
    // what our own policy refused was never sent
    if (failureOf(error)?.code !== 'undeclared') session.spend('recording', endpoint.tokens)
    throw error
  }
  noteAllowance(session, answer)
  if (answer.status === 409) return // it is there already
  const refusal = refusalIn(answer)
  if (refusal?.kind === 'token') {
    await session.renewed(token)
    failed({ code: 'provider-unavailable', provider, retryAfterSeconds: afterRenewalSeconds })
  }
  if (refusal !== undefined) {
    pauses.note(session, refusal)
    throw new PipedriveRefusal(refusal, failureFor(refusal, answer.status, true, pauses.secondsLeft(session)))
  }
  pauses.clear(session)
}
