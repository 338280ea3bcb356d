import { z } from 'zod'
import { failed } from '../../failure.ts'
import type { CrmSession } from '../contract.ts'
import type { DealPage, DealRef } from '../deal.ts'
import type { Client } from './client.ts'
import { dealFrom, leadFrom, wireDeal, wireLead } from './deal-wire.ts'
import { endpoints } from './endpoints.ts'
import { isForbidden, isUnseen, readJson } from './refusal.ts'

/** A page costs the same whatever its size. */
const pageSize = 500
/** Leads are counted from the start, so each one that goes meanwhile moves the others up: pages overlap by so many. */
const overlap = 20

/** Deals first, then leads. Everything needed to go on is in here: a walk survives a restart. */
const place = z.discriminatedUnion('walk', [
  z.object({ walk: z.literal('deals'), after: z.string().optional() }),
  z.object({ walk: z.literal('leads'), start: z.number().int().min(0) }),
])
type Place = z.infer<typeof place>

const dealsPage = z.object({
  data: z.array(wireDeal).nullable(),
  additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
})
const pagination = z.object({ more_items_in_collection: z.boolean().nullish() })
/** The description has the paging itself in `additional_data`, the guide one level deeper. */
const leadsPage = z.object({
  data: z.array(wireLead).nullable(),
  additional_data: pagination.extend({ pagination: pagination.nullish() }).nullish(),
})
const titled = z.object({ data: z.object({ title: z.string() }) })

/**
 * One page of open deals or leads. Titles and values come too, because neither list can be asked for less; they go no
 * further than the parser.
 */
export async function readDeals(
  client: Client,
  session: CrmSession,
  cursor: string | undefined,
): Promise<DealPage> {
  const at: Place = cursor === undefined ? { walk: 'deals' } : decodePlace(cursor)
  const kind = at.walk === 'deals' ? 'deal' : 'lead'
  try {
    return at.walk === 'deals'
      ? await dealsAfter(client, session, at.after)
      : await leadsFrom(client, session, at.start)
  } catch (error) {
    if (!isForbidden(error)) throw error
    return { kind, deals: [], refused: true, next: kind === 'deal' ? leadsBegin : undefined }
  }
}

async function dealsAfter(client: Client, session: CrmSession, after: string | undefined): Promise<DealPage> {
  const page = await client(session, {
    endpoint: endpoints.deals,
    query: { status: 'open', limit: pageSize, sort_by: 'id', sort_direction: 'asc', cursor: after },
    answer: dealsPage,
    feature: 'deals',
  })
  const further = page.additional_data?.next_cursor ?? undefined
  const next = further === undefined ? leadsBegin : encodePlace({ walk: 'deals', after: further })
  const deals = (page.data ?? []).map((deal) => dealFrom(deal))
  return { kind: 'deal', deals, refused: false, next }
}

async function leadsFrom(client: Client, session: CrmSession, start: number): Promise<DealPage> {
  const page = await client(session, {
    endpoint: endpoints.leads,
    query: { limit: pageSize, start },
    answer: leadsPage,
    feature: 'deals',
  })
  const leads = page.data ?? []
  const { pagination: inner, more_items_in_collection: outer } = page.additional_data ?? {}
  const more = leads.length > 0 && (inner?.more_items_in_collection ?? outer) === true
  const next = start + Math.max(1, leads.length - overlap)
  return {
    kind: 'lead',
    deals: leads.map((lead) => leadFrom(lead)),
    refused: false,
    next: more ? encodePlace({ walk: 'leads', start: next }) : undefined,
  }
}

/** One request for each, the cheapest way for as many as a person picks from. What this user may not see is left out. */
export async function readDealTitles(
  client: Client,
  session: CrmSession,
  deals: readonly DealRef[],
): Promise<(DealRef & { title: string })[]> {
  const read = await Promise.all(
    deals.map(async (deal) => {
      try {
        const { data } = await client(session, {
          endpoint: endpoints[deal.kind],
          id: deal.externalId,
          answer: titled,
          feature: 'deals',
        })
        return [{ ...deal, title: data.title }]
      } catch (error) {
        if (isUnseen(error)) return []
        throw error
      }
    }),
  )
  return read.flat()
}

function encodePlace(at: Place): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url')
}
const leadsBegin = encodePlace({ walk: 'leads', start: 0 })

function decodePlace(cursor: string): Place {
  const read = place.safeParse(readJson(Buffer.from(cursor, 'base64url')))
  return read.success ? read.data : failed({ code: 'invalid-input', field: 'cursor', rule: 'ours' })
}
