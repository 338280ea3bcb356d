import { failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Crm } from './contract.ts'
import type { Installation, Installations } from './installations.ts'

export interface LeaveParts {
  crms: ReadonlyMap<string, Crm>
  installations: Installations
  log: Log
  /** how long the CRM may take for all of it */
  patienceMs?: number
}

/** Somebody sits before the screen and waits. */
export const defaultPatienceMs = 20_000

/** What is still at a CRM, because it did not answer in time, or refused. */
export interface LeftBehind {
  /** as people know the CRM */
  crm: string
  /** users for whom the app is installed there still */
  users: number
  /** hooks of ours that still send to us, which nobody here accepts any more */
  hooks: number
}

/**
 * Uninstalls the app at each CRM of an organization that is about to be deleted, or whose subscription ends, as far as the
 * CRM lets us: removes the hooks, and gives back every grant. What could not be done is no reason to keep data: it is told,
 * and a person can end it there. Interrupted and run again it goes on with the grants it had not come to.
 */
export async function leaveCrms(parts: LeaveParts, organization: Organization): Promise<LeftBehind[]> {
  const patienceMs = parts.patienceMs ?? defaultPatienceMs
  // The grants matter more: hooks go with the grant of whoever made them.
  const over = { hooks: AbortSignal.timeout(patienceMs / 2), grants: AbortSignal.timeout(patienceMs) }
  const installed = await parts.installations.ofOrganization(organization.id)
  const left: LeftBehind[] = []
  for (const [connectionId, users] of Map.groupBy(installed, (one) => one.connectionId)) {
    const adapter = users[0]?.crm ?? ''
    const behind = await leaveOne(parts, organization, { connectionId, adapter, users, over })
    if (behind.users + behind.hooks > 0) left.push(behind)
  }
  return left
}

type Over = Readonly<Record<'hooks' | 'grants', AbortSignal>>

async function leaveOne(
  { crms, installations, log }: LeaveParts,
  organization: Organization,
  from: { connectionId: string; adapter: string; users: readonly Installation[]; over: Over },
): Promise<LeftBehind> {
  const { users, adapter, over } = from
  const crm = crms.get(adapter)
  const done = async (what: keyof Over, work: (at: Crm) => Promise<void>): Promise<boolean> =>
    crm !== undefined && (await inTime(log, over[what], () => work(crm)))
  const hooks = await hooksOf(organization, from.connectionId).catch((error) => {
    log.failure('crm-hooks-not-known', error, { organizationId: organization.id })
    return { hook_ids: [], hooks_by: null }
  })
  const { hook_ids: ids, hooks_by: by } = hooks
  const owner = users.find((one) => one.id === by)
  const removed =
    owner !== undefined &&
    (await done('hooks', async (at) => at.mirror?.removeHooks(installations.session(at, owner), ids)))
  // Before its grant is given back.
  const administrator = users.find((one) => one.administrator)
  if (administrator && crm?.portal?.takeDown)
    await done('hooks', async (at) => at.portal?.takeDown?.(installations.session(at, administrator)))
  const given = await Promise.all(
    users.map(async (one) => ({
      id: one.id,
      back: await done('grants', (at) => installations.giveBack(at, one)),
    })),
  )
  const gone = removed || given.some(({ id, back }) => id === by && back)
  return {
    crm: crm?.title ?? adapter,
    users: given.filter(({ back }) => !back).length,
    hooks: gone ? 0 : ids.length,
  }
}

async function hooksOf(
  organization: Organization,
  connectionId: string,
): Promise<{ hook_ids: string[]; hooks_by: string | null }> {
  const row = await organization.transaction(
    (db) =>
      db.row<{ hook_ids: string[]; hooks_by: string | null }>(
        'select hook_ids, hooks_by from connections where id = $1',
        [connectionId],
      ),
    'connect the systems',
  )
  return row ?? { hook_ids: [], hooks_by: null }
}

/** @returns was it done before the time was over? */
async function inTime(log: Log, over: AbortSignal, work: () => Promise<void>): Promise<boolean> {
  if (over.aborted) return false
  const late = new Promise<false>((resolve) =>
    over.addEventListener('abort', () => resolve(false), { once: true }),
  )
  const tried = work().then(
    () => true,
    (error) => {
      if (!failureOf(error)) throw error
      log.failure('crm-not-left', error)
      return false
    },
  )
  tried.catch(() => undefined) // too late to be told to anybody
  return Promise.race([tried, late])
}
