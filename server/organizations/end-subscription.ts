import { setTimeout as sleep } from 'node:timers/promises'
import type { OneTimeTokens } from '../accounts/one-time-tokens.ts'
import type { Sessions } from '../accounts/sessions.ts'
import { finishWithOrganization } from '../crms/uninstall.ts'
import type { Cluster } from '../database/cluster.ts'
import { failed, failureOf } from '../failure.ts'
import { agreementOf } from '../privacy/agreement.ts'
import type { Asked } from '../privacy/asked-receipts.ts'
import { hasKeys } from '../privacy/ended-check.ts'
import { countEnding, countLeft, purge } from '../privacy/purge.ts'
import type { LeftThere } from '../privacy/receipt-signing.ts'
import type { Receipts } from '../privacy/receipts.ts'
import { rememberCompanies } from './ended-companies.ts'
import { leaveOthers, type OthersParts, stillThere, thereIs } from './leave-others.ts'
import type { Organization } from './organization.ts'
import type { Organizations } from './organizations.ts'
import { beginEnd, endsToCarryOut } from './subscriptions.ts'

export type EndingParts = OthersParts & {
  organizations: Organizations
  receipts: Receipts
  sessions: Sessions
  oneTimeTokens: OneTimeTokens
  /** this node and all others let go of the organization: caches, screens, hooks, held connections */
  letGo(organizationId: string): Promise<void>
}

/**
 * Ends an organization's subscription (BX-6). At once nobody gets in any more, by sign-in, page, hook or job; then the
 * phone systems and CRMs forget us, as far as they answer; then keys, database and rows go, and the receipt is signed.
 * May be interrupted anywhere and asked for again, also by several at a time: there is one end, and one receipt.
 * @returns what may still be at other systems; undefined: it is being ended, and goes on by itself
 */
export async function endSubscription(
  parts: EndingParts,
  organizationId: string,
  options?: { ifTrialIsOver: boolean },
): Promise<readonly LeftThere[] | undefined> {
  if (await beginEnd(parts.cluster, organizationId, options))
    parts.log.info('subscription-ending', { organizationId })
  try {
    return await carryOutEnd(parts, organizationId)
  } catch (error) {
    const code = failureOf(error)?.code
    if (code === undefined) throw error
    parts.log.warn('subscription-not-ended-yet', { organizationId, code })
    return undefined
  }
}

/** Trials that are over, and whatever was cut off; each for itself, and those that fail come with the next round. */
export async function endWhatIsDue(
  { cluster }: Pick<EndingParts, 'cluster'>,
  queue: (organizationId: string) => Promise<void>,
): Promise<void> {
  for (const organizationId of await endsToCarryOut(cluster)) await queue(organizationId)
}

const againMs = 200

/** @throws RingfenceError `busy` when somebody works on a table just now: run it again later */
function carryOutEnd(parts: EndingParts, organizationId: string): Promise<readonly LeftThere[]> {
  return oneAtATime(parts.cluster, organizationId, async () => {
    const asked = await parts.receipts.endOf(organizationId)
    const organization = await parts.organizations.ending(organizationId)
    if (!organization) return []
    // Signed before, and then cut off.
    if (!asked) {
      await parts.organizations.markEnded(organizationId)
      return []
    }
    parts.organizations.forget(organizationId)
    await parts.letGo(organizationId)
    await parts.sessions.endOfOrganization(organizationId)
    await parts.oneTimeTokens.dropAll(organizationId)
    // Before grants are given back: each goes with its row.
    await rememberCompanies(parts, organizationId)
    // Restored from before its end: without keys there is nothing by which anybody could be asked, or counted.
    const done = asked.leftOthers || !hasKeys(parts.ring, organizationId)
    const left = done ? asked.leftThere : await leave(parts, organization, asked)
    const event = { end: 'end of subscription', organizationId } as const
    await purge(parts, organization, event)
    if ((await countLeft(parts, event)) > 0)
      failed({ code: 'busy', what: 'subscription', retryAfterSeconds: 60 })
    // Carried out later, they would find whatever the organization has when it begins anew.
    for (const id of await parts.receipts.uninstallsOf(organizationId))
      await finishWithOrganization(parts.receipts, id)
    await parts.receipts.complete(asked.id, {
      keysDestroyed: !hasKeys(parts.ring, organizationId),
    })
    await parts.organizations.markEnded(organizationId)
    await parts.letGo(organizationId)
    parts.log.info('subscription-ended', { organizationId })
    return left
  })
}

/** What there was is counted before any of it goes; then others are left, and what came of it is on record. */
async function leave(
  parts: EndingParts,
  organization: Organization,
  asked: Asked,
): Promise<readonly LeftThere[]> {
  const now = await thereIs(parts, organization)
  if (!asked.counts) {
    const counts = await countEnding(parts, organization, {
      end: 'end of subscription',
      organizationId: organization.id,
    })
    const agreement = (await agreementOf(organization))?.version
    await parts.receipts.remember(asked.id, { agreement, counts, there: now })
  }
  const left = stillThere({
    once: asked.counts ? asked.leftThere : now,
    now,
    left: await leaveOthers(parts, organization),
  })
  await parts.receipts.rememberLeft(asked.id, left)
  return left
}

/**
 * Ends and new beginnings of one organization, over all nodes and commands. Whoever waits asks again and again: a
 * statement that waits would look back, and no table could be rewritten meanwhile.
 */
export async function oneAtATime<T>(
  { connections, control }: Cluster,
  organizationId: string,
  work: () => Promise<T>,
): Promise<T> {
  return connections.with(control.target, async (client) => {
    const lock = [`subscription ${organizationId}`]
    for (;;) {
      const { rows } = await client.query<{ mine: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
        lock,
      )
      if (rows[0]?.mine) break
      await sleep(againMs)
    }
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', lock).catch(() => undefined)
    }
  })
}
