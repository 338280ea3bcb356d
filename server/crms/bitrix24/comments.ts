import { z } from 'zod'
import { failureOf } from '../../failure.ts'
import type { CrmSession, Feature } from '../contract.ts'
import type { Client } from './client.ts'
import { commentText } from './comment-text.ts'
import type { Entity } from './entities.ts'
import { methods } from './methods.ts'
import { entityOfCall, type WireCall } from './statistics.ts'
import { identifier, pageOf, resultOf, textOrNone } from './wire.ts'

export interface Comment {
  id: string
  text: string
}

const page = pageOf(z.object({ ID: identifier, COMMENT: textOrNone, CREATED: textOrNone }))
const made = resultOf(identifier)
/** More than anybody writes about one customer between a call and its note. */
const mostPages = 10
/** Clocks differ. */
const slackMs = 3_600_000

/** The newest comment about that entity that fits, among those written since the call began. */
export async function findComment(
  client: Client,
  session: CrmSession,
  entity: Entity,
  looked: { feature: Feature; call: WireCall; fits: (text: string) => boolean },
): Promise<Comment | undefined> {
  const since = Date.parse(looked.call.CALL_START_DATE ?? '') - slackMs
  let start = 0
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { result, next } = await client(session, {
      method: methods.comments,
      params: {
        filter: { ENTITY_ID: Number(entity.id), ENTITY_TYPE: entity.type.toLowerCase() },
        select: ['ID', 'COMMENT', 'CREATED'],
        order: { ID: 'DESC' },
        start,
      },
      answer: page,
      feature: looked.feature,
    })
    const found = result.find(({ COMMENT }) => looked.fits(COMMENT ?? ''))
    if (found !== undefined) return { id: found.ID, text: found.COMMENT ?? '' }
    const oldest = Date.parse(result.at(-1)?.CREATED ?? '')
    if (next == null || next <= start || oldest < since) return undefined
    start = next
  }
  return undefined
}

export async function addComment(
  client: Client,
  session: CrmSession,
  entity: Entity,
  text: string,
  feature: Feature,
): Promise<void> {
  const fields = { ENTITY_ID: Number(entity.id), ENTITY_TYPE: entity.type.toLowerCase(), COMMENT: text }
  await client(session, { method: methods.addComment, params: { fields }, answer: made, feature })
}

/**
 * Words that are there when a call is written go beside it. The call itself is safe by then: whatever comes of them, it is
 * not reported as failed.
 * @returns false when they may not be there: they are to be amended
 */
export async function addWords(
  client: Client,
  session: CrmSession,
  row: WireCall,
  words: string,
): Promise<boolean> {
  const entity = entityOfCall(row)
  if (entity === undefined) return false
  try {
    await addComment(client, session, entity, commentText(words, markOf(row)), 'call log')
    return true
  } catch (error) {
    if (failureOf(error) === undefined) throw error
    return false
  }
}

/** Our marker; a call that the portal began itself has none, so the middle of its own id stands for it. */
export function markOf(row: WireCall): string {
  return row.EXTERNAL_CALL_ID || (row.CALL_ID.split('.')[1] ?? row.CALL_ID).slice(0, 12)
}
