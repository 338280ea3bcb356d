import { z } from 'zod'
import type { ConnectionSettings } from '../contract.ts'
import { command } from './dial-template.ts'
import { headerName, plain } from './header.ts'

const line = z.string().regex(/^[^\r\n\0]*$/)
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
    name: headerName,
    value: plain.min(1).max(2000),
  }),
])

const schema = z.strictObject({
  /** the tenant’s own address, such as https://acme.optimcall.cz: recordings and commands go there and nowhere else */
  baseUrl: origin.optional(),
  /** what is done with recordings; not set: nobody has chosen yet, and none is touched */
  recordings: z.enum(['attach', 'leave']).optional(),
  recordingAccess: access.optional(),
  /** how a call is asked for; not set: click-to-call opens a `tel:` link */
  dial: command.optional(),
})

export type OptimCallSettings = z.infer<typeof schema>
export const settings = { schema, secret: ['recordingAccess', 'dial'] } satisfies ConnectionSettings
