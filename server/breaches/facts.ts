import { z } from 'zod'

/** In the language of whoever is told; where there is no Czech the English stands for it. */
const words = z.strictObject({
  en: z.string().trim().min(1).max(4_000),
  cs: z.string().trim().min(1).max(4_000).optional(),
})
export type BreachWords = z.infer<typeof words>

const instant = z.iso.datetime({ offset: true })

/** What was touched. What is left out does not narrow it: an empty one is the whole installation at any time. */
export const reach = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  organizations: z.array(z.uuid()).min(1).optional(),
  /** the id of a user: what that account could see */
  account: z.uuid().optional(),
  connection: z.uuid().optional(),
  /** of any database, as `policy/` names them */
  tables: z.array(z.string().min(1)).min(1).optional(),
})
export type Reach = z.infer<typeof reach>

/**
 * What Art. 33(3) GDPR asks for, as far as it is known. What is left out is told as not known yet: nobody waits for all of
 * it. No data of the people concerned belongs in here.
 */
export const breachFacts = z.strictObject({
  /** when the operator became aware: both clocks run from here */
  known: instant,
  began: instant.optional(),
  ended: instant.optional(),
  /** who answers for it at the operator: name, and how to reach them */
  person: z.string().trim().min(1).max(300),
  what: words,
  consequences: words.optional(),
  measures: words.optional(),
  /** what is still being looked into, and when it will be told */
  open: words.optional(),
  reach: reach.default({}),
})
export type BreachFacts = z.infer<typeof breachFacts>

/** The same when more is known: what is given takes the place of what was. */
export const moreFacts = breachFacts.partial()
export type MoreFacts = z.input<typeof moreFacts>

/** One line of the record, in the order it was written. */
export const breachEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('recorded'), facts: breachFacts }),
  z.strictObject({ kind: z.literal('more known'), facts: breachFacts }),
  z.strictObject({
    kind: z.literal('notified'),
    number: z.int().positive(),
    /** the words are kept with the organization's key; here stands by what they are known */
    notices: z.array(z.strictObject({ id: z.uuid(), organization: z.uuid(), sha256: z.string() })),
  }),
  // Art. 33(5): that nobody was told has its reason, too
  z.strictObject({ kind: z.literal('closed'), reason: z.string().trim().min(1).max(4_000) }),
])
export type BreachEntry = z.infer<typeof breachEntry>

/** What is signed: an entry in its place, tied to the one before. */
export const signedEntry = z.strictObject({
  version: z.literal(1),
  breach: z.uuid(),
  number: z.int().positive(),
  at: z.string(),
  /** SHA-256 of the signed entry before; null for the first */
  previous: z.string().nullable(),
  entry: breachEntry,
})
export type SignedEntry = z.infer<typeof signedEntry>

/** Ours: an organization is told a day after we know at the latest (Art. 33(2) says "without undue delay"). */
const hoursToOrganizations = 24
/** Art. 33(1): the controller's own time. For an organization it runs from the moment it is told. */
const hoursToAuthority = 72

/** Until when, counted from the moment the operator knew. */
export function clocksOf({ known }: Pick<BreachFacts, 'known'>): {
  organizationsBy: string
  authorityBy: string
} {
  const after = (hours: number) => new Date(Date.parse(known) + hours * 3_600_000).toISOString()
  return { organizationsBy: after(hoursToOrganizations), authorityBy: after(hoursToAuthority) }
}
