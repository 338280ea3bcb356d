import { sealedContent } from '../../policy/index.ts'
import { idsWithin, instants } from './carried.ts'

/** Is what is sealed there a structure, by `policy/`? Then it stands in the archive as such, and not as a text of JSON. */
export const isStructure = (name: string): boolean =>
  Object.hasOwn(sealedContent, name) && sealedContent[name] !== 'one text'

/** "table.column" of a sealed value, and the text in it, as the archive has it. @throws when a structure is no JSON */
export function readable(name: string, text: string): unknown {
  if (!isStructure(name)) return text
  const named = new Set(instants[name])
  return named.size === 0 ? JSON.parse(text) : withTimes(JSON.parse(text), named, toIso)
}

/** The text again that `readable` was made of. @param rename what became of the ids of rows */
export function textOf(name: string, value: unknown, rename: (id: string) => string): string {
  if (!isStructure(name)) return String(value)
  const named = new Set(instants[name])
  const timed = named.size === 0 ? value : withTimes(value, named, fromIso)
  const ids = new Set(idsWithin[name])
  return JSON.stringify(ids.size === 0 ? timed : renamed(timed, ids, rename))
}

/** The ids of rows that a structure holds. */
export function idsIn(name: string, value: unknown): string[] {
  const ids = new Set(idsWithin[name])
  const found: string[] = []
  if (ids.size > 0)
    renamed(value, ids, (id) => {
      found.push(id)
      return id
    })
  return found
}

type Turn = (value: unknown) => unknown

/** What JavaScript has no date for stays the number it is, so that nothing is lost. */
const toIso: Turn = (value) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 8.64e15
    ? new Date(value).toISOString()
    : value
const fromIso: Turn = (value) => (typeof value === 'string' ? Date.parse(value) : value)

/** An instant is the value of that name, or what is weighed under it: `{ value, stage, at }`. */
function withTimes(
  within: unknown,
  named: ReadonlySet<string>,
  turn: Turn,
  from: { weighed: boolean } = { weighed: false },
): unknown {
  if (Array.isArray(within)) return within.map((one) => withTimes(one, named, turn))
  if (!isObject(within)) return within
  return mapped(within, (name, value) => {
    const isNamed = named.has(name)
    const isInstant = isNamed || (from.weighed && name === 'value')
    return isInstant && !isObject(value) ? turn(value) : withTimes(value, named, turn, { weighed: isNamed })
  })
}

function renamed(within: unknown, named: ReadonlySet<string>, rename: (id: string) => string): unknown {
  if (!isObject(within)) return within
  return mapped(within, (name, value) => {
    if (!named.has(name)) return value
    if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? rename(one) : one))
    return typeof value === 'string' ? rename(value) : value
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A name such as "__proto__", which a vendor may have given, is a name like any other. */
function mapped(
  of: Record<string, unknown>,
  turn: (name: string, value: unknown) => unknown,
): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(of))
    Object.defineProperty(made, name, {
      value: turn(name, value),
      enumerable: true,
      writable: true,
      configurable: true,
    })
  return made
}
