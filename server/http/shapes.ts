import { z } from 'zod'
import { loggedOutcomes } from '../calls/results.ts'
import { correctedField, correctionLevels } from '../privacy/correction-receipt.ts'
import { erasureLevels } from '../privacy/erasure-receipt.ts'
import { type dataMapView, heldMap } from '../privacy/map-shapes.ts'
import { toldRecipient } from '../privacy/told.ts'
import { documentLanguages } from '../privacy/words/languages.ts'
import { recordingWays } from '../recordings/ways.ts'

/** What the API says. Routes answer through these schemas; the web app takes its types from here. Times are ISO 8601 UTC. */
const time = z.string()

export const numberView = z.object({
  kind: z.enum(['e164', 'extension', 'short', 'withheld', 'malformed']),
  /** as the reader's country writes it; empty for withheld and malformed */
  shown: z.string(),
  e164: z.string().optional(),
  country: z.string().optional(),
  line: z.enum(['mobile', 'fixed', 'other']).optional(),
})
export type NumberView = z.infer<typeof numberView>

export const matchView = z.object({
  personId: z.string(),
  name: z.string(),
  company: z.string().optional(),
  /** `exact`: the same number; `maybe`: written nationally, the country is a guess */
  why: z.enum(['exact', 'maybe']),
  /** the number as it stands in the CRM */
  typed: z.string(),
  /** the name is hidden from this viewer by the CRM's own rights */
  hidden: z.boolean(),
  url: z.string(),
})
export type MatchView = z.infer<typeof matchView>

export const logView = z.object({
  /** left-out: the rules do not log this call (see `why`) */
  state: z.enum(['not-yet', 'sending', 'waiting', 'written', 'failed', 'left-out']),
  why: z.string().optional(),
  tries: z.number(),
  nextAt: time.optional(),
  writtenAt: time.optional(),
  reference: z.string().optional(),
  url: z.string().optional(),
  /** where they are two people: whose access wrote it, and whose call it was */
  writtenAs: z.string().optional(),
  writtenFor: z.string().optional(),
})
export type LogView = z.infer<typeof logView>

export const recordingView = z.object({
  /** left: nothing is to be done with it any more (see `why`) */
  state: z.enum(['waiting', 'attached', 'failed', 'left']),
  why: z.string().optional(),
  nextAt: time.optional(),
})
export type RecordingView = z.infer<typeof recordingView>

/** What users wrote about a call; PUT /api/v1/calls/:id/note {note, result?, version} */
export const noteView = z.object({
  text: z.string(),
  /** with the words it had when it was chosen */
  result: z.object({ id: z.string(), label: z.string() }).optional(),
  version: z.number(),
  /**
   * where it is in the CRM: with-the-call: goes there with the call's entry; going: in a moment; there; waiting, failed (see
   * `why`); here: stays here, because the call is not in the CRM (any more)
   */
  crm: z.object({
    state: z.enum(['with-the-call', 'going', 'there', 'waiting', 'failed', 'here']),
    why: z.string().optional(),
    nextAt: time.optional(),
  }),
})
export type NoteView = z.infer<typeof noteView>

/** Somebody is being entered in the CRM from the call's number; POST /api/v1/calls/:id/person {name} */
export const newPersonView = z.object({
  state: z.enum(['making', 'waiting', 'made', 'failed']),
  why: z.string().optional(),
  nextAt: time.optional(),
  /** whose access to the CRM is used, where known */
  as: z.string().optional(),
  /** it is the viewer's own */
  own: z.boolean(),
})
export type NewPersonView = z.infer<typeof newPersonView>
export const followUpView = z.object({
  /** forgotten: people closed, changed or deleted it in the CRM (see `why`) */
  state: z.enum(['waiting', 'open', 'closed', 'failed', 'forgotten']),
  why: z.string().optional(),
  nextAt: time.optional(),
  /** whom it is for, where known */
  owner: z.string().optional(),
  url: z.string().optional(),
  /** somebody spoke with the caller: when, and who where known */
  reachedAt: time.optional(),
  reachedBy: z.string().optional(),
})
export type FollowUpView = z.infer<typeof followUpView>
export const dealRef = z.object({
  kind: z.enum(['deal', 'lead']),
  /** the CRM's own id */
  externalId: z.string(),
})

/** Which of the person's open deals and leads the call is about: ids only, see `dealTitles` */
export const dealView = z.object({
  /**
   * nothing: there is none. Before the call is written: only (the one there is will be linked), ask (several, nobody has
   * chosen), chosen, chosen-none. Afterwards: linked, unlinked (none, by choice), changing, another (a person linked
   * another one in the CRM, which stays), gone, failed; ask while nobody has chosen
   */
  state: z.enum([
    'nothing',
    'only',
    'ask',
    'chosen',
    'chosen-none',
    'linked',
    'unlinked',
    'changing',
    'another',
    'gone',
    'failed',
  ]),
  open: z.array(dealRef),
  /** the one that will be or is linked */
  deal: dealRef.optional(),
  why: z.string().optional(),
})
export type DealView = z.infer<typeof dealView>

/** GET /api/v1/calls/:id/deals: what the viewer's own token reads now; kept nowhere */
export const dealTitles = z.object({
  deals: z.array(dealRef.extend({ title: z.string().optional() })),
  /** own: those the viewer may see, by title; otherwise ids only: no-token, or the CRM does not answer */
  read: z.enum(['own', 'no-token', 'away']),
})
export type DealTitles = z.infer<typeof dealTitles>

/** PUT /api/v1/calls/:id/deal; `externalId` null: none of them */
export const dealChoice = z.union([
  z.strictObject({ kind: z.enum(['deal', 'lead']), externalId: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.null().optional(), externalId: z.null() }),
])

export const legView = z.object({
  party: numberView,
  /** who has this extension, where known */
  user: z.string().optional(),
  role: z.enum(['caller', 'callee', 'transferee']),
  ringingAt: time.optional(),
  joinedAt: time.optional(),
  leftAt: time.optional(),
})

export const callView = z.object({
  id: z.string(),
  version: z.number(),
  direction: z.enum(['inbound', 'outbound', 'internal', 'unknown']),
  state: z.enum(['ringing', 'answered', 'ended']),
  outcome: z
    .enum(['answered', 'missed', 'busy', 'rejected', 'failed', 'voicemail', 'blocked', 'not-set-up'])
    .optional(),
  startedAt: time,
  answeredAt: time.optional(),
  endedAt: time.optional(),
  endUnknown: z.boolean(),
  /** the phone system as people call it */
  phone: z.string().optional(),
  /** the phone system tells no times: these are when it told */
  approximate: z.boolean(),
  talkSeconds: z.number().optional(),
  /** the outer party */
  remote: numberView,
  /** the organization's line the call came in on, or showed when going out */
  line: numberView.optional(),
  answeredBy: z.string().optional(),
  legs: z.array(legView),
  matches: z.array(matchView),
  log: logView,
  /** absent: not looked up (in messages about a call that is going on), or none of this viewer's business */
  deal: dealView.optional(),
  /** what becomes of the recording; absent: there is none, or recordings stay where they are */
  recording: recordingView.optional(),
  /** absent: nobody has written anything */
  note: noteView.optional(),
  newPerson: newPersonView.optional(),
  /** of a missed caller: who is asked to call back, and whether somebody has */
  followUp: followUpView.optional(),
  /** it is or was ringing or talking at one of the viewer's own extensions */
  mine: z.boolean(),
  /** what it does there now; absent: nothing, such as after a colleague answered for the group */
  here: z.enum(['ringing', 'talking']).optional(),
  keptUntil: time,
})
export type CallView = z.infer<typeof callView>

/**
 * GET /api/v1/calls?before=<seq>&state=… newest first;
 * or ?person=<id in the viewer's CRM>: the latest calls with that person, whose id in matches is `personId`
 */
export const journalPage = z.object({
  calls: z.array(callView),
  next: z.string().optional(),
  personId: z.string().optional(),
})
export type JournalPage = z.infer<typeof journalPage>

/** GET /api/v1/results; PUT {results} by an administrator, in the order they are shown, a new one without an id */
export const resultView = z.object({
  id: z.string(),
  label: z.string(),
  /** what the CRM's call log is told */
  outcome: z.enum(loggedOutcomes),
})
export const resultList = z.object({ results: z.array(resultView) })
export type ResultView = z.infer<typeof resultView>

/** GET /api/v1/desk: everything live now that the viewer may see, and the calls of the last hours of their own */
export const deskState = z.object({ calls: z.array(callView) })
export type DeskState = z.infer<typeof deskState>

/**
 * `/live` is a stream of server-sent events read by fetch with `authorization: Bearer <live token>`:
 * `event: call` data = CallView; `event: connections` data = {} (load them again); `event: hello` data = {} first of all;
 * comment lines every 15 s as a heartbeat. After a reconnect the screen loads `/api/v1/desk` anew.
 */
export const liveToken = z.object({ token: z.string(), expiresAt: time })

/** POST /apps/<crm>/panel/session {token}: a bearer session for a page of ours in a frame of that CRM */
export const frameSession = z.object({ token: z.string(), expiresAt: time, userId: z.string() })
export type FrameSession = z.infer<typeof frameSession>

/** What our page in a portal's frame is told with the page itself: a bearer session, or why there is none */
export const portalPage = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    token: z.string(),
    userId: z.string(),
    /** the portal waits for the page's word that the app is installed */
    finishes: z.boolean(),
  }),
  z.object({
    state: z.literal('problem'),
    problem: z.enum([
      'denied',
      'unknown-company',
      'expired',
      'refused',
      'other-company',
      'away',
      'leaving',
      'ended',
    ]),
  }),
])
export type PortalPage = z.infer<typeof portalPage>

/** POST /api/v1/session/hand-over: a link that signs the user in once, in a tab of their own */
export const handOver = z.object({ url: z.string() })

/** GET /api/v1/session */
export const sessionView = z.object({
  kind: z.enum(['operator', 'user']),
  name: z.string(),
  role: z.enum(['operator', 'administrator', 'agent']),
  organization: z.object({ id: z.string(), name: z.string() }).optional(),
  extensions: z.array(z.string()),
  /** the company's agreement: nothing is copied before somebody entitled accepted it */
  agreement: z.enum(['accepted', 'waiting-for-you', 'waiting-for-an-administrator', 'none']),
  language: z.enum(['en', 'cs']),
  country: z.string(),
  /** what the user's CRM is called */
  crm: z.string().optional(),
  /** to administrators, from two weeks before: the last day of the organization's trial, YYYY-MM-DD */
  trialUntil: z.string().optional(),
})
export type SessionView = z.infer<typeof sessionView>

/** GET /api/v1/agreement, POST /api/v1/agreement/accept {version} */
export const agreementView = z.object({
  version: z.string(),
  /** that it is shown in, and that it can be read in: those it was approved in */
  language: z.enum(documentLanguages),
  languages: z.array(z.enum(documentLanguages)),
  title: z.string(),
  /** plain paragraphs, headings as {heading}; `own`: what the operator added, where not in the reader's language as written */
  blocks: z.array(
    z.union([
      z.object({ heading: z.string() }),
      z.object({ text: z.string() }),
      z.object({
        own: z.object({ by: z.string(), text: z.string(), language: z.string().optional() }),
      }),
    ]),
  ),
  acceptedAt: time.optional(),
  acceptedBy: z.string().optional(),
})
export type AgreementView = z.infer<typeof agreementView>

/** GET /api/v1/policy: the app's own policy, its versions (the one in force first) and which the organization used when */
export const policyView = z.object({
  version: z.string(),
  effectiveAt: time,
  /** the public page; versions have their own */
  url: z.string(),
  versions: z.array(
    z.object({
      version: z.string(),
      effectiveAt: time,
      /** `announced`: takes effect at its date, because it allows more; `withdrawn`: was, and never did */
      state: z.enum(['announced', 'in force', 'earlier', 'withdrawn']),
      /** by comparing the declarations of both; absent for the first */
      verdict: z.enum(['less restrictive', 'stricter', 'neutral']).optional(),
      url: z.string(),
      /** against the version that was in force then; none for the first */
      changes: z.object({ en: z.array(z.string()), cs: z.array(z.string()) }),
      /** why it allows more or less */
      reasons: z.object({ en: z.array(z.string()), cs: z.array(z.string()) }),
    }),
  ),
  /** the present one first; empty for the operator */
  uses: z.array(z.object({ version: z.string(), since: time })),
})
export type PolicyView = z.infer<typeof policyView>

/** GET /api/v1/policy/checks by an administrator or the operator */
export const policyChecksView = z.object({
  /** what the latest check confirmed in the last 24 h, in words of the language asked for; nothing else may be stated */
  confirmed: z.array(z.string()),
  /** the latest first */
  checks: z.array(
    z.object({
      checkedAt: time,
      holds: z.boolean(),
      /** measures that do not hold; what is wrong in detail is for the operator */
      wrong: z.array(z.object({ measure: z.string(), sentences: z.array(z.string()) })),
      /** measures that could not be looked at */
      notChecked: z.array(z.string()),
    }),
  ),
})
export type PolicyChecksView = z.infer<typeof policyChecksView>

/** What an organization was told of a breach (Art. 33(2) GDPR); GET /api/v1/notices by an administrator */
export const noticeView = z.object({
  id: z.string(),
  breachId: z.string(),
  /** 1: the first notice of the breach; each further one follows it up */
  number: z.number(),
  madeAt: time,
  subject: z.string(),
  text: z.string(),
  mail: z.enum(['waiting', 'sent', 'refused', 'no-address', 'no-mail-server']),
  mailedAt: time.optional(),
  /** an administrator has opened it */
  shownAt: time.optional(),
})
export type NoticeView = z.infer<typeof noticeView>

/** Where the organization wants to be told */
export const noticeContactsView = z.object({ addresses: z.array(z.string()) })
export type NoticeContactsView = z.infer<typeof noticeContactsView>

/** A breach in the operator's list */
export const breachView = z.object({
  id: z.string(),
  what: z.string(),
  known: time,
  /** until then the organizations have to be told, and each of them the authority at the earliest */
  organizationsBy: time,
  authorityBy: time,
  closed: z.boolean(),
  /** the record is whole: no entry changed, missing or out of its place */
  genuine: z.boolean(),
  notices: z.number(),
  notifiedAt: time.optional(),
  mailed: z.number(),
  shown: z.number(),
})
export type BreachView = z.infer<typeof breachView>

/** Who gets what of an organization's data, and where (BX-8, BX-9); GET /api/v1/recipients */
export const recipientsView = z.object({
  /** `EU`, or a country (ISO 3166) */
  region: z.string(),
  /** whose machines this is; empty: the operator has not said */
  host: z.object({ name: z.string().optional(), country: z.string().optional() }),
  recipients: z.array(
    z.object({
      name: z.string(),
      /** absent: unknown */
      country: z.string().optional(),
      /** absent: nothing goes there */
      ground: z.enum(['in-region', 'adequacy', 'clauses', 'rules']).optional(),
      document: z.string().optional(),
      kinds: z.array(z.string()),
      purposes: z.array(z.string()),
    }),
  ),
  /** requests that were not sent, the newest first */
  refused: z.array(
    z.object({
      day: z.string(),
      host: z.string(),
      why: z.string(),
      count: z.number(),
      connectionId: z.string().optional(),
    }),
  ),
})
export type RecipientsView = z.infer<typeof recipientsView>

/** What is known of a CRM's allowance today, in its tokens. The day is UTC. */
const allowanceToday = z.object({
  /** by Ringfence */
  usedToday: z.number(),
  byFeature: z.record(z.string(), z.number()),
  /** of all apps of the company; this and what follows only where the CRM has said it today */
  left: z.number().optional(),
  limit: z.number().optional(),
  /** used by other apps */
  others: z.number().optional(),
  /** kept for calls */
  reserve: z.number().optional(),
  /** forecast: at the pace of today it is used up then; absent: it lasts */
  usedUpAt: time.optional(),
  /** contacts are read less often or not at all, because so much (0 to 1) of it is used, by other apps or by all */
  slowed: z
    .object({ how: z.enum(['slower', 'waiting']), by: z.enum(['others', 'all']), share: z.number() })
    .optional(),
})
export type AllowanceToday = z.infer<typeof allowanceToday>

/** GET /api/v1/connections/:id/allowance by an administrator or operator */
export const allowanceView = allowanceToday.extend({
  /** when it begins anew */
  resetsAt: time,
  /** the last fourteen, today included, oldest first; a day without anything is left out */
  days: z.array(
    z.object({
      /** YYYY-MM-DD, UTC */
      day: z.string(),
      byFeature: z.record(z.string(), z.number()),
      others: z.number().optional(),
      limit: z.number().optional(),
    }),
  ),
})
export type AllowanceView = z.infer<typeof allowanceView>

/** Does a phone system tell us of calls? */
const toldOf = z.enum(['not-yet', 'subscribed', 'refused', 'away', 'by-hand'])

/** GET /api/v1/connections */
export const connectionView = z.object({
  id: z.string(),
  side: z.enum(['phone', 'crm']),
  adapter: z.string(),
  title: z.string(),
  /** healthy: working; waiting: nothing heard yet or agreement missing; trouble: somebody has to act */
  health: z.enum(['healthy', 'waiting', 'trouble']),
  /** stable code of the sentence to show: 'no-event-yet' | 'agreement-missing' | 'copying' | 'ok' | 'refused' | 'away' | 'allowance-used-up' | 'not-installed' | 'probably-uninstalled';
   * of a connection that we hold: 'held' | 'held-soon' | 'held-unconfirmed' | 'held-away' | 'held-refused' | 'held-no-such-address' | 'held-not-allowed';
   * of a phone system that is asked by its API: 'asked' | 'asked-soon' | 'asked-refused' | 'asked-away' | 'asked-not-ready' | 'asked-nobody' | 'asked-some-refused' */
  reason: z.string(),
  /** probably-uninstalled: when it is carried out, and whether one user's data goes or everything of the company */
  endsAt: time.optional(),
  ends: z.enum(['user', 'company']).optional(),
  /** CRM: our pages are opened there, and it may have an app of its own */
  portal: z.boolean().optional(),
  /** CRM: what works, and should be known */
  notes: z
    .array(
      z.enum([
        'hooks-refused',
        'sees-part',
        'only-user',
        'only-administrator',
        'deals-refused',
        'leads-refused',
      ]),
    )
    .optional(),
  lastEventAt: time.optional(),
  /** phone, where we hold the connection: since when it is or is not connected, and when it was not in the last seven days */
  held: z.object({ since: time, gaps: z.array(z.object({ from: time, to: time.optional() })) }).optional(),
  /** phone, where it has an API */
  asked: z
    .object({
      /** key: an administrator's; user: everybody grants access to their own telephone */
      access: z.enum(['key', 'user']),
      ready: z.boolean(),
      /** a CRM may fetch recordings from it by itself */
      handsOut: z.boolean(),
      /** key: does it tell us of calls? by-hand: an administrator set that up there */
      told: toldOf.optional(),
      /** user: telephones that are connected, and those whose access is refused */
      connected: z.number().optional(),
      refused: z.number().optional(),
      /** its own list of calls against ours: when, how many it had, and how many of them nobody had told; those were added */
      compared: z.object({ at: time, calls: z.number(), missing: z.number() }).optional(),
    })
    .optional(),
  /** phone: what may be done with recordings, by what both systems can do */
  recordingWays: z.array(z.enum(recordingWays)).optional(),
  /** phone: deliveries of today by kind */
  counts: z.record(z.string(), z.number()),
  mirror: z
    .object({
      /** none: this CRM's contacts are not copied, it is asked at each call */
      state: z.enum(['not-started', 'copying', 'complete', 'none']),
      persons: z.number(),
      numbers: z.number(),
      startedAt: time.optional(),
      completedAt: time.optional(),
    })
    .optional(),
  allowance: allowanceToday.optional(),
  /** calls that wait to be written */
  waitingCalls: z.number().optional(),
  installedBy: z.array(z.string()),
})
export const connectionList = z.object({
  connections: z.array(connectionView),
  /** CRMs that can be connected; `portal`: our pages are opened there, and it may have an app of its own */
  crms: z.array(z.object({ adapter: z.string(), title: z.string(), portal: z.boolean() })),
  /** phone systems that can be connected; `access` as in `asked`, absent where it has no API */
  phones: z.array(
    z.object({ adapter: z.string(), title: z.string(), access: z.enum(['key', 'user']).optional() }),
  ),
})
export type ConnectionList = z.infer<typeof connectionList>
export type ConnectionView = z.infer<typeof connectionView>

/** GET /api/v1/connections/:id/settings; PUT the values to change, null forgets one. Secrets are never shown again. */
export const connectionSettingsView = z.object({
  values: z.record(z.string(), z.unknown()),
  secretsSet: z.array(z.string()),
  /** the organization's own lines, E.164 */
  ownNumbers: z.array(z.string()),
})
export type ConnectionSettingsView = z.infer<typeof connectionSettingsView>

/** POST /api/v1/connections {side, adapter, ownNumbers?: string[]} by an administrator or operator */
export const connectionMade = z.object({
  id: z.string(),
  /** phone: shown once */
  hookUrl: z.string().optional(),
  secret: z.string().optional(),
  /** CRM with OAuth: open this to install */
  installUrl: z.string().optional(),
})
export type ConnectionMade = z.infer<typeof connectionMade>

/**
 * POST /api/v1/dial {number} as typed or shown. `ringing`: the user's phone rings first. `tel`: the caller's own device is
 * to dial. Refusals: 422 `not-dialled` with the reason in `what`, 429 `too-often`; 503 `provider-outcome-unknown` when the
 * phone system did not answer and the phone may ring.
 */
export const dialAnswer = z.discriminatedUnion('how', [
  z.object({ how: z.literal('ringing'), extension: z.string(), number: z.string() }),
  z.object({
    how: z.literal('tel'),
    uri: z.string(),
    number: z.string(),
    /** not-connected: the phone system could, but this user's telephone is not connected with it */
    why: z.enum(['no-command', 'no-extension', 'not-connected']),
  }),
])
export type DialAnswer = z.infer<typeof dialAnswer>

/** GET /api/v1/users; PUT /api/v1/users/:id/extensions {extensions: string[]} */
export const userView = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['administrator', 'agent']),
  sees: z.enum(['own', 'all']),
  extensions: z.array(z.string()),
  signedIn: z.boolean(),
})
export const userList = z.object({
  users: z.array(userView),
  /** extensions seen in calls that nobody has yet */
  unmapped: z.array(z.string()),
})
export type UserView = z.infer<typeof userView>

/** GET /api/v1/users/me/extensions; PUT {extensions: string[]}, 409 when a colleague has one of them */
export const myExtensions = z.object({
  extensions: z.array(z.string()),
  /** seen in calls of the last week, and nobody's */
  unmapped: z.array(z.string()),
})
export type MyExtensions = z.infer<typeof myExtensions>

const telephoneState = {
  /** refused: the phone system does not accept the access any more; the user has to connect again */
  state: z.enum(['connected', 'refused', 'not-connected']),
  extension: z.string().optional(),
  told: toldOf.optional(),
  /** refused again and again: then it counts as disconnected */
  endsAt: time.optional(),
}

/**
 * GET /api/v1/connections/:id/telephones by an administrator; POST …/telephones/read reads them anew;
 * PUT /api/v1/connections/:id/lines {number, users}: whom a line rings, null: everybody
 */
export const telephonesView = z.object({
  access: z.enum(['key', 'user']),
  users: z.array(z.object({ id: z.string(), name: z.string(), ...telephoneState })),
  lines: z.array(z.object({ number: z.string(), shown: z.string(), users: z.array(z.string()).nullable() })),
  /** key: as the phone system has them now, kept nowhere; absent: it could not be asked, see `problem` */
  telephones: z
    .array(z.object({ name: z.string(), extension: z.string(), userId: z.string().optional() }))
    .optional(),
  problem: z.enum(['refused', 'away']).optional(),
})
export type TelephonesView = z.infer<typeof telephonesView>

/** GET /api/v1/users/me/telephones; DELETE disconnects them all */
export const myTelephones = z.object({
  telephones: z.array(
    z.object({
      connectionId: z.string(),
      title: z.string(),
      access: z.enum(['key', 'user']),
      ...telephoneState,
    }),
  ),
})
export type MyTelephones = z.infer<typeof myTelephones>

/** POST /api/v1/users/me/telephones/:id/connect; `url` is to be opened in a tab, absent: nothing more is to be done */
export const telephoneConnect = z.object({ url: z.string().optional() })
export type TelephoneConnect = z.infer<typeof telephoneConnect>

/** GET/POST/DELETE /api/v1/organizations (operator only) */
export const organizationView = z.object({
  id: z.string(),
  name: z.string(),
  country: z.string(),
  timeZone: z.string(),
  createdAt: time,
  connections: z.number(),
  health: z.enum(['healthy', 'waiting', 'trouble']),
  /** `until`: the last day of a trial; `ending`: nobody gets in any more, and what was kept is being removed */
  subscription: z.union([
    z.object({ state: z.enum(['active', 'ending', 'ended']) }),
    z.object({ state: z.literal('trial'), until: z.string() }),
  ]),
})
/** PUT /api/v1/organizations/:id/subscription: an end asks for the organization's name */
export const subscriptionChange = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('active') }),
  z.strictObject({ state: z.literal('trial'), until: z.string().max(20) }),
  z.strictObject({ state: z.literal('ended'), name: z.string().max(200) }),
])
export type SubscriptionChange = z.infer<typeof subscriptionChange>
/** `left`: of an end, what other systems may still have, because they did not answer or take nothing back */
export const subscriptionChanged = z.object({
  organization: organizationView,
  left: z.array(z.object({ system: z.string(), users: z.number(), hooks: z.number() })),
})
export type SubscriptionChanged = z.infer<typeof subscriptionChanged>
/** DELETE /api/v1/organizations/:id {name}: what the CRM still has, because it did not answer or refused */
export const organizationDeleted = z.object({
  left: z.array(z.object({ crm: z.string(), users: z.number(), hooks: z.number() })),
})
export type OrganizationDeleted = z.infer<typeof organizationDeleted>
export const organizationList = z.object({ organizations: z.array(organizationView) })
export type OrganizationView = z.infer<typeof organizationView>

/** GET, PUT /api/v1/rules by an administrator, as a whole: which calls go into the CRM, and who is called back */
export const rulesView = z.strictObject({
  written: z.strictObject({
    'inbound-answered': z.boolean(),
    'inbound-missed': z.boolean(),
    voicemail: z.boolean(),
    'outbound-answered': z.boolean(),
    'outbound-not-reached': z.boolean(),
  }),
  followUps: z.boolean(),
  /** as typed; read in any spelling */
  numbersLeftOut: z.array(z.string().max(60)).max(500),
})
export type RulesView = z.infer<typeof rulesView>

/** Every refusal, whatever the route. `id` only for defects. */
export const failureView = z.object({
  code: z.string(),
  field: z.string().optional(),
  rule: z.string().optional(),
  what: z.string().optional(),
  id: z.string().optional(),
  /** too-often: when it may be tried again */
  seconds: z.number().optional(),
})
export type FailureView = z.infer<typeof failureView>

/** 409 of a note: somebody else wrote meanwhile, and this is what stands there now. */
export const noteConflict = failureView.extend({
  other: noteView.pick({ text: true, result: true, version: true }),
})
export type NoteConflict = z.infer<typeof noteConflict>

/** Who is meant: a number as it is typed, or a person of a CRM. */
export const personAsked = z.object({
  number: z.string().max(40).optional(),
  person: z.object({ connectionId: z.uuid(), externalId: z.string().min(1).max(64) }).optional(),
  /** of the answer */
  language: z.enum(['en', 'cs']).optional(),
})

/** Everything held about one person. */
export const heldView = z.object({
  numbers: z.array(z.string()),
  /** numbers that somebody else has too */
  shared: z.array(z.string()),
  persons: z.array(
    z.object({
      connectionId: z.string(),
      externalId: z.string(),
      name: z.string(),
      /** as typed in the CRM */
      numbers: z.array(z.string()),
      /** the CRM, as people know it */
      crm: z.string(),
      /** we can put them right there */
      corrects: z.boolean(),
    }),
  ),
  kinds: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      rows: z.record(z.string(), z.int()),
      total: z.int(),
      purposes: z.array(z.string()),
      ground: z.string(),
      source: z.string(),
      recipients: z.array(z.string()),
      stored: z.string(),
      kept: z.string(),
      until: z.string().optional(),
    }),
  ),
  map: heldMap,
})
export type HeldView = z.infer<typeof heldView>
export type DataMapView = z.infer<typeof dataMapView>

const correctionText = z.string().max(255).optional()
/** What is to be put right of a person; in `numbers` each as it stands, as it should, or both. */
export const correctionAsked = z.object({
  person: z.object({ connectionId: z.uuid(), externalId: z.string().min(1).max(64) }),
  name: correctionText,
  numbers: z
    .array(z.object({ was: correctionText, now: correctionText }))
    .max(50)
    .optional(),
  /** `person`: we put it right in the CRM too; `list`: people do */
  atCrm: z.enum(['person', 'list']),
})

export const correctionView = z.object({
  id: z.string(),
  cause: z.enum(['page', 'command']),
  askedAt: z.string(),
  askedBy: z.string().optional(),
  fields: z.array(correctedField),
  levels: correctionLevels,
  recipients: z.array(toldRecipient),
  toCorrect: z.array(z.object({ what: z.string(), url: z.string() })),
})
export type CorrectionView = z.infer<typeof correctionView>

export const erasureView = z.object({
  id: z.string(),
  cause: z.enum(['page', 'command', 'ledger']),
  askedAt: z.string(),
  /** a colleague's name, while they are one */
  askedBy: z.string().optional(),
  removed: z.record(z.string(), z.int()),
  levels: erasureLevels,
  recipients: z.array(toldRecipient),
  /** what people have to erase in the CRM by themselves */
  toErase: z.array(z.object({ what: z.string(), url: z.string() })),
  lifted: z.boolean(),
})
export type ErasureView = z.infer<typeof erasureView>

export type { DocumentsView, DocumentView } from '../documents/shapes.ts'
