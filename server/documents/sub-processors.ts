import { type Declaration, inForce, type Recipient } from '../../policy/index.ts'
import type { App } from '../app.ts'
import { effectiveKinds } from '../privacy/both-allow.ts'
import { placeIn } from '../privacy/policy-facts.ts'
import type { PolicyKind, PolicyText } from '../privacy/policy-text.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { recordWords } from '../privacy/words/record-words.ts'
import { recipientWord, type Vocabulary, vocabularies } from '../privacy/words/words.ts'
import { placedText } from './placed-text.ts'

/** The public list of who receives what, where, and on which ground: as it is now, nobody edits it. */
export function subProcessors(
  app: Pick<App, 'settings' | 'places' | 'mailer'>,
  language: DocumentLanguage,
  kinds: readonly Declaration[] = effectiveKinds(inForce()),
): Pick<PolicyText, 'title' | 'sections'> {
  const words = documentWords[language].subProcessors
  const all = [
    ...new Map(kinds.flatMap(({ recipients }) => recipients.map((to) => [to.name, to] as const))).values(),
  ]
  const isRelay = ({ hosts }: Recipient) => hosts === 'mail server'
  const told = (some: readonly Recipient[]) =>
    some.map((recipient) => ({ kind: recipientFacts(app, language, recipient, kinds) }))
  return {
    title: words.title,
    sections: [
      {
        id: 'sub-processors',
        heading: words.headings.operator,
        blocks: [
          { text: words.opening },
          { text: words.operator },
          { kind: hostFacts(app, language) },
          ...told(app.mailer ? all.filter(isRelay) : []),
        ],
      },
      {
        id: 'services',
        heading: words.headings.services,
        blocks: [
          { text: words.services },
          ...told(all.filter((one) => !isRelay(one)).sort((a, b) => (a.name < b.name ? -1 : 1))),
        ],
      },
    ],
  }
}

function recipientFacts(
  { places }: Pick<App, 'places'>,
  language: DocumentLanguage,
  recipient: Recipient,
  kinds: readonly Declaration[],
): PolicyKind {
  const { fields } = documentWords[language].subProcessors
  const vocabulary: Vocabulary = vocabularies[language]
  const gets = kinds.filter(({ recipients }) => recipients.some(({ name }) => name === recipient.name))
  const purposes = [...new Set(gets.flatMap((kind) => kind.purposes))]
  return kindOf(recipient.name, recipientWord(language, recipient), [
    ['data', fields.data, gets.map(({ kind }) => vocabulary.kinds[kind]?.name ?? kind)],
    ['purposes', fields.purposes, purposes.map((purpose) => vocabulary.purposes[purpose])],
    ['place', fields.place, [placedText(language, places.of(recipient))]],
  ])
}

function hostFacts(
  { settings: { hosting, region } }: Pick<App, 'settings'>,
  language: DocumentLanguage,
): PolicyKind {
  const words = documentWords[language].subProcessors
  const country = placeIn(language, hosting.country ?? region)
  return kindOf('host', `${words.host}: ${hosting.name ?? words.hostUnknown}`, [
    ['data', words.fields.data, [words.allData]],
    ['place', words.fields.place, [recordWords[language].placed(country, 'in-region')]],
  ])
}

const kindOf = (
  kind: string,
  name: string,
  facts: readonly [string, string, readonly string[]][],
): PolicyKind => ({
  kind,
  name,
  facts: facts.map(([field, label, items]) => ({
    field,
    name: label,
    items: items.map((text) => ({ id: text, text })),
  })),
})
