import { failed } from '../../failure.ts'
import type { RawRequest } from '../contract.ts'

/** The facts of one request, by where an administrator says they are. Undefined: it is not there, or empty. */
export type Facts = (place: string) => string | undefined

/** Longer than any number, id or name has a right to be. */
const longestFact = 200

/**
 * Reads a request in one of the formats.
 * @throws RingfenceError `invalid-input`; the refused text is not repeated
 */
export function readFacts(request: RawRequest, format: 'json' | 'form' | 'query'): Facts {
  const at = format === 'json' ? inJson(request.body) : inForm(request, format)
  return (place) => textOf(at(place), place)
}

/** How many levels a place goes down. */
export const depthOf = (place: string): number => stepsOf(place).length

/** JSON Pointer (RFC 6901) where it begins with a slash; any other text is a name of the outermost level. */
function stepsOf(place: string): string[] {
  if (!place.startsWith('/')) return [place]
  return place
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function inJson(body: Buffer): (place: string) => unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'), asWritten)
  } catch {
    // The parser's message quotes the text it stumbled over, so it is dropped.
    failed({ code: 'invalid-input', field: 'body', rule: 'JSON' })
  }
  return (place) => stepsOf(place).reduce(below, parsed)
}

/** A number as it stands there: of an id such as 1795425300.10 the last digit is part of the name. */
const asWritten = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' ? (context?.source ?? value) : value

/** Only what the text itself has: no name of it reaches what every object or list has. */
function below(value: unknown, step: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined
  // A list has a length of its own, which nobody has told.
  if (Array.isArray(value) && !/^\d{1,6}$/.test(step)) return undefined
  return (value as Record<string, unknown>)[step]
}

function inForm({ body, query = '' }: RawRequest, format: 'form' | 'query'): (place: string) => unknown {
  const fields = new URLSearchParams(format === 'form' ? body.toString('utf8') : query)
  return (place) => fields.get(place) ?? undefined
}

function textOf(value: unknown, place: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'object') return refused(place)
  const text = String(value).trim()
  if (text.length > longestFact) return refused(place)
  return text === '' ? undefined : text
}

const refused = (field: string): never => failed({ code: 'invalid-input', field, rule: 'a short text' })
