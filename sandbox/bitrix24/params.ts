import { type Incoming, parseJson } from '../http.ts'
import { parsePhpForm } from './php-form.ts'

export type Fields = Record<string, unknown>

/**
 * The parameters of one request, from query and body. Names at the top are taken in any case, because the
 * documentation itself mixes `FILTER` and `filter`; where it insists, `exact` is asked.
 */
export class Params {
  readonly #given: Fields
  readonly #byUpper: Map<string, unknown>

  constructor(given: Fields) {
    this.#given = given
    this.#byUpper = new Map(Object.entries(given).map(([name, value]) => [name.toUpperCase(), value]))
  }

  get(name: string): unknown {
    return this.#byUpper.get(name.toUpperCase())
  }

  exact(name: string): unknown {
    return Object.hasOwn(this.#given, name) ? this.#given[name] : undefined
  }

  /** Text or a number as text; undefined when absent, empty or of another kind. */
  text(name: string): string | undefined {
    return textOf(this.get(name))
  }

  /** A whole number; undefined when absent or none. */
  integer(name: string): number | undefined {
    return integerOf(this.get(name))
  }

  /** `0`, `false`, `N` and the like are false; absent is `otherwise`. */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.get(name)
    if (value === undefined || value === null || value === '') return otherwise
    return !['0', 'false', 'n'].includes(String(value).toLowerCase())
  }

  /** One id or a list of ids. */
  integers(name: string): number[] {
    const value = this.get(name)
    const list = Array.isArray(value) ? value : fieldsOf(value) ? Object.values(value as object) : [value]
    return list.map(integerOf).filter((item) => item !== undefined)
  }

  fields(name: string): Fields {
    return fieldsOf(this.get(name)) ?? {}
  }

  list(name: string): unknown[] | undefined {
    const value = this.get(name)
    if (Array.isArray(value)) return value
    const fields = fieldsOf(value)
    return fields === undefined ? undefined : Object.values(fields)
  }
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function integerOf(value: unknown): number | undefined {
  const text = textOf(value)
  return text !== undefined && /^-?\d+$/.test(text.trim()) ? Number(text) : undefined
}

/** A plain object, or undefined for anything else. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** Query, form and JSON together; the body wins. */
export function paramsOf(incoming: Incoming): Params {
  return new Params({ ...parsePhpForm(incoming.query.toString()), ...bodyOf(incoming) })
}

function bodyOf(incoming: Incoming): Fields {
  if (incoming.body.length === 0) return {}
  const type = incoming.headers['content-type'] ?? ''
  if (type.startsWith('multipart/')) return {}
  const json = type.includes('json') ? fieldsOf(parseJson(incoming.body)) : undefined
  return json ?? parsePhpForm(incoming.body.toString('utf8'))
}
