import type { Declaration } from '../policy/index.ts'
import type { ReadRightsOptions } from './crms/read-rights.ts'
import type { HttpOptions } from './http/server.ts'
import type { JobsOptions } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import type { HolderOptions } from './phones/holder.ts'

/** What is the same in every installation, and only a rehearsal shortens. */
export interface StartOptions extends HttpOptions {
  /** default: standard output, at the level of the settings */
  log?: Log
  /** from the end of a call to its writing, see ingest/ingest.ts */
  writeAfterMs?: number
  /** from the last change of a note to its way into the CRM; default 5 s */
  amendAfterMs?: number
  /** how long an answer to "may this viewer see this person?" holds, see crms/read-rights.ts */
  rights?: ReadRightsOptions
  /** when phone systems are asked for a recording, see recordings/find.ts */
  findWaits?: readonly number[]
  /** how long a request may still take effect after its time-out, see crms/next-time.ts */
  unknownWaitMs?: number
  /** how long a call that was asked for in the CRM may take to be told by the phone system; default 2 min */
  requestedMs?: number
  /** requests the spool holds at most */
  spoolLimit?: number
  jobs?: JobsOptions
  /** how often a node looks whether a policy took effect; default 60 s */
  followMs?: number
  /** of a program whose files declare something else */
  declarations?: readonly Declaration[]
  /** of connections that are held open */
  held?: Omit<HolderOptions, 'perSecond'>
}
