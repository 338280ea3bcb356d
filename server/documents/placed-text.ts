import type { Placed } from '../places/places.ts'
import { placeIn } from '../privacy/policy-facts.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { dayIn } from '../privacy/words/page-words.ts'
import { recordWords } from '../privacy/words/record-words.ts'

/** Where a recipient is, why data may go there, and by which document. */
export function placedText(
  language: DocumentLanguage,
  { country, ground, transfer }: Omit<Placed, 'recipient'>,
): string {
  const where = recordWords[language].placed(placeIn(language, country), ground)
  return transfer ? `${where}: ${transfer.document}, ${dayIn(language, new Date(transfer.dated))}` : where
}
