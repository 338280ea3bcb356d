import type { Reply } from '../http.ts'
import type { Account } from './account.ts'
import type { Placetel } from './index.ts'

/** A request to an endpoint, by somebody with a key of the account. */
export type RouteCall = {
  placetel: Placetel
  account: Account
  params: Record<string, string>
  query: URLSearchParams
  /** Parsed body; undefined when there is none. */
  json: unknown
  template: string
}

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base address, e.g. `/calls/:id`. */
  template: string
  run(call: RouteCall): Reply
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** A refusal. What its body looks like is not known. */
export function refused({ settings }: Placetel, status: number): Reply {
  const error = reasons[status] ?? 'Error'
  switch (settings.errorBody) {
    case 'text':
      return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: error }
    case 'json':
      return { status, body: { error } }
    case 'empty':
      return { status }
  }
}

const usualPage = 25

/** One page of a list, as a bare array. Nonsense in `page` and `per_page` is refused. */
export function listed(
  { placetel, query, template }: RouteCall,
  items: readonly unknown[],
  { most = 100 } = {},
): Reply {
  const page = Number(query.get('page') ?? 1)
  const asked = Number(query.get('per_page') ?? usualPage)
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(asked) || asked < 0)
    return refused(placetel, 400)
  const size = placetel.settings.ignoresPerPage.includes(template) ? usualPage : Math.min(asked, most)
  return { status: 200, body: items.slice((page - 1) * size, page * size) }
}

/** Keeps the items whose text equals what each `filter[name]` says. */
export function filtered<T>(
  query: URLSearchParams,
  items: readonly T[],
  fields: Record<string, (item: T) => string | undefined>,
): T[] {
  return items.filter((item) =>
    Object.entries(fields).every(([name, text]) => {
      const wanted = query.get(`filter[${name}]`)
      return wanted === null || text(item) === wanted
    }),
  )
}

/** Newest first unless the query says `order=asc`. Items come oldest first. */
export function ordered<T>(query: URLSearchParams, items: readonly T[]): T[] {
  return query.get('order') === 'asc' ? [...items] : items.toReversed()
}

/** `YYYY-MM-DD` */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
}
