import { Budget } from './budget.ts'

export type Plan = 'Lite' | 'Growth' | 'Premium' | 'Ultimate'

export type User = {
  id: number
  name: string
  email: string
  admin: boolean
  active: boolean
  /** Path of the visibility group, `/` between a group and its sub-group; empty: the company's own. */
  group: string
  language: { language_code: string; country_code: string }
  locale: string
  timezone: string
  created: number
  modified: number
}

/** An item of `phones` or `emails`. */
export type ContactPoint = { value: string; label: string; primary: boolean }

/** Times are milliseconds; the wire shows whole seconds. */
export type Person = {
  id: number
  name: string
  first_name: string
  last_name: string | null
  owner_id: number
  org_id: number | null
  add_time: number
  update_time: number
  emails: ContactPoint[]
  phones: ContactPoint[]
  is_deleted: boolean
  visible_to: number
  label_ids: number[]
  custom_fields: Record<string, unknown>
}

export type Organization = {
  id: number
  name: string
  owner_id: number
  add_time: number
  update_time: number
  is_deleted: boolean
  visible_to: number
  address: string | null
}

export type Deal = {
  id: number
  title: string
  person_id: number | null
  owner_id: number
  status: 'open' | 'won' | 'lost' | 'deleted'
  is_archived: boolean
  visible_to: number
  add_time: number
  update_time: number
}

export type Lead = {
  /** a UUID */
  id: string
  title: string
  person_id: number | null
  owner_id: number
  is_archived: boolean
  is_deleted: boolean
  visible_to: number
  add_time: number
  update_time: number
}

export type CallLog = {
  id: string
  activity_id: number
  user_id: number
  company_id: number
  subject: string
  duration: string | undefined
  outcome: string
  from_phone_number: string | undefined
  to_phone_number: string
  start_time: number
  end_time: number
  person_id: number | undefined
  org_id: number | undefined
  deal_id: number | undefined
  lead_id: string | undefined
  note: string | undefined
  recording: { bytes: number; sha256: string; contentType: string; fileName: string } | undefined
  deleted: boolean
}

export type Activity = {
  id: number
  subject: string
  type: string
  owner_id: number
  creator_user_id: number
  is_deleted: boolean
  add_time: number
  update_time: number
  deal_id: number | null
  lead_id: string | null
  org_id: number | null
  due_date: string | null
  due_time: string | null
  duration: string | null
  busy: boolean | null
  done: boolean
  marked_as_done_time: number | null
  participants: { person_id: number; primary: boolean }[]
  public_description: string | null
  priority: number | null
  note: string | null
}

export type Webhook = {
  id: number
  company_id: number
  clientId: string
  owner_id: number
  user_id: number
  event_action: string
  event_object: string
  subscription_url: string
  version: '1.0' | '2.0'
  name: string
  http_auth_user: string | null
  http_auth_password: string | null
  add_time: number
  last_delivery_time: number | null
  last_http_status: number | null
  last_success: number
  failedFirstTries: number
  bannedUntil: number
}

export type PersonField = {
  field_name: string
  field_code: string
  field_type: string
  is_custom_field: boolean
  options?: { id: number; label: string }[]
}

/** What `visible_to` may be where a company has visibility groups. */
const levels = [
  { id: 1, label: 'Item owner' },
  { id: 3, label: "Item owner's visibility group" },
  { id: 5, label: "Item owner's visibility group and sub-groups" },
  { id: 7, label: 'All users' },
]

/** One company's account. Memory only. */
export class Company {
  readonly id: number
  readonly domain: string
  readonly name: string
  readonly country: string
  readonly users = new Map<number, User>()
  readonly persons = new Map<number, Person>()
  readonly organizations = new Map<number, Organization>()
  readonly deals = new Map<number, Deal>()
  readonly leads = new Map<string, Lead>()
  readonly activities = new Map<number, Activity>()
  readonly callLogs = new Map<string, CallLog>()
  readonly webhooks = new Map<number, Webhook>()
  readonly personFields: PersonField[] = [
    { field_name: 'Name', field_code: 'name', field_type: 'varchar', is_custom_field: false },
    { field_name: 'Phone', field_code: 'phone', field_type: 'phone', is_custom_field: false },
    { field_name: 'Email', field_code: 'email', field_type: 'varchar', is_custom_field: false },
    { field_name: 'Organization', field_code: 'org_id', field_type: 'org', is_custom_field: false },
    { field_name: 'Owner', field_code: 'owner_id', field_type: 'user', is_custom_field: false },
  ]
  readonly budget: Budget
  /** Whether records can be kept to the owner's group; a matter of the plan. */
  readonly visibilityGroups: boolean
  #lastId = 0

  constructor(options: {
    id: number
    domain: string
    name: string
    country: string
    plan: Plan
    seats: number
    visibilityGroups: boolean
  }) {
    this.id = options.id
    this.domain = options.domain
    this.name = options.name
    this.country = options.country
    this.budget = new Budget(options)
    this.visibilityGroups = options.visibilityGroups
    if (options.visibilityGroups)
      this.personFields.push({
        field_name: 'Visible to',
        field_code: 'visible_to',
        field_type: 'visible_to',
        is_custom_field: false,
        options: levels,
      })
  }

  /** Ids are counted per company, across all kinds of entries. */
  newId(): number {
    this.#lastId += 1
    return this.#lastId
  }
}

/**
 * Whether a user sees an entry: admins everything, others what is not for its owner alone. Where the company has
 * visibility groups, 3 is for the owner's group and 5 for its sub-groups too; without them both are for everybody.
 */
export function isVisible(
  entry: { owner_id: number; visible_to: number },
  user: User,
  company: Company,
): boolean {
  if (user.admin || entry.owner_id === user.id) return true
  if (entry.visible_to === 1) return false
  if (!company.visibilityGroups || entry.visible_to === 7) return true
  const group = company.users.get(entry.owner_id)?.group
  if (group === undefined) return false
  return user.group === group || (entry.visible_to === 5 && isBelow(user.group, group))
}

function isBelow(group: string, above: string): boolean {
  return above === '' || group.startsWith(`${above}/`)
}
