import type { ShownApproval } from '../privacy/approvals.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { ownWords } from '../privacy/words/own-words.ts'
import { dayIn } from '../privacy/words/page-words.ts'

/** When a version was approved, and by whom as far as that is kept. */
export function approvalLine(
  language: DocumentLanguage,
  at: Date,
  by: ShownApproval['by'] | undefined,
): string {
  const day = dayIn(language, at)
  return by ? documentWords[language].approvedBy(day, by.name, by.role) : ownWords[language].approvedOn(day)
}
