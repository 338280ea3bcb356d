import type { Declaration } from '../../policy/index.ts'
import type { Adapter } from '../adapters/contract.ts'
import type { App } from '../app.ts'
import type { Installation } from '../installation.ts'
import type { Settings } from '../settings.ts'
import { approverIn } from './approvals.ts'
import { fieldsHere } from './field-lists.ts'
import { PolicyFollower, startUnderPolicy } from './follow-policy.ts'
import { OwnParagraphs } from './own-paragraphs.ts'
import { contentOf, type Vendors } from './policy-here.ts'
import { PolicyRecord } from './policy-record.ts'
import { guardAgain } from './ready-databases.ts'

export type OpenPolicy = Pick<App, 'declarations' | 'policies' | 'policyHere' | 'paragraphs'>

/** What this program says, and what is in force: from here on it goes by that. */
export async function openPolicy(
  installation: Installation,
  vendors: Vendors,
  { declarations, adapters }: { declarations: readonly Declaration[]; adapters: readonly Adapter[] },
): Promise<OpenPolicy> {
  const paragraphs = new OwnParagraphs(installation.cluster)
  // What the operator adds may change while this node runs.
  const policyHere = async () =>
    contentOf(installation.settings, vendors, { declarations, adapters, own: await paragraphs.list() })
  const policies = new PolicyRecord(installation)
  await startUnderPolicy(policies, await policyHere(), declarations)
  return { declarations, policies, policyHere, paragraphs }
}

/** What this program says takes effect, is announced or waits for somebody; and what takes effect is followed from now on. */
export async function followPolicy(
  installation: Installation,
  { declarations, policies, policyHere }: OpenPolicy,
  adapters: readonly Adapter[],
): Promise<PolicyFollower> {
  const { log, settings } = installation
  const { isNew, version, state } = await policies.adopt(await policyHere(), firstApprover(settings))
  if (isNew) log.info('policy-in-force', { version })
  if (state === 'waits for approval') log.warn('policy-not-approved', { version })
  const follower = new PolicyFollower({
    policies,
    log,
    here: declarations,
    fields: fieldsHere(adapters),
    changed: () => guardAgain(installation),
  })
  await follower.follow()
  return follower
}

/** Whoever sets up may answer for the first version of the documents in the settings; for every other one by hand (GD-1). */
const firstApprover = ({ approvedBy }: Settings) =>
  approvedBy === undefined ? undefined : approverIn(approvedBy, 'RINGFENCE_POLICY_APPROVED_BY')
