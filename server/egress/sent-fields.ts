import { isWithheld, type SentFields, sentField, sentId, withholds } from '../../policy/index.ts'
import { type Operation, operationAt } from './templates.ts'

/**
 * What a request may carry: the fields its adapter declares, or, where nobody of ours chose them, what an administrator
 * wrote into the settings of the connection, or what the recipient itself put into the address it told us.
 */
export type Sends = SentFields | 'as an administrator configured it' | 'as the recipient told it'

export interface Sent {
  method: string
  url: URL
  /** below which the declared paths are: the recipient's API; undefined: its host */
  base?: string | undefined
  headers: Readonly<Record<string, string>>
  body?: string | Buffer | undefined
  /** a body that comes in pieces, and is not read here: `(file)`, or `file=(file)` as a part of that name */
  file?: string | undefined
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
 * An address that fits no template, or a body that cannot be read field by field, is as good as undeclared.
 */
export function isUndeclared(sends: Sends, sent: Sent): boolean {
  if (typeof sends === 'string') return false
  const path = pathBelow(sent)
  const operation = path === undefined ? undefined : operationAt(sends, sent.method, path)
  if (!operation) return true
  if (!Object.keys(sent.headers).every((name) => plainHeaders.has(name.toLowerCase()))) return true
  const mayNotYet = notYetOf(sends, operation)
  for (const [name, value] of sent.url.searchParams) {
    const declared = operation.query.get(name)
    if (!declared?.fits(value) || mayNotYet(declared.field)) return true
  }
  return holdsUndeclared(operation, fieldsIn(sent), mayNotYet)
}

/** The same of what is said over an open WebSocket. */
export function isUndeclaredMessage(says: SentFields | undefined, text: string): boolean {
  const operation = says && operationAt(says, 'MESSAGE', '')
  if (!operation) return true
  return holdsUndeclared(operation, fieldsInJson(text), notYetOf(says, operation))
}

/** @returns undefined where it is not below the recipient's API at all */
function pathBelow({ url, base }: Sent): string | undefined {
  if (base === undefined) return url.pathname
  const { origin, pathname, search, hash } = new URL(base)
  const above = pathname.endsWith('/') ? pathname.slice(0, -1) : pathname
  const isBelow =
    origin === url.origin && search === '' && hash === '' && url.pathname.startsWith(`${above}/`)
  return isBelow ? url.pathname.slice(above.length) : undefined
}

type NotYet = (field: string) => boolean
const nothing: NotYet = () => false
const everything: NotYet = () => true

/** Which of its fields the policy in force does not name yet; most of the time there is none. */
function notYetOf({ recipient, ids }: SentFields, { name, ids: inside }: Operation): NotYet {
  if (!withholds()) return nothing
  if (isWithheld(sentField(recipient, name))) return everything
  if (inside.some((id) => isWithheld(sentId(recipient, ids, id)))) return everything
  return (field) => isWithheld(sentField(recipient, name, field))
}

function holdsUndeclared({ inside }: Operation, found: Found | undefined, mayNotYet: NotYet): boolean {
  if (found === undefined || mayNotYet === everything) return true
  const mayLeave = (field: string) => inside.has(field) && !mayNotYet(field)
  return (
    !found.fields.every(mayLeave) ||
    !found.empty.every((at) =>
      [...inside].some((field) => (field === at || field.startsWith(`${at}.`)) && !mayNotYet(field)),
    )
  )
}

interface Found {
  fields: string[]
  /** objects with nothing in them: their names leave all the same, and a name may be any text */
  empty: string[]
}

/** What is not in the address. @returns undefined where the body is neither JSON nor a form */
function fieldsIn({ headers, body, file }: Sent): Found | undefined {
  if (file !== undefined) return { fields: [file], empty: [] }
  if (body === undefined || body.length === 0) return { fields: [], empty: [] }
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const text = body.toString()
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { fields: [...new URLSearchParams(text).keys()], empty: [] }
  return type.startsWith('application/json') ? fieldsInJson(text) : undefined
}

function fieldsInJson(text: string): Found | undefined {
  const found: Found = { fields: [], empty: [] }
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
