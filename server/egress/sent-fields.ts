import { isWithheld, type SentFields, sentField } from '../../policy/index.ts'

/**
 * What a request may carry: the fields its adapter declares, or, where nobody of ours chose them, what an administrator
 * wrote into the settings of the connection, or what the recipient itself put into the address it told us.
 */
export type Sends = SentFields | 'as an administrator configured it' | 'as the recipient told it'

export interface Sent {
  method: string
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string | Buffer | undefined
  /** a body that comes in pieces, and is not read here */
  file?: boolean
}

interface Operation {
  name: string
  /** from the end of the path to its beginning; undefined: any one */
  backwards: readonly (string | undefined)[]
  fields: ReadonlySet<string>
}

/** Names of what tells the other side how to read a request and who asks; nothing of anybody else goes here. */
const plainHeaders = new Set([
  'authorization',
  'accept',
  'accept-encoding',
  'content-type',
  'content-length',
  'user-agent',
])

/**
 * Is there anything in it that is not declared, or not in force yet?
 * A body that cannot be read field by field is as good as undeclared.
 */
export function isUndeclared(sends: Sends, sent: Sent): boolean {
  if (typeof sends === 'string') return false
  const operation = operationsOf(sends)
    .get(sent.method)
    ?.find(({ backwards }) => isEndOf(sent.url.pathname, backwards))
  if (!operation || isWithheld(sentField(sends.recipient, operation.name))) return true
  if (!Object.keys(sent.headers).every((name) => plainHeaders.has(name.toLowerCase()))) return true
  const found = fieldsIn(sent)
  if (found === undefined) return true
  const mayLeave = [...operation.fields].filter(
    (field) => !isWithheld(sentField(sends.recipient, operation.name, field)),
  )
  const named = new Set(mayLeave)
  return (
    !found.fields.every((field) => named.has(field)) ||
    !found.empty.every((at) => mayLeave.some((field) => field === at || field.startsWith(`${at}.`)))
  )
}

const known = new WeakMap<SentFields, ReadonlyMap<string, readonly Operation[]>>()

/** By their methods, those that name more of the address first: `/persons/search` is not `/persons/{id}`. */
function operationsOf(sends: SentFields): ReadonlyMap<string, readonly Operation[]> {
  const there = known.get(sends)
  if (there) return there
  const made = new Map<string, Operation[]>()
  for (const [name, fields] of Object.entries(sends.operations)) {
    const [method = '', path = ''] = name.split(' ')
    const backwards = segmentsOf(path)
      .map((segment) => (segment.startsWith('{') ? undefined : segment))
      .reverse()
    made.set(method, [...(made.get(method) ?? []), { name, backwards, fields: new Set(fields) }])
  }
  const named = ({ backwards }: Operation) => backwards.filter((segment) => segment !== undefined).length
  for (const operations of made.values()) operations.sort((a, b) => named(b) - named(a))
  known.set(sends, made)
  return made
}

const segmentsOf = (path: string) => path.split('/').filter((segment) => segment !== '')

function isEndOf(path: string, backwards: readonly (string | undefined)[]): boolean {
  const there = segmentsOf(path).reverse()
  return (
    there.length >= backwards.length &&
    backwards.every((segment, at) => segment === undefined || segment === there[at])
  )
}

interface Found {
  fields: string[]
  /** objects with nothing in them: their names leave all the same, and a name may be any text */
  empty: string[]
}

/** @returns undefined where the body is neither JSON nor a form */
function fieldsIn({ url, headers, body, file }: Sent): Found | undefined {
  const found: Found = { fields: [...url.searchParams.keys(), ...(file ? ['(file)'] : [])], empty: [] }
  if (body === undefined || body.length === 0) return found
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const text = body.toString()
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...found, fields: [...found.fields, ...new URLSearchParams(text).keys()] }
  if (!type.startsWith('application/json')) return undefined
  try {
    addPaths(JSON.parse(text), '', found)
    return found
  } catch {
    return undefined
  }
}

function addPaths(value: unknown, at: string, into: Found): void {
  if (Array.isArray(value)) {
    // A list of plain values is a field of its own, also when it is empty.
    if (value.every((one) => typeof one !== 'object' || one === null)) into.fields.push(`${at}[]`)
    else for (const one of value) addPaths(one, `${at}[]`, into)
  } else if (value !== null && typeof value === 'object') {
    const inside = Object.entries(value)
    if (inside.length === 0 && at !== '') into.empty.push(at)
    for (const [name, inner] of inside) addPaths(inner, at === '' ? name : `${at}.${name}`, into)
  } else into.fields.push(at)
}
