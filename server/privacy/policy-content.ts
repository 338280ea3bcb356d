import { z } from 'zod'
import { type Declaration, declarations } from '../../policy/index.ts'
import { type AgreementText, agreementIn, agreementText } from './agreement.ts'
import { hashOf } from './canonical.ts'
import { declared, declaredHere } from './declared.ts'
import { fieldsHere } from './field-lists.ts'
import { appsOf, nameOf } from './policy-apps.ts'
import { type PolicySubject, type PolicyText, policyIn, policyText } from './policy-text.ts'
import { inLanguages } from './words/in-languages.ts'
import { type DocumentLanguage, documentLanguages } from './words/languages.ts'

export const textsInLanguages = inLanguages(policyText)

/** Everything a version of the policy says: its facts by ids that no language changes, and its words in every language. */
export const policyContent = z.object({
  texts: textsInLanguages,
  /** what has a notice of its own: one phone system with one CRM; the first versions had none */
  apps: z.array(z.object({ id: z.string(), phone: z.string(), crm: z.string() })).optional(),
  /** the declarations that the words were made of; the first versions were kept without */
  declared: declared.optional(),
  /** what companies agree to while it is in force; approved with it, and left out of versions of before */
  agreement: inLanguages(agreementText).optional(),
})
export type PolicyContent = z.infer<typeof policyContent>

export function currentPolicy(
  subject: PolicySubject,
  from: readonly Declaration[] = declarations,
  fields: readonly string[] = fieldsHere(),
): PolicyContent {
  const made = documentLanguages.map((language) => [language, policyIn(language, subject, from)] as const)
  const added = { own: subject.own, by: subject.operator.name }
  const agreed = documentLanguages.map((language) => [language, agreementIn(language, from, added)] as const)
  return {
    texts: Object.fromEntries(made) as Record<DocumentLanguage, PolicyText>,
    apps: appsOf(subject).map(({ id, phone, crm }) => ({ id, phone: nameOf(phone), crm: nameOf(crm) })),
    declared: declaredHere(from, fields),
    agreement: Object.fromEntries(agreed) as Record<DocumentLanguage, AgreementText>,
  }
}

/** The languages that this version is in. */
export function languagesOf({ texts: all }: Pick<PolicyContent, 'texts'>): DocumentLanguage[] {
  return documentLanguages.filter((language) => all[language] !== undefined)
}

/**
 * Two policies share a version when they say the same in the same words, and only then. The words tell every field of every
 * declaration, so the declarations need not be hashed too; but the lists of single fields are too long to be told. The
 * agreement's words count as well.
 */
export function versionOf(content: PolicyContent): string {
  return policyHash(content).slice(0, 12)
}

/** The whole of it, by which an approval names what was approved. What a version does not have is not hashed. */
export function policyHash({ texts: all, apps, agreement, declared: declares }: PolicyContent): string {
  return hashOf({ texts: all, apps, agreement, fields: declares?.fields })
}
