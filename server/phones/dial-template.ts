import { z } from 'zod'
import { headerName, plain } from './setting-parts.ts'

/**
 * The command by which a phone system places a call, where no public document says how it looks: the administrator writes
 * it down as its maker told them, a request with `{{extension}}` and `{{number}}` in it. Nothing here knows how it looks.
 */
const placeholder = /\{\{(.*?)\}\}/g
const known = ['extension', 'number']

/** Only our two placeholders, so that a slip of the pen is told when it is made. */
const spellsKnown = (text: string): boolean =>
  [...text.matchAll(placeholder)].every(([, name]) => known.includes(name ?? '')) &&
  !/\{\{|\}\}/.test(text.replaceAll(placeholder, ''))

/** Below the connection's own address: no scheme or host, no way up, nothing a browser would read as a slash. */
const path = z
  .string()
  .max(1000)
  .regex(/^\/(?!\/)[\x21\x24-\x5b\x5d\x5f\x61-\x7e]*$/)
  .refine((text) => !text.includes('..') && !/%(?:2e|2f|5c|25)/i.test(text), 'a path without a way up')
  .refine(spellsKnown, 'placeholders {{extension}} and {{number}}')

const body = z
  .string()
  .max(4000)
  .refine(isJson, 'JSON, with the placeholders inside its texts')
  .refine(spellsKnown, 'placeholders {{extension}} and {{number}}')

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const template = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT']),
  path,
  headers: z
    .array(
      z.strictObject({
        name: headerName,
        value: plain.min(1).max(2000).refine(spellsKnown, 'placeholders {{extension}} and {{number}}'),
      }),
    )
    .max(10),
  body: body.optional(),
  /** beside a status of 2xx: this field of the JSON answer, `a.b` for one inside another, equals this text */
  success: z.strictObject({ field: z.string().min(1).max(200), equals: z.string().max(200) }).optional(),
})
export type DialTemplate = z.infer<typeof template>

/** Who is to be called and from which phone must be said somewhere, and GET has no body. */
export const command = template
  .refine(({ method, body: given }) => method !== 'GET' || given === undefined, {
    path: ['body'],
    message: 'no body with GET',
  })
  .refine((given) => known.every((name) => JSON.stringify(given).includes(`{{${name}}}`)), {
    path: ['placeholders'],
    message: 'both {{extension}} and {{number}}',
  })

export type Filling = Readonly<Record<'extension' | 'number', string>>

/** In a text, or in every text inside a JSON value: what is filled in can therefore never be more than part of a text. */
export function fill<T>(
  template: T,
  filling: Filling,
  write: (value: string) => string = (value) => value,
): T {
  const inner = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replaceAll(placeholder, (_, name: keyof Filling) => write(filling[name]))
    if (Array.isArray(value)) return value.map(inner)
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inner(part)]))
    return value
  }
  return inner(template) as T
}
