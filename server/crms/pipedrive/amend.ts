import { z } from 'zod'
import { failed } from '../../failure.ts'
import type { Amended, Amendment, CrmSession, Written } from '../contract.ts'
import { amendedNote } from './amend-note.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier, toInteger } from './identifier.ts'
import { provider, refusedAs } from './refusal.ts'

const wireActivity = z.object({
  note: z.string().nullish(),
  person_id: identifier.nullish(),
  participants: z
    .array(z.object({ person_id: identifier, primary: z.boolean().catch(false) }))
    .nullish()
    .catch(undefined),
})
type WireActivity = z.infer<typeof wireActivity>
const answer = z.object({ data: wireActivity })

/** What is sent of an activity. Everything that is not named stays as people have it. */
interface Change {
  note?: string
  participants?: { person_id: number; primary: boolean }[]
}

/**
 * Changes the activity of a call that was written. A call log itself knows no update.
 *
 * The activity is read first, at once before it is changed: Pipedrive takes no condition ("only if nobody changed it"),
 * so this is as narrow as the gap can be. What people changed is recognised and left.
 *
 * @throws {RingfenceError} `provider-outcome-unknown` when the change may still take effect; `provider-rejected` (404) when
 *   the activity is gone
 */
export async function amend(
  client: Client,
  session: CrmSession,
  { activityId }: Written,
  amendment: Amendment,
): Promise<Amended> {
  if (activityId === undefined) return failed({ code: 'provider-rejected', provider, status: 404 })
  const { data: activity } = await client(session, {
    endpoint: endpoints.activity,
    id: activityId,
    answer,
    feature: 'call log',
  })
  const { words, personExternalId } = amendment
  const note = words && amendedNote(activity.note ?? '', words.text, words.ours)
  const linked = personOf(activity)
  const participants =
    personExternalId !== undefined && linked === undefined
      ? withPerson(activity, personExternalId)
      : undefined
  const told = (person: Amended['person']): Amended =>
    personExternalId === undefined || person === undefined ? {} : { person }
  const change: Change = {
    ...(note === undefined ? {} : { note }),
    ...(participants ? { participants } : {}),
  }
  const before = linked === personExternalId ? 'linked' : 'somebody-else'
  if (Object.keys(change).length === 0) return told(before)
  const send = (body: Change) =>
    client(session, {
      endpoint: endpoints.changeActivity,
      id: activityId,
      body,
      answer: z.unknown(),
      feature: 'call log',
    })
  try {
    await send(change)
    return told(participants ? 'linked' : before)
  } catch (error) {
    if (!participants || refusedAs(error) !== 'not-found') throw error
    // The person has gone meanwhile; the words are still worth writing.
    if (note !== undefined) await send({ note })
    return told('gone')
  }
}

function personOf({ person_id, participants }: WireActivity): string | undefined {
  return person_id ?? participants?.find(({ primary }) => primary)?.person_id ?? undefined
}

/** The list replaces the one there, so whoever is in it already is sent along. */
function withPerson(
  { participants }: WireActivity,
  personExternalId: string,
): NonNullable<Change['participants']> {
  const others = (participants ?? []).filter((one) => one.person_id !== personExternalId)
  return [
    { person_id: toInteger(personExternalId, 'personExternalId'), primary: true },
    ...others.map((one) => ({ person_id: toInteger(one.person_id, 'participants'), primary: false })),
  ]
}
