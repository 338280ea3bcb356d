import { type Declaration, declarations, type Recipient } from '../../../policy/index.ts'
import { failed } from '../../failure.ts'
import type { Organization } from '../../organizations/organization.ts'
import { cs as csAgreement } from './agreement-cs.ts'
import { de as deAgreement } from './agreement-de.ts'
import { type AgreementWords, en as enAgreement } from './agreement-en.ts'
import { nb as nbAgreement } from './agreement-nb.ts'
import { ro as roAgreement } from './agreement-ro.ts'
import { sl as slAgreement } from './agreement-sl.ts'
import { cs } from './cs.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { type DocumentLanguage, documentLanguages } from './languages.ts'
import { nb } from './nb.ts'
import { cs as csPolicy } from './policy-cs.ts'
import { de as dePolicy } from './policy-de.ts'
import { en as enPolicy } from './policy-en.ts'
import { nb as nbPolicy } from './policy-nb.ts'
import { ro as roPolicy } from './policy-ro.ts'
import { sl as slPolicy } from './policy-sl.ts'
import type { PolicyWords } from './policy-words.ts'
import { ro } from './ro.ts'
import { sl } from './sl.ts'

/** A language of the app, which people choose for themselves. Documents are in more: `DocumentLanguage`. */
export type Language = Organization['language']
export type Hours = Extract<Declaration['keep'], { hours: number }>

/**
 * What the declarations say, in words of one language. The agreement, the policy and its list of changes all take them
 * from here. Closed lists do not compile without a word; what `policy/` may name freely is checked by `missingWords`.
 */
export interface Vocabulary {
  /** as the policy and the record call them */
  kinds: Readonly<Record<string, { name: string }>>
  /** by "table.column" */
  columns: Readonly<Record<string, string>>
  /** by the contract or the interest as it is declared */
  grounds: Readonly<Record<string, string>>
  /** how each interest was weighed, by the interest as it is declared: its balancing test in a few sentences */
  weighings: Readonly<Record<string, string>>
  recipients: Readonly<Record<string, string>>
  /** connected by an adapter of others, with the countries of its hosts */
  adapters: Readonly<Record<'phone' | 'crm', (name: string, places: string) => string>>
  transferGrounds: Readonly<Record<NonNullable<Places[number]['ground']>, string>>
  subjects: Readonly<Record<Declaration['subjects'][number], string>>
  purposes: Readonly<Record<Declaration['purposes'][number], string>>
  roles: Readonly<Record<Declaration['role'], string>>
  sources: Readonly<Record<Declaration['source'], string>>
  regions: Readonly<Record<Declaration['region'], string>>
  databases: Readonly<Record<Declaration['database'], string>>
  keys: Readonly<Record<Declaration['sealedBy'], string>>
  ends: Readonly<Record<Declaration['ends'][number], string>>
  whiles: Readonly<Record<Extract<Declaration['keep'], { while: string }>['while'], string>>
  hours(keep: Hours): string
  contract(what: string): string
  obligation(what: string): string
  interest(what: string): string
  /** "a, b and c" */
  list(words: readonly string[]): string
}

type Places = NonNullable<Recipient['adapter']>['places']

export const vocabularies: Readonly<Record<DocumentLanguage, Vocabulary>> = { en, de, cs, sl, nb, ro }
export const agreementWords: Readonly<Record<DocumentLanguage, AgreementWords>> = {
  en: enAgreement,
  de: deAgreement,
  cs: csAgreement,
  sl: slAgreement,
  nb: nbAgreement,
  ro: roAgreement,
}
export const policyWords: Readonly<Record<DocumentLanguage, PolicyWords>> = {
  en: enPolicy,
  de: dePolicy,
  cs: csPolicy,
  sl: slPolicy,
  nb: nbPolicy,
  ro: roPolicy,
}
export const languages = ['en', 'cs'] as const satisfies readonly Language[]

/** @throws when there is none: the declaration's own English is no words to show to people, in any language */
export function wordOf(words: Readonly<Record<string, string>>, key: string): string {
  const word = words[key]
  if (word === undefined) throw new Error(`policy: no words for "${key}"`)
  return word
}

const countries = new Map<DocumentLanguage, Intl.DisplayNames>()

/** The names of countries; made once, because making them takes longer than all else that is said of a recipient. */
export function countriesIn(language: DocumentLanguage): Intl.DisplayNames {
  const known = countries.get(language) ?? new Intl.DisplayNames([language], { type: 'region' })
  countries.set(language, known)
  return known
}

/** What connects through an adapter of others has a name of its own, which is the same in every language. */
export function recipientWord(language: DocumentLanguage, { name, adapter }: Recipient): string {
  const { recipients, adapters, transferGrounds } = vocabularies[language]
  if (!adapter) return wordOf(recipients, name)
  const places = adapter.places.map(({ region, ground }) => {
    const country = countriesIn(language).of(region) ?? region
    return ground ? `${country} (${transferGrounds[ground]})` : country
  })
  return adapters[adapter.kind](name, places.join(', '))
}

/** What `from` names and a language has no words for, as "cs: column calls.mood". */
export function missingWords(from: readonly Declaration[]): string[] {
  return documentLanguages.flatMap((language) => {
    const { kinds, columns, grounds, weighings, recipients } = vocabularies[language]
    const agreed: Readonly<Record<string, string>> = agreementWords[language].kinds
    const missing = from.flatMap((one) => [
      ...(kinds[one.kind] ? [] : [`kind ${one.kind}`]),
      ...(one.role === 'processor' && kinds[one.kind] && !agreed[one.kind]
        ? [`kind ${one.kind} in the agreement`]
        : []),
      ...Object.keys(one.columns).flatMap((column) => (columns[column] ? [] : [`column ${column}`])),
      ...(grounds[groundOf(one)] ? [] : [`ground ${groundOf(one)}`]),
      ...(one.ground.article !== '6(1)(f)' || weighings[one.ground.interest]
        ? []
        : [`weighing of ${one.ground.interest}`]),
      ...one.recipients.flatMap(({ name, adapter }) =>
        adapter || recipients[name] ? [] : [`recipient ${name}`],
      ),
    ])
    return [...new Set(missing)].map((what) => `${language}: ${what}`)
  })
}

/**
 * Nothing is put before people in a language that has no words for it.
 * @throws RingfenceError `setting` with one sentence
 */
export function expectWords(from: readonly Declaration[] = declarations): void {
  const missing = missingWords(from)
  if (missing.length > 0)
    failed({
      code: 'setting',
      name: 'policy/',
      sentence: `The policy has no words in server/privacy/words/ for ${missing.slice(0, 5).join('; ')}${missing.length > 5 ? ' …' : ''}.`,
    })
}

export function groundOf({ ground }: Declaration): string {
  switch (ground.article) {
    case '6(1)(b)':
      return ground.contract
    case '6(1)(c)':
      return ground.obligation
    case '6(1)(f)':
      return ground.interest
  }
}
