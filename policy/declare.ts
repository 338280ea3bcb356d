/**
 * The words in which Ringfence says what personal data exists and what may be done with it.
 *
 * A declaration is not documentation: row security, sweeps, key lifetimes, purges, the egress allow-list and the check of
 * the live catalogue are derived from it (`server/privacy/`, `server/keys/`). Nothing may be kept that no declaration
 * covers. The lists here are closed: what is not in them cannot be said, and whatever says it stops the start.
 */
import { z } from 'zod'

/** A list that names at least one: a kind of data without a purpose, a person or an end is none. */
const some = <One extends z.ZodType>(one: One) => z.array(one).min(1).readonly()

/** How a value stands in the database. `sealed`: AES-256-GCM; `hashed`: keyed hash; `clear`: readable. */
const form = z.enum(['sealed', 'hashed', 'clear'])

/** Which key of the ring seals the sealed columns, and therefore when they become unreadable. */
const sealedBy = z.enum([
  'organization',
  'installation',
  'mirror bucket',
  'arrival hour',
  'call hour',
  'nothing',
])

/** Purposes are a closed list: code states one when it reads, and a purpose that is not declared for a kind is refused. */
const purpose = z.enum([
  'identify the caller',
  'log the call in the CRM',
  'attach the recording in the CRM',
  'follow up missed calls in the CRM',
  'show calls to the people they are for',
  'place a call',
  'connect the systems',
  'sign in',
  'run the installation',
  'answer requests of people',
  'tell of a breach',
  'tell of a new policy',
  'keep records',
])

/** Art. 6 GDPR. Legitimate interest needs its balancing test; without the path this does not compile. */
const ground = z.discriminatedUnion('article', [
  z.strictObject({ article: z.literal('6(1)(b)'), contract: z.string().min(1) }),
  z.strictObject({ article: z.literal('6(1)(c)'), obligation: z.string().min(1) }),
  z.strictObject({
    article: z.literal('6(1)(f)'),
    interest: z.string().min(1),
    balancing: z.templateLiteral(['docs/balancing/', z.string(), '.md']),
  }),
])

/** `hours` counts from the named instant and ends at `expires_at`; `while` ends with the named fact. */
const keep = z.union([
  z.strictObject({ hours: z.int().positive(), from: z.enum(['arrival', 'end of the call', 'creation']) }),
  z.strictObject({
    while: z.enum([
      'installed by this user',
      'installed by anybody of the company',
      'the phone of this user is connected',
      'the organization exists',
    ]),
  }),
])

/** What ends it early, or ends what has no clock. */
const end = z.enum([
  'phone disconnected by the user',
  'uninstall by the user',
  'uninstall by the last user',
  'end of subscription',
  'organization deleted',
  'phone system removed',
  'sign-out',
])

/** Chapter V GDPR: why data may leave the installation's region. */
export const transferGround = z.enum([
  'adequacy decision', // Art. 45
  'standard contractual clauses', // Art. 46(2)(c)
  'binding corporate rules', // Art. 47
])

/**
 * Who may receive it. `hosts` is what the network layer lets through; `connection` means the host of that connection,
 * `mail server` the relay of the settings, which is spoken to in another way. `adapter`: of others, who say themselves in
 * which regions their hosts are.
 */
const recipient = z.strictObject({
  name: z.string().min(1),
  hosts: z.union([some(z.string().min(1)), z.literal('connection'), z.literal('mail server')]),
  adapter: z
    .strictObject({
      kind: z.enum(['phone', 'crm']),
      places: z.array(z.strictObject({ region: z.string(), ground: transferGround.optional() })).readonly(),
    })
    .optional(),
  // of the company that gets it (ISO 3166); left out: not known, which counts as outside of every region
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  // whose connection, where it is not the phone system's
  provider: z.string().optional(),
})

/** One kind of personal data. A field left out, or one that is not known here, is refused. */
const declaration = z.strictObject({
  kind: z.string().min(1),
  // a database, or the data folder itself: there a column is "folder.content of a file"
  database: z.enum(['organization', 'control', 'data folder']),
  subjects: some(z.enum(['caller', 'contact', 'user', 'operator staff'])),
  // Art. 4(7), (8) GDPR: the operator of this installation, seen from this data
  role: z.enum(['controller', 'processor']),
  purposes: some(purpose),
  ground,
  columns: z.record(z.templateLiteral([z.string(), '.', z.string()]), form).readonly(),
  sealedBy,
  keep,
  // none: only its own time ends it
  ends: z.array(end).readonly(),
  recipients: z.array(recipient).readonly(),
  region: z.literal('installation'),
  source: z.enum(['phone system', 'CRM', 'the user', 'the operator', 'Ringfence']),
})

/** What holds for all kinds together. */
const terms = z.strictObject({
  noticeDays: z.int().positive(),
  backupDays: z.int().positive(),
})

export type Declaration = z.infer<typeof declaration>
export type Terms = z.infer<typeof terms>
export type Purpose = z.infer<typeof purpose>
export type End = z.infer<typeof end>
export type Recipient = z.infer<typeof recipient>
export type SealedBy = z.infer<typeof sealedBy>

export const purposes = purpose.options
export const ends = end.options

export function legitimateInterest(interest: string, test: { balancing: `docs/balancing/${string}.md` }) {
  return { article: '6(1)(f)', interest, balancing: test.balancing } as const
}

export function contract(with_: string) {
  return { article: '6(1)(b)', contract: with_ } as const
}

export function legalObligation(obligation: string) {
  return { article: '6(1)(c)', obligation } as const
}

/** How long what ends by the clock is kept. */
export function keptHours({ kind, keep }: Declaration): number {
  if ('hours' in keep) return keep.hours
  throw new Error(`policy: "${kind}" does not end by the clock`)
}

/** Read again when the program runs, because a line can be taken out of a file that nobody compiles. */
export function declare(said: Declaration): Declaration {
  return declaration.parse(said)
}

export function declareTerms(said: Terms): Terms {
  return terms.parse(said)
}
