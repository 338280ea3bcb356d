import type { JobParts } from '../job-parts.ts'
import type { Tasks } from '../jobs/jobs.ts'
import { ofExisting } from '../organizations/existing.ts'
import type { Organization } from '../organizations/organization.ts'
import { amendCall } from './amend-call.ts'
import type { Crm } from './contract.ts'
import { tendFollowUp } from './follow-ups.ts'
import { linkDeal } from './link-deal.ts'
import { tendLiveCall } from './live-call.ts'
import { makePerson } from './make-person.ts'
import { type MirrorParts, readContacts } from './mirror.ts'
import { nightly } from './night.ts'
import { has } from './parts.ts'
import { carryOutRemoval } from './portal-removed.ts'
import { readDeals } from './read-deals.ts'
import { tendRequested } from './requested-call.ts'
import { readUsers } from './users.ts'

/** What is done at a CRM, for one organization. */
export function crmTasks(parts: JobParts) {
  const of = ofExisting(parts)
  const crmOf = async (organization: Organization, connectionId: string): Promise<Crm | undefined> => {
    const connection = (await parts.directoryOf(organization)).connections.get(connectionId)
    return connection && parts.crms.get(connection.adapter)
  }
  /** Of a connection whose contacts are not mirrored nothing is read, by day or by night. */
  const mirrored = (
    work: (of: MirrorParts, organization: Organization, connectionId: string) => Promise<unknown>,
  ) =>
    of(async (organization, { connectionId }: { organizationId: string; connectionId: string }) => {
      const crm = await crmOf(organization, connectionId)
      if (crm && has(crm, 'mirror')) await work({ ...parts, crm }, organization, connectionId)
    })
  return {
    'live-call': of((organization, { callId }) => tendLiveCall(parts, organization, callId)),
    'requested-call': of((organization, { requestId }) => tendRequested(parts, organization, requestId)),
    'follow-up': of((organization, { followUpId }) => tendFollowUp(parts, organization, followUpId)),
    'amend-call': of((organization, { callId }) => amendCall(parts, organization, callId)),
    'make-person': of((organization, { personId }) => makePerson(parts, organization, personId)),
    'link-deal': of((organization, { callId }) => linkDeal(parts, organization, callId)),
    'portal-removed': of((_, payload) => carryOutRemoval(parts, payload)),
    'read-contacts': mirrored(readContacts),
    'read-deals': mirrored(readDeals),
    night: mirrored(nightly),
    'read-users': of(async (organization, { connectionId }) => {
      const crm = await crmOf(organization, connectionId)
      if (crm) await readUsers({ ...parts, crm }, organization, connectionId)
    }),
  } satisfies Partial<Tasks>
}
