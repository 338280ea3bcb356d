import { z } from 'zod'
import { Did, E164 } from './numbers.ts'

export const NewSipUser = z.strictObject({
  /** `777712345678@fpbx.de`; made up when left out. */
  sipuid: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/)
    .optional(),
  name: z.string().min(1),
  did: Did,
  /** Number shown to the far end; without one nothing is told of calls that this user makes. */
  callerid: E164.nullable().default(null),
  type: z.enum(['legacy_standard', 'blf', 'standard', 'fax', 'trunk']).default('standard'),
  /** A user that is offline has no phone that could ring. */
  online: z.boolean().default(true),
  /** Put before what this user dials. */
  automaticPrefix: z.string().optional(),
  /** With it there is a user of the portal besides the SIP user. */
  email: z.email().optional(),
})

export const NewNumber = z.strictObject({
  number: E164,
  name: z.string().optional(),
  /** Extensions that ring when it is called. */
  rings: z.array(Did).default([]),
  /** The tick in the portal: whether calls of this number are told to the endpoint set there. */
  notify: z.boolean().default(true),
  activated: z.boolean().default(true),
  /** Whether it leads into a queue; its recordings have the direction `queue`. */
  queue: z.boolean().default(false),
  /** Whether there is a mailbox behind it. */
  voicemail: z.boolean().default(true),
})

export const ContactInput = z.strictObject({
  speeddial: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  company: z.string().optional(),
  email: z.string().optional(),
  email_work: z.string().optional(),
  address: z.string().optional(),
  address_work: z.string().optional(),
  phone_work: z.string().optional(),
  mobile_work: z.string().optional(),
  phone: z.string().optional(),
  mobile: z.string().optional(),
  fax: z.string().optional(),
  fax_work: z.string().optional(),
  facebook_url: z.string().optional(),
  linkedin_url: z.string().optional(),
  xing_url: z.string().optional(),
  twitter_account: z.string().optional(),
  user_id: z.int().optional(),
  blocked: z.boolean().optional(),
})
export type ContactInput = z.infer<typeof ContactInput>

export const NewAccount = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Domain of the CRM's company whose calls these are; for the ledger. */
  company: z.string().optional(),
  /** Of the REST API; the key says which account is meant. */
  apiKey: z.string().min(1),
  /** The portal's page "External APIs": where events go (`https://user:password@host/…` is possible), and the secret. */
  endpointUrl: z.url().optional(),
  secret: z.string().min(1).optional(),
  sipUsers: z.array(NewSipUser).default([]),
  numbers: z.array(NewNumber).default([]),
  contacts: z.array(ContactInput).default([]),
  /** Whether answered calls with the outside are recorded. */
  recording: z.boolean().default(false),
  /** How long after the end of the call its recording is in the list. */
  recordingAfterSeconds: z.number().nonnegative().default(45),
  /** Whether the user of the key sees other users' numbers masked in call lists. */
  obfuscateOthers: z.boolean().default(false),
})
export type NewAccount = z.input<typeof NewAccount>
export type AccountFacts = z.output<typeof NewAccount>
