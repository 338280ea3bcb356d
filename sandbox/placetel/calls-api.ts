import { z } from 'zod'
import type { Reply } from '../http.ts'
import type { DetailRecord, LoggedCall } from './account.ts'
import { contactWire } from './contacts-api.ts'
import { fileAddress } from './files.ts'
import { germanDay, germanTime } from './german-time.ts'
import { written } from './numbers.ts'
import { filtered, isDay, listed, ordered, type Route, type RouteCall, refused } from './route.ts'
import { numberWire } from './set-up-api.ts'

/** Incoming calls, detail records of all, and calls requested for an agent. */
export const callRoutes: readonly Route[] = [
  { method: 'GET', template: '/calls', run: list },
  { method: 'POST', template: '/calls', run: request },
  { method: 'GET', template: '/calls/:id', run: one },
  { method: 'DELETE', template: '/calls/:id', run: remove },
  { method: 'GET', template: '/call_detail_records', run: detailRecords },
]

const Request = z.object({
  sipuid: z.string(),
  target: z.string().min(1),
  from_name: z.string().optional(),
})

/** The agent's phones ring. The answer names no call. */
function request({ placetel, account, json }: RouteCall): Reply {
  const input = Request.safeParse(json)
  const sipUser = account.sipUsers.find(({ sipuid }) => input.success && sipuid === input.data.sipuid)
  if (!input.success || sipUser === undefined) return refused(placetel, 422)
  placetel.ask(account, sipUser, { to: input.data.target })
  return { status: 201 }
}

function list(call: RouteCall): Reply {
  const { placetel, account, query } = call
  const { callsWithoutDate } = placetel.settings
  const given = query.get('filter[date]')
  if (given !== null && !isDay(given)) return refused(placetel, 422)
  const anyDay = query.get('filter[any_date]') === 'true' || (given === null && callsWithoutDate === 'all')
  const day = given ?? germanDay(placetel.clock.now())
  const found = filtered(
    query,
    [...account.calls.values()].filter((item) => anyDay || germanDay(item.receivedAt) === day),
    {
      from_number: (item) => callerOf(call, item),
      to_number: ({ number }) => written(number.number, 'national'),
      type: ({ type }) => type,
    },
  )
  return listed(
    call,
    ordered(query, found).map((item) => callWire(call, item)),
  )
}

function one(call: RouteCall): Reply {
  const found = call.account.calls.get(Number(call.params['id']))
  return found === undefined ? refused(call.placetel, 404) : { status: 200, body: callWire(call, found) }
}

function remove({ placetel, account, params }: RouteCall): Reply {
  return account.calls.delete(Number(params['id'])) ? { status: 204 } : refused(placetel, 404)
}

function detailRecords(call: RouteCall): Reply {
  const { placetel, account, query } = call
  const day = query.get('date')
  if (day === null || !isDay(day)) return refused(placetel, 422)
  const found = account.detailRecords.filter((item) => germanDay(item.receivedAt) === day)
  return listed(
    call,
    found.map((item) => recordWire(call, item)),
    { most: 500 },
  )
}

function callWire(call: RouteCall, item: LoggedCall) {
  const { placetel, account } = call
  const number = numberWire(account, item.number)
  const contact = account.contactOf(item.from)
  return {
    id: item.id,
    type: item.type,
    from_number: callerOf(call, item),
    to_number: placetel.settings.toNumber === 'nested' ? { number } : number,
    file_url:
      item.type === 'voicemail' ? fileAddress(placetel, account, { folder: 'voicemail', id: item.id }) : null,
    duration: item.durationSeconds,
    contact: contact === undefined ? null : contactWire(placetel, contact),
    received_at: germanTime(item.receivedAt),
    unread: true,
  }
}

function recordWire(call: RouteCall, item: DetailRecord) {
  return {
    amount: 0,
    description: item.description,
    from: masked(call, item.from ?? 'anonymous'),
    to: item.to,
    length: item.lengthSeconds,
    answer_uri: item.answerUri,
    received_at: germanTime(item.receivedAt),
  }
}

function callerOf(call: RouteCall, { from }: LoggedCall): string {
  return from === null ? 'anonymous' : masked(call, written(from, 'national'))
}

/** The last three digits are hidden from whoever may not see others' numbers. */
function masked({ account }: RouteCall, number: string): string {
  return account.facts.obfuscateOthers ? number.replace(/\d{3}$/, 'xxx') : number
}
