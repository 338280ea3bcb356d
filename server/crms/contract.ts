import type { Direction, Outcome } from '../calls/event.ts'
import type { LoggedOutcome } from '../calls/results.ts'
import type { PhoneNumber } from '../contacts/numbers.ts'
import type { RawRequest } from '../phones/contract.ts'
import type { DealLinked, DealPage, DealRef, DealState } from './deal.ts'
import type { FollowUps } from './follow-up-contract.ts'

/** One person of the CRM, only the declared fields. Times are ISO 8601 UTC. */
export interface Contact {
  externalId: string
  name: string
  companyExternalId?: string
  ownerExternalId?: string
  /** everybody in the company may see it; otherwise only the owner or a viewer whose own token reads it */
  shared: boolean
  /** as typed; nothing is normalised */
  numbers: readonly string[]
  updatedAt: string
}
export interface Company {
  externalId: string
  name: string
}
export interface ContactPage {
  contacts: Contact[]
  companies: Company[]
  /** opaque; hand it back to go on after this page; undefined: this was the last one */
  next: string | undefined
}

export interface CrmUser {
  externalId: string
  name: string
  /** compared in memory only, never stored */
  email: string | undefined
  active: boolean
  /** undefined: not said */
  administrator: boolean | undefined
  /** their extension, where the CRM knows it */
  extension?: string
}

/** Who we are to the CRM: the answer to "who signed in?" after OAuth. */
export interface Identity {
  companyRef: string
  companyName: string
  userRef: string
  userName: string
  administrator: boolean
  language: string
  country: string
  timeZone: string
}

/** Who uninstalled the app, in the CRM's own ids. */
export interface Uninstalled {
  companyRef: string
  userRef: string
}

/** Who looks at a page of ours in a frame of the CRM, in the CRM's own ids. */
export interface FrameViewer {
  companyRef: string
  userRef: string
}

/** How a CRM shows pages of ours inside itself. */
export interface Frames {
  /** who may put them into a frame: sources as in `frame-ancestors` of a content security policy */
  readonly ancestors: readonly string[]
  /** Who looks, from what the CRM has signed. @throws `unauthorized` */
  readSigned(token: string): FrameViewer
}

export type CrmEvent =
  /** `mergedFrom`: another contact became part of this one and is gone */
  | { kind: 'contact-changed'; contact: Contact; mergedFrom?: string; eventId: string }
  | { kind: 'contact-gone'; externalId: string; mergedInto?: string; eventId: string }
  | { kind: 'company-changed'; company: Company; eventId: string }
  | { kind: 'company-gone'; externalId: string; eventId: string }
  | { kind: 'user-changed'; user: CrmUser; eventId: string }
  | { kind: 'deal-changed'; deal: DealState; eventId: string }
  /** somebody clicked a number in the CRM, which has opened a call for it: `ref` as `LiveCalls.begin` gives one */
  | { kind: 'call-requested'; userRef: string; number: string; ref: string; eventId: string }

/** What keeps a mirror fresh. */
export type MirrorEvent = Exclude<CrmEvent, { kind: 'call-requested' }>

/** A call as it goes into the CRM. Texts are in the organization's language already. */
export interface CallToWrite {
  marker: string
  direction: Exclude<Direction, 'internal'>
  from: PhoneNumber | undefined
  to: PhoneNumber | undefined
  startedAt: Date
  endedAt: Date
  talkSeconds: number
  outcome: Outcome
  subject: string
  note: string
  /** what users wrote about it, as it may be found and replaced later; empty: nothing */
  words: string
  /** how a user says it came out; there is no way to say so later: after that it stands in the words only */
  result: LoggedOutcome | undefined
  ownerExternalId: string | undefined
  personExternalId: string | undefined
  deal?: DealRef | undefined
  /** as `LiveCalls.begin` gave it; undefined: nothing was begun, or the CRM knows no live calls */
  liveRef?: string | undefined
}

/** A call while it lasts, for a CRM that opens a card of its own. */
export interface LiveCall {
  /** the same for the same call, always */
  marker: string
  direction: Exclude<Direction, 'internal'>
  /** the party outside, in E.164 or as it was told */
  outer: string
  /** the organization's line, in E.164 */
  line: string | undefined
  startedAt: Date
  ownerExternalId: string
}

/** What a CRM does with calls while they last. */
export interface LiveCalls {
  /** Begins it without showing a card; done again with the same words it gives the same. @returns the CRM's own id of it */
  begin(session: CrmSession, call: LiveCall): Promise<string>
  /** Opens and closes its card on these users' screens. A call that is gone is as good. */
  show(session: CrmSession, ref: string, userRefs: readonly string[]): Promise<void>
  hide(session: CrmSession, ref: string, userRefs: readonly string[]): Promise<void>
}

/** Who has a number, from a CRM that is asked at each call. Lives in memory only. */
export interface Caller {
  externalId: string
  kind: 'person' | 'company' | 'lead'
  name: string
  ownerExternalId: string | undefined
  url: string
}

/** A recording that does not pass through us. */
export type RecordingReference =
  /** the CRM fetches it and keeps its own copy */
  | { how: 'copy'; url: string; fileName: string }
  /** an address of ours that is resolved at each click for the entitled */
  | { how: 'link'; url: string; text: string }

/** A page of ours opened inside the CRM by one of its users, or an installation: what the CRM posted, verified by asking it. */
export interface PortalVisit {
  identity: Identity
  tokens: Tokens
  /** proves later events to be the CRM's: compared in constant time, stored sealed */
  applicationToken: string | undefined
  /** `install`: the first page of a new version; our set-up runs, then the page tells the CRM that it is done */
  page: 'install' | 'app'
}

/** What a portal tells: something to do, or that the app is gone from there. */
export type PortalEvent =
  | Extract<CrmEvent, { kind: 'call-requested' }>
  /** for everybody: unless its grants still work, everything of the company ends */
  | { kind: 'app-removed'; eventId: string }

/** A CRM that is a portal of its own, posts to our pages what they need, and sends its events without a hook key. */
export interface Portal {
  /** address of the script by which a page of ours speaks with the portal around it */
  readonly hostScript: string
  /**
   * @param query of the request's address @param app undefined: the app of this installation of Ringfence
   * @throws `unauthorized`, `invalid-input`, `provider-unavailable`, `provider-refused` (402: nobody pays for the portal)
   */
  readVisit(
    request: RawRequest,
    query: Readonly<Record<string, string>>,
    app?: AppCredentials,
  ): Promise<PortalVisit>
  /** Of which company an event or a visit is, before it is known whether it really is. @throws `invalid-input` */
  companyOf(request: RawRequest): string
  /**
   * An event that brings a new application token, with which it therefore cannot be compared (installed, updated): like a
   * visit it is verified by asking. @returns undefined for every other event @throws as `readVisit`
   */
  readRenewal(request: RawRequest, app?: AppCredentials): Promise<PortalVisit | undefined>
  /**
   * Any other event; what we have no use for is nothing. @param applicationToken as kept, compared in constant time
   * @throws `unauthorized`, `invalid-input`
   */
  receive(request: RawRequest, applicationToken: string): PortalEvent[]
  /** Makes what the app needs there: lines, events. Done again it changes nothing. */
  setUp(session: CrmSession, wished: { eventUrl: string; lines: readonly PortalLine[] }): Promise<void>
  /**
   * Nothing more is told to us from there: takes away the events that `setUp` made. Lines stay: people may call from one.
   * @throws `provider-refused` when this user is no administrator
   */
  takeDown?(session: CrmSession): Promise<void>
  /** who may put our pages into a frame, from the installation's own address */
  ancestorOf(apiBase: string): string
}
export interface PortalLine {
  number: string
  name: string
}

/** What is known of a call after it was written. */
export interface Amendment {
  /**
   * The user's words now, and those of ours that may stand there already: they are replaced where they are found
   * unchanged; where people changed them, they stay and ours are added behind.
   */
  words?: { text: string; ours: readonly string[] }
  /** linked unless people linked somebody meanwhile */
  personExternalId?: string
}
export interface Amended {
  /** of the person that was to be linked */
  person?: 'linked' | 'somebody-else' | 'gone'
}

/** Somebody to be entered. */
export interface NewPerson {
  name: string
  /** E.164 */
  number: string
  /** left out where we may not enter persons for others */
  ownerExternalId: string
}

/** Where it was written, in the CRM's own ids. */
export interface Written {
  /** undefined where it was found by its activity, which does not lead back to its log */
  logId: string | undefined
  activityId: string | undefined
  /**
   * what had to be left out for it to be written: the deal or the person is gone, or we may not write for another owner; the
   * words may not stand there yet, and are to be amended
   */
  without?: readonly ('deal' | 'person' | 'owner' | 'words')[]
}

/** One call that stands in the CRM several times. */
export interface Twins {
  marker: string
  keep: Written
  remove: { written: Written; session: CrmSession }[]
}

/** A recording on its way, read once and piece by piece. */
export interface RecordingStream {
  fileName: string
  contentType: string
  /** undefined: nobody told beforehand */
  bytes: number | undefined
  pieces: AsyncIterable<Buffer>
}

/**
 * An authorised way to the CRM for one installation (one user of one company). `accessToken` refreshes when needed
 * (one refresh at a time over all nodes); `renewed` says the CRM answered 401 to this token.
 */
export interface CrmSession {
  readonly installationId: string
  readonly connectionId: string
  readonly organizationId: string
  readonly userRef: string
  readonly apiBase: string
  accessToken(): Promise<string>
  /** the CRM refused this token: gives a newer one, or fails with `provider-refused` */
  renewed(refusedToken: string): Promise<string>
  /** counts what a request costs, for the feature that spent it */
  spend(feature: Feature, tokens: number): void
  /** what the CRM said is left of today's allowance, where it says so */
  allowance(left: number, limit: number): void
}

/** What tokens are spent on; shown on the connections page. */
export type Feature =
  | 'call log'
  | 'live call'
  | 'caller'
  | 'recording'
  | 'follow-up'
  | 'contacts'
  | 'deals'
  | 'rights'
  | 'set-up'
  | 'check'

/** Signing in and installing by a round trip of the browser. Not there where the CRM opens our pages itself. */
export interface OAuthSignIn {
  /** Where the browser goes to sign in and install. */
  authorizeUrl(state: string, redirectUri: string): string
  /** Exchanges the code. @throws `provider-refused` when it is spent, old or forged */
  exchange(code: string, redirectUri: string): Promise<Tokens>
  identity(session: CrmSession): Promise<Identity>
  /** A user has uninstalled the app. @throws `unauthorized`, `invalid-input` */
  readUninstall(request: RawRequest): Uninstalled
}

/** Contacts that may be copied, and hooks that keep the copy fresh. Without it a caller is asked for at each call. */
export interface Mirrored {
  /** One page of companies and persons after `cursor`, in an order that edits cannot disturb. */
  contacts(session: CrmSession, from: { cursor?: string; changedSince?: Date }): Promise<ContactPage>
  /** May this session's user see the person? Somebody who is gone is seen by nobody. */
  canSee(session: CrmSession, externalId: string): Promise<boolean>
  /**
   * Makes the hooks that keep the mirror fresh. Existing ones of the same address are kept, ours of other addresses go.
   * @throws `provider-refused`, `provider-rejected` when this user may not have any: then none is left half made
   */
  makeHooks(session: CrmSession, hook: { url: string; user: string; password: string }): Promise<string[]>
  /** Are exactly these still there, in use, and below this address? Others of ours are removed. */
  checkHooks(session: CrmSession, hooks: { ids: readonly string[]; under: string }): Promise<boolean>
  removeHooks(session: CrmSession, ids: readonly string[]): Promise<void>
  /** @throws `unauthorized`, `invalid-input` */
  receive(request: RawRequest, secrets: { user: string; password: string }): MirrorEvent[]
  personUrl(apiBase: string, externalId: string): string
}

/** Deals and leads that a call may be linked with. */
export interface Deals {
  /** One page of open deals and leads after `cursor`: which, and whose. */
  open(session: CrmSession, cursor: string | undefined): Promise<DealPage>
  /** Their titles, for showing at once; those that this session's user may not see are left out. */
  titles(session: CrmSession, deals: readonly DealRef[]): Promise<(DealRef & { title: string })[]>
  /**
   * Links a written call with `to`, or with none, in place of `sent`, which we linked before.
   * @throws `provider-outcome-unknown` when it may still take effect: then it is asked and sent again
   */
  link(
    session: CrmSession,
    activityId: string,
    deal: { to: DealRef | undefined; sent: DealRef | undefined },
  ): Promise<DealLinked>
}

/** Somebody new may be entered, from a number nobody knew. */
export interface NewPersons {
  /** @throws `provider-outcome-unknown` when it may still take effect: ask `find` before sending again */
  create(session: CrmSession, person: NewPerson): Promise<Contact>
  /** Asks the CRM who has this E.164 number; of several the one that was entered first. */
  find(session: CrmSession, number: string): Promise<Contact | undefined>
}

/** Calls that stand there more than once, found and put right at night. */
export interface TwinCalls {
  /**
   * By our markers. Only copies that are surely ours are told, and nothing that a person has changed is among what may be
   * removed.
   * @param sessions of those who wrote the calls
   * @param asked.since no call began before
   */
  find(
    sessions: readonly CrmSession[],
    asked: { markers: ReadonlySet<string>; since: Date },
  ): Promise<Twins[]>
  /** Removes one written call; what is gone already is as good as removed. */
  remove(session: CrmSession, written: Written): Promise<void>
}

/** What is to be put right of a person; what is not named stays. */
export interface Correction {
  name?: { was: string; now: string }
  /** as typed: without `was` it is added, without `now` it goes */
  numbers?: readonly { was?: string; now?: string }[]
}
export interface Corrected {
  /** as the CRM has it now */
  contact: Contact
  /** what is still not as it should be: people changed it meanwhile, or it stands where we do not write */
  left: readonly CorrectedField[]
}
export type CorrectedField = 'name' | 'number'

/** How people are erased and put right there, when the organization says so. */
export interface PersonRequests {
  /** removed things can be brought back by people for so many days */
  readonly binDays: number
  /** Removes a person; one who is gone already is as good as removed. */
  erase(session: CrmSession, externalId: string): Promise<void>
  /**
   * Puts a person right and looks whether it stands there. What people changed since is left as it is; done again with the
   * same words it changes nothing. There where the CRM lets us.
   * @throws `provider-outcome-unknown` when it may still take effect; `provider-rejected` (404) when nobody like that is there
   */
  correct?(session: CrmSession, externalId: string, correction: Correction): Promise<Corrected>
  /** Removes one written call or activity; what is gone already is as good as removed. */
  removeWritten(session: CrmSession, written: Written): Promise<void>
}

/** A CRM that surely has these parts; `has` of parts.ts tells which one does. */
export type CrmWith<Part extends keyof Crm> = Crm & { readonly [P in Part]-?: NonNullable<Crm[P]> }

/** Of an app that exists in one company only: an administrator made it there, and its credentials are the connection's. */
export interface AppCredentials {
  clientId: string
  clientSecret: string
}

/** One CRM: what every one can do, and parts. A part that is not there is something it cannot do. */
export interface Crm {
  readonly name: string
  readonly title: string
  /** address of the vendor's own privacy policy, where our sources name one */
  readonly policyUrl?: string
  readonly oauth?: OAuthSignIn
  readonly portal?: Portal
  /** pages of ours inside it that are opened with a signed token */
  readonly frames?: Frames
  readonly mirror?: Mirrored
  readonly deals?: Deals
  readonly persons?: NewPersons
  /** open activities for missed callers; there where the CRM has any */
  readonly followUps?: FollowUps
  readonly live?: LiveCalls
  readonly twins?: TwinCalls
  /** there where the CRM lets us erase */
  readonly requests?: PersonRequests
  /** Who has this E.164 number, as far as this session's user may know; there where nothing is mirrored. */
  identify?(session: CrmSession, number: string): Promise<Caller[]>
  /** @param app undefined: the app of this installation of Ringfence @throws `provider-refused` with 400: the grant is gone */
  refresh(refreshToken: string, app?: AppCredentials): Promise<Tokens>
  /** There where the CRM lets a grant be given back. */
  revoke?(refreshToken: string): Promise<void>
  users(session: CrmSession): Promise<CrmUser[]>
  /** @throws `provider-outcome-unknown` when it may still take effect */
  writeActivity(session: CrmSession, call: CallToWrite): Promise<Written>
  /** Asks the CRM whether the call with this marker, or the one begun as `liveRef`, is written. */
  findWritten(session: CrmSession, call: CallToWrite): Promise<Written | undefined>
  /**
   * Adds what became known later. What people changed is left as it is. Done again with the same words it changes nothing.
   * @throws `provider-outcome-unknown` when it may still take effect; `provider-rejected` (404) when people removed it
   */
  amend?(session: CrmSession, written: Written, amendment: Amendment): Promise<Amended>
  /**
   * Puts the recording into the written call's log; one that is there already is as good.
   * @throws `provider-outcome-unknown` when it may still take effect: then it is sent again
   */
  attachRecording?(session: CrmSession, logId: string, recording: RecordingStream): Promise<void>
  /** Refers to a recording in the written call, in place of `attachRecording`. Done again it changes nothing. */
  referToRecording?(session: CrmSession, written: Written, recording: RecordingReference): Promise<void>
  /** undefined: it has no page of its own */
  activityUrl(apiBase: string, written: Written): string | undefined
}

export interface Tokens {
  accessToken: string
  refreshToken: string
  expiresAt: Date
  apiBase: string
  /** the app was installed with the permission to read deals; undefined: not said */
  readsDeals?: boolean
}
