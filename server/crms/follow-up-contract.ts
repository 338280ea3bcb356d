import type { CrmSession } from './contract.ts'

/** An activity that asks somebody to call back. Texts are in the organization's language already. */
export interface FollowUpToWrite {
  marker: string
  subject: string
  note: string
  /** the day it is due, `YYYY-MM-DD` in the organization's time zone */
  dueOn: string
  /** when the missed call began: nothing older is it */
  since: Date
  ownerExternalId: string | undefined
  personExternalId: string | undefined
}

/** What has become of it there, seen from what we wrote. `changed`: people made something else of it. */
export type FollowUpFate = 'open' | 'done' | 'changed' | 'gone'

export interface FollowUps {
  /** @throws `provider-outcome-unknown` when it may still take effect: then it is looked for before it is sent again */
  write(
    session: CrmSession,
    followUp: FollowUpToWrite,
  ): Promise<{ activityId: string; without?: readonly ('person' | 'owner')[] }>
  /** The id of the one that carries this marker. */
  find(session: CrmSession, followUp: FollowUpToWrite): Promise<string | undefined>
  /** @param written.subject as it was written */
  look(session: CrmSession, written: { activityId: string; subject: string }): Promise<FollowUpFate>
  /** Says that it is done and changes nothing else; it may be said twice. @throws `provider-outcome-unknown` */
  close(session: CrmSession, activityId: string): Promise<void>
}
