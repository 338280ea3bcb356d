import { type Match, soleMatch } from '../contacts/find-by-number.ts'
import type { PhoneNumber } from '../contacts/numbers.ts'
import type { CallView, DealView, MatchView } from '../http/shapes.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { CallOnScreen, Viewer } from './call-on-screen.ts'
import { dealView } from './deals.ts'
import { leftOutBecause, remoteParty } from './fold.ts'
import { followUpView } from './follow-up-view.ts'
import { given } from './given.ts'
import { doesAt } from './here.ts'
import { numberView, oncePerNumber } from './number-view.ts'
import { logView, newPersonView, noteView, recordingView } from './parts-view.ts'
import { isMine, mayName } from './who-sees.ts'

/** A call as one viewer may see it. */
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
