import { readdir, readFile } from 'node:fs/promises'

/** What one call delivers, body by body, in the vendor's own words. Of a form the fields, each a text. */
export interface Trace {
  name: string
  bodies: Record<string, unknown>[]
}

/** What anybody who was there would say of the call, whatever phone system carried it. */
export interface Expected {
  about: string
  direction: 'inbound' | 'outbound' | 'internal'
  outcome: string
  /** the party outside, E.164; null: internal, or the number was withheld */
  outside: string | null
  /** extensions whose phone rang or that made the call, sorted */
  took: string[]
  /** extensions that were in the call at some time: whoever answered, was transferred to or asked in */
  spoke: string[]
  /** whether it belongs into a CRM */
  written: boolean
}

/** The event sequences of one vendor, as its stand-in sent them; made by `node sandbox/traces/record.ts`. */
export const readTraces = (vendor: string): Promise<Trace[]> =>
  tracesIn(new URL(`${vendor}/`, import.meta.url))

/** One file for each call, in a folder: its address ends with a slash. */
export async function tracesIn(folder: URL): Promise<Trace[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -'.json'.length),
      bodies: JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Trace['bodies'],
    })),
  )
}

/**
 * By the trace's name. One page for all vendors: a call is the same call on each. Where a vendor's events leave
 * something out, `seenBy` says what can be told from them instead.
 * @param vendor whose events are all that is known; without one, what happened
 */
export async function readExpected(vendor?: string): Promise<Record<string, Expected>> {
  const page = JSON.parse(await readFile(new URL('expected.json', import.meta.url), 'utf8')) as Record<
    string,
    Expected & { seenBy?: Record<string, Partial<Expected>> }
  >
  return Object.fromEntries(
    Object.entries(page).map(([name, { seenBy, ...call }]) => [name, { ...call, ...seenBy?.[vendor ?? ''] }]),
  )
}

/**
 * Whose extension stands behind the ids in a vendor's traces, as its API would tell: id -> extension. Empty for vendors
 * whose events name extensions themselves.
 */
export async function readPeople(vendor: string): Promise<Record<string, string>> {
  const text = await readFile(new URL('people.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as Record<string, Record<string, string>>)[vendor] ?? {}
}
