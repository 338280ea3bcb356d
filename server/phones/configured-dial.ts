import type { DialCommand, DialRequest } from './contract.ts'
import { type DialTemplate, type Filling, fill } from './dial-template.ts'

/** Where the phone system is, and how it is told to place a call. */
interface Commanded {
  baseUrl?: string | undefined
  dial?: DialTemplate | undefined
}

/** Click-to-call by the command that an administrator configured. Without one there is none. */
export function configuredDial(
  read: (settings: Readonly<Record<string, unknown>>) => Commanded,
): DialCommand {
  return {
    request(given, { extension, to }) {
      const { baseUrl, dial: template } = read(given)
      if (baseUrl === undefined || template === undefined) return undefined
      // Both come from our own readers; this is what makes every place they are filled into a safe one.
      if (!/^\d{1,8}$/.test(extension) || !/^\+?\d{2,15}$/.test(to)) return undefined
      return requestFrom(template, new URL(baseUrl), { extension, number: to })
    },
  }
}

function requestFrom(template: DialTemplate, base: URL, filling: Filling): DialRequest {
  const { method, success } = template
  const headers = Object.fromEntries(
    template.headers.map(({ name, value }) => [name.toLowerCase(), fill(value, filling)]),
  )
  const body =
    template.body === undefined ? undefined : JSON.stringify(fill(JSON.parse(template.body), filling))
  return {
    method,
    // In an address a plus may be read as a blank.
    url: base.origin + fill(template.path, filling, encodeURIComponent),
    host: base.host,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body }),
    accepted: (answer) =>
      answer.status >= 200 && answer.status < 300 && (success === undefined || says(answer.body, success)),
  }
}

function says(body: Buffer, { field, equals }: { field: string; equals: string }): boolean {
  try {
    const found = field
      .split('.')
      .reduce<unknown>(
        (value, name) =>
          value !== null && typeof value === 'object' && Object.hasOwn(value, name)
            ? (value as Record<string, unknown>)[name]
            : undefined,
        JSON.parse(body.toString('utf8')),
      )
    return ['string', 'number', 'boolean'].includes(typeof found) && String(found) === equals
  } catch {
    return false // no JSON: then the field says nothing
  }
}
