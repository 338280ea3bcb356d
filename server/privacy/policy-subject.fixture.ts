import { createEgress } from '../egress/index.ts'
import { optimcall } from '../phones/optimcall/index.ts'
import { readSettings } from '../settings.ts'
import { vendorsOf } from './policy-here.ts'
import type { PolicyBlock, PolicyFact, PolicySubject, PolicyText } from './policy-text.ts'

/** An installation whose operator has named itself. */
export const subject: PolicySubject = {
  operator: { name: 'Spojka s.r.o.', contact: 'privacy@spojka.example' },
  phones: [optimcall],
  crms: [{ title: 'Pipedrive' }],
}

/** One on which every phone system meets every CRM. */
export function everyApp(): PolicySubject {
  const settings = readSettings({
    PIPEDRIVE_CLIENT_ID: 'id',
    PIPEDRIVE_CLIENT_SECRET: 'secret',
    BITRIX24_LOCAL_APPS: 'yes',
    WEBEX_CLIENT_ID: 'id',
    WEBEX_CLIENT_SECRET: 'secret',
  })
  const egress = createEgress({ declared: [], privateHosts: [] })
  const { phones, crms } = vendorsOf(settings, egress, { phones: new Map(), crms: new Map() })
  return { ...subject, phones: [...phones.values()], crms: [...crms.values()] }
}

/** Who answers for documents in tests. */
export const jana = { name: 'Jana Nováková', role: 'managing director' }

/** Everything a reader sees in a section. */
export function wordsOf(text: PolicyText, section: string): string {
  const blocks = text.sections.find(({ id }) => id === section)?.blocks ?? []
  return blocks.map(wordsIn).join('\n')
}

function wordsIn(block: PolicyBlock): string {
  if ('text' in block) return block.text
  if ('list' in block) return block.list.join('\n')
  if ('own' in block) return block.own.text
  if ('link' in block) return `${block.link.text} ${block.link.url ?? ''}`
  if ('items' in block) return block.items.map(({ text }) => text).join('\n')
  if ('facts' in block) return factLines(block.facts).join('\n')
  return [block.kind.name, ...factLines(block.kind.facts)].join('\n')
}

const factLines = (facts: readonly PolicyFact[]) =>
  facts.map((fact) => `${fact.name}: ${fact.items.map(({ text }) => text).join('; ')}`)
