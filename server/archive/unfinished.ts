import { enqueueAmend } from '../crms/amend-call.ts'
import { enqueueFollowUp } from '../crms/follow-up-rows.ts'
import { enqueueMake } from '../crms/make-person.ts'
import { enqueueWrite } from '../crms/write-call.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'

/** What waits in the rows of each table, and the job that does it. Recordings are not fetched without the phone system. */
const waiting: readonly {
  ids: string
  enqueue(jobs: Jobs, organizationId: string, id: string): Promise<void>
}[] = [
  {
    ids: `select call_id as id from call_logs where state in ('waiting', 'sending')`,
    enqueue: (jobs, organizationId, id) => enqueueWrite({ jobs }, organizationId, id, new Date()),
  },
  {
    ids: `select id from call_notes where state in ('waiting', 'sending')`,
    enqueue: (jobs, organizationId, id) => enqueueAmend(jobs, organizationId, id, new Date()),
  },
  {
    ids: `select id from follow_ups where state in ('waiting', 'sending', 'closing')`,
    enqueue: (jobs, organizationId, id) => enqueueFollowUp(jobs, organizationId, id),
  },
  {
    ids: `select id from new_persons where state in ('waiting', 'sending')`,
    enqueue: (jobs, organizationId, id) => enqueueMake({ jobs }, organizationId, id, new Date()),
  },
]

/**
 * Jobs are the installation's, and did not come along: those of what an imported organization had not finished are made
 * anew. Until its CRM is connected they wait, as they do when it is away.
 */
export async function queueUnfinished(jobs: Jobs, organization: Organization): Promise<number> {
  let queued = 0
  for (const { ids, enqueue } of waiting) {
    const rows = await organization.transaction((db) => db.rows<{ id: string }>(ids), 'officer')
    for (const { id } of rows) await enqueue(jobs, organization.id, id)
    queued += rows.length
  }
  return queued
}
