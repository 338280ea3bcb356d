import type { JobParts } from '../job-parts.ts'
import type { Tasks } from '../jobs/jobs.ts'
import { ofExisting } from '../organizations/existing.ts'
import { attachRecording } from './attach.ts'
import { findRecording } from './find.ts'

/** Recordings on their way into the CRM. */
export function recordingTasks(parts: JobParts) {
  const of = ofExisting(parts)
  return {
    'attach-recording': of((organization, { callId }) => attachRecording(parts, organization, callId)),
    'find-recording': of((organization, { callId }) => findRecording(parts, organization, callId)),
  } satisfies Partial<Tasks>
}
