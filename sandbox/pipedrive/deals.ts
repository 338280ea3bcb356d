import { z } from 'zod'
import { isoSeconds } from '../clock.ts'
import { ok, refused, schemaViolation } from './answers.ts'
import type { Pipedrive } from './index.ts'
import { changedWithin, listQuery, pageOf, read, where, wholeNumber } from './page-of.ts'
import type { Call, Route } from './route.ts'
import { type Company, type Deal, isVisible, type Lead } from './world.ts'

const dealScopes = ['deals:read', 'deals:full']
const leadScopes = ['leads:read', 'leads:full']

export const dealRoutes: Route[] = [
  { version: 2, method: 'GET', template: '/deals', tokens: 10, scopes: dealScopes, run: listDeals },
  { version: 2, method: 'GET', template: '/deals/:id', tokens: 1, scopes: dealScopes, run: oneDeal },
  { version: 1, method: 'GET', template: '/leads', tokens: 20, scopes: leadScopes, run: listLeads },
  { version: 1, method: 'GET', template: '/leads/:id', tokens: 2, scopes: leadScopes, run: oneLead },
]

const statuses = ['open', 'won', 'lost', 'deleted'] as const
const DealsQuery = z.strictObject({
  ...listQuery,
  person_id: wholeNumber.optional(),
  org_id: wholeNumber.optional(),
  pipeline_id: wholeNumber.optional(),
  stage_id: wholeNumber.optional(),
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(statuses)))
    .optional(),
  sort_by: z.enum(['id', 'update_time', 'add_time']).optional(),
})

/** Deals that are not archived; without a status all that are not deleted. */
function listDeals({ company, user, query }: Call) {
  const parsed = read(DealsQuery, Object.fromEntries(query))
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const asked = parsed.value
  const found = where(
    company.deals.values(),
    (deal) =>
      !deal.is_archived &&
      isVisible(deal, user, company) &&
      changedWithin(deal, asked) &&
      (asked.status?.includes(deal.status) ?? deal.status !== 'deleted') &&
      (asked.ids === undefined || asked.ids.includes(deal.id)) &&
      (asked.owner_id === undefined || asked.owner_id === deal.owner_id) &&
      (asked.person_id === undefined || asked.person_id === deal.person_id),
  )
  const page = pageOf(found, asked)
  if (page === undefined) return schemaViolation('cursor: invalid')
  return ok(page.items.map(dealWire), { additional_data: { next_cursor: page.next_cursor } })
}

function oneDeal({ company, user, params }: Call) {
  const deal = company.deals.get(Number(params['id']))
  if (deal === undefined || deal.status === 'deleted' || !isVisible(deal, user, company)) {
    return refused(404, 'Deal not found')
  }
  return ok(dealWire(deal))
}

/** Leads that are not archived, oldest first. */
function listLeads({ company, user, query }: Call) {
  const parsed = read(
    z.object({
      start: wholeNumber.optional(),
      limit: wholeNumber.optional(),
      person_id: wholeNumber.optional(),
    }),
    Object.fromEntries(query),
  )
  if ('wrong' in parsed) return refused(400, parsed.wrong)
  const { start = 0, limit = 100, person_id } = parsed.value
  const found = [...company.leads.values()].filter(
    (lead) =>
      !lead.is_archived &&
      !lead.is_deleted &&
      isVisible(lead, user, company) &&
      (person_id === undefined || person_id === lead.person_id),
  )
  const more = start + limit < found.length
  return ok(found.slice(start, start + limit).map(leadWire), {
    additional_data: { start, limit, more_items_in_collection: more },
  })
}

function oneLead({ company, user, params }: Call) {
  const lead = company.leads.get(params['id'] ?? '')
  if (lead === undefined || lead.is_deleted || !isVisible(lead, user, company))
    return refused(404, 'Lead not found')
  return ok(leadWire(lead))
}

export const DealInput = z.strictObject({
  title: z.string().min(1).optional(),
  person_id: z.number().int().nullable().optional(),
  owner_id: z.number().int().optional(),
  status: z.enum(['open', 'won', 'lost']).optional(),
  is_archived: z.boolean().optional(),
  visible_to: z.number().int().optional(),
})
export type DealInput = z.input<typeof DealInput>
export const LeadInput = DealInput.omit({ status: true })
export type LeadInput = z.input<typeof LeadInput>

/** What people do with deals and leads in the CRM; each change is told to the webhooks. */
export class Deals {
  readonly #pipedrive: Pipedrive

  constructor(pipedrive: Pipedrive) {
    this.#pipedrive = pipedrive
  }

  addDeal(domain: string, input: DealInput): Deal {
    const { company, now, actor } = this.#in(domain)
    const deal: Deal = {
      id: company.newId(),
      title: 'Deal',
      person_id: null,
      owner_id: actor,
      status: 'open',
      is_archived: false,
      visible_to: 3,
      add_time: now,
      update_time: now,
      ...given(DealInput.parse(input)),
    }
    company.deals.set(deal.id, deal)
    this.#tellDeal(company, deal, 'create', null)
    return deal
  }

  editDeal(domain: string, id: number, input: DealInput): Deal {
    const { company, now } = this.#in(domain)
    const deal = company.deals.get(id)
    if (deal === undefined || deal.status === 'deleted') throw new Error(`no deal ${id}`)
    const before = dealWire(deal)
    Object.assign(deal, given(DealInput.parse(input)), { update_time: Math.max(now, deal.update_time) })
    this.#tellDeal(company, deal, 'change', differing(before, dealWire(deal)))
    return deal
  }

  deleteDeal(domain: string, id: number): void {
    const { company, now } = this.#in(domain)
    const deal = company.deals.get(id)
    if (deal === undefined) throw new Error(`no deal ${id}`)
    const before = dealWire(deal)
    Object.assign(deal, { status: 'deleted', update_time: now })
    this.#tellDeal(company, deal, 'delete', before)
  }

  addLead(domain: string, input: LeadInput): Lead {
    const { company, now, actor } = this.#in(domain)
    const lead: Lead = {
      id: this.#pipedrive.random.uuid(),
      title: 'Lead',
      person_id: null,
      owner_id: actor,
      is_archived: false,
      is_deleted: false,
      visible_to: 3,
      add_time: now,
      update_time: now,
      ...given(LeadInput.parse(input)),
    }
    company.leads.set(lead.id, lead)
    this.#tellLead(company, lead, 'create', null)
    return lead
  }

  editLead(domain: string, id: string, input: LeadInput): Lead {
    const { company, now } = this.#in(domain)
    const lead = company.leads.get(id)
    if (lead === undefined || lead.is_deleted) throw new Error(`no lead ${id}`)
    const before = leadWire(lead)
    Object.assign(lead, given(LeadInput.parse(input)), { update_time: Math.max(now, lead.update_time) })
    this.#tellLead(company, lead, 'change', differing(before, leadWire(lead)))
    return lead
  }

  deleteLead(domain: string, id: string): void {
    const { company, now } = this.#in(domain)
    const lead = company.leads.get(id)
    if (lead === undefined) throw new Error(`no lead ${id}`)
    const before = leadWire(lead)
    Object.assign(lead, { is_deleted: true, update_time: now })
    this.#tellLead(company, lead, 'delete', before)
  }

  #in(domain: string) {
    const company = this.#pipedrive.company(domain)
    const actor = company.users.keys().next().value
    if (actor === undefined) throw new Error(`company ${domain} has no users`)
    return { company, actor, now: this.#pipedrive.clock.now() }
  }

  #tellDeal(company: Company, deal: Deal, action: Action, previous: Fields | null): void {
    this.#tell(company, deal, { entity: 'deal', action, previous, data: dealWire(deal) })
  }

  #tellLead(company: Company, lead: Lead, action: Action, previous: Fields | null): void {
    this.#tell(company, lead, { entity: 'lead', action, previous, data: leadWire(lead) })
  }

  #tell(
    company: Company,
    entry: { id: number | string; owner_id: number; visible_to: number },
    change: { entity: 'deal' | 'lead'; action: Action; previous: Fields | null; data: Fields },
  ): void {
    this.#pipedrive.tell(company, {
      ...change,
      id: entry.id,
      data: change.action === 'delete' ? null : { ...change.data, visible_to: String(entry.visible_to) },
      by: company.users.keys().next().value ?? entry.owner_id,
      source: 'app',
      permitted: [...company.users.values()]
        .filter((user) => isVisible(entry, user, company))
        .map((user) => user.id),
    })
  }
}

type Action = 'create' | 'change' | 'delete'
type Fields = Record<string, unknown>

/** Whether a call log or an activity of this user may name them; a 404 otherwise. */
export function dealLinksExist(
  company: Company,
  { deal_id, lead_id }: { deal_id?: number | null | undefined; lead_id?: string | null | undefined },
): boolean {
  const deal = deal_id == null ? undefined : (company.deals.get(deal_id)?.status ?? 'deleted')
  const lead = lead_id == null ? undefined : (company.leads.get(lead_id)?.is_deleted ?? true)
  return deal !== 'deleted' && lead !== true
}

function given<T extends object>(input: T): { [K in keyof T]: NonNullable<T[K]> } {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined)
  // Only what was left out is taken away; a null stays what the caller meant.
  return Object.fromEntries(entries) as { [K in keyof T]: NonNullable<T[K]> }
}

function differing(before: Fields, after: Fields): Fields {
  const changed = Object.keys(before).filter((key) => key !== 'update_time' && before[key] !== after[key])
  return Object.fromEntries(changed.map((key) => [key, before[key]]))
}

/** A deal as REST v2 shows it. */
function dealWire(deal: Deal): Fields {
  const at = isoSeconds(deal.update_time)
  return {
    id: deal.id,
    title: deal.title,
    value: 1200,
    currency: 'EUR',
    status: deal.status,
    person_id: deal.person_id,
    org_id: null,
    owner_id: deal.owner_id,
    pipeline_id: 1,
    stage_id: 1,
    add_time: isoSeconds(deal.add_time),
    update_time: isoSeconds(deal.update_time),
    ...(deal.status === 'won' ? { won_time: at } : {}),
    ...(deal.status === 'lost' ? { lost_time: at } : {}),
    is_archived: deal.is_archived,
    is_deleted: deal.status === 'deleted',
    visible_to: deal.visible_to,
    label_ids: [],
    custom_fields: {},
  }
}

/** A lead as REST v1 shows it. */
function leadWire(lead: Lead): Fields {
  return {
    id: lead.id,
    title: lead.title,
    owner_id: lead.owner_id,
    creator_id: lead.owner_id,
    label_ids: [],
    person_id: lead.person_id,
    organization_id: null,
    source_name: 'Manually created',
    origin: 'ManuallyCreated',
    is_archived: lead.is_archived,
    was_seen: true,
    value: null,
    expected_close_date: null,
    next_activity_id: null,
    add_time: new Date(lead.add_time).toISOString(),
    update_time: new Date(lead.update_time).toISOString(),
    visible_to: String(lead.visible_to),
  }
}
