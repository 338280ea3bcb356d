import { failureOf } from '../failure.ts'
import type { FollowUpView } from '../http/shapes.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { openFacts } from './call-record.ts'
import { type Call, callFrom } from './fold.ts'

/** A row of `follow_ups`, with the conversation that ended it. */
export interface FollowUpRecord {
  state: 'waiting' | 'sending' | 'open' | 'closing' | 'closed' | 'failed' | 'forgotten'
  reason: string | undefined
  nextAt: Date | undefined
  /** in the CRM's own ids */
  ownerRef: string | undefined
  url: string | undefined
  reached: Call | undefined
}

/** What the journal's statement takes of it, by these names. */
export interface FollowUpColumns {
  follow_up_state: FollowUpRecord['state'] | null
  follow_up_reason: string | null
  follow_up_next_at: Date | null
  follow_up_owner: string | null
  follow_up_activity: string | null
  follow_up_connection: string | null
  reached_id: string | null
  reached_facts: Buffer | null
}
export const followUpColumns = `
  f.state as follow_up_state, f.reason as follow_up_reason, f.next_at as follow_up_next_at, f.owner_ref as follow_up_owner,
  f.activity_id as follow_up_activity, f.connection_id as follow_up_connection,
  reached.id as reached_id, reached.facts_sealed as reached_facts`
/** Beside `call_logs l`. */
export const followUpTables =
  'left join follow_ups f on f.id = l.follow_up_id left join calls reached on reached.id = f.reached_call_id'

export function followUpOf(
  row: FollowUpColumns,
  reader: {
    organization: Organization
    now: number
    activityUrl(written: {
      connectionId: string
      logId: undefined
      activityId: string | undefined
    }): string | undefined
  },
): FollowUpRecord | undefined {
  if (!row.follow_up_state || !row.follow_up_connection) return undefined
  const activityId = row.follow_up_activity ?? undefined
  return {
    state: row.follow_up_state,
    reason: row.follow_up_reason ?? undefined,
    nextAt: row.follow_up_next_at ?? undefined,
    ownerRef: row.follow_up_owner ?? undefined,
    url:
      activityId &&
      reader.activityUrl({ connectionId: row.follow_up_connection, logId: undefined, activityId }),
    reached: reachedIn(row, reader),
  }
}

function reachedIn(
  { reached_id: id, reached_facts: sealed }: FollowUpColumns,
  reader: { organization: Organization; now: number },
): Call | undefined {
  if (!id || !sealed) return undefined
  try {
    return callFrom(openFacts(reader.organization, id, sealed, reader.now).knowledge)
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return undefined // its week is over before the missed call's
    throw error
  }
}

const shownAs = { sending: 'waiting', closing: 'open' } as const

/** @param hidden the caller is a person whom the viewer may not see: then it is not said either whose they are */
export function followUpView(followUp: FollowUpRecord, directory: Directory, hidden: boolean): FollowUpView {
  const { state, reason, nextAt, reached, url } = followUp
  const owner = hidden ? undefined : nameOf(followUp.ownerRef, directory)
  const reachedBy = reached && spokenBy(reached, directory)
  const reachedAt = reached?.answeredAt
  return {
    state: state === 'sending' || state === 'closing' ? shownAs[state] : state,
    ...(reason === undefined ? {} : { why: reason }),
    ...(nextAt === undefined ? {} : { nextAt: nextAt.toISOString() }),
    ...(owner === undefined ? {} : { owner }),
    ...(url === undefined ? {} : { url }),
    ...(reachedAt === undefined ? {} : { reachedAt: new Date(reachedAt).toISOString() }),
    ...(reachedBy === undefined ? {} : { reachedBy }),
  }
}

/** The name of a user whom the CRM knows by this id; undefined for those who never signed in here. */
export function nameOf(externalId: string | undefined, directory: Directory): string | undefined {
  if (externalId === undefined) return undefined
  return [...directory.users.values()].find((user) => user.externalId === externalId)?.name
}

function spokenBy(call: Call, directory: Directory): string | undefined {
  const party = call.direction === 'outbound' ? call.from : call.answeredBy
  const id = party?.kind === 'extension' ? directory.extensions.get(party.digits) : undefined
  return id === undefined ? undefined : directory.users.get(id)?.name
}
