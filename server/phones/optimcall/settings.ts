import { z } from 'zod'
import type { ConnectionSettings } from '../contract.ts'

/** What may stand in a header: one line, without letters that a header cannot carry. */
const plain = z.string().regex(/^[\x20-\x7e]*$/)
const line = z.string().regex(/^[^\r\n\0]*$/)
/** They say how a message is sent, not who sends it. */
const ofTheMessage =
  /^(host|connection|keep-alive|content-.*|transfer-encoding|te|trailer|upgrade|expect|accept.*|range)$/i
/** Scheme and host alone: OptimCall names recordings by a path below it. */
const origin = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .transform((text) => new URL(text))
  .refine(
    (url) => url.username === '' && url.pathname === '/' && url.search === '',
    'an address without path',
  )
  .transform((url) => url.origin)

/** How OptimCall wants a download to prove who asks; its documents do not say, so every usual way is here. */
const access = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), token: plain.min(1).max(2000) }),
  z.strictObject({ kind: z.literal('basic'), user: line.min(1).max(200), password: line.max(2000) }),
  z.strictObject({
    kind: z.literal('header'),
    name: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,100}$/)
      .refine((name) => !ofTheMessage.test(name), 'a header that says who asks'),
    value: plain.min(1).max(2000),
  }),
])

/** The whole address, with path and query: OptimCall does not publish it. In clear only to hosts that may be private. */
const socketAddress = z
  .url({ protocol: /^wss?$/ })
  .max(500)
  .transform((text) => new URL(text))
  .refine(
    (url) => url.username === '' && url.password === '' && url.hash === '',
    'an address without user and fragment',
  )
  .transform((url) => url.href)

const schema = z.strictObject({
  /** the tenant’s own address, such as https://acme.optimcall.cz: recordings and commands go there and nowhere else */
  baseUrl: origin.optional(),
  /** what is done with recordings; not set: nobody has chosen yet, and none is touched */
  recordings: z.enum(['attach', 'leave']).optional(),
  recordingAccess: access.optional(),
  /** who connects to whom; not set: OptimCall sends to us */
  delivery: z.enum(['webhook', 'websocket']).optional(),
  /** where we connect to */
  socketUrl: socketAddress.optional(),
  /** OptimCall calls it security token */
  socketToken: plain.min(1).max(2000).optional(),
})

const checked = schema.refine(
  ({ delivery, socketUrl }) => delivery !== 'websocket' || socketUrl !== undefined,
  { path: ['socketUrl'], error: 'where to connect to' },
)

export type OptimCallSettings = z.infer<typeof schema>
export const settings = {
  schema: checked,
  secret: ['recordingAccess', 'socketToken'],
} satisfies ConnectionSettings
