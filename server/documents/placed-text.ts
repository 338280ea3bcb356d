import type { Placed } from '../places/places.ts'
import { placeIn } from '../privacy/policy-facts.ts'
import { recordWords } from '../privacy/words/record-words.ts'
import type { Language } from '../privacy/words/words.ts'

/** Where a recipient is, why data may go there, and by which document. */
export function placedText(
  language: Language,
  { country, ground, transfer }: Omit<Placed, 'recipient'>,
): string {
  const where = recordWords[language].placed(placeIn(language, country), ground)
  return transfer ? `${where}: ${transfer.document}, ${transfer.dated}` : where
}
