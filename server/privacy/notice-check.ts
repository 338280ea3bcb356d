import { inForce } from '../../policy/index.ts'
import type { Installation } from '../installation.ts'
import { isAsTold } from './as-told.ts'
import { bothAllow } from './both-allow.ts'
import { canonical } from './canonical.ts'
import { type PolicyContent, policyContent, policyHash, versionOf } from './policy-content.ts'
import type { Verdict } from './policy-diff.ts'
import type { PolicyRecord } from './policy-record.ts'

/** Is what people read what the program goes by, and is no word of the record changed? */
export async function noticeProblems(
  { cluster }: Pick<Installation, 'cluster'>,
  policies: PolicyRecord,
  here: PolicyContent,
): Promise<string[]> {
  const told = recordProblems(
    await cluster.control.transaction((db) =>
      db.rows<Recorded>(
        `select version, content, verdict, announced_at, effective_at, a.hash as approved
         from policy_versions left join approvals a on a.id = approval_id order by number`,
      ),
    ),
  )
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

interface Recorded {
  version: string
  content: unknown
  verdict: Verdict | null
  announced_at: Date | null
  effective_at: Date
  /** hash of what somebody approved; null: it was made before approval was asked for */
  approved: string | null
}

/** Is each version what was approved, and did nothing that allows more take effect sooner than was promised? */
function recordProblems(versions: readonly Recorded[]): string[] {
  const told: string[] = []
  // What the first versions declared is not on record, so nobody could have been told what is new.
  let promisedDays: number | undefined
  for (const { version, content, approved, ...dates } of versions) {
    const read = policyContent.safeParse(content)
    if (!read.success || versionOf(read.data) !== version) {
      told.push(`version ${version} of the policy was changed`)
      continue
    }
    if (approved !== null && policyHash(read.data) !== approved)
      told.push(`version ${version} of the policy is not what was approved`)
    if (!isAsTold(read.data))
      told.push(`version ${version} of the policy declares something else than it says`)
    if (promisedDays !== undefined && dates.verdict === 'less restrictive') {
      const [longest = -1] = versions
        .filter(({ effective_at }) => effective_at.getTime() === dates.effective_at.getTime())
        .map(daysAhead)
        .sort((a, b) => b - a)
      // One that came in the place of another was told with that one.
      if (dates.announced_at === null || longest < promisedDays)
        told.push(`version ${version} of the policy takes effect sooner than people were promised`)
    }
    const days = read.data.declared?.terms.noticeDays
    if (days !== undefined) promisedDays = Math.min(days, promisedDays ?? days)
  }
  return told
}

/** An hour less where summer time begins in between. */
const daysAhead = ({
  announced_at,
  effective_at,
}: Pick<Recorded, 'announced_at' | 'effective_at'>): number =>
  announced_at === null ? 0 : Math.round((effective_at.getTime() - announced_at.getTime()) / 86_400_000)
