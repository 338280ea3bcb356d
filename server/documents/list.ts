import { terms } from '../../policy/index.ts'
import type { App } from '../app.ts'
import { agreementInForce } from '../privacy/agreement.ts'
import type { ShownApproval } from '../privacy/approvals.ts'
import type { OwnParagraph } from '../privacy/own-paragraphs.ts'
import { type AgreementSection, agreementSections, placesIn } from '../privacy/paragraph-places.ts'
import { changesBetween } from '../privacy/policy-changes.ts'
import { versionOf } from '../privacy/policy-content.ts'
import type { PolicyVersion } from '../privacy/policy-versions.ts'
import { compareVersions } from '../privacy/tell-diff.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import { documentLanguages } from '../privacy/words/languages.ts'
import { agreementWords, type Language, languages } from '../privacy/words/words.ts'
import { measuresNow } from './measures.ts'
import { recordChanges, recordVersion } from './record-content.ts'
import type { DocumentView } from './shapes.ts'
import type { Viewer } from './viewer.ts'

export const documentsPath = '/api/v1/documents'

/** Every generated document, with its state, and what of it whoever asks may do. */
export async function documentList(app: App, viewer: Viewer, language: Language): Promise<DocumentView[]> {
  const own = await viewer.paragraphs()
  const policy = await policyView(app, viewer, { language, own })
  return [
    policy,
    await agreementView(app, viewer, { language, own, policy }),
    await recordView(viewer, { language, own }),
    await measuresView(app, language),
  ]
}

interface Asked {
  language: Language
  own: readonly OwnParagraph[]
}

async function policyView(app: App, viewer: Viewer, { language, own }: Asked): Promise<DocumentView> {
  const versions = (await app.policies.versions()).filter(({ state }) => state !== 'withdrawn')
  const approvers = await app.policies.approvers(versions)
  const inForce = versions.find(({ state }) => state === 'in force')
  const here = await app.policyHere()
  const { title, sections } = here.texts[language]
  const isOperator = viewer.organization === undefined
  const address = (version: string) => `/privacy/policy/${encodeURIComponent(version)}?lang=${language}`
  return {
    document: 'policy',
    title,
    ...(inForce ? { version: inForce.version, since: inForce.effectiveAt.toISOString() } : {}),
    ...approvalIn(inForce, approvers),
    ...(inForce ? { read: `/privacy/policy?lang=${language}` } : {}),
    ...(isOperator ? await policyWaiting(app, versions, language) : {}),
    mayApprove: isOperator,
    versions: versions.flatMap((one) => {
      const { approval } = approvalIn(one, approvers)
      return approval ? [{ version: one.version, approval, read: address(one.version) }] : []
    }),
    places: isOperator
      ? sections.map(({ id, heading }) => placeView({ document: 'policy', place: id, heading }, own))
      : [],
    languages: [...documentLanguages],
  }
}

/** What this program says, where it is neither in force nor announced. */
async function policyWaiting(
  app: App,
  versions: readonly PolicyVersion[],
  language: Language,
): Promise<Pick<DocumentView, 'waiting'>> {
  const here = await app.policyHere()
  const version = versionOf(here)
  if (versions.some((one) => one.version === version && ['in force', 'announced'].includes(one.state)))
    return {}
  const before = await app.policies.read()
  const verdict = before && compareVersions(before, here).verdict
  const days = before?.declared?.terms.noticeDays ?? terms.noticeDays
  return {
    waiting: {
      version,
      ...(verdict === 'less restrictive' ? { announcedDays: days } : {}),
      changes: before ? changesBetween(before, here)[language] : [],
      read: `${documentsPath}/policy/page?lang=${language}`,
    },
  }
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
    ...(inForce ? { read: `${documentsPath}/agreement/page?lang=${language}` } : {}),
    mayApprove: false,
    versions: [],
    places: viewer.organization
      ? []
      : agreementSections.map((place) =>
          placeView({ document: 'agreement', place, heading: agreementHeading(place, language) }, own),
        ),
    languages: [...languages],
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

async function recordView(viewer: Viewer, { language, own }: Asked): Promise<DocumentView> {
  const versions = await viewer.records()
  const [latest] = versions
  const here = await viewer.recordHere()
  const version = recordVersion(here)
  const page = `${documentsPath}/record/page?lang=${language}`
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
            changes: latest ? recordChanges(latest.content, here)[language] : [],
            read: page,
          },
        }),
    mayApprove: true,
    versions: views,
    places: placesIn.record.flatMap((place) => {
      const section = sections.find(({ id }) => id === place)
      return section ? [placeView({ document: 'record', place, heading: section.heading }, own)] : []
    }),
    languages: [...languages],
  }
}

async function measuresView(app: App, language: Language): Promise<DocumentView> {
  const { checkedAt } = await measuresNow(app, language)
  return {
    document: 'measures',
    title: documentWords[language].measures,
    ...(checkedAt ? { since: checkedAt.toISOString() } : {}),
    read: `${documentsPath}/measures/page?lang=${language}`,
    mayApprove: false,
    versions: [],
    places: [],
    languages: [],
  }
}

function placeView(
  { document, place, heading }: Pick<OwnParagraph, 'document' | 'place'> & { heading: string },
  own: readonly OwnParagraph[],
): DocumentView['places'][number] {
  const found = own.find((one) => one.document === document && one.place === place)
  return { place, heading, texts: found?.texts ?? {} }
}

function approvalIn(
  version: PolicyVersion | undefined,
  approvers: ReadonlyMap<string, ShownApproval>,
): Pick<DocumentView, 'approval'> {
  const { approval } = version ?? {}
  if (!approval) return {}
  return { approval: { at: approval.at.toISOString(), ...approvers.get(approval.id)?.by } }
}
