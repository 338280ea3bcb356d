import { inForce } from '../../policy/index.ts'
import type { Installation } from '../installation.ts'
import { bothAllow } from './both-allow.ts'
import { canonical } from './canonical.ts'
import { type PolicyContent, policyContent, versionOf } from './policy-content.ts'
import type { PolicyRecord } from './policy-record.ts'

/** Is what people read what the program goes by, and is no word of the record changed? */
export async function noticeProblems(
  { cluster }: Pick<Installation, 'cluster'>,
  policies: PolicyRecord,
  here: PolicyContent,
): Promise<string[]> {
  const told: string[] = []
  const versions = await cluster.control.transaction((db) =>
    db.rows<{ version: string; content: unknown }>(
      'select version, content from policy_versions order by number',
    ),
  )
  for (const { version, content } of versions) {
    const read = policyContent.safeParse(content)
    if (!read.success || versionOf(read.data) !== version)
      told.push(`version ${version} of the policy was changed`)
  }
  const shown = await policies.read()
  if (!shown) return [...told, 'no policy is published']
  const announced = (await policies.versions()).filter(({ state }) => state === 'announced')
  const mine = versionOf(here)
  if (shown.version !== mine && !announced.some(({ version }) => version === mine))
    told.push('what the files of this program say is neither published nor announced: it waits for approval')
  if (shown.declared) {
    const { rules, beyond } = bothAllow(shown.declared, inForce().kinds)
    const narrower = canonical(rules.kinds) !== canonical(inForce().kinds)
    if (beyond.length > 0 || narrower) told.push('the program does more than the published policy says')
  }
  return told
}
