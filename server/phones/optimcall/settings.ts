import { z } from 'zod'
import type { ConnectionSettings } from '../contract.ts'
import { command } from '../dial-template.ts'
import { headerName, origin, plain } from '../setting-parts.ts'

const line = z.string().regex(/^[^\r\n\0]*$/)

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
  /** how a call is asked for; not set: click-to-call opens a `tel:` link */
  dial: command.optional(),
})

const checked = schema.refine(
  ({ delivery, socketUrl }) => delivery !== 'websocket' || socketUrl !== undefined,
  { path: ['socketUrl'], error: 'where to connect to' },
)

export type OptimCallSettings = z.infer<typeof schema>
export const settings = {
  schema: checked,
  secret: ['recordingAccess', 'socketToken', 'dial'],
  sentTo: { recordingAccess: 'baseUrl', socketToken: 'socketUrl', dial: 'baseUrl' },
} satisfies ConnectionSettings
