import { z } from 'zod'

/** An app as registered on a portal (`local`) or in the Market (`market`). */
export const NewApp = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  kind: z.enum(['local', 'market']).default('local'),
  /** Without pages: installed at once, told by ONAPPINSTALL. */
  apiOnly: z.boolean().default(false),
  installUrl: z.url(),
  handlerUrl: z.url(),
  /** Where ONAPPINSTALL of an API-only app goes; the install URL when left out. */
  eventUrl: z.url().optional(),
  scopes: z.array(z.string()),
  name: z.string().default('App'),
  /** Status of a Market app; a local one is always `L`. */
  marketStatus: z.enum(['F', 'D', 'T', 'P', 'S']).default('F'),
})
export type NewApp = z.input<typeof NewApp>
export type App = z.output<typeof NewApp>

export const NewUser = z.strictObject({
  name: z.string().min(1),
  email: z.email(),
  innerPhone: z.string().optional(),
  mobile: z.string().optional(),
  admin: z.boolean().default(false),
  active: z.boolean().default(true),
})
export type NewUser = z.input<typeof NewUser>

const point = z.union([z.string(), z.strictObject({ value: z.string(), type: z.string().default('WORK') })])

export const NewEntity = z.strictObject({
  /** A contact's whole name; title of a company or lead. */
  name: z.string().min(1),
  phones: z.array(point).default([]),
  emails: z.array(point).default([]),
  /** User id; the portal's first user when left out. */
  assignedTo: z.number().int().positive().optional(),
  /** A contact's company. */
  companyId: z.number().int().positive().optional(),
})
export type NewEntity = z.input<typeof NewEntity>

export const NewPortal = z.strictObject({
  /** The portal's name in its address: `<url>/bitrix24/<name>`. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Which OAuth server it belongs to. */
  region: z.enum(['west', 'east']).default('west'),
  /** `ent` has the larger rate limit. */
  licenseFamily: z.string().default('pro'),
  memberId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  language: z.string().default('de'),
  utcOffset: z
    .string()
    .regex(/^[+-]\d\d:\d\d$/)
    .default('+03:00'),
  countryCode: z.string().regex(/^\d+$/).default('49'),
  /** Whether unknown callers become leads, or contacts with a deal. */
  crmMode: z.enum(['classic', 'simple']).default('classic'),
  users: z.array(NewUser).min(1),
  contacts: z.array(NewEntity).default([]),
  companies: z.array(NewEntity).default([]),
  leads: z.array(NewEntity).default([]),
})
export type NewPortal = z.input<typeof NewPortal>
