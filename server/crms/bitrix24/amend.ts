import { z } from 'zod'
import { failed } from '../../failure.ts'
import type { Amended, Amendment, CrmSession, Written } from '../contract.ts'
import type { Client } from './client.ts'
import { amendedComment, carriesMark, commentText } from './comment-text.ts'
import { addComment, findComment, markOf } from './comments.ts'
import type { Entity } from './entities.ts'
import { refOf } from './entities.ts'
import { methods } from './methods.ts'
import { provider } from './refused.ts'
import { entityOfCall, findCall, type WireCall } from './statistics.ts'

/**
 * Says beside a finished call what became known later: a comment about whoever it was with, found again by its last line. A
 * finished call knows no update, so a person cannot be linked any more.
 *
 * The comment is read first, at once before it is changed: Bitrix24 takes no condition ("only if nobody changed it").
 *
 * @throws {RingfenceError} `provider-outcome-unknown` when the change may still take effect; `provider-rejected` (404) when
 *   the call is not there, or was with nobody who stands in the CRM
 */
export async function amend(
  client: Client,
  session: CrmSession,
  { logId }: Written,
  { words, personExternalId }: Amendment,
): Promise<Amended> {
  const row = logId === undefined ? undefined : await findCall(client, session, { CALL_ID: logId })
  const entity = row && entityOfCall(row)
  if (row === undefined || entity === undefined)
    return failed({ code: 'provider-rejected', provider, status: 404 })
  if (words !== undefined) await amendWords(client, session, { row, entity }, words)
  if (personExternalId === undefined) return {}
  return { person: refOf(entity) === personExternalId ? 'linked' : 'somebody-else' }
}

async function amendWords(
  client: Client,
  session: CrmSession,
  { row, entity }: { row: WireCall; entity: Entity },
  { text, ours }: NonNullable<Amendment['words']>,
): Promise<void> {
  const feature = 'call log'
  const mark = markOf(row)
  const fits = (comment: string) => carriesMark(comment, mark)
  const there = await findComment(client, session, entity, { feature, fits, call: row })
  if (there === undefined) {
    if (text.trim() !== '') await addComment(client, session, entity, commentText(text, mark), feature)
    return
  }
  const changed = amendedComment(there.text, text, { ours, mark })
  if (changed === undefined) return
  const id = Number(there.id)
  await client(
    session,
    changed === ''
      ? { method: methods.removeComment, params: { id }, answer: z.unknown(), feature }
      : {
          method: methods.changeComment,
          params: { id, fields: { COMMENT: changed } },
          answer: z.unknown(),
          feature,
        },
  )
}
