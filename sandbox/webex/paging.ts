import type { Incoming, Reply } from '../http.ts'

/** One page of a list; the next one is named by a `Link` header with an address of its own. */
export function pageReply<T>(
  items: readonly T[],
  options: { incoming: Incoming; base: string; max: number; view: (item: T) => unknown },
): Reply {
  const { incoming, base, max, view } = options
  const from = Number(incoming.query.get('cursor') ?? 0)
  const page = items.slice(from, from + max)
  const body = { items: page.map(view) }
  if (from + max >= items.length) return { status: 200, body }
  const next = new URLSearchParams(incoming.query)
  next.set('cursor', String(from + max))
  return { status: 200, headers: { link: `<${base}?${next}>; rel="next"` }, body }
}

/** `max` of the query, kept within bounds. */
export function maxOf(
  query: URLSearchParams,
  bounds: { least: number; most: number; usual: number },
): number {
  const asked = Number(query.get('max') ?? bounds.usual)
  return Number.isFinite(asked)
    ? Math.min(bounds.most, Math.max(bounds.least, Math.floor(asked)))
    : bounds.usual
}
