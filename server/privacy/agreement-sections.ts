import type { AgreementText } from './agreement.ts'
import type { PolicyText } from './policy-text.ts'

/** The agreement in sections, as other documents are: what stands before its first heading is under its title. */
export function agreementSectionsOf({ title, blocks }: AgreementText): PolicyText['sections'] {
  const sections: PolicyText['sections'] = []
  for (const block of blocks) {
    if ('heading' in block)
      sections.push({ id: `part-${sections.length + 1}`, heading: block.heading, blocks: [] })
    else {
      if (sections.length === 0) sections.push({ id: 'part-1', heading: title, blocks: [] })
      sections.at(-1)?.blocks.push(block)
    }
  }
  return sections
}
