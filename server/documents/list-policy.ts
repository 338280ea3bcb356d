import { terms } from '../../policy/index.ts'
import type { App } from '../app.ts'
import type { ShownApproval } from '../privacy/approvals.ts'
import { changesBetween } from '../privacy/policy-changes.ts'
import { type PolicyContent, versionOf } from '../privacy/policy-content.ts'
import { isWaiting, type PolicyVersion } from '../privacy/policy-versions.ts'
import { compareVersions } from '../privacy/tell-diff.ts'
import { documentLanguages } from '../privacy/words/languages.ts'
import type { Language } from '../privacy/words/words.ts'
import { type Asked, compareView, placeView } from './list-parts.ts'
import { pageOf } from './paths.ts'
import type { DocumentView } from './shapes.ts'
import type { Viewer } from './viewer.ts'

export async function policyView(app: App, viewer: Viewer, { language, own }: Asked): Promise<DocumentView> {
  const versions = (await app.policies.versions()).filter(({ state }) => state !== 'withdrawn')
  const approvers = await app.policies.approvers(versions)
  const inForce = versions.find(({ state }) => state === 'in force')
  const here = await app.policyHere()
  const { title, sections } = here.texts[language]
  const isOperator = viewer.organization === undefined
  const waiting = isOperator ? await policyWaiting(app, here, { versions, language }) : {}
  const address = (version: string) => `/privacy/policy/${encodeURIComponent(version)}?lang=${language}`
  return {
    document: 'policy',
    title,
    ...(inForce ? { version: inForce.version, since: inForce.effectiveAt.toISOString() } : {}),
    ...approvalIn(inForce, approvers),
    ...(inForce ? { read: `/privacy/policy?lang=${language}` } : {}),
    ...waiting,
    mayApprove: isOperator,
    ...compareView('policy', language, [...versions, ...(waiting.waiting ? [waiting.waiting] : [])]),
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
  here: PolicyContent,
  { versions, language }: { versions: readonly PolicyVersion[]; language: Language },
): Promise<Pick<DocumentView, 'waiting'>> {
  const version = versionOf(here)
  if (!isWaiting(versions, version)) return {}
  const before = await app.policies.read()
  const verdict = before && compareVersions(before, here).verdict
  const days = before?.declared?.terms.noticeDays ?? terms.noticeDays
  return {
    waiting: {
      version,
      ...(verdict === 'less restrictive' ? { announcedDays: days } : {}),
      changes: before ? changesBetween(before, here)[language] : [],
      read: pageOf('policy')(language),
    },
  }
}

function approvalIn(
  version: PolicyVersion | undefined,
  approvers: ReadonlyMap<string, ShownApproval>,
): Pick<DocumentView, 'approval'> {
  const { approval } = version ?? {}
  if (!approval) return {}
  return { approval: { at: approval.at.toISOString(), ...approvers.get(approval.id)?.by } }
}
