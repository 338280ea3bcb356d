import type { PolicyBlock } from './policy-text.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { ownWords } from './words/own-words.ts'

/** What a block says, a line for each paragraph, item or fact: what a reader compares. */
export function linesOf(block: PolicyBlock, language: DocumentLanguage): string[] {
  if ('text' in block) return [block.text]
  if ('list' in block) return block.list
  if ('items' in block) return block.items.map(({ text }) => text)
  if ('link' in block) return [block.link.text]
  if ('own' in block) return [`${ownBy(block.own.by, language)}: ${block.own.text}`]
  const facts = 'kind' in block ? block.kind.facts : block.facts
  return facts.map(({ name, items }) => `${name}: ${items.map(({ text }) => text).join('; ')}`)
}

/** Whose words they are: nobody may take them for the program's own. */
export const ownBy = (by: string, language: DocumentLanguage): string =>
  by === '' ? ownWords[language].byOperator : ownWords[language].by(by)
