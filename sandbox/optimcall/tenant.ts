import { z } from 'zod'

const Extension = z.strictObject({
  number: z.string().regex(/^\d{2,5}$/),
  name: z.string().optional(),
  /** How many phones the extension has; each rings as a leg of its own (`21-1`, `21-2`). */
  devices: z.number().int().positive().default(1),
})

export const NewTenant = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Domain of the Pipedrive company whose calls these are; for the ledger. */
  company: z.string().optional(),
  /** Where events go; without it nothing is sent. */
  hookUrl: z.url().optional(),
  /** Sent as `X-OptimCall-Key`. */
  secret: z.string().optional(),
  /** Chosen in OptimCall's configuration; `both`: two services, one of each kind. */
  mode: z.enum(['webhook', 'websocket', 'both']).default('both'),
  /** WebSocket mode: others connect to `socketUrl(tenant)`. Null: off. */
  socket: z
    .strictObject({
      /** The security token; without it no authorization is required. */
      token: z.string().optional(),
      /** Whether the `Authorization` header reaches the system, or something on the way drops it. */
      readsHeader: z.boolean().default(true),
      /** A wrong header is answered 401 instead of with `authenticateResult`; the vendor does not say. */
      refusesWithStatus: z.boolean().default(false),
      /** Whether it says anything at all about who may come in. */
      answers: z.boolean().default(true),
      /** Whether the connection is closed after a refusal. */
      closesWhenRefused: z.boolean().default(true),
      /** The vendor's text says `auth` in one place and `authenticate` in the other. */
      authenticateName: z.enum(['authenticate', 'auth']).default('authenticate'),
      /** How often the system pings; null: never. The vendor does not say. */
      pingSeconds: z.number().positive().nullable().default(null),
      /** Answers every try with a redirect to this address, as a misconfigured proxy might. */
      redirectTo: z.string().optional(),
    })
    .nullable()
    .default(null),
  maxRetries: z.number().int().nonnegative().default(3),
  retryIntervalSeconds: z.number().nonnegative().default(1),
  /** A delivery without an answer in this time counts as failed. */
  timeoutMs: z.number().positive().default(5000),
  extensions: z.array(Extension).default([]),
  /** Ring groups: number of the group -> extensions. */
  groups: z.record(z.string(), z.array(z.string())).default({}),
  /** Public numbers, with what rings when one is called. */
  lines: z
    .array(
      z.strictObject({
        number: z.string(),
        name: z.string().optional(),
        rings: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  /** OptimCall's own address book: number -> display name. */
  addressBook: z.record(z.string(), z.string()).default({}),
  /** Answered calls are recorded; `afterSeconds` is how long the processing takes. Null: no recordings. */
  recording: z.strictObject({ afterSeconds: z.number().nonnegative() }).nullable().default(null),
  /** What a download of a recording must carry. */
  recordingAuth: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('bearer'), token: z.string() }),
      z.strictObject({ kind: z.literal('basic'), user: z.string(), password: z.string() }),
      z.strictObject({ kind: z.literal('header'), name: z.string(), value: z.string() }),
    ])
    .default({ kind: 'none' }),
  /** What `credentials.key` of a command must be; without one no command is taken. */
  apiKey: z.string().optional(),
  /** Name of the command that places a call: this sandbox's own invention, because the vendor's is not known. */
  dialCommand: z.string().default('sandboxDial'),
  /** How long the phones of whoever asked for a call ring before it counts as not set up. */
  setupSeconds: z.number().positive().default(30),
  /** Whether `answeredByNumber` names the last number that accepted, after a transfer; the vendor does not say. */
  answeredByFollowsTransfer: z.boolean().default(true),
  /** Whether `legRinging` carries who answered, as the text says, or not, as the schema says. */
  answerInLegRinging: z.boolean().default(false),
})
export type NewTenant = z.input<typeof NewTenant>
export type Tenant = z.output<typeof NewTenant>

/** Extensions behind these numbers: groups are replaced by their members. */
export function expand(tenant: Tenant, numbers: readonly string[]): string[] {
  return [...new Set(numbers.flatMap((number) => tenant.groups[number] ?? [number]))]
}

export function displayName(tenant: Tenant, number: string): string | undefined {
  return (
    tenant.extensions.find((extension) => extension.number === number)?.name ??
    tenant.lines.find((line) => line.number === number)?.name ??
    tenant.addressBook[number]
  )
}

/** Device ids of an extension; none for an outer number. */
export function devicesOf(tenant: Tenant, number: string): string[] {
  const extension = tenant.extensions.find((item) => item.number === number)
  return extension === undefined
    ? []
    : Array.from({ length: extension.devices }, (_, i) => `${number}-${i + 1}`)
}

/** Where events are posted to; undefined when they are not. */
export function hookOf(tenant: Tenant): string | undefined {
  return tenant.mode === 'websocket' ? undefined : tenant.hookUrl
}

/** Whether others may connect and hear events. */
export function takesSockets(tenant: Tenant): boolean {
  return tenant.mode !== 'webhook' && tenant.socket !== null
}
