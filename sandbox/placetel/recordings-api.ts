import type { Reply } from '../http.ts'
import type { Recording } from './account.ts'
import { fileAddress } from './files.ts'
import { germanDay, germanTime } from './german-time.ts'
import { dialledNumber } from './numbers.ts'
import { isDay, listed, ordered, type Route, type RouteCall, refused } from './route.ts'

/** Recordings of calls. None says which call it is of. */
export const recordingRoutes: readonly Route[] = [
  { method: 'GET', template: '/recordings', run: list },
  { method: 'GET', template: '/recordings/:id', run: one },
  { method: 'DELETE', template: '/recordings/:id', run: remove },
]

const directions = ['in', 'out', 'queue']

function list(call: RouteCall): Reply {
  const { placetel, query } = call
  const day = query.get('filter[date]')
  const wanted = query.get('filter[direction]')?.split(',') ?? directions
  if ((day !== null && !isDay(day)) || wanted.some((item) => !directions.includes(item)))
    return refused(placetel, 422)
  const fits = (name: 'from' | 'to', number: string | null) => {
    const filter = query.get(`filter[${name}]`)
    return filter === null || dialledNumber(filter) === number
  }
  const found = ready(call)
    .filter((item) => wanted.includes(item.direction))
    .filter((item) => day === null || germanDay(item.time) === day)
    .filter((item) => fits('from', item.from) && fits('to', item.to))
    .sort((a, b) => a.time - b.time || a.id - b.id)
  return listed(
    call,
    ordered(query, found).map((item) => wire(call, item)),
  )
}

function one(call: RouteCall): Reply {
  const found = ready(call).find(({ id }) => String(id) === call.params['id'])
  return found === undefined ? refused(call.placetel, 404) : { status: 200, body: wire(call, found) }
}

function remove({ placetel, account, params }: RouteCall): Reply {
  return account.recordings.delete(Number(params['id'])) ? { status: 204 } : refused(placetel, 404)
}

/** Those that have appeared by now. */
function ready({ placetel, account }: RouteCall): Recording[] {
  const now = placetel.clock.now()
  return [...account.recordings.values()].filter(({ readyAt }) => readyAt <= now)
}

/** Each answer has a new address of the file, with a life of its own. */
function wire({ placetel, account }: RouteCall, item: Recording) {
  return {
    id: item.id,
    transcript: '',
    direction: item.direction,
    from: item.from ?? 'anonymous',
    to: item.to,
    duration: item.durationSeconds,
    time: germanTime(item.time),
    file: fileAddress(placetel, account, { folder: 'recordings', id: item.id }),
    updated_at: germanTime(item.readyAt),
    created_at: germanTime(item.readyAt),
  }
}
