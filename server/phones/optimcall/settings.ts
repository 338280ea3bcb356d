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

const schema = z.strictObject({
  /** the tenant’s own address, such as https://acme.optimcall.cz: recordings and commands go there and nowhere else */
  baseUrl: origin.optional(),
  /** what is done with recordings; not set: nobody has chosen yet, and none is touched */
  recordings: z.enum(['attach', 'leave']).optional(),
  recordingAccess: access.optional(),
})

export type OptimCallSettings = z.infer<typeof schema>
export const settings = { schema, secret: ['recordingAccess'] } satisfies ConnectionSettings
