import type { Declaration } from '../policy/index.ts'
import type { OneTimeTokens } from './accounts/one-time-tokens.ts'
import type { Sessions } from './accounts/sessions.ts'
import type { Breaches } from './breaches/record.ts'
import type { CallOnScreen } from './calls/call-on-screen.ts'
import type { JournalReader } from './calls/journal.ts'
import type { Installations } from './crms/installations.ts'
import type { Portals } from './crms/portals.ts'
import type { ReadRights } from './crms/read-rights.ts'
import type { Egress } from './egress/index.ts'
import type { CallView } from './http/shapes.ts'
import type { HookKeys } from './ingest/hook-keys.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { Spool } from './ingest/spool.ts'
import type { InstallationParts } from './installation.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Notices } from './live/notices.ts'
import type { Screens } from './live/screens.ts'
import type { Mailer } from './mail/index.ts'
import type { Counters } from './organizations/counters.ts'
import type { Directories, DirectoryUser } from './organizations/directory.ts'
import type { Organization } from './organizations/organization.ts'
import type { PhoneAccesses } from './phones/accesses.ts'
import type { Holder } from './phones/holder.ts'
import type { Leases } from './phones/leases.ts'
import type { Placing } from './places/open-places.ts'
import type { Approvals } from './privacy/approvals.ts'
import type { CheckRecord } from './privacy/check-record.ts'
import type { OwnParagraphs } from './privacy/own-paragraphs.ts'
import type { PolicyContent } from './privacy/policy-content.ts'
import type { Vendors } from './privacy/policy-here.ts'
import type { PolicyRecord } from './privacy/policy-record.ts'
import type { Receipts } from './privacy/receipts.ts'

/** Everything that runs in one node, put together by `assemble.ts`; rooms take from it what they need. */
export interface App extends InstallationParts, Placing, Vendors {
  /** where people and vendors reach this installation, without a trailing slash */
  url: string
  directories: Directories
  counters: Counters
  installations: Installations
  portals: Portals
  rights: ReadRights
  jobs: Jobs
  hooks: HookKeys
  spool: Spool
  ingest: Ingest
  screens: Screens
  notices: Notices
  sessions: Sessions
  oneTimeTokens: OneTimeTokens
  receipts: Receipts
  /** the only way out */
  egress: Egress
  /** ours, with those who receive data through adapters of others */
  declarations: readonly Declaration[]
  policies: PolicyRecord
  /** what this program says, approved or not */
  policyHere(): Promise<PolicyContent>
  /** what the operator adds to generated documents */
  paragraphs: OwnParagraphs
  /** by whom documents were approved */
  approvals: Approvals
  /** what the daily check against policy/ found */
  checks: CheckRecord
  breaches: Breaches
  /** undefined: the operator has named no mail server */
  mailer: Mailer | undefined
  accesses: PhoneAccesses
  leases: Leases
  holder: Holder
  /** reads the journal of an organization with names and addresses */
  reader(organization: Organization): Promise<JournalReader>
  /** a call as one user may see it */
  view(organization: Organization, user: DirectoryUser, call: CallOnScreen): Promise<CallView>
  /**
   * A user looks at these calls. Where only the CRM can tell whether they may see whose calls they are, it is asked, and
   * what it says comes onto their screens by itself.
   */
  look(
    organization: Organization,
    user: DirectoryUser,
    calls: readonly CallOnScreen[],
    opened?: { card: boolean },
  ): void
  /** takes what became known of a written call into the CRM, a few seconds from now; asked again, it waits anew */
  amendLater(organizationId: string, callId: string): Promise<void>
  /** reads a call again and shows it on the screens of all nodes */
  showCall(organization: Organization, callId: string): Promise<void>
  /** users, extensions or connections changed: every node reads them anew, and screens too */
  changed(organizationId: string): void
  /** an organization's subscription ends: every node forgets what it knows of it, and tells its screens */
  letGo(organizationId: string): Promise<void>
  /** somebody was erased: every node forgets what it knows of people, and screens read everything anew */
  erased(organizationId: string): void
}

/** A phone system or CRM as people know it; one that is not there any more by its own name. */
export const titleOf = ({ phones, crms }: Pick<App, 'phones' | 'crms'>, adapter: string): string =>
  phones.get(adapter)?.title ?? crms.get(adapter)?.title ?? adapter
