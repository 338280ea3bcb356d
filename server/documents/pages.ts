import type { App } from '../app.ts'
import { nowIn } from '../database/now.ts'
import { failed } from '../failure.ts'
import { type Agreement, agreementInForce } from '../privacy/agreement.ts'
import { policyHash, versionOf } from '../privacy/policy-content.ts'
import type { PolicyText } from '../privacy/policy-text.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import { ownWords } from '../privacy/words/own-words.ts'
import { dayIn, momentIn, pageWords } from '../privacy/words/page-words.ts'
import { recordWords } from '../privacy/words/record-words.ts'
import type { Language } from '../privacy/words/words.ts'
import { documentPage } from './document-page.ts'
import { documentsPath } from './list.ts'
import { measureBlocks, measuresNow } from './measures.ts'
import { type RecordContent, recordChanges, recordHash, recordVersion } from './record-content.ts'
import { type ControllerName, controllersHere } from './record-here.ts'
import { kindOfOrganization } from './record-text.ts'
import type { RecordData } from './shapes.ts'
import { subProcessors } from './sub-processors.ts'
import type { ViewedVersion, Viewer } from './viewer.ts'

const pageOf =
  (document: string, more = '') =>
  (language: string) =>
    `${documentsPath}/${document}/page?lang=${language}${more}`

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

export async function recordPage(
  app: App,
  viewer: Viewer,
  { language, version }: { language: Language; version: string | undefined },
): Promise<string> {
  const { content, approved, before } = await opened(viewer, version)
  const words = documentWords[language]
  const controllers = viewer.organization ? [] : await controllersHere(app)
  const measures = measureBlocks(await measuresNow(app, language), language)
  const { title, sections } = content.texts[language]
  const by = approved?.approval.by
  const day = approved && dayIn(language, approved.approvedAt)
  return documentPage({
    language,
    title,
    lines: [
      [
        pageWords[language].version(recordVersion(content)),
        ...(day === undefined
          ? []
          : [by ? words.approvedBy(day, by.name, by.role) : ownWords[language].approvedOn(day)]),
      ].join(', '),
      words.made(momentIn(language, approved?.approvedAt ?? (await app.cluster.control.transaction(nowIn)))),
    ],
    draft: approved === undefined,
    changes: before ? recordChanges(before.content, content)[language] : [],
    sections: sections.map((section) => ({
      ...section,
      blocks: [
        ...section.blocks.map((block) => ('kind' in block ? named(block, controllers, language) : block)),
        ...(section.id === 'measures' ? measures : []),
      ],
    })),
    addressIn: pageOf('record', version === undefined ? '' : `&version=${encodeURIComponent(version)}`),
  })
}

export async function recordAsData(
  app: App,
  viewer: Viewer,
  { language, version }: { language: Language; version: string | undefined },
): Promise<RecordData> {
  const { content, approved } = await opened(viewer, version)
  const { title, sections } = content.texts[language]
  const { checkedAt, ...measures } = await measuresNow(app, language)
  const { by, jws } = approved?.approval ?? {}
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
    controllers: viewer.organization
      ? []
      : (await controllersHere(app)).map((one) => ({ ...one, contacts: [...one.contacts] })),
    measures: { ...(checkedAt ? { checkedAt: checkedAt.toISOString() } : {}), ...measures },
  }
}

/** The text that companies agree to, as it was approved. */
export async function agreementPage(app: App, language: Language): Promise<string> {
  const { version, title, blocks } = await agreementInForce(app.policies, language)
  const inForce = await app.policies.read()
  return documentPage({
    language,
    title: documentWords[language].agreement,
    lines: [
      [
        pageWords[language].version(version),
        ...(inForce?.approval ? [ownWords[language].approvedOn(dayIn(language, inForce.approval.at))] : []),
      ].join(', '),
    ],
    draft: false,
    changes: [],
    sections: sectionsOf({ title, blocks }),
    addressIn: pageOf('agreement'),
  })
}

function sectionsOf({ title, blocks }: Pick<Agreement, 'title' | 'blocks'>): PolicyText['sections'] {
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

export async function measuresPage(app: App, language: Language): Promise<string> {
  const { headings, prose } = recordWords[language]
  const measures = await measuresNow(app, language)
  const { operator } = app.settings
  const said = { operator, hosting: app.settings.hosting, region: '', othersNamed: false, organizations: 0 }
  return documentPage({
    language,
    title: documentWords[language].measures,
    lines: [[operator.name, operator.contact].filter(Boolean).join(', ')].filter(Boolean),
    draft: false,
    changes: [],
    sections: [
      {
        id: 'measures',
        heading: headings.measures,
        blocks: [...prose.measures(said).map((text) => ({ text })), ...measureBlocks(measures, language)],
      },
    ],
    addressIn: pageOf('measures'),
  })
}

/**
 * The policy that this program has, before anybody approved it: for whoever is to approve it. With what companies will agree
 * to, because that is approved by the same signature.
 */
export async function policyDraftPage(app: App, language: Language): Promise<string> {
  const content = await app.policyHere()
  const { title, sections } = content.texts[language]
  const agreement = content.agreement?.[language]
  return documentPage({
    language,
    title,
    lines: [pageWords[language].version(versionOf(content)), `SHA-256 ${policyHash(content)}`],
    draft: true,
    changes: [],
    sections: [
      ...sections,
      ...(agreement ? sectionsOf(agreement) : []).map((section) => ({
        ...section,
        heading:
          section.heading === agreement?.title ? section.heading : `${agreement?.title}: ${section.heading}`,
      })),
    ],
    addressIn: pageOf('policy'),
  })
}

/** For everybody. */
export function subProcessorsPage(app: App, language: Language): string {
  const { title, sections } = subProcessors(app, language)
  return documentPage({
    language,
    title,
    lines: [app.settings.operator.name ?? ''].filter(Boolean),
    draft: false,
    changes: [],
    sections,
    addressIn: (other) => `/privacy/sub-processors?lang=${other}`,
  })
}

/** Whose processing it is, in words: name and contact stand beside the record, and go with the organization. */
function named(
  { kind }: Extract<PolicyText['sections'][number]['blocks'][number], { kind: unknown }>,
  controllers: readonly ControllerName[],
  language: Language,
) {
  if (!kind.kind.startsWith(kindOfOrganization(''))) return { kind }
  const { fields, deleted, noContact } = recordWords[language]
  const found = controllers.find(({ id }) => kind.kind === kindOfOrganization(id))
  const contact = found?.contacts.join(', ') || noContact
  const fact = (field: 'name' | 'contact', text: string) => ({
    field,
    name: fields[field],
    items: [{ id: text, text }],
  })
  return {
    kind: {
      ...kind,
      name: found?.name ?? `${kind.name} (${deleted})`,
      facts: [
        ...(found ? [fact('name', `${found.name} (${found.id})`), fact('contact', contact)] : []),
        ...kind.facts,
      ],
    },
  }
}
