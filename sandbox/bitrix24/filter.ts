import { type Fields, integerOf, type Params } from './params.ts'

/** Rows in a page, and a page is never of another size. */
export const pageSize = 50

const operators = ['>=', '<=', '!@', '!=', '=%', '!%', '>', '<', '@', '%', '!', '='] as const

/**
 * Rows that meet every condition. A condition's name is a field with an operator before it (`>=ID`, `@ID`, `%NAME`);
 * without one a list means any of its values. Field names are taken in any case; an unknown field excludes everything,
 * so that a client's slip shows. `logic: "OR"` and nested groups work as in crm.item.list.
 */
export function filtered<T extends Fields>(rows: readonly T[], filter: Fields): T[] {
  return rows.filter((row) =>
    meets(new Map(Object.entries(row).map(([key, v]) => [key.toUpperCase(), v])), filter),
  )
}

type Row = Map<string, unknown>

function meets(row: Row, filter: Fields): boolean {
  const results = Object.entries(filter)
    .filter(([key]) => key.toLowerCase() !== 'logic')
    .map(([key, wanted]) => {
      const isGroup = /^\d+$/.test(key) && typeof wanted === 'object' && wanted !== null
      return isGroup ? meets(row, wanted as Fields) : condition(row, key, wanted)
    })
  const either = String(filter['logic'] ?? filter['LOGIC'] ?? 'AND').toUpperCase() === 'OR'
  return either ? results.some(Boolean) : results.every(Boolean)
}

function condition(row: Row, key: string, wanted: unknown): boolean {
  const operator = operators.find((item) => key.startsWith(item)) ?? '='
  const name = (key.startsWith(operator) ? key.slice(operator.length) : key).toUpperCase()
  if (!row.has(name)) return false
  const value = row.get(name)
  // A multiple field (phones) fits when one of its values does.
  const values = Array.isArray(value) ? value : [value]
  const list = Array.isArray(wanted) ? wanted : [wanted]
  const equals = () => values.some((item) => list.some((one) => compare(item, one) === 0))
  const contains = (pattern: unknown) =>
    values.some((item) => text(item).toLowerCase().includes(text(pattern).replaceAll('%', '').toLowerCase()))
  switch (operator) {
    case '=':
    case '@':
      return equals()
    case '!':
    case '!=':
    case '!@':
      return !equals()
    case '%':
    case '=%':
      return contains(wanted)
    case '!%':
      return !contains(wanted)
    case '>':
      return values.some((item) => compare(item, wanted) > 0)
    case '>=':
      return values.some((item) => compare(item, wanted) >= 0)
    case '<':
      return values.some((item) => compare(item, wanted) < 0)
    case '<=':
      return values.some((item) => compare(item, wanted) <= 0)
  }
}

function text(value: unknown): string {
  return value === null || value === undefined
    ? ''
    : value === true
      ? 'Y'
      : value === false
        ? 'N'
        : String(value)
}

/** Numbers as numbers, times as moments, everything else as text. */
function compare(a: unknown, b: unknown): number {
  const [left, right] = [text(a), text(b)]
  if (left !== '' && right !== '' && plainNumber.test(left) && plainNumber.test(right)) {
    return Number(left) - Number(right)
  }
  if (isoTime.test(left) && isoTime.test(right)) return Date.parse(left) - Date.parse(right)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Without a sign: telephone numbers with a plus are text. */
const plainNumber = /^\d{1,15}(\.\d+)?$/
const isoTime = /^\d{4}-\d\d-\d\d([T ]|$)/

/** Rows in the order of `{ field: 'ASC' | 'DESC' }`. */
export function ordered<T extends Fields>(rows: readonly T[], order: Fields): T[] {
  const fields = Object.entries(order).map(
    ([name, direction]) => [name.toUpperCase(), String(direction).toUpperCase() === 'DESC' ? -1 : 1] as const,
  )
  const fieldOf = (row: T, name: string) =>
    Object.entries(row).find(([key]) => key.toUpperCase() === name)?.[1]
  return [...rows].sort((a, b) => {
    for (const [name, sign] of fields) {
      const difference = compare(fieldOf(a, name), fieldOf(b, name)) * sign
      if (difference !== 0) return difference
    }
    return 0
  })
}

/** One page from `start`; `start: -1` leaves `total` and `next` out. */
export function page<T>(
  rows: readonly T[],
  params: Params,
): { rows: T[]; total: number | undefined; next: number | undefined } {
  const start = integerOf(params.get('start')) ?? 0
  if (start < 0) return { rows: rows.slice(0, pageSize), total: undefined, next: undefined }
  const end = start + pageSize
  return { rows: rows.slice(start, end), total: rows.length, next: end < rows.length ? end : undefined }
}
