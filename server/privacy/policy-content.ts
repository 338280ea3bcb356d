import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Declaration, declarations } from '../../policy/index.ts'
import { canonical } from './canonical.ts'
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

/** Two policies share a version when they say the same in the same words, and only then. */
export function versionOf(content: PolicyContent): string {
  return createHash('sha256').update(canonical(content)).digest('hex').slice(0, 12)
}
