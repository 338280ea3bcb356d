import type { Match } from '../contacts/find-by-number.ts'
import { personKey } from '../contacts/open-deals.ts'
import { type DealRef, sameDeal } from '../crms/deal.ts'
import type { DealView } from '../http/shapes.ts'
import type { LogRecord } from './call-on-screen.ts'

/** A row of `call_deals`, as one column of the journal's query. */
export interface DealRow {
  chosen: boolean
  kind: DealRef['kind'] | null
  id: string | null
  sentKind: DealRef['kind'] | null
  sentId: string | null
  state: 'settled' | 'waiting' | 'failed' | 'left'
  reason: string | null
}

export const dealColumn = `
  case when d.call_id is not null then json_build_object('chosen', d.chosen, 'kind', d.kind, 'id', d.external_id,
    'sentKind', d.sent_kind, 'sentId', d.sent_external_id, 'state', d.state, 'reason', d.reason) end`

/** Which deal a call is about, before it is known who looks. */
export interface DealsRecord {
  /** of the one person it matches */
  open: readonly DealRef[]
  chosen: boolean
  deal: DealRef | undefined
  sent: DealRef | undefined
  state: DealRow['state']
  reason: string | undefined
}

/** @returns undefined where the call belongs to no one person */
export function dealsOf(
  row: DealRow | null,
  person: Match | undefined,
  open: ReadonlyMap<string, readonly DealRef[]>,
): DealsRecord | undefined {
  if (!person) return undefined
  return {
    open: open.get(personKey(person)) ?? [],
    chosen: row?.chosen ?? false,
    deal: refOf(row?.kind, row?.id),
    sent: refOf(row?.sentKind, row?.sentId),
    state: row?.state ?? 'settled',
    reason: row?.reason ?? undefined,
  }
}

/** How it stands with the call's deal, in one word; with the deal it is about, where there is one. */
export function dealView(deals: DealsRecord, log: LogRecord | undefined): DealView {
  const { state, deal } = log?.state === 'written' ? written(deals, log) : unwritten(deals)
  return {
    state,
    open: [...deals.open],
    ...(deal === undefined ? {} : { deal }),
    ...(deals.reason === undefined ? {} : { why: deals.reason }),
  }
}

type Stand = { state: DealView['state']; deal?: DealRef | undefined }

function unwritten({ open, chosen, deal }: DealsRecord): Stand {
  if (chosen) return deal ? { state: 'chosen', deal } : { state: 'chosen-none' }
  const [only, ...more] = open
  if (!only) return { state: 'nothing' }
  return more.length > 0 ? { state: 'ask' } : { state: 'only', deal: only }
}

function written({ open, chosen, deal, sent, state, reason }: DealsRecord, log: LogRecord): Stand {
  if (state === 'waiting') return { state: 'changing', deal }
  if (state === 'failed') return { state: 'failed', deal }
  if (state === 'left') return reason === 'another' ? { state: 'another' } : { state: 'gone', deal }
  if (chosen && !deal && !sent) return { state: 'unlinked' }
  if (sent && (!chosen || sameDeal(sent, deal))) return { state: 'linked', deal: sent }
  if (log.reason?.split(' ').includes('without-deal')) return { state: 'gone', deal }
  return { state: open.length > 0 ? 'ask' : 'nothing' }
}

function refOf(kind: DealRef['kind'] | null | undefined, id: string | null | undefined): DealRef | undefined {
  return kind == null || id == null ? undefined : { kind, externalId: id }
}
