import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Incoming } from '../http.ts'
import type { HeldCall } from '../ledger.ts'
import { newActivity, personOf } from './activities.ts'
import { ok, refused } from './answers.ts'
import { dealLinksExist } from './deals.ts'
import { read, wholeNumber } from './page-of.ts'
import type { Call, Route } from './route.ts'
import type { Activity, CallLog, Company } from './world.ts'

const scopes = ['phone-integration']

export const callLogRoutes: Route[] = [
  { version: 1, method: 'GET', template: '/callLogs', tokens: 20, scopes, run: list },
  { version: 1, method: 'POST', template: '/callLogs', tokens: 10, scopes, run: create },
  { version: 1, method: 'GET', template: '/callLogs/:id', tokens: 2, scopes, run: one },
  { version: 1, method: 'DELETE', template: '/callLogs/:id', tokens: 6, scopes, run: remove },
  { version: 1, method: 'POST', template: '/callLogs/:id/recordings', tokens: 10, scopes, run: record },
]

const notFound = () => refused(404, 'A resource required for this operation was not found.')
const gone = () => refused(410, 'The callLog you are trying to access is no longer available')
const forbidden = () => refused(403, "You don't have permission to change this resource.")

const v1Time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'must be YYYY-MM-DD HH:MM:SS')
  .transform((text) => Date.parse(`${text.replace(' ', 'T')}Z`))
  .refine((ms) => !Number.isNaN(ms), 'must be a valid date')

const CallLogInput = z.strictObject({
  to_phone_number: z.string().min(1),
  outcome: z.enum(['connected', 'no_answer', 'left_message', 'left_voicemail', 'wrong_number', 'busy']),
  start_time: v1Time,
  end_time: v1Time,
  from_phone_number: z.string().min(1).optional(),
  duration: z.string().optional(),
  subject: z.string().optional(),
  note: z.string().optional(),
  user_id: z.number().int().optional(),
  person_id: z.number().int().optional(),
  org_id: z.number().int().optional(),
  deal_id: z.number().int().optional(),
  lead_id: z.string().optional(),
  activity_id: z.number().int().optional(),
})
type CallLogInput = z.output<typeof CallLogInput>
const requiredFields = ['to_phone_number', 'outcome', 'start_time', 'end_time']

function create({ pipedrive, company, user, json }: Call) {
  const given = typeof json === 'object' && json !== null ? json : {}
  const missing = requiredFields.find((field) => !(field in given))
  if (missing !== undefined) return refused(400, `"${missing}" is required.`)
  const parsed = read(CallLogInput, json)
  if ('wrong' in parsed) return refused(400, parsed.wrong)
  const input = parsed.value
  if (input.deal_id !== undefined && input.lead_id !== undefined) {
    return refused(400, '"deal_id" conflict with forbidden peer "lead_id".')
  }
  const ownerId = input.user_id ?? user.id
  if (ownerId !== user.id && !user.admin) return forbidden()
  if (!company.users.has(ownerId) || !linksExist(company, input)) return notFound()
  const now = pipedrive.clock.now()
  const activity = activityFor(company, input, { ownerId, now })
  if (activity === undefined) return notFound()
  if (activity.type !== 'call') return refused(400, '"activity_id" must be an activity of type call.')
  company.activities.set(activity.id, activity)
  const log: CallLog = {
    id: `CA${pipedrive.random.hex(29)}`,
    activity_id: activity.id,
    user_id: ownerId,
    company_id: company.id,
    subject: activity.subject,
    duration: input.duration,
    outcome: input.outcome,
    from_phone_number: input.from_phone_number,
    to_phone_number: input.to_phone_number,
    start_time: input.start_time,
    end_time: input.end_time,
    person_id: personOf(activity) ?? undefined,
    org_id: activity.org_id ?? undefined,
    deal_id: activity.deal_id ?? undefined,
    lead_id: activity.lead_id ?? undefined,
    note: input.note,
    recording: undefined,
    deleted: false,
  }
  company.callLogs.set(log.id, log)
  return ok(callLogWire(log))
}

function linksExist(company: Company, input: CallLogInput): boolean {
  const person = input.person_id === undefined || company.persons.get(input.person_id)?.is_deleted === false
  const organization =
    input.org_id === undefined || company.organizations.get(input.org_id)?.is_deleted === false
  return person && organization && dealLinksExist(company, input)
}

/** The activity the log shows as: a given one, whose links win, or a fresh one. */
function activityFor(
  company: Company,
  input: CallLogInput,
  options: { ownerId: number; now: number },
): Activity | undefined {
  const given = input.activity_id === undefined ? undefined : company.activities.get(input.activity_id)
  if (input.activity_id !== undefined && (given === undefined || given.is_deleted)) return undefined
  const fresh = () => newActivity(company, { subject: 'Call', ownerId: options.ownerId, now: options.now })
  const activity = given ?? fresh()
  if (given === undefined) {
    if (input.person_id !== undefined) activity.participants = [{ person_id: input.person_id, primary: true }]
    activity.org_id = input.org_id ?? null
    activity.deal_id = input.deal_id ?? null
    activity.lead_id = input.lead_id ?? null
  }
  const start = new Date(input.start_time).toISOString()
  activity.subject = input.subject ?? activity.subject
  activity.note = input.note ?? activity.note
  activity.due_date = start.slice(0, 10)
  activity.due_time = start.slice(11, 19)
  activity.duration = new Date(Math.max(0, input.end_time - input.start_time)).toISOString().slice(11, 19)
  activity.done = true
  activity.marked_as_done_time = options.now
  activity.update_time = options.now
  return activity
}

function list({ pipedrive, company, user, query }: Call) {
  const parsed = read(
    z.object({ start: wholeNumber.optional(), limit: wholeNumber.optional() }),
    Object.fromEntries(query),
  )
  if ('wrong' in parsed) return refused(400, parsed.wrong)
  const { start = 0, limit = 50 } = parsed.value
  if (limit < 1 || limit > 50) return refused(400, '"limit" must be less than or equal to 50.')
  const mine = [...company.callLogs.values()].filter((log) => !log.deleted && log.user_id === user.id)
  if (pipedrive.settings.callLogOrder === 'newest-first') mine.reverse()
  const page = mine.slice(start, start + limit)
  const more = start + limit < mine.length
  return ok(page.map(callLogWire), {
    additional_data: {
      pagination: {
        start,
        limit,
        more_items_in_collection: more,
        ...(more ? { next_start: start + limit } : {}),
      },
    },
  })
}

function one({ company, params }: Call) {
  const log = company.callLogs.get(params['id'] ?? '')
  if (log === undefined) return notFound()
  return log.deleted ? gone() : ok(callLogWire(log))
}

function remove({ company, user, params }: Call) {
  const log = company.callLogs.get(params['id'] ?? '')
  if (log === undefined) return notFound()
  if (log.deleted) return gone()
  if (log.user_id !== user.id && !user.admin) return forbidden()
  log.deleted = true
  log.recording = undefined
  return { status: 200, body: { success: true } }
}

function record({ company, params, incoming }: Call) {
  const log = company.callLogs.get(params['id'] ?? '')
  if (log === undefined || log.deleted) return notFound()
  if (log.recording !== undefined) return refused(409, 'A recording for this call already exists')
  const file = filePart(incoming)
  if (file === undefined) return refused(400, '"file" is required.')
  log.recording = file
  return { status: 200, body: { success: true } }
}

/** Reads the part named `file` of a multipart body; undefined when there is none or it is empty. */
function filePart(incoming: Incoming): CallLog['recording'] {
  const type = incoming.headers['content-type'] ?? ''
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (boundary === undefined) return undefined
  const body = incoming.body.toString('latin1')
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n')
    const head = part.slice(0, end)
    if (end < 0 || !/name="file"/i.test(head)) continue
    const bytes = part.length - end - 4 - 2
    if (bytes <= 0) return undefined
    const content = Buffer.from(part.slice(end + 4, -2), 'latin1')
    return {
      bytes,
      sha256: createHash('sha256').update(content).digest('hex'),
      contentType: /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream',
      fileName: /filename="([^"]*)"/i.exec(head)?.[1] ?? '',
    }
  }
  return undefined
}

/** A call log as v1 shows it: unset links are absent. */
function callLogWire(log: CallLog) {
  return {
    id: log.id,
    activity_id: log.activity_id,
    person_id: log.person_id,
    org_id: log.org_id,
    deal_id: log.deal_id,
    lead_id: log.lead_id,
    subject: log.subject,
    duration: log.duration,
    outcome: log.outcome,
    from_phone_number: log.from_phone_number,
    to_phone_number: log.to_phone_number,
    has_recording: log.recording !== undefined,
    start_time: new Date(log.start_time).toISOString(),
    end_time: new Date(log.end_time).toISOString(),
    user_id: log.user_id,
    company_id: log.company_id,
    note: log.note,
  }
}

/** The call activities the company holds: those that came from a call log and are not deleted, and live logs. */
export function heldCalls(company: Company): HeldCall[] {
  const held: HeldCall[] = []
  for (const log of company.callLogs.values()) {
    const activity = company.activities.get(log.activity_id)
    const activityLeft = activity !== undefined && !activity.is_deleted
    if (log.deleted && !activityLeft) continue
    held.push({
      company: company.domain,
      activityId: log.activity_id,
      callLogId: log.deleted ? null : log.id,
      userId: activity?.owner_id ?? log.user_id,
      personId: (activity === undefined ? undefined : personOf(activity)) ?? log.person_id ?? null,
      organizationId: activity?.org_id ?? log.org_id ?? null,
      dealId: activity?.deal_id ?? null,
      leadId: activity?.lead_id ?? null,
      subject: activity?.subject ?? log.subject,
      outcome: log.outcome,
      from: log.from_phone_number ?? null,
      to: log.to_phone_number,
      startTime: new Date(log.start_time).toISOString(),
      endTime: new Date(log.end_time).toISOString(),
      duration: log.duration ?? '',
      note: activity?.note ?? log.note ?? '',
      hasRecording: log.recording !== undefined,
    })
  }
  return held
}
