import { agreementSectionsOf } from './agreement-sections.ts'
import { everyOther } from './diff-fields.ts'
import { languagesOf, type PolicyContent } from './policy-content.ts'
import type { PolicyText } from './policy-text.ts'
import { added, type Change, type ChangeWords, removed, textChanges } from './text-changes.ts'
import { diffWords } from './words/diff-words.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { pageWords } from './words/page-words.ts'
import { type Language, policyWords, vocabularies } from './words/words.ts'

type WordsIn = (language: DocumentLanguage) => ChangeWords
/** Other documents are made of the same parts, and have less of them. */
export type Compared = Pick<PolicyContent, 'texts' | 'apps' | 'declared' | 'agreement'>

/**
 * What changed from one version to the next, a sentence for each, in the languages of the later one. Empty only where nothing
 * did.
 */
export type PolicyChanges = Record<Language, string[]> &
  Partial<Record<DocumentLanguage, string[] | undefined>>

const ofPolicy: WordsIn = (language) => policyWords[language].changes

/** Compares two versions in every language of the later one. */
export function changesBetween(
  before: Compared,
  after: Compared,
  wordsIn: WordsIn = ofPolicy,
): PolicyChanges {
  const told = languagesOf(after).map((language) => {
    const changes = changesIn(language, before, after, wordsIn)
    // The agreement tells the same declarations once more: it is named where nothing else tells of a difference.
    const all = changes.length > 0 ? changes : agreementChanges(language, before, after)
    return [language, all.map(({ says }) => says)] as const
  })
  const changed =
    told.some(([, lines]) => lines.length > 0) || JSON.stringify(before.apps) !== JSON.stringify(after.apps)
  return Object.fromEntries(
    told.map(([language, lines]) => [
      language,
      changed && lines.length === 0 ? [wordsIn(language).rewordedElsewhere] : lines,
    ]),
  ) as PolicyChanges
}

/** In one language. One that the earlier version was not in tells new things alone. */
export function changesIn(
  language: DocumentLanguage,
  before: Compared,
  after: Compared,
  wordsIn: WordsIn = ofPolicy,
): Change[] {
  const words = wordsIn(language)
  const [was, is] = [before.texts[language], after.texts[language]]
  return [
    ...(was && is ? textChanges({ language, words }, was, is) : []),
    ...fieldChanges(language, before, after),
    ...languageChanges(language, words, before, after),
  ]
}

/**
 * Of what companies agree to, which is approved with the policy; none where a version was kept without it, or
 * without this language.
 */
export function agreementChanges(
  language: DocumentLanguage,
  { agreement: before }: Compared,
  { agreement: after }: Compared,
): Change[] {
  const [was, is] = [before?.[language], after?.[language]]
  if (!was || !is) return []
  const asText = (agreement: typeof was): PolicyText => ({
    title: agreement.title,
    about: { kind: '', name: '', facts: [] },
    sections: agreementSectionsOf(agreement),
  })
  return textChanges({ language, words: policyWords[language].changes }, asText(was), asText(is))
}

function languageChanges(
  language: DocumentLanguage,
  words: ChangeWords,
  before: Pick<PolicyContent, 'texts'>,
  after: Pick<PolicyContent, 'texts'>,
): Change[] {
  const [old, now] = [languagesOf(before), languagesOf(after)]
  const only = (some: DocumentLanguage[], others: DocumentLanguage[]) =>
    some.filter((one) => !others.includes(one)).map((one) => pageWords[one].languageName)
  const [more, less] = [only(now, old), only(old, now)]
  const { list } = vocabularies[language]
  return [
    ...(more.length > 0 ? [added(words.newLanguages(list(more)))] : []),
    ...(less.length > 0 ? [removed(words.goneLanguages(list(less)))] : []),
  ]
}

/** Single fields stand in the lists and not in the text: told by the names they have there, also those that tell of nobody. */
function fieldChanges(language: DocumentLanguage, before: Compared, after: Compared): Change[] {
  const [was, now] = [before.declared?.fields, after.declared?.fields]
  const { reasons } = diffWords[language]
  const more = (field: string) => added(reasons['new field']('', field))
  const less = (field: string) => removed(reasons['gone field']('', field))
  if (was === undefined || now === undefined)
    return was === now ? [] : [now === undefined ? more(everyOther) : less(everyOther)]
  return [
    ...now.filter((field) => !was.includes(field)).map(more),
    ...was.filter((field) => !now.includes(field)).map(less),
  ]
}
