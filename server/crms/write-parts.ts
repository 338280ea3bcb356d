import type { Clock } from '../clock.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Crm } from './contract.ts'
import type { Installations } from './installations.ts'

/** What is needed to tell a CRM of a call. */
export interface WriteParts {
  crms: ReadonlyMap<string, Crm>
  installations: Installations
  directoryOf(organization: Organization): Promise<Directory>
  jobs: Jobs
  clock: Clock
  log: Log
  /** shows the call's new state on screens */
  show(organization: Organization, callId: string): Promise<void>
  /** a recording waited for this call to be written */
  attach(organization: Organization, callId: string): Promise<void>
  /** something of the call is to go into its entry, in a moment */
  amendLater(organizationId: string, callId: string): Promise<void>
  /** how long a request may still take effect after it timed out; default 60 s */
  unknownWaitMs: number | undefined
}
