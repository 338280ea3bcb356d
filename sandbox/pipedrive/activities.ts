import { z } from 'zod'
import { isoSeconds } from '../clock.ts'
import { ok, refused, schemaViolation } from './answers.ts'
import { dealLinksExist } from './deals.ts'
import { changedWithin, listQuery, pageOf, read, truth, wholeNumber } from './page-of.ts'
import type { Call, Route } from './route.ts'
import type { Activity, Company } from './world.ts'

const readScopes = ['activities:read', 'activities:full']
const writeScopes = ['activities:full']

export const activityRoutes: Route[] = [
  { version: 2, method: 'GET', template: '/activities', tokens: 10, scopes: readScopes, run: list },
  { version: 2, method: 'GET', template: '/activities/:id', tokens: 1, scopes: readScopes, run: one },
  { version: 2, method: 'POST', template: '/activities', tokens: 5, scopes: writeScopes, run: create },
  { version: 2, method: 'PATCH', template: '/activities/:id', tokens: 5, scopes: writeScopes, run: patch },
  { version: 2, method: 'DELETE', template: '/activities/:id', tokens: 3, scopes: writeScopes, run: remove },
]

const ListQuery = z.strictObject({
  ...listQuery,
  person_id: wholeNumber.optional(),
  org_id: wholeNumber.optional(),
  deal_id: wholeNumber.optional(),
  lead_id: z.string().optional(),
  done: truth.optional(),
  sort_by: z.enum(['id', 'update_time', 'add_time', 'due_date']).optional(),
})

function list({ company, query }: Call) {
  const parsed = read(ListQuery, Object.fromEntries(query))
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const asked = parsed.value
  const found = [...company.activities.values()].filter(
    (activity) =>
      !activity.is_deleted &&
      changedWithin(activity, asked) &&
      (asked.ids === undefined || asked.ids.includes(activity.id)) &&
      (asked.owner_id === undefined || asked.owner_id === activity.owner_id) &&
      (asked.person_id === undefined || asked.person_id === personOf(activity)) &&
      (asked.org_id === undefined || asked.org_id === activity.org_id) &&
      (asked.deal_id === undefined || asked.deal_id === activity.deal_id) &&
      (asked.lead_id === undefined || asked.lead_id === activity.lead_id) &&
      (asked.done === undefined || asked.done === activity.done),
  )
  const page = pageOf(found, asked)
  if (page === undefined) return schemaViolation('cursor: invalid')
  return ok(page.items.map(activityWire), { additional_data: { next_cursor: page.next_cursor } })
}

function one({ company, params }: Call) {
  const activity = company.activities.get(Number(params['id']))
  if (activity === undefined || activity.is_deleted) return refused(404, 'Activity not found')
  return ok(activityWire(activity))
}

const ActivityInput = z.strictObject({
  subject: z.string().optional(),
  type: z.string().optional(),
  owner_id: z.number().int().optional(),
  deal_id: z.number().int().nullable().optional(),
  lead_id: z.string().nullable().optional(),
  org_id: z.number().int().nullable().optional(),
  due_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  due_time: z
    .string()
    .regex(/^\d{2}:\d{2}(:\d{2})?$/)
    .optional(),
  duration: z
    .string()
    .regex(/^\d{2}:\d{2}(:\d{2})?$/)
    .optional(),
  busy: z.boolean().optional(),
  done: z.boolean().optional(),
  participants: z
    .array(z.strictObject({ person_id: z.number().int(), primary: z.boolean().optional() }))
    .optional(),
  public_description: z.string().optional(),
  priority: z.number().int().nullable().optional(),
  note: z.string().optional(),
})
type ActivityInput = z.output<typeof ActivityInput>

function create({ pipedrive, company, user, json }: Call) {
  const parsed = read(ActivityInput, json)
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const input = parsed.value
  const missing = missingLink(company, input)
  if (missing !== undefined) return missing
  const now = pipedrive.clock.now()
  const activity = newActivity(company, { subject: 'Call', ownerId: user.id, now })
  apply(activity, input, now)
  company.activities.set(activity.id, activity)
  return ok(activityWire(activity))
}

function patch({ pipedrive, company, params, json }: Call) {
  const activity = company.activities.get(Number(params['id']))
  if (activity === undefined || activity.is_deleted) return refused(404, 'Activity not found')
  const parsed = read(ActivityInput, json)
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const missing = missingLink(company, parsed.value)
  if (missing !== undefined) return missing
  apply(activity, parsed.value, pipedrive.clock.now())
  return ok(activityWire(activity))
}

function remove({ pipedrive, company, params }: Call) {
  const activity = company.activities.get(Number(params['id']))
  if (activity === undefined || activity.is_deleted) return refused(404, 'Activity not found')
  activity.is_deleted = true
  activity.update_time = pipedrive.clock.now()
  return ok({ id: activity.id })
}

function missingLink(company: Company, input: ActivityInput) {
  if (input.owner_id !== undefined && !company.users.has(input.owner_id))
    return refused(404, 'User not found')
  if (input.org_id != null && company.organizations.get(input.org_id)?.is_deleted !== false) {
    return refused(404, 'Organization not found')
  }
  if (!dealLinksExist(company, input)) return refused(404, 'Deal or lead not found')
  const gone = input.participants?.some(
    ({ person_id }) => company.persons.get(person_id)?.is_deleted !== false,
  )
  if (gone === true) return refused(404, 'Person not found')
  if ((input.participants?.filter(({ primary }) => primary === true).length ?? 0) > 1) {
    return schemaViolation('participants: more than one primary')
  }
  return undefined
}

/** A fresh activity of type call; not yet in the company's list. */
export function newActivity(
  company: Company,
  options: { subject: string; ownerId: number; now: number },
): Activity {
  return {
    id: company.newId(),
    subject: options.subject,
    type: 'call',
    owner_id: options.ownerId,
    creator_user_id: options.ownerId,
    is_deleted: false,
    add_time: options.now,
    update_time: options.now,
    deal_id: null,
    lead_id: null,
    org_id: null,
    due_date: null,
    due_time: null,
    duration: null,
    busy: null,
    done: false,
    marked_as_done_time: null,
    participants: [],
    public_description: null,
    priority: null,
    note: null,
  }
}

function apply(activity: Activity, input: ActivityInput, now: number): void {
  const { participants, ...rest } = input
  for (const [key, value] of Object.entries(rest)) {
    if (value !== undefined) Object.assign(activity, { [key]: value })
  }
  if (participants !== undefined) {
    const anyPrimary = participants.some(({ primary }) => primary === true)
    activity.participants = participants.map(({ person_id, primary }, i) => ({
      person_id,
      primary: anyPrimary ? primary === true : i === 0,
    }))
  }
  if (activity.done && activity.marked_as_done_time === null) activity.marked_as_done_time = now
  activity.update_time = now
}

/** The person an activity is linked with: its primary participant. */
export function personOf(activity: Activity): number | null {
  return activity.participants.find(({ primary }) => primary)?.person_id ?? null
}

function withSeconds(time: string | null): string | null {
  return time !== null && time.length === 5 ? `${time}:00` : time
}

function activityWire(activity: Activity) {
  return {
    ...activity,
    add_time: isoSeconds(activity.add_time),
    update_time: isoSeconds(activity.update_time),
    marked_as_done_time:
      activity.marked_as_done_time === null ? null : isoSeconds(activity.marked_as_done_time),
    person_id: personOf(activity),
    project_id: null,
    due_time: withSeconds(activity.due_time),
    duration: withSeconds(activity.duration),
    location: null,
  }
}
