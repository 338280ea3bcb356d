import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Declaration, declarations } from '../../policy/index.ts'
import { canonical } from './canonical.ts'
import { declared, declaredHere } from './declared.ts'
import { type PolicySubject, policyIn, policyText } from './policy-text.ts'

/** Everything a version of the policy says: its facts by ids that no language changes, and its words in every language. */
export const policyContent = z.object({
  texts: z.object({ en: policyText, cs: policyText }),
  /** the declarations that the words were made of; the first versions were kept without */
  declared: declared.optional(),
})
export type PolicyContent = z.infer<typeof policyContent>

export function currentPolicy(
  subject: PolicySubject,
  from: readonly Declaration[] = declarations,
): PolicyContent {
  return {
    texts: { en: policyIn('en', subject, from), cs: policyIn('cs', subject, from) },
    declared: declaredHere(from),
  }
}

/**
 * Two policies share a version when they say the same in the same words, and only then. The words tell every field of every
 * declaration, so the declarations need not be hashed too.
 */
export function versionOf(content: PolicyContent): string {
  return createHash('sha256')
    .update(canonical({ texts: content.texts }))
    .digest('hex')
    .slice(0, 12)
}
