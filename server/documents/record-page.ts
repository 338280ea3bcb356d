import type { App } from '../app.ts'
import { nowIn } from '../database/now.ts'
import { failed } from '../failure.ts'
import { languagesOf } from '../privacy/policy-content.ts'
import type { PolicyBlock, PolicyKind, PolicyText } from '../privacy/policy-text.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { momentIn, pageWords } from '../privacy/words/page-words.ts'
import { recordWords } from '../privacy/words/record-words.ts'
import { approvalLine } from './approval-line.ts'
import { documentPage } from './document-page.ts'
import { measureBlocks, measuresNow } from './measures.ts'
import { pageOf } from './paths.ts'
import { type RecordContent, recordChanges, recordHash, recordVersion } from './record-content.ts'
import { type ControllerName, controllersHere } from './record-here.ts'
import { kindOfOrganization } from './record-text.ts'
import type { RecordData } from './shapes.ts'
import type { ViewedVersion, Viewer } from './viewer.ts'

interface Wish {
  language: DocumentLanguage
  /** undefined: as the installation is now */
  version: string | undefined
}

/** A record, as it is now or as it was approved. */
interface Opened {
  content: RecordContent
  /** undefined: nobody has approved this */
  approved: ViewedVersion | undefined
  /** the one that was approved before it; undefined: it is the first */
  before: ViewedVersion | undefined
}

/** @throws RingfenceError `not-found` when no such version was approved */
async function opened(viewer: Viewer, version: string | undefined): Promise<Opened> {
  const versions = await viewer.records()
  const content = version === undefined ? await viewer.recordHere() : undefined
  const at = content
    ? versions.slice(0, 1).findIndex((one) => one.version === recordVersion(content))
    : versions.findIndex((one) => one.version === version)
  const approved = versions[at]
  return {
    content: content ?? approved?.content ?? failed({ code: 'not-found', what: 'version' }),
    approved,
    before: versions[at + 1],
  }
}

/** In the language asked for, or in English where that version was not in it. */
function textIn({ texts }: RecordContent, wished: DocumentLanguage): [DocumentLanguage, PolicyText] {
  const text = texts[wished]
  return text ? [wished, text] : ['en', texts.en]
}

/** @returns the page, and the language that it is in */
export async function recordPage(
  app: App,
  viewer: Viewer,
  { language: wished, version }: Wish,
): Promise<{ language: DocumentLanguage; html: string }> {
  const { content, approved, before } = await opened(viewer, version)
  const controllers = await controllersHere(app, viewer.organization)
  const named = withNames(content, controllers)
  const [language, { title, sections }] = textIn(named, wished)
  const measures = measureBlocks(await measuresNow(app, language), language)
  const at = approved?.approvedAt ?? (await app.cluster.control.transaction(nowIn))
  const beside: Record<string, PolicyBlock[]> = {
    // What an organization is called and where it is reached goes with it, so that it stands beside its record.
    who: viewer.organization ? controllers.map((one) => ({ facts: contactFacts(one, language) })) : [],
    measures,
  }
  return {
    language,
    html: documentPage({
      language,
      languages: languagesOf(content),
      title,
      lines: [
        [
          pageWords[language].version(recordVersion(content)),
          ...(approved ? [approvalLine(language, approved.approvedAt, approved.approval.by)] : []),
        ].join(', '),
        documentWords[language].made(momentIn(language, at)),
      ],
      draft: approved === undefined,
      changes: before ? (recordChanges(withNames(before.content, controllers), named)[language] ?? []) : [],
      sections: sections.map((section) => {
        const [made, own] = splitOwn(section.blocks)
        return { ...section, blocks: [...made, ...(beside[section.id] ?? []), ...own] }
      }),
      addressIn: pageOf('record', version === undefined ? '' : `&version=${encodeURIComponent(version)}`),
    }),
  }
}

/** Paragraphs of one's own come last, as in every document. */
const splitOwn = (blocks: readonly PolicyBlock[]): [PolicyBlock[], PolicyBlock[]] => [
  blocks.filter((block) => !('own' in block)),
  blocks.filter((block) => 'own' in block),
]

export async function recordAsData(
  app: App,
  viewer: Viewer,
  { language: wished, version }: Wish,
): Promise<RecordData> {
  const { content, approved } = await opened(viewer, version)
  const [language, { title, sections }] = textIn(content, wished)
  const { checkedAt, ...measures } = await measuresNow(app, language)
  const { by, jws } = approved?.approval ?? {}
  const controllers = await controllersHere(app, viewer.organization)
  return {
    document: 'record of processing activities',
    of: viewer.organization ? 'organization' : 'operator',
    version: recordVersion(content),
    hash: recordHash(content),
    madeAt: (approved?.approvedAt ?? (await app.cluster.control.transaction(nowIn))).toISOString(),
    ...(approved
      ? { approval: { at: approved.approvedAt.toISOString(), ...by, ...(jws === undefined ? {} : { jws }) } }
      : {}),
    language,
    title,
    sections,
    controllers: controllers.map((one) => ({ ...one, contacts: [...one.contacts] })),
    measures: { ...(checkedAt ? { checkedAt: checkedAt.toISOString() } : {}), ...measures },
  }
}

/** A record whose organizations are called by their names: these stand beside it, and go with the organization. */
export function withNames({ texts }: RecordContent, controllers: readonly ControllerName[]): RecordContent {
  const made = languagesOf({ texts }).map((language) => {
    const text = texts[language] ?? texts.en
    return [
      language,
      { ...text, sections: text.sections.map((one) => namedIn(one, controllers, language)) },
    ] as const
  })
  return { texts: { ...texts, ...Object.fromEntries(made) } }
}

const namedIn = (
  section: PolicyText['sections'][number],
  controllers: readonly ControllerName[],
  language: DocumentLanguage,
): PolicyText['sections'][number] => ({
  ...section,
  blocks: section.blocks.map((block) =>
    'kind' in block ? { kind: named(block.kind, controllers, language) } : block,
  ),
})

/** Whose processing it is, in words. */
function named(
  kind: PolicyKind,
  controllers: readonly ControllerName[],
  language: DocumentLanguage,
): PolicyKind {
  if (!kind.kind.startsWith(kindOfOrganization(''))) return kind
  const found = controllers.find(({ id }) => kind.kind === kindOfOrganization(id))
  if (!found) return { ...kind, name: `${kind.name} (${recordWords[language].deleted})` }
  const whole = { ...found, name: `${found.name} (${kind.name})` }
  return { ...kind, name: found.name, facts: [...contactFacts(whole, language), ...kind.facts] }
}

function contactFacts({ name, contacts }: ControllerName, language: DocumentLanguage): PolicyKind['facts'] {
  const { fields, noContact } = recordWords[language]
  const fact = (field: 'name' | 'contact', text: string) => ({
    field,
    name: fields[field],
    items: [{ id: text, text }],
  })
  return [fact('name', name), fact('contact', contacts.join(', ') || noContact)]
}
