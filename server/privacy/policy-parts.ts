import type { Declaration, Recipient } from '../../policy/index.ts'
import { appsFor, appsWith, type NoticeApp, onlyIn, receivesIn } from './policy-apps.ts'
import { placeIn, recipientId, recipientIn } from './policy-facts.ts'
import type { PolicyItem, PolicyKind, PolicySubject } from './policy-text.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { type RoleField, roleFields, type Said } from './words/policy-words.ts'
import { policyWords, type Vocabulary, vocabularies, wordOf } from './words/words.ts'

/** What the policy is made of, in one language. */
export interface Material {
  language: DocumentLanguage
  subject: PolicySubject
  said: Said
  declarations: readonly Declaration[]
  /** the same in words */
  kinds: readonly PolicyKind[]
  apps: readonly NoticeApp[]
}

/** The phone systems and CRMs that are connected. */
export function vendorFacts({ language, subject, apps }: Material) {
  const { aboutFields } = policyWords[language]
  return (['phones', 'crms'] as const).map((field) => ({
    field,
    name: aboutFields[field],
    items: subject[field].map((vendor) => ({
      id: vendor.title,
      text: vendor.title,
      ...onlyIn(
        apps,
        apps.filter((app) => app.phone === vendor || app.crm === vendor),
      ),
    })),
  }))
}

/** Whoever is not told of is said not to be. */
export function operatorFacts({ language, subject: { operator }, said }: Material) {
  const words = policyWords[language]
  const country = placeIn(language, operator.country)
  const told: Record<RoleField, string> = {
    operator: operator.name ?? words.unnamed,
    seat: [operator.seat, country].filter((part) => part !== undefined).join(', ') || words.unnamed,
    contact: operator.contact ?? words.unnamed,
    representative: operator.representative ?? words.noRepresentative(said),
    officer: operator.officer ?? words.noOfficer,
  }
  return roleFields.map((field) => ({
    field,
    name: words.roleFields[field],
    items: [{ id: field, text: told[field] }],
  }))
}

/** Kinds by their names alone. */
export function named(some: readonly Declaration[], kinds: readonly PolicyKind[]): PolicyItem[] {
  return kinds
    .filter(({ kind }) => some.some((one) => one.kind === kind))
    .map(({ kind, name, only }) => ({ id: kind, text: name, ...(only ? { only } : {}) }))
}

/** How each legitimate interest in use was weighed, once for all kinds that rest on it. */
export function weighings({ language, declarations, apps }: Material): PolicyItem[] {
  const words: Vocabulary = vocabularies[language]
  return Object.keys(vocabularies.en.weighings).flatMap((interest) => {
    const having = declarations.filter(
      ({ ground }) => ground.article === '6(1)(f)' && ground.interest === interest,
    )
    if (having.length === 0) return []
    const its = apps.filter((app) => having.some((one) => appsWith(one, [app]).length > 0))
    return [{ id: interest, text: wordOf(words.weighings, interest), ...onlyIn(apps, its) }]
  })
}

/** The purposes that are in use. */
export function purposeItems({ language, declarations, apps }: Material): PolicyItem[] {
  const { purposes }: Vocabulary = vocabularies[language]
  return (Object.keys(vocabularies.en.purposes) as (keyof typeof purposes)[]).flatMap((purpose) => {
    const having = declarations.filter((one) => one.purposes.includes(purpose))
    if (having.length === 0) return []
    return [{ id: purpose, text: purposes[purpose], ...onlyIn(apps, appsFor(purpose, having, apps)) }]
  })
}

/** Everybody who receives something, each once. */
export function recipientItems({ language, declarations, apps }: Material): PolicyItem[] {
  const all: Recipient[] = declarations.flatMap(({ recipients }) => recipients)
  const byId = new Map(all.map((to) => [recipientId(to), to]))
  return [...byId]
    .map(([id, to]) => {
      const its = apps.filter(
        (app) =>
          receivesIn(to, app, all) &&
          declarations.some(
            (one) =>
              one.recipients.some((other) => recipientId(other) === id) && appsWith(one, [app]).length > 0,
          ),
      )
      return { id, text: recipientIn(language, to), ...onlyIn(apps, its) }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}
