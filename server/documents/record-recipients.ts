import type { Recipient } from '../../policy/index.ts'
import type { PolicyFact } from '../privacy/policy-text.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { recordWords } from '../privacy/words/record-words.ts'
import { recipientWord } from '../privacy/words/words.ts'
import { placedText } from './placed-text.ts'
import type { RecordFacts } from './record-facts.ts'

/** Who receives it, where that is, and the ground on which it goes there: each a difference when it changes. */
export function recipientFacts(
  language: DocumentLanguage,
  facts: Pick<RecordFacts, 'place'>,
  recipients: readonly Recipient[],
): PolicyFact[] {
  const words = recordWords[language]
  const inOrder = recipients.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const placed = inOrder.map((recipient) => {
    const at = facts.place(recipient)
    const { country, ground, transfer } = at
    return {
      id: [recipient.name, country, ground, transfer?.id].filter(Boolean).join(' '),
      text: `${nameIn(language, recipient)} – ${placedText(language, at)}`,
      outside: ground !== 'in-region' && ground !== undefined,
    }
  })
  const items = (some: typeof placed, none: string) =>
    some.length > 0 ? some.map(({ id, text }) => ({ id, text })) : [{ id: '', text: none }]
  return [
    { field: 'recipients', name: words.fields.recipients, items: items(placed, words.nobody) },
    {
      field: 'transfers',
      name: words.fields.transfers,
      items: items(
        placed.filter(({ outside }) => outside),
        words.noTransfers,
      ),
    },
  ]
}

/** Only what is connected stands here, so that nobody has to be told "where it is". A proper name begins with a capital. */
const nameIn = (language: DocumentLanguage, recipient: Recipient): string =>
  /^\p{Lu}/u.test(recipient.name) && !recipient.adapter ? recipient.name : recipientWord(language, recipient)
