import type { Declaration, Recipient } from '../../policy/index.ts'
import type { PolicyFact, PolicyKind } from './policy-text.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { type Field, fields } from './words/policy-words.ts'
import {
  countriesIn,
  groundOf,
  policyWords,
  recipientWord,
  type Vocabulary,
  vocabularies,
  wordOf,
} from './words/words.ts'

type Items = PolicyFact['items']

/**
 * One kind of data in words. Every field of a declaration has its items here, with an id that changes when the field
 * does: versions are compared by these. A new field does not compile until it is told.
 * @throws when something of it has no words
 */
export function kindFacts(declared: Declaration, language: DocumentLanguage): PolicyKind {
  const words: Vocabulary = vocabularies[language]
  const told = {
    ...columnsOf(declared, words),
    subjects: listed(declared.subjects, words, 'subjects'),
    role: listed([declared.role], words, 'roles'),
    purposes: listed(declared.purposes, words, 'purposes'),
    ground: [groundIn(declared, words)],
    keep: [keepIn(declared, words)],
    ends: listed(declared.ends, words, 'ends'),
    recipients: recipientsIn(declared, language),
    source: listed([declared.source], words, 'sources'),
    database: listed([declared.database], words, 'databases'),
    region: listed([declared.region], words, 'regions'),
    sealedBy: listed([declared.sealedBy], words, 'keys'),
  } satisfies Record<Field | Exclude<keyof Declaration, 'kind' | 'columns'>, Items>
  const name = words.kinds[declared.kind]?.name ?? wordOf({}, declared.kind)
  return {
    kind: declared.kind,
    name,
    facts: fields
      .filter((field) => told[field].length > 0)
      .map((field) => ({ field, name: policyWords[language].fields[field], items: told[field] })),
  }
}

/** A recipient with the hosts that the network lets through for it. */
export function recipientIn(language: DocumentLanguage, recipient: Recipient): string {
  const { hosts, country, adapter } = recipient
  const word = recipientWord(language, recipient)
  if (hosts === 'connection') return policyWords[language].atConnection(word)
  if (hosts === 'mail server') return policyWords[language].atMailServer(word)
  const at = policyWords[language].atHosts(word, hosts)
  // An adapter of others has said itself where its hosts are.
  return adapter ? at : `${at} – ${placeIn(language, country) ?? policyWords[language].nowhereKnown}`
}

/** Sorted by form: how it is kept is the first thing to know of a value. */
function columnsOf(
  { columns }: Declaration,
  words: Vocabulary,
): Record<'sealed' | 'hashed' | 'clear', Items> {
  const sorted: Record<'sealed' | 'hashed' | 'clear', Items> = { sealed: [], hashed: [], clear: [] }
  const order = Object.keys(vocabularies.en.columns)
  const names = Object.keys(columns).toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
  for (const name of names) {
    const form = columns[name as keyof typeof columns]
    if (form) sorted[form].push({ id: name, text: wordOf(words.columns, name) })
  }
  return sorted
}

/** In the order of the English words, so that the order in a declaration, or in a translation, says nothing. */
function listed<List extends ClosedList>(
  keys: readonly (keyof Vocabulary[List])[],
  words: Vocabulary,
  list: List,
): Items {
  return (Object.keys(vocabularies.en[list]) as (keyof Vocabulary[List] & string)[])
    .filter((key) => keys.includes(key))
    .map((key) => ({ id: key, text: String(words[list][key]) }))
}
type ClosedList = 'subjects' | 'roles' | 'purposes' | 'ends' | 'sources' | 'databases' | 'regions' | 'keys'

function groundIn(declared: Declaration, words: Vocabulary): Items[number] {
  const { ground } = declared
  const what = wordOf(words.grounds, groundOf(declared))
  if (ground.article === '6(1)(c)')
    return { id: `${ground.article} ${ground.obligation}`, text: words.obligation(what) }
  return ground.article === '6(1)(b)'
    ? { id: `${ground.article} ${ground.contract}`, text: words.contract(what) }
    : {
        id: `${ground.article} ${ground.interest} ${ground.balancing}`,
        text: words.interest(what),
      }
}

function keepIn({ keep }: Declaration, words: Vocabulary): Items[number] {
  return 'hours' in keep
    ? { id: `${keep.hours} h ${keep.from}`, text: words.hours(keep) }
    : { id: keep.while, text: words.whiles[keep.while] }
}

function recipientsIn({ recipients }: Declaration, language: DocumentLanguage): Items {
  if (recipients.length === 0) return [{ id: '', text: policyWords[language].nobody }]
  return recipients
    .map((to) => ({ id: recipientId(to), text: recipientIn(language, to) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** The same in every language; another one where it may be reached at other hosts, or is elsewhere. */
export function recipientId(to: Recipient): string {
  return [
    to.name,
    typeof to.hosts === 'string' ? to.hosts : to.hosts.toSorted().join(' '),
    to.country ?? '',
    ...(to.adapter?.places ?? []).map(({ region, ground = '' }) => `${region} ${ground}`.trim()).toSorted(),
  ].join(' ')
}

/** A country, or the region of several, as the language calls it. */
export function placeIn(language: DocumentLanguage, code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  return code === 'EU' ? policyWords[language].area : (countriesIn(language).of(code) ?? code)
}
