import type { PolicyContent } from './policy-content.ts'
import type { PolicyBlock, PolicyFact, PolicyItem, PolicyKind, PolicyText } from './policy-text.ts'

/** A notice for less than everything: one app, or all with this CRM or this phone system. */
export interface NoticeChoice {
  /** as it stands in addresses */
  name: string
  apps: readonly string[]
}

/** @returns undefined: no app of this version goes by that name */
export function chosenIn({ apps = [] }: PolicyContent, name: string | undefined): NoticeChoice | undefined {
  if (name === undefined) return undefined
  const chosen = apps.filter(({ id, phone, crm }) => [id, phone, crm].includes(name)).map(({ id }) => id)
  return chosen.length > 0 ? { name, apps: chosen } : undefined
}

/** What this text says of the chosen apps: everything that is of others is left out (PD-10). */
export function noticeOf(text: PolicyText, choice: NoticeChoice): PolicyText {
  const isIn = ({ only }: { only?: readonly string[] | undefined }): boolean =>
    only === undefined || only.some((id) => choice.apps.includes(id))
  const items = (some: readonly PolicyItem[]): PolicyItem[] => some.filter(isIn)
  const factIn = (fact: PolicyFact): PolicyFact => {
    const left = items(fact.items)
    const nobody =
      left.length === 0 && fact.field === 'recipients' ? [{ id: '', text: text.nobody ?? '' }] : []
    return { ...fact, items: [...left, ...nobody] }
  }
  const kindIn = (kind: PolicyKind): PolicyKind => ({ ...kind, facts: kind.facts.map(factIn) })
  const blockIn = (block: PolicyBlock): PolicyBlock[] => {
    if ('items' in block) return [{ ...block, items: items(block.items) }]
    if ('facts' in block) return [{ ...block, facts: block.facts.map(factIn) }]
    if ('kind' in block) return isIn(block.kind) ? [{ kind: kindIn(block.kind) }] : []
    return 'list' in block || 'own' in block || isIn(block) ? [block] : []
  }
  return {
    ...text,
    title: text.titles?.[choice.name] ?? text.title,
    sections: text.sections.map((section) => ({ ...section, blocks: section.blocks.flatMap(blockIn) })),
  }
}
