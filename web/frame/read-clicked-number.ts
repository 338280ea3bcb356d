/** What somebody clicked in the host: a number, the records it stands in, or both. */
export interface Clicked {
  number?: string
  personId?: string
  dealId?: string
  companyId?: string
}

const numberKeys = ['phone', 'phone_number', 'number']
const recordKeys = [
  ['personId', 'person_id'],
  ['dealId', 'deal_id'],
  ['companyId', 'org_id'],
] as const

/**
 * Reads what came along when the window was opened by a click on a number.
 *
 * Pipedrive documents that there is something, not what: so a number is any of a few likely keys whose value looks like
 * one, here or one level down, and what is not understood is left alone.
 * @returns undefined where nothing is understood
 * @see https://pipedrive.readme.io/docs/custom-ui-extensions-floating-window
 */
export function readClickedNumber(context: unknown): Clicked | undefined {
  if (!isObject(context)) return undefined
  const places = [context, ...Object.values(context).filter(isObject)]
  const first = <T>(read: (place: Record<string, unknown>) => T | undefined): T | undefined =>
    places.map(read).find((found) => found !== undefined)
  const number = first(numberIn)
  const records = recordKeys.flatMap(([name, key]) => {
    const id = first((place) => idIn(place[key]))
    return id === undefined ? [] : [[name, id] as const]
  })
  if (number === undefined && records.length === 0) return undefined
  return { ...Object.fromEntries(records), ...(number === undefined ? {} : { number }) }
}

function numberIn(place: Record<string, unknown>): string | undefined {
  for (const key of numberKeys) {
    const value = place[key]
    if (typeof value === 'string' && looksLikeNumber(value)) return value.trim()
    if (typeof value === 'number' && looksLikeNumber(String(value))) return String(value)
  }
  return undefined
}

/** Three digits or more, and nothing but what people put around digits, or an extension behind them. */
function looksLikeNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  return (
    digits.length >= 3 &&
    digits.length <= 20 &&
    /^[\s+\d().\-/\u00a0]+([a-z.;=:\s]{1,12}\d{1,6})?$/i.test(text)
  )
}

function idIn(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? text : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
