import type { App } from '../app.ts'
import { agreementInForce } from '../privacy/agreement.ts'
import { type AgreementSection, agreementSections, placesIn } from '../privacy/paragraph-places.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import { documentLanguages } from '../privacy/words/languages.ts'
import { agreementWords, type Language } from '../privacy/words/words.ts'
import { type Asked, compareView, placeView } from './list-parts.ts'
import { policyView } from './list-policy.ts'
import { measuresNow } from './measures.ts'
import { documentsPath, pageOf } from './paths.ts'
import { type RecordContent, recordChanges, recordVersion } from './record-content.ts'
import { controllersHere } from './record-here.ts'
import { withNames } from './record-page.ts'
import type { DocumentView } from './shapes.ts'
import type { ViewedVersion, Viewer } from './viewer.ts'

/** Every generated document, with its state, and what of it whoever asks may do. */
export async function documentList(app: App, viewer: Viewer, language: Language): Promise<DocumentView[]> {
  const own = await viewer.paragraphs()
  const policy = await policyView(app, viewer, { language, own })
  return [
    policy,
    await agreementView(app, viewer, { language, own, policy }),
    await recordView(app, viewer, { language, own }),
    await measuresView(app, language),
  ]
}

/** Approved with the policy: both are made of the same declarations. */
async function agreementView(
  app: App,
  viewer: Viewer,
  { language, own, policy }: Asked & { policy: DocumentView },
): Promise<DocumentView> {
  const inForce = policy.version === undefined ? undefined : await agreementInForce(app.policies, language)
  return {
    document: 'agreement',
    title: documentWords[language].agreement,
    ...(inForce && policy.since !== undefined ? { version: inForce.version, since: policy.since } : {}),
    ...(policy.approval ? { approval: policy.approval } : {}),
    ...(policy.compare === undefined ? {} : { compare: policy.compare }),
    ...(inForce ? { read: pageOf('agreement')(language) } : {}),
    mayApprove: false,
    versions: [],
    places: viewer.organization
      ? []
      : agreementSections.map((place) =>
          placeView({ document: 'agreement', place, heading: agreementHeading(place, language) }, own),
        ),
    languages: [...documentLanguages],
  }
}

export function agreementHeading(place: AgreementSection, language: Language): string {
  const words = agreementWords[language]
  return {
    what: words.whatHeading,
    who: words.whoHeading,
    duties: words.dutiesHeading,
    end: words.endHeading,
    yours: words.yoursHeading,
  }[place]
}

async function recordView(app: App, viewer: Viewer, { language, own }: Asked): Promise<DocumentView> {
  const versions = await viewer.records()
  const [latest] = versions
  const here = await viewer.recordHere()
  const version = recordVersion(here)
  const page = pageOf('record')(language)
  const { title, sections } = here.texts[language]
  const views = versions.map(({ version: of, approvedAt, approval }) => ({
    version: of,
    approval: { at: approvedAt.toISOString(), ...approval.by },
    read: `${page}&version=${of}`,
  }))
  return {
    document: 'record',
    title,
    ...(latest ? { version: latest.version, since: latest.approvedAt.toISOString() } : {}),
    ...(views[0] ? { approval: views[0].approval } : {}),
    read: page,
    data: `${documentsPath}/record/data?lang=${language}`,
    ...(latest?.version === version
      ? {}
      : {
          waiting: {
            version,
            changes: latest ? await changesSince(app, viewer, { latest, here, language }) : [],
            read: page,
          },
        }),
    mayApprove: true,
    ...compareView('record', language, [...versions, { version }]),
    versions: views,
    places: placesIn.record.flatMap((place) => {
      const section = sections.find(({ id }) => id === place)
      return section ? [placeView({ document: 'record', place, heading: section.heading }, own)] : []
    }),
    languages: [...documentLanguages],
  }
}

async function changesSince(
  app: App,
  viewer: Viewer,
  { latest, here, language }: { latest: ViewedVersion; here: RecordContent; language: Language },
): Promise<string[]> {
  const controllers = await controllersHere(app, viewer.organization)
  return recordChanges(withNames(latest.content, controllers), withNames(here, controllers))[language]
}

async function measuresView(app: App, language: Language): Promise<DocumentView> {
  const { checkedAt } = await measuresNow(app, language)
  return {
    document: 'measures',
    title: documentWords[language].measures,
    ...(checkedAt ? { since: checkedAt.toISOString() } : {}),
    read: pageOf('measures')(language),
    mayApprove: false,
    versions: [],
    places: [],
    languages: [],
  }
}
