import { z } from 'zod'

/** Where data comes from. */
export const mapSource = z.object({
  id: z.enum(['phone system', 'CRM', 'the user', 'the operator', 'Ringfence']),
  name: z.string(),
  /** products connected here, each once */
  systems: z.array(z.string()),
  connected: z.boolean(),
})

/** Who may get data, and where that is. */
export const mapRecipient = z.object({
  id: z.string(),
  name: z.string(),
  /** products connected here, each once */
  systems: z.array(z.string()),
  connected: z.boolean(),
  /** ISO 3166; empty: unknown */
  countries: z.array(z.string()),
  /** absent: nothing goes there */
  ground: z.enum(['in-region', 'adequacy', 'clauses', 'rules']).optional(),
  /** the document on record, with its day */
  document: z.string().optional(),
  /** that the network lets through; empty: the connection's own, or the mail server of the settings */
  hosts: z.array(z.string()),
})

const mapKind = z.object({
  id: z.string(),
  name: z.string(),
  /** of whom it is: people who call or are in the CRM, users, or the operator's own processing */
  about: z.enum(['people', 'users', 'operator']),
  source: mapSource.shape.id,
  recipients: z.array(z.string()),
  /** ids of purposes */
  purposes: z.array(z.string()),
  /** its source is connected */
  connected: z.boolean(),
  keep: z.union([z.object({ hours: z.int() }), z.object({ while: z.string() })]),
  /** what the policy tells of it, in words */
  facts: z.array(z.object({ field: z.string(), name: z.string(), items: z.array(z.string()) })),
})

/** All data there is, from source to recipient; GET /api/v1/privacy/map */
export const dataMapView = z.object({
  /** the operator sees what is connected anywhere, without whose it is */
  scope: z.enum(['organization', 'installation']),
  /** `EU`, or a country (ISO 3166) */
  region: z.string(),
  /** whose machines this is; empty: the operator has not said */
  host: z.object({ name: z.string().optional(), country: z.string().optional() }),
  purposes: z.array(z.object({ id: z.string(), name: z.string() })),
  sources: z.array(mapSource),
  kinds: z.array(mapKind),
  recipients: z.array(mapRecipient),
})

/** Who received one kind of data about one person. */
export const received = z.object({
  recipient: z.string(),
  /** from what is on record of each sending; absent: declared to receive it and connected, and no record is kept */
  recorded: z.object({ entries: z.int(), last: z.string().optional() }).optional(),
})

/** What is held about one person as a picture, beside the list of kinds. */
export const heldMap = z.object({
  sources: z.array(mapSource),
  recipients: z.array(mapRecipient),
  ways: z.array(z.object({ kind: z.string(), source: mapSource.shape.id, received: z.array(received) })),
})
