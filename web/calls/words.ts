import type { CallView, LogView, MatchView, NumberView } from '../../server/http/shapes.ts'
import type { Formats } from '../languages/formats.ts'
import type { MessageKey, Translate } from '../languages/language.tsx'
import { liveState } from './desk-groups.ts'

/** The CRM as people call it. */
export let crmName = 'Pipedrive'

/** Said once it is known who looks, before anything is drawn for them. */
export function callCrm(title: string | undefined): void {
  if (title !== undefined) crmName = title
}

/** A number as a person reads it; what is no number is said in words. */
export function numberWords(number: NumberView, t: Translate): string {
  if (number.kind === 'withheld') return t('number.withheld')
  if (number.kind === 'malformed' || number.shown === '') return t('number.malformed')
  return number.shown
}

/** What kind of number it is and where: "mobile, Czechia". Empty when nothing is known. */
export function numberKind(number: NumberView, t: Translate, formats: Formats): string {
  const line = number.line === undefined ? '' : t(`number.line.${number.line}`)
  const country = number.country === undefined ? '' : formats.country(number.country)
  return [line, country].filter((word) => word !== '').join(', ')
}

export function matchName(match: MatchView, t: Translate): string {
  return match.hidden ? t('match.hidden', { crm: crmName }) : match.name
}

/** The large word of a call: the best match's name, or else the number. */
export function callTitle(call: CallView, t: Translate): string {
  const best = bestFirst(call.matches)[0]
  if (best !== undefined) return matchName(best, t)
  return call.remote.kind === 'extension'
    ? t('number.extension', { number: call.remote.shown })
    : numberWords(call.remote, t)
}

/** Company of the best match, where it may be seen. */
export function callCompany(call: CallView): string | undefined {
  const best = bestFirst(call.matches)[0]
  return best === undefined || best.hidden ? undefined : best.company
}

/** Exact before maybe, shown before hidden; otherwise as the server ranked them. */
export function bestFirst(matches: readonly MatchView[]): MatchView[] {
  const rank = (match: MatchView): number => (match.why === 'exact' ? 0 : 2) + (match.hidden ? 1 : 0)
  return matches
    .map((match, place) => ({ match, place }))
    .sort((a, b) => rank(a.match) - rank(b.match) || a.place - b.place)
    .map(({ match }) => match)
}

/** "Ada Lovelace, Analytical Engines": one line for a list, a title or an announcement. */
export function callLine(call: CallView, t: Translate): string {
  const company = callCompany(call)
  return company === undefined ? callTitle(call, t) : `${callTitle(call, t)}, ${company}`
}

/** Who on our side has, had or is asked to take the call. */
export function ourSide(call: CallView, t: Translate): string {
  // Who answers an outgoing call is the other side.
  if (call.answeredBy !== undefined && call.direction !== 'outbound') return call.answeredBy
  const asked = call.legs.filter((leg) =>
    call.direction === 'outbound' ? leg.role === 'caller' : leg.role !== 'caller',
  )
  return [...new Set(asked.map((leg) => leg.user ?? numberWords(leg.party, t)))].join(', ')
}

export function outcomeKey(call: CallView): MessageKey {
  const state = liveState(call)
  if (state !== 'ended') return `state.${state}`
  if (call.outcome === undefined) return 'state.ended'
  if (call.outcome === 'answered' && call.direction !== 'inbound') return 'outcome.connected'
  return call.outcome === 'missed' && call.direction !== 'inbound'
    ? 'outcome.no-answer'
    : `outcome.${call.outcome}`
}

/** What became of the entry in the CRM, short for a table. */
export function logShort(call: CallView): MessageKey {
  if (call.log.state === 'not-yet' && call.state === 'ended') return 'log.short.soon'
  return `log.short.${call.log.state}`
}

const leftOutReasons = [
  'kind-left-out',
  'number-left-out',
  'internal',
  'blocked',
  'not-set-up',
  'direction-unknown',
] as const

/** Why the rules leave the call out; a reason we have no words for is not shown raw. */
export function leftOutKey(log: LogView): MessageKey {
  const reason = leftOutReasons.find((known) => known === log.why)
  return reason === undefined ? 'log.left-out.rules' : `log.left-out.${reason}`
}

const waitReasons = ['outcome-unknown', 'away', 'refused', 'not-installed', 'undeclared'] as const

/** Why it has not been written yet, and who has to do what; undefined where nothing is known. */
export function notWrittenKey(log: Pick<LogView, 'why'>): MessageKey | undefined {
  if (log.why?.startsWith('rejected') === true) return 'log.why.rejected'
  const reason = waitReasons.find((known) => known === log.why)
  return reason === undefined ? undefined : `log.why.${reason}`
}

/** Written with somebody else's access, and what had to be left out for it; each a sentence. */
export function writtenBesides(log: LogView, t: Translate): string[] {
  const { writtenAs: name, writtenFor: owner, why = '' } = log
  if (log.state !== 'written') return []
  const said: string[] = []
  const withoutOwner = why.includes('without-owner')
  if (name !== undefined && owner !== undefined)
    said.push(t(withoutOwner ? 'log.without-owner' : 'log.written-as', { crm: crmName, name, owner }))
  else if (withoutOwner) said.push(t('log.without-owner.unnamed', { crm: crmName }))
  if (why.includes('without-person')) said.push(t('log.without-person', { crm: crmName }))
  return said
}
