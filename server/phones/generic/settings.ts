import { z } from 'zod'
import type { Direction, Outcome } from '../../calls/event.ts'
import type { ConnectionSettings } from '../contract.ts'
import { command } from '../dial-template.ts'
import { headerName, origin, plain } from '../setting-parts.ts'
import { depthOf } from './facts.ts'

/** How a request proves that it is the phone system's. The secret is the hook's own unless `ownSecret` is set. */
const prefix = plain.max(100).optional()
const proof = z.discriminatedUnion('kind', [
  /** the address itself, which nobody else knows */
  z.strictObject({ kind: z.literal('address') }),
  z.strictObject({ kind: z.literal('header'), name: headerName, prefix }),
  z.strictObject({
    kind: z.literal('hmac'),
    /** over the raw body */
    name: headerName,
    algorithm: z.enum(['sha1', 'sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    prefix,
  }),
  z.strictObject({
    kind: z.literal('basic'),
    user: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^:\r\n\0]*$/),
  }),
])

/** A name of the outermost level, or a JSON pointer (RFC 6901). */
const place = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => depthOf(text) <= 10, 'at most ten levels')
const fields = z.strictObject({
  event: place,
  call: place,
  time: place.optional(),
  direction: place.optional(),
  from: place.optional(),
  to: place.optional(),
  extension: place.optional(),
  duration: place.optional(),
  outcome: place.optional(),
})

/** What one of our words is called over there. Told apart without regard to case. */
const says = z.string().min(1).max(100)
const means = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .array(z.strictObject({ says, means: z.enum(words) }))
    .max(50)
    .refine(
      (list) => new Set(list.map((one) => one.says.toLowerCase())).size === list.length,
      'each value once',
    )

export const eventMeanings = ['started', 'ringing', 'answered', 'left', 'ended', 'ignored'] as const
const directions = ['inbound', 'outbound', 'internal'] as const satisfies readonly Direction[]
const outcomes = [
  'answered',
  'missed',
  'busy',
  'rejected',
  'failed',
  'voicemail',
  'blocked',
  'not-set-up',
] as const satisfies readonly Outcome[]

const zone = z
  .string()
  .max(60)
  .refine((name) => isZone(name), 'a time zone such as Europe/Prague')

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const schema = z.strictObject({
  proof: proof.optional(),
  /** the phone system's own secret, where it cannot be given ours */
  ownSecret: plain.min(8).max(2000).optional(),
  /** `query`: everything stands in the address */
  format: z.enum(['json', 'form', 'query']).optional(),
  fields: fields.optional(),
  events: means(eventMeanings).optional(),
  directions: means(directions).optional(),
  outcomes: means(outcomes).optional(),
  /** how `fields.time` is written; `zone` where it says none itself, UTC when not set */
  times: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('date'), zone: zone.optional() }),
      z.strictObject({ kind: z.literal('seconds') }),
      z.strictObject({ kind: z.literal('milliseconds') }),
    ])
    .optional(),
  /** how `fields.duration` is written; seconds when not set. `clock`: 2:05 or 0:02:05 */
  durations: z.enum(['seconds', 'milliseconds', 'clock']).optional(),
  /** where commands go; nothing else is asked for there */
  baseUrl: origin.optional(),
  dial: command.optional(),
})

const checked = schema
  .refine(({ proof: by, format }) => by?.kind !== 'hmac' || format !== 'query', {
    path: ['proof'],
    error: 'a signature over a body, which a request with everything in its address has not',
  })
  .refine(({ fields: at, times }) => (at?.time === undefined) === (times === undefined), {
    path: ['times'],
    error: 'the way times are written, where there are any and only there',
  })

export type GenericSettings = z.infer<typeof schema>
export const settings = {
  schema: checked,
  secret: ['ownSecret', 'dial'],
  sentTo: { dial: 'baseUrl' },
} satisfies ConnectionSettings

/** The same object for each event of a connection: read once. */
const read = new WeakMap<object, GenericSettings>()
export function readGeneric(given: Readonly<Record<string, unknown>>): GenericSettings {
  const known = read.get(given) ?? checked.parse(given)
  read.set(given, known)
  return known
}
