import { type Declaration, declarations } from '../../policy/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { type Vocabulary, vocabularies, wordOf } from '../privacy/words/words.ts'
import type { Settings } from '../settings.ts'
import type { Affected } from './affected.ts'
import type { BreachFacts, BreachWords } from './facts.ts'
import { noticeWords } from './notice-words.ts'

/** A notice as it is sent and shown: the same words. */
export interface NoticeText {
  subject: string
  text: string
}

/**
 * Everything that Art. 33(3) GDPR asks for, in the organization's language and zone. What is not known is said to be not
 * known; what is said of data comes from `policy/` and from the count.
 */
export function noticeText(about: {
  breachId: string
  /** 1: the first notice; each further one follows it up */
  number: number
  /** when the first one was made; this one may be it */
  firstAt: Date
  facts: BreachFacts
  affected: Affected
  organization: Pick<Organization, 'name' | 'language' | 'timeZone'>
  operator: Settings['operator']
}): NoticeText {
  const { facts, affected, organization, operator, number } = about
  const { language } = organization
  const words = noticeWords[language]
  const at = (instant: Date | string) => momentIn(organization, new Date(instant))
  const own = (said: BreachWords | undefined) => (said ? (said[language] ?? said.en) : words.unknown)
  const part = (heading: keyof typeof words.headings, lines: readonly string[]) => [
    words.headings[heading],
    ...lines,
    '',
  ]
  const lines = [
    words.opening(organization.name),
    '',
    ...(number > 1 ? [words.followUp(number - 1, at(about.firstAt)), ''] : []),
    ...part('what', [own(facts.what)]),
    ...part('when', [
      facts.began ? words.began(at(facts.began)) : words.beganUnknown,
      facts.ended ? words.ended(at(facts.ended)) : words.endedUnknown,
      words.known(at(facts.known)),
    ]),
    ...part('data', dataLines(affected, organization)),
    ...part('people', peopleLines(affected, organization)),
    ...part('consequences', [own(facts.consequences)]),
    ...part('measures', [own(facts.measures)]),
    ...(facts.open ? part('open', [own(facts.open)]) : []),
    ...part('contact', [
      facts.person,
      [operator.name ?? words.operatorUnnamed, operator.contact].filter(Boolean).join(', '),
    ]),
    ...part('duties', words.duties),
    words.reference(about.breachId),
  ]
  return {
    subject: number > 1 ? words.followUpSubject(number - 1) : words.subject,
    text: lines.join('\n'),
  }
}

function dataLines(
  { kinds, reports, counted }: Affected,
  { language }: Pick<Organization, 'language'>,
): string[] {
  const words = noticeWords[language]
  const vocabulary: Vocabulary = vocabularies[language]
  const lines = kinds.map(({ kind, records }) => {
    const name = vocabulary.kinds[kind]?.name ?? wordOf({}, kind)
    if (records !== null) return `- ${words.records(name, numberIn(language, records))}`
    const file = declared(kind)?.database === 'data folder'
    return `- ${counted && !file ? words.within(name) : words.records(name, words.uncounted)}`
  })
  return [
    ...lines,
    ...(reports === null ? [] : [words.reports(numberIn(language, reports))]),
    ...(counted ? [words.approximate] : []),
  ]
}

function peopleLines({ subjects }: Affected, { language }: Pick<Organization, 'language'>): string[] {
  const words = noticeWords[language]
  const groups = vocabularies[language].subjects
  return Object.entries(subjects).map(
    ([group, number]) =>
      `- ${words.people(groups[group as keyof typeof groups], number === null ? words.uncounted : numberIn(language, number))}`,
  )
}

const declared = (kind: string): Declaration | undefined => declarations.find((one) => one.kind === kind)

const localeOf = { en: 'en-GB', cs: 'cs-CZ' } as const

const numberIn = (language: Organization['language'], number: number): string =>
  new Intl.NumberFormat(localeOf[language]).format(number)

/** With the zone, because a time limit hangs on it. */
function momentIn({ language, timeZone }: Pick<Organization, 'language' | 'timeZone'>, at: Date): string {
  return new Intl.DateTimeFormat(localeOf[language], {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone,
  }).format(at)
}
