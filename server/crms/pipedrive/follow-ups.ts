import { z } from 'zod'
import type { CrmSession } from '../contract.ts'
import type { FollowUpFate, FollowUps, FollowUpToWrite } from '../follow-up-contract.ts'
import { noteHtml } from './call-log.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { findActivity } from './find-written.ts'
import { identifier, toInteger } from './identifier.ts'
import { refusedAs } from './refusal.ts'

const feature = 'follow-up'
const type = 'call'

const made = z.object({ data: z.object({ id: identifier }) })
const one = z.object({
  data: z.object({
    subject: z.string().nullish(),
    type: z.string().nullish(),
    done: z.boolean(),
    is_deleted: z.boolean().catch(false),
  }),
})

/** The body of `POST /api/v2/activities`; a person is linked as its primary participant only. */
interface ActivityBody {
  subject: string
  type: string
  done: false
  due_date: string
  note: string
  owner_id?: number
  participants?: { person_id: number; primary: true }[]
}

/** Missed callers as open activities of type call. */
export function followUpsOf(client: Client): FollowUps {
  return {
    write: (session, followUp) => write(client, session, followUp),
    // Whoever owns it, open or not: a colleague may have taken or closed it in the minute in which we did not know of it.
    find: (session, { marker, since }) => findActivity(client, session, { marker, since, feature }),
    look: (session, written) => look(client, session, written),
    close: async (session, id) => {
      const endpoint = endpoints.changeActivity
      await client(session, { endpoint, id, body: { done: true }, answer: z.unknown(), feature })
    },
  }
}

/** As a call log is written: what it names and is gone, or may not be named by this token's user, is left out. */
async function write(client: Client, session: CrmSession, followUp: FollowUpToWrite) {
  let body = bodyOf(followUp, session)
  const without: ('person' | 'owner')[] = []
  for (;;) {
    try {
      const { data } = await client(session, { endpoint: endpoints.addActivity, body, answer: made, feature })
      return { activityId: data.id, ...(without.length === 0 ? {} : { without }) }
    } catch (error) {
      const kind = refusedAs(error)
      const { participants, owner_id: owner, ...rest } = body
      if (kind === 'not-found' && participants !== undefined) {
        body = { ...rest, ...(owner === undefined ? {} : { owner_id: owner }) }
        without.push('person')
      } else if ((kind === 'permission' || kind === 'not-found') && owner !== undefined) {
        body = { ...rest, ...(participants === undefined ? {} : { participants }) }
        without.push('owner')
      } else throw error
    }
  }
}

function bodyOf(followUp: FollowUpToWrite, session: CrmSession): ActivityBody {
  const { ownerExternalId: owner, personExternalId: person } = followUp
  return {
    subject: followUp.subject,
    type,
    done: false,
    due_date: followUp.dueOn,
    note: noteHtml(followUp.note, followUp.marker),
    ...(owner === undefined || owner === session.userRef
      ? {}
      : { owner_id: toInteger(owner, 'ownerExternalId') }),
    ...(person === undefined
      ? {}
      : { participants: [{ person_id: toInteger(person, 'personExternalId'), primary: true }] }),
  }
}

/** Another owner, day or note is still the same promise; another subject or type is something else. */
async function look(
  client: Client,
  session: CrmSession,
  written: { activityId: string; subject: string },
): Promise<FollowUpFate> {
  try {
    const { data } = await client(session, {
      endpoint: endpoints.activity,
      id: written.activityId,
      answer: one,
      feature,
    })
    if (data.is_deleted) return 'gone'
    if (data.done) return 'done'
    return data.type === type && data.subject === written.subject ? 'open' : 'changed'
  } catch (error) {
    const kind = refusedAs(error)
    if (kind === 'not-found' || kind === 'gone') return 'gone'
    throw error
  }
}
