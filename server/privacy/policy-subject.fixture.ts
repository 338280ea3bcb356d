import { optimcall } from '../phones/optimcall/index.ts'
import type { PolicyBlock, PolicySubject, PolicyText } from './policy-text.ts'

/** An installation whose operator has named itself. */
export const subject: PolicySubject = {
  operator: { name: 'Spojka s.r.o.', contact: 'privacy@spojka.example' },
  phones: [optimcall],
  crms: [{ title: 'Pipedrive' }],
}

/** Everything a reader sees in a section. */
export function wordsOf(text: PolicyText, section: string): string {
  const blocks = text.sections.find(({ id }) => id === section)?.blocks ?? []
  return blocks.map(wordsIn).join('\n')
}

function wordsIn(block: PolicyBlock): string {
  if ('text' in block) return block.text
  if ('list' in block) return block.list.join('\n')
  if ('link' in block) return `${block.link.text} ${block.link.url ?? ''}`
  const { name, facts } = block.kind
  const lines = facts.map((fact) => `${fact.name}: ${fact.items.map(({ text }) => text).join('; ')}`)
  return [name, ...lines].join('\n')
}
