import { type Match, soleMatch } from '../contacts/find-by-number.ts'
import { describeNumber, formatForReader, type PhoneNumber } from '../contacts/numbers.ts'
import type {
  CallView,
  DealView,
  LogView,
  MatchView,
  NewPersonView,
  NoteView,
  NumberView,
  RecordingView,
} from '../http/shapes.ts'
import type { Directory, DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { CallRecord } from './call-record.ts'
import { type DealsRecord, dealView } from './deals.ts'
import { extensionsOf, leftOutBecause, remoteParty } from './fold.ts'
import { type FollowUpRecord, followUpView, nameOf } from './follow-up-view.ts'
import { doesAt } from './here.ts'
import type { StoredNote } from './note.ts'

/** A row of `call_logs`, with the addresses the CRM's adapter makes of it. */
export interface LogRecord {
  state: 'waiting' | 'sending' | 'written' | 'failed' | 'left-out'
  marker: string
  tries: number
  reason: string | undefined
  nextAt: Date | undefined
  writtenAt: Date | undefined
  /** whose access wrote it and whose call it was, in the CRM's own ids */
  writtenAs?: string | undefined
  writtenFor?: string | undefined
  url: string | undefined
}

/** A row of `recordings`, without the address. */
export interface RecordingRecord {
  state: RecordingView['state']
  reason: string | undefined
  nextAt: Date | undefined
}

/** A row of `call_notes`, opened. */
export interface NoteRecord {
  note: StoredNote
  crmVersion: number
  state: 'idle' | 'waiting' | 'sending' | 'failed' | 'left'
  reason: string | undefined
  nextAt: Date | undefined
}

/** A row of `new_persons` of the call's number, without the name. */
export interface NewPersonRecord {
  state: 'waiting' | 'sending' | 'made' | 'failed'
  reason: string | undefined
  nextAt: Date | undefined
  /** the CRM's id of the user whose access is used */
  actingRef: string | undefined
}

/** A call with all that is shown beside it, before it is known who looks. */
export interface CallOnScreen {
  record: CallRecord
  matches: readonly Match[]
  log: LogRecord | undefined
  recording?: RecordingRecord | undefined
  note?: NoteRecord | undefined
  newPerson?: NewPersonRecord | undefined
  followUp?: FollowUpRecord | undefined
  /** undefined: not looked up, or it belongs to no one person */
  deals?: DealsRecord | undefined
}

/** A person by the CRM's own id, of the connection that mirrors them. */
export type PersonRef = Pick<Match, 'connectionId' | 'externalId'>

/** Who looks, and whom their own access to the CRM reads as far as it is known: only asking it tells, see read-rights.ts. */
export interface Viewer extends DirectoryUser {
  reads(person: PersonRef): boolean
}

/** May this viewer see the call? Their own, or all where an administrator allowed it. */
export function maySee(call: CallOnScreen, viewer: DirectoryUser): boolean {
  return viewer.sees === 'all' || isMine(call, viewer)
}

/** One that has no place in the journal yet has only just begun. */
export function isMine({ record }: CallOnScreen, viewer: DirectoryUser): boolean {
  const arrival = record.arrival === undefined ? Number.POSITIVE_INFINITY : Number(record.arrival)
  return extensionsOf(record.call).some((extension) => {
    const after = viewer.seesAfter.get(extension)
    return after !== undefined && arrival > after
  })
}

export function viewFor(
  viewer: Viewer,
  shown: CallOnScreen,
  context: {
    organization: Organization
    directory: Directory
    personUrl(match: Match): string
    /** from a CRM that is asked at each call, as far as it has answered this viewer */
    callers: readonly MatchView[]
  },
): CallView {
  const { call } = shown.record
  const { country } = context.organization
  const number = oncePerNumber((party) => numberView(party, country))
  const who = (party: PhoneNumber | undefined) => userOf(party, context.directory)
  const line = call.direction === 'outbound' ? call.shownAs : call.to
  const remote =
    remoteParty(call) ?? (call.direction === 'internal' ? otherExtension(shown, viewer) : undefined)
  const hidden = shown.matches.some((match) => !mayName(match, viewer))
  const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString())
  return {
    id: shown.record.id,
    version: shown.record.version,
    direction: call.direction ?? 'unknown',
    state: call.state,
    ...given('outcome', call.outcome),
    startedAt: new Date(call.startedAt).toISOString(),
    ...given('answeredAt', iso(call.answeredAt)),
    ...given('endedAt', iso(call.endedAt)),
    endUnknown: call.endUnknown,
    approximate: call.approximate,
    ...given('phone', context.directory.connections.get(shown.record.connectionId)?.title),
    ...given('talkSeconds', call.talkSeconds),
    remote: number(remote ?? { kind: 'malformed' }),
    ...given('line', line && number(line)),
    ...given('answeredBy', call.answeredBy && (who(call.answeredBy) ?? number(call.answeredBy).shown)),
    legs: call.legs.map((leg) => ({
      party: number(leg.party),
      ...given('user', who(leg.party)),
      role: leg.role,
      ...given('ringingAt', iso(leg.ringingAt)),
      ...given('joinedAt', iso(leg.joinedAt)),
      ...given('leftAt', iso(leg.leftAt)),
    })),
    matches: [
      ...shown.matches.map((match) => matchView(match, viewer, context.personUrl(match))),
      ...context.callers,
    ],
    log: logView(shown, context.directory),
    ...given('deal', dealFor(shown, viewer)),
    ...given('recording', shown.recording && recordingView(shown.recording)),
    ...given('note', shown.note && noteView(shown.note, shown.log)),
    ...given(
      'newPerson',
      shown.newPerson && newPersonView(shown.newPerson, viewer, context.directory, hidden),
    ),
    ...given('followUp', shown.followUp && followUpView(shown.followUp, context.directory, hidden)),
    mine: isMine(shown, viewer),
    ...given('here', doesAt(call, viewer.extensions)),
    keptUntil: shown.record.expiresAt.toISOString(),
  }
}

/** The same number stands in a call several times, and reading and writing one is most of the work. */
function oncePerNumber(
  view: (party: PhoneNumber | undefined) => NumberView,
): (party: PhoneNumber | undefined) => NumberView {
  const seen = new Map<string, NumberView>()
  return (party) => {
    if (party?.kind !== 'e164') return view(party)
    const shown = seen.get(party.e164) ?? view(party)
    seen.set(party.e164, shown)
    return shown
  }
}

export function numberView(party: PhoneNumber | undefined, country: Organization['country']): NumberView {
  if (!party) return { kind: 'malformed', shown: '' }
  switch (party.kind) {
    case 'e164': {
      const { country: where, type } = describeNumber(party.e164)
      const line =
        type === undefined
          ? undefined
          : lineKinds.has(type)
            ? (type as 'mobile' | 'fixed')
            : ('other' as const)
      return {
        kind: 'e164',
        shown: formatForReader(party.e164, country),
        e164: party.e164,
        ...given('country', where),
        ...given('line', line),
      }
    }
    case 'extension':
    case 'short':
      return { kind: party.kind, shown: party.digits }
    case 'withheld':
    case 'malformed':
      return { kind: party.kind, shown: '' }
  }
}

const lineKinds: ReadonlySet<string> = new Set(['mobile', 'fixed'])

/** A record that is not shared shows its name only to its owner, and to whom the CRM itself shows it (PD-2). */
export function mayName(
  person: PersonRef & Pick<Match, 'shared' | 'ownerExternalId'>,
  viewer: Viewer,
): boolean {
  return mirrorNames(person, viewer) || viewer.reads(person)
}

/** What the mirrored record tells by itself. An owner's id means nobody in another company of the CRM. */
export function mirrorNames(
  { shared, connectionId, ownerExternalId }: Pick<Match, 'shared' | 'connectionId' | 'ownerExternalId'>,
  viewer: DirectoryUser,
): boolean {
  return shared || (connectionId === viewer.connectionId && ownerExternalId === viewer.externalId)
}

/** Whoever may not see the person is told nothing of their deals. */
function dealFor({ record, matches, log, deals }: CallOnScreen, viewer: Viewer): DealView | undefined {
  const person = soleMatch(matches)
  if (!deals || !person || !mayName(person, viewer)) return undefined
  if (record.call.state === 'ended' && leftOutBecause(record.call)) return undefined
  return dealView(deals, log)
}

/** Of who is hidden nothing is said but that there is somebody; the number was in the call anyway. */
function matchView(match: Match, viewer: Viewer, url: string): MatchView {
  const hidden = !mayName(match, viewer)
  return {
    personId: match.personId,
    name: hidden ? '' : match.name,
    ...(hidden ? {} : given('company', match.company)),
    why: match.why,
    typed: hidden ? '' : match.typed,
    hidden,
    url: hidden ? '' : url,
  }
}

function logView({ record, log }: CallOnScreen, directory: Directory): LogView {
  const out = record.call.state === 'ended' ? leftOutBecause(record.call) : undefined
  if (!log) return out ? { state: 'left-out', why: out, tries: 0 } : { state: 'not-yet', tries: 0 }
  return {
    state: log.state,
    ...given('why', log.reason),
    tries: log.tries,
    ...given('nextAt', log.nextAt?.toISOString()),
    ...given('writtenAt', log.writtenAt?.toISOString()),
    ...(log.state === 'written' ? given('reference', log.marker) : {}),
    ...given('url', log.url),
    ...writtenAsOther(log, directory),
  }
}

/** Only where they are two people, or it would say what everybody takes for granted. */
function writtenAsOther(
  { state, writtenAs, writtenFor }: LogRecord,
  directory: Directory,
): Pick<LogView, 'writtenAs' | 'writtenFor'> {
  if (state !== 'written' || writtenFor === undefined || writtenAs === writtenFor) return {}
  return {
    ...given('writtenAs', nameOf(writtenAs, directory)),
    ...given('writtenFor', nameOf(writtenFor, directory)),
  }
}

function recordingView({ state, reason, nextAt }: RecordingRecord): RecordingView {
  return { state, ...given('why', reason), ...given('nextAt', nextAt?.toISOString()) }
}

function noteView(record: NoteRecord, log: LogRecord | undefined): NoteView {
  const { text, result, version } = record.note
  return {
    text,
    ...given('result', result && { id: result.id, label: result.label }),
    version,
    crm: noteInCrm(record, log),
  }
}

function noteInCrm(
  { note, crmVersion, state, reason, nextAt }: NoteRecord,
  log: LogRecord | undefined,
): NoteView['crm'] {
  if (log?.state === 'left-out' || state === 'left') return { state: 'here', ...given('why', reason) }
  if (log?.state !== 'written') return { state: 'with-the-call' }
  if (note.version <= crmVersion) return { state: 'there' }
  if (state === 'failed') return { state: 'failed', ...given('why', reason) }
  const waits = state === 'waiting' || (state === 'sending' && reason !== undefined)
  if (!waits) return { state: 'going' }
  return { state: 'waiting', ...given('why', reason), ...given('nextAt', nextAt?.toISOString()) }
}

function newPersonView(
  { state, reason, nextAt, actingRef }: NewPersonRecord,
  viewer: Viewer,
  directory: Directory,
  hidden: boolean,
): NewPersonView {
  const acting = [...directory.users.values()].find((user) => user.externalId === actingRef)
  return {
    state: state === 'made' || state === 'failed' ? state : reason === undefined ? 'making' : 'waiting',
    ...given('why', reason),
    ...given('nextAt', nextAt?.toISOString()),
    ...given('as', hidden ? undefined : acting?.name),
    own: acting?.id === viewer.id,
  }
}

function userOf(party: PhoneNumber | undefined, directory: Directory): string | undefined {
  if (party?.kind !== 'extension') return undefined
  const id = directory.extensions.get(party.digits)
  return id === undefined ? undefined : directory.users.get(id)?.name
}

/** Of two colleagues, the one who is not looking. */
function otherExtension({ record }: CallOnScreen, viewer: Viewer): PhoneNumber | undefined {
  const { from, to } = record.call
  return from?.kind === 'extension' && viewer.extensions.includes(from.digits) ? to : from
}

const given = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
