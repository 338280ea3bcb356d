import { lockCalls } from '../calls/lock-calls.ts'
import type { Db } from '../database/transaction.ts'
import { type Failure, failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { type ChooseParts, enqueueLink } from './choose-deal.ts'
import type { Crm, Deals } from './contract.ts'
import { type DealRef, sameDeal } from './deal.ts'
import { forgetSentDeal, noteSentDeal, refOf } from './deal-of-call.ts'
import { inTime } from './in-time.ts'
import type { Installation, Installations } from './installations.ts'
import { afterFailure, unknownWaitOf } from './next-time.ts'

export interface LinkParts extends Pick<ChooseParts, 'jobs' | 'show'> {
  crms: ReadonlyMap<string, Crm>
  installations: Installations
  directoryOf(organization: Organization): Promise<Directory>
  log: Log
  /** how long a request may still take effect after it timed out; default 60 s */
  unknownWaitMs: number | undefined
}

/** Somebody looks on: the first try again comes soon. */
const waits = [1, 5, 15, 30, 60, 120, 300, 600, 900]

type Outcome =
  | { state: 'settled'; linked: DealRef | undefined }
  | { state: 'left'; why: 'another' | 'gone' }
  | { state: 'failed'; why: string }
  | { state: 'waiting'; why: string; seconds: number; unsureMs?: number }

type Step =
  | { do: 'nothing' }
  | { do: 'settle'; outcome: Outcome; to: DealRef | undefined }
  | {
      do: 'link'
      crm: Crm
      deals: Deals
      installation: Installation
      activityId: string
      to: DealRef | undefined
      sent: DealRef | undefined
      tries: number
    }

/** Changes the written entry of a call to what was chosen, unless a person has linked another deal there since. */
export async function linkDeal(parts: LinkParts, organization: Organization, callId: string): Promise<void> {
  const directory = await parts.directoryOf(organization)
  const since = Date.now()
  const step = await organization.transaction(
    (db) => nextStep(parts, directory, db, callId),
    'log the call in the CRM',
  )
  if (step.do === 'nothing') return
  const outcome = step.do === 'settle' ? step.outcome : await link(parts, callId, step, since)
  const came = await organization.transaction(
    (db) => settle(db, callId, step.to, outcome),
    'log the call in the CRM',
  )
  if (came === 'chosen anew') return // that choice has a job of its own
  if (outcome.state === 'waiting') await enqueueLink(parts, organization.id, callId, outcome.seconds * 1000)
  if (came === 'news') await parts.show(organization, callId)
}

interface LinkRow {
  chosen_kind: DealRef['kind'] | null
  chosen_id: string | null
  sent_kind: DealRef['kind'] | null
  sent_id: string | null
  tries: number
  unsure_ms: number | null
  log_state: 'waiting' | 'sending' | 'written' | 'failed' | 'left-out' | null
  connection_id: string
  activity_id: string | null
  written_by: string | null
}

async function nextStep(parts: LinkParts, directory: Directory, db: Db, callId: string): Promise<Step> {
  const row = await db.row<LinkRow>(
    `select d.kind as chosen_kind, d.external_id as chosen_id, d.sent_kind, d.sent_external_id as sent_id, d.tries,
            (extract(epoch from d.unsure_until - now()) * 1000)::float8 as unsure_ms,
            l.state as log_state, d.connection_id, l.activity_id, l.written_by
     from call_deals d join calls c on c.id = d.call_id left join call_logs l on l.call_id = d.call_id
     where d.call_id = $1 and d.state = 'waiting' for update of d`,
    [callId],
  )
  if (!row) return { do: 'nothing' }
  const to = refOf(row.chosen_kind, row.chosen_id)
  const sent = refOf(row.sent_kind, row.sent_id)
  const settled = (outcome: Outcome): Step => ({ do: 'settle', outcome, to })
  if (row.log_state === 'sending') return settled({ state: 'waiting', why: 'log', seconds: 5 })
  // Not written yet, after all: the choice goes with it when it is.
  if (row.log_state !== 'written' || sameDeal(to, sent)) return settled({ state: 'settled', linked: sent })
  // The same again is harmless at any time; something else would be undone by what comes late.
  if (row.tries === 0 && (row.unsure_ms ?? 0) > 0)
    return settled({ state: 'waiting', why: 'outcome-unknown', seconds: (row.unsure_ms ?? 0) / 1000 + 0.5 })
  if (row.activity_id === null) return settled({ state: 'failed', why: 'log-unknown' })
  const crm = parts.crms.get(directory.connections.get(row.connection_id)?.adapter ?? '')
  if (crm && !crm.deals) return settled({ state: 'failed', why: 'cannot' })
  const installation = await parts.installations.acting(row.connection_id, row.written_by)
  if (!crm?.deals || !installation) return settled({ state: 'waiting', why: 'not-installed', seconds: 600 })
  const tries = row.tries + 1
  db.send('update call_deals set tries = $2, next_at = null where call_id = $1', [callId, tries])
  return { do: 'link', crm, deals: crm.deals, installation, activityId: row.activity_id, to, sent, tries }
}

async function link(
  parts: LinkParts,
  callId: string,
  step: Extract<Step, { do: 'link' }>,
  since: number,
): Promise<Outcome> {
  const { crm, deals, installation, activityId, to, sent, tries } = step
  try {
    const session = inTime(parts.installations.session(crm, installation), since, unknownWaitOf(parts))
    const came = await deals.link(session, activityId, { to, sent })
    return came === 'linked' ? { state: 'settled', linked: to } : { state: 'left', why: came }
  } catch (error) {
    const failure = failureOf(error)
    const outcome = failure && outcomeAfter(failure, tries, unknownWaitOf(parts))
    if (!outcome) throw error
    parts.log.warn('deal-not-linked', { callId, code: failure.code, state: outcome.state })
    return outcome
  }
}

/** The same may be tried again soon, also where the outcome is unknown, because the entry is looked at first. */
function outcomeAfter(failure: Failure, tries: number, unsureMs: number): Outcome | undefined {
  const next = afterFailure(failure, tries, unsureMs, waits)
  if (!next) return undefined
  const { state, reason: why, at } = next
  if (state === 'failed') return { state, why }
  if (state === 'sending')
    return { state: 'waiting', why, seconds: waits[Math.min(tries, waits.length) - 1] ?? 900, unsureMs }
  return { state, why, seconds: ((at?.getTime() ?? 0) - Date.now()) / 1000 }
}

async function settle(
  db: Db,
  callId: string,
  to: DealRef | undefined,
  outcome: Outcome,
): Promise<'news' | 'nothing new' | 'chosen anew'> {
  lockCalls(db, [callId])
  const row = await db.row<{
    kind: DealRef['kind'] | null
    external_id: string | null
    state: string
    reason: string | null
    connection_id: string
    expires_at: Date
  }>(
    `select kind, external_id, state, reason, connection_id, expires_at from call_deals where call_id = $1 for update`,
    [callId],
  )
  if (!row) return 'nothing new'
  // True whatever was chosen since: whoever changes it next has to know what the entry is linked with.
  if (outcome.state === 'settled' && outcome.linked)
    await noteSentDeal(db, { id: callId, expiresAt: row.expires_at }, row.connection_id, outcome.linked)
  else if (outcome.state === 'settled') forgetSentDeal(db, callId)
  if (outcome.state === 'waiting' && outcome.unsureMs !== undefined)
    db.send(`update call_deals set unsure_until = now() + make_interval(secs => $2) where call_id = $1`, [
      callId,
      outcome.unsureMs / 1000,
    ])
  if (row.state !== 'waiting' || !sameDeal(refOf(row.kind, row.external_id), to)) return 'chosen anew'
  const why = outcome.state === 'settled' ? null : outcome.why
  const waiting = outcome.state === 'waiting' ? outcome : undefined
  db.send(
    `update call_deals set state = $2, reason = $3, next_at = now() + make_interval(secs => $4) where call_id = $1`,
    [callId, outcome.state, why, waiting?.seconds ?? null],
  )
  if (outcome.state === row.state && why === row.reason) return 'nothing new'
  db.send('update calls set version = version + 1 where id = $1', [callId])
  return 'news'
}
