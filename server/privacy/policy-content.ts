import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Declaration, declarations } from '../../policy/index.ts'
import { type PolicySubject, policyIn, policyText } from './policy-text.ts'

/** Everything a version of the policy says: its facts by ids that no language changes, and its words in every language. */
export const policyContent = z.object({ texts: z.object({ en: policyText, cs: policyText }) })
export type PolicyContent = z.infer<typeof policyContent>

export function currentPolicy(
  subject: PolicySubject,
  from: readonly Declaration[] = declarations,
): PolicyContent {
  return { texts: { en: policyIn('en', subject, from), cs: policyIn('cs', subject, from) } }
}

/** What is hashed and stored: one spelling, whatever order a database gives the names of an object back in. */
export function canonical(content: PolicyContent): string {
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** Two policies share a version when they say the same in the same words, and only then. */
export function versionOf(content: PolicyContent): string {
  return createHash('sha256').update(canonical(content)).digest('hex').slice(0, 12)
}
