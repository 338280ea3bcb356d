import type { JobParts } from '../job-parts.ts'
import type { Tasks } from '../jobs/jobs.ts'
import { ofExisting } from '../organizations/existing.ts'
import { forgetPhone } from './disconnect.ts'
import { readPhone } from './read-phone.ts'
import { nightPhone, tendPhone } from './tend-phones.ts'

/** What is done at a phone system, for one organization. */
export function phoneTasks(parts: JobParts) {
  const of = ofExisting(parts)
  return {
    'read-phone': of((organization, { connectionId }) => readPhone(parts, organization, connectionId)),
    'tend-phone': of((organization, { connectionId }) => tendPhone(parts, organization, connectionId)),
    'night-phone': of((organization, { connectionId }) => nightPhone(parts, organization, connectionId)),
    'forget-phone': of((organization, { userId }) => forgetPhone(parts, organization, userId)),
  } satisfies Partial<Tasks>
}
