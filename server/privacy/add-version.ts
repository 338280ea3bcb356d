import type { Db } from '../database/transaction.ts'
import type { Approvals, Approver } from './approvals.ts'
import { changesBetween, type PolicyChanges } from './policy-changes.ts'
import { type PolicyContent, policyContent, policyHash, versionOf } from './policy-content.ts'
import { insertVersion, type VersionRow } from './policy-versions.ts'
import { compareVersions } from './tell-diff.ts'
import { documentLanguages } from './words/languages.ts'

/**
 * A version that somebody answers for: in force at once, or announced where it allows more.
 * @param parts.known the version in force and those announced, the latest first
 */
export async function addVersion(
  db: Db,
  content: PolicyContent,
  inForce: VersionRow | undefined,
  { known, approvals, by }: { known: readonly VersionRow[]; approvals: Approvals; by: Approver },
): Promise<VersionRow> {
  const approvalId = await approvals.note(db, { document: 'policy', hash: policyHash(content) }, by)
  if (!inForce) return insertVersion(db, { content, version: versionOf(content), approvalId })
  const was = policyContent.parse(inForce.content)
  const { verdict, differences } = compareVersions(was, content)
  const reasons = Object.fromEntries(
    documentLanguages.map((language) => [language, differences.map(({ text }) => text[language])]),
  ) as PolicyChanges
  // What the first versions declared is not on record, so nobody could go by it any longer.
  const waits = verdict === 'less restrictive' && was.declared !== undefined
  const told = waits
    ? known.filter(
        ({ state, content: before }) =>
          state === 'announced' &&
          compareVersions(policyContent.parse(before), content).verdict !== 'less restrictive',
      )
    : []
  return insertVersion(db, {
    content,
    version: versionOf(content),
    approvalId,
    verdict,
    changes: changesBetween(was, content),
    reasons,
    // What was announced in time needs no second announcement.
    ...(waits ? { waits: told.at(-1)?.effective_at ?? was.declared?.terms.noticeDays ?? 0 } : {}),
  })
}
