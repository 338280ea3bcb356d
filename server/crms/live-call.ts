import type { CallRecord } from '../calls/call-record.ts'
import { leftOutBecause, remoteParty } from '../calls/fold.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { lockCall } from './call-log-rows.ts'
import type { Crm, CrmWith, LiveCall } from './contract.ts'
import { markerOf } from './describe-call.ts'
import type { Installation } from './installations.ts'
import { type LiveFacts, type LiveRow, readLive, sameWordsMs, storeLive } from './live-rows.ts'
import { beganAt, restoredSince } from './maybe-sent.ts'
import { afterFailure } from './next-time.ts'
import { numberTold } from './number-told.ts'
import { crmConnection, has } from './parts.ts'
import { takeRequested } from './requested-rows.ts'
import { isLeftOutNumber, readRules } from './rules.ts'
import { userRefsAt, wantedAt } from './wanted-card.ts'
import type { WriteParts } from './write-parts.ts'

export type LiveParts = Pick<WriteParts, 'crms' | 'installations' | 'directoryOf' | 'jobs' | 'clock' | 'log'>

/** Somebody's telephone rings: the first tries again come soon. */
const waits = [1, 2, 5, 10, 30, 60]
/** Begin, then open and close: more turns than that are another event's. */
const mostTurns = 4

/** One at a time for each call, so that two states of it are brought there one after the other. */
export async function enqueueLive(
  { jobs }: Pick<LiveParts, 'jobs'>,
  organizationId: string,
  callId: string,
  at = new Date(),
): Promise<void> {
  await jobs.add('live-call', { organizationId, callId }, { key: `live-call:${callId}`, at, alone: true })
}

/** The CRM connection of an organization whose CRM knows calls while they last; undefined: it has none. */
export function liveConnection(
  directory: Directory,
  crms: ReadonlyMap<string, Crm>,
): { id: string; crm: CrmWith<'live'> } | undefined {
  const connection = crmConnection(directory)
  const crm = connection && crms.get(connection.adapter)
  return connection && crm && has(crm, 'live') ? { id: connection.id, crm } : undefined
}

/**
 * Brings the CRM's card of a call to where the call is now, whatever was told of it meanwhile and in which order: begun
 * once, open at those whom it rings or who talk, closed for the others.
 *
 * The words with which it is begun are committed before they leave; after a crash, or an answer that never came, the same
 * words are the same call there. What is open is committed before it is opened, so that nothing is left open unseen.
 */
export async function tendLiveCall(
  parts: LiveParts,
  organization: Organization,
  callId: string,
): Promise<void> {
  const directory = await parts.directoryOf(organization)
  const live = liveConnection(directory, parts.crms)
  if (!live) return
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const step = await organization.transaction(
      (db) => nextStep(parts, { organization, directory, db, live }, callId),
      'log the call in the CRM',
    )
    if (step.do === 'nothing') return
    try {
      await take(parts, { organization, live, callId }, step)
    } catch (error) {
      return await afterRefusal(parts, organization, callId, step, error)
    }
  }
}

interface Looking {
  organization: Organization
  directory: Directory
  db: Db
  live: { id: string; crm: CrmWith<'live'> }
}

type Step =
  | { do: 'nothing' }
  | { do: 'begin'; words: LiveCall; installation: Installation; tries: number }
  | {
      do: 'cards'
      ref: string
      open: string[]
      close: string[]
      installation: Installation
      tries: number
    }

/** Decides under the call's lock, and commits the intent with it. */
async function nextStep(parts: LiveParts, at: Looking, callId: string): Promise<Step> {
  const { organization, db, live } = at
  const record = await lockCall(parts.clock, organization, db, callId)
  if (!record) return { do: 'nothing' }
  const row = await readLive(organization, db, callId)
  if (row?.state === 'not-shown') return { do: 'nothing' }
  const users = await usersAt(at, record)
  if (!row && users.length === 0) return { do: 'nothing' }
  const installation = await parts.installations.acting(live.id, row?.begunBy)
  if (!installation) return { do: 'nothing' } // nobody's access: it is logged when somebody's is there
  // One that was under way when the backup was made is over, and whether it was begun there nobody knows any more.
  if (!row && (await restoredSince(db, beganAt(record)))) return { do: 'nothing' }
  if (!row) return first(at, record, { users, installation })
  const tries = row.tries + 1
  if (row.state === 'beginning') {
    if ((row.begunAt ?? 0) + sameWordsMs <= Date.now()) {
      await storeLive(organization, db, record, {
        ...row,
        state: 'not-shown',
        reason: 'too-late',
        seen: record.version,
      })
      return { do: 'nothing' }
    }
    await storeLive(organization, db, record, { ...row, tries, seen: record.version })
    return { do: 'begin', words: wordsFrom(row), installation, tries }
  }
  return cards(at, record, { row, users, installation, tries })
}

/** The words are worked out once. A call that somebody asked for in the CRM has been begun there already. */
async function first(
  { organization, db, live }: Looking,
  record: CallRecord,
  { users, installation }: { users: readonly string[]; installation: Installation },
): Promise<Step> {
  const [owner = ''] = users
  const requested = await takeRequested(organization, db, { record, connectionId: live.id, userRefs: users })
  const base = { connectionId: live.id, begunBy: installation.id }
  if (requested) {
    const open = Object.fromEntries([[requested.userRef, 'open' as const]])
    const { id: requestId, ref } = requested
    const row: LiveRow = { ...base, state: 'open', ref, requestId, cards: open, tries: 0 }
    return cards({ organization, db }, record, { row, users, installation, tries: 1 })
  }
  const outer = numberTold(remoteParty(record.call))
  if (outer === undefined) return { do: 'nothing' } // nobody to look up, and nothing to show
  const words: LiveCall = {
    marker: markerOf(organization, record.id),
    direction: record.call.direction === 'outbound' ? 'outbound' : 'inbound',
    outer,
    line: lineOf(record),
    startedAt: new Date(record.call.startedAt),
    ownerExternalId: owner,
  }
  await storeLive(organization, db, record, {
    ...base,
    state: 'beginning',
    words: { ...words, startedAt: record.call.startedAt },
    begunAt: Date.now(),
    cards: {},
    tries: 1,
    seen: record.version,
  })
  return { do: 'begin', words, installation, tries: 1 }
}

async function cards(
  { organization, db }: Pick<Looking, 'organization' | 'db'>,
  record: CallRecord,
  on: {
    row: LiveRow
    users: readonly string[]
    installation: Installation
    tries: number
  },
): Promise<Step> {
  const { row, users, installation, tries } = on
  const open = users.filter((user) => row.cards[user] !== 'open')
  const close = Object.keys(row.cards).filter((user) => !users.includes(user))
  const asked: LiveFacts['cards'] = { ...row.cards }
  for (const user of open) asked[user] = 'asked'
  const changes = open.length > 0 || close.length > 0
  await storeLive(organization, db, record, {
    ...row,
    cards: asked,
    tries: changes ? tries : 0,
    seen: record.version,
  })
  if (!changes || row.ref === undefined) return { do: 'nothing' }
  return { do: 'cards', ref: row.ref, open, close, installation, tries }
}

async function take(
  parts: LiveParts,
  { organization, live, callId }: { organization: Organization; live: Looking['live']; callId: string },
  step: Exclude<Step, { do: 'nothing' }>,
): Promise<void> {
  const session = parts.installations.session(live.crm, step.installation)
  if (step.do === 'begin') {
    const ref = await live.crm.live.begin(session, step.words)
    return change(parts, organization, callId, (row) => ({ ...row, state: 'open', ref, tries: 0 }))
  }
  // Closed first: the one who answered must not see two colleagues' cards go on.
  if (step.close.length > 0) await live.crm.live.hide(session, step.ref, step.close)
  if (step.open.length > 0) await live.crm.live.show(session, step.ref, step.open)
  await change(parts, organization, callId, (row) => {
    const left = Object.entries(row.cards).filter(([user]) => !step.close.includes(user))
    const now = left.map(([user, was]) => [user, step.open.includes(user) ? 'open' : was] as const)
    return { ...row, cards: Object.fromEntries(now), tries: 0 }
  })
}

async function change(
  parts: LiveParts,
  organization: Organization,
  callId: string,
  to: (row: LiveRow) => LiveRow & { reason?: string; nextAt?: Date },
): Promise<void> {
  await organization.transaction(async (db) => {
    const record = await lockCall(parts.clock, organization, db, callId)
    const row = record && (await readLive(organization, db, callId))
    if (record && row) await storeLive(organization, db, record, to(row))
  }, 'log the call in the CRM')
}

/** A card comes late or not at all; the call is written afterwards either way. */
async function afterRefusal(
  parts: LiveParts,
  organization: Organization,
  callId: string,
  step: Exclude<Step, { do: 'nothing' }>,
  error: unknown,
): Promise<void> {
  const failure = failureOf(error)
  const next = failure && afterFailure(failure, step.tries, 0, waits)
  if (!next) throw error
  parts.log.warn('card-not-shown', { callId, code: failure.code, doing: step.do })
  const nextAt = next.at
  await change(parts, organization, callId, (row) => ({
    ...row,
    tries: step.tries,
    reason: next.reason,
    ...(nextAt === undefined ? {} : { nextAt }),
    ...(next.state === 'failed' && row.state === 'beginning' ? { state: 'not-shown' as const } : {}),
  }))
  if (nextAt) await enqueueLive(parts, organization.id, callId, nextAt)
}

/** Users of the CRM at whom a card is to be open now, those who are named first. */
async function usersAt(
  { organization, directory, db, live }: Looking,
  { call }: CallRecord,
): Promise<string[]> {
  const at = wantedAt(call)
  if (at.length === 0 || leftOutBecause(call)) return []
  if (isLeftOutNumber(await readRules(organization, db, live.id), call)) return []
  return [...new Set(userRefsAt(directory, live.id, at))]
}

function wordsFrom({ words }: LiveRow): LiveCall {
  if (!words) throw new Error('unreachable: what is being begun has its words')
  return { ...words, line: words.line, startedAt: new Date(words.startedAt) }
}

function lineOf({ call }: CallRecord): string | undefined {
  const line = call.direction === 'outbound' ? call.shownAs : call.to
  return line?.kind === 'e164' ? line.e164 : undefined
}
