import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Installation } from './installations.ts'
import type { MirrorParts, MirrorRow } from './mirror-row.ts'

/**
 * Sees to it that the CRM tells us what changes. Hooks belong to the user who made them and go with that user, so once a
 * day it is looked whether they are still there, and anybody who is left makes them anew, administrators first.
 *
 * A user who may not make any is no failure: then the contacts are read more often, and people are told.
 * @returns whether there are hooks now
 */
export async function tendHooks(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  { row, candidates }: { row: MirrorRow; candidates: readonly Installation[] },
): Promise<boolean> {
  const made = row.hook_ids.length > 0
  const owner = candidates.find((one) => one.id === row.hooks_by)
  if (row.hooks_checked && (owner || !made)) return made
  if (owner && made) {
    const good = await parts.crm.mirror.checkHooks(parts.installations.session(parts.crm, owner), {
      ids: row.hook_ids,
      under: `${parts.url}/hooks/`,
    })
    if (good) {
      await remember(organization, connectionId, { ids: row.hook_ids, by: owner.id })
      return true
    }
  }
  return makeHooks(parts, organization, connectionId, candidates)
}

async function makeHooks(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  candidates: readonly Installation[],
): Promise<boolean> {
  await parts.hooks.removeOf(connectionId)
  const { key, secret } = await parts.hooks.make({
    organizationId: organization.id,
    connectionId,
    side: 'crm',
    adapter: parts.crm.name,
    country: organization.country,
  })
  const hook = { url: `${parts.url}/hooks/${key}`, user: 'ringfence', password: secret }
  for (const one of candidates) {
    try {
      const ids = await parts.crm.mirror.makeHooks(parts.installations.session(parts.crm, one), hook)
      await remember(organization, connectionId, { ids, by: one.id })
      return true
    } catch (error) {
      const code = failureOf(error)?.code
      if (code !== 'provider-refused' && code !== 'provider-rejected') throw error
      parts.log.warn('hooks-refused', { connectionId, code })
    }
  }
  await parts.hooks.removeOf(connectionId)
  await remember(organization, connectionId, undefined)
  return false
}

async function remember(
  organization: Organization,
  connectionId: string,
  made: { ids: readonly string[]; by: string } | undefined,
): Promise<void> {
  await organization.transaction(
    (db) =>
      db.rows(
        `update connections set hook_ids = $2, hooks_by = $3, hooks_state = $4, hooks_checked_at = ringfence.now() where id = $1`,
        [connectionId, made?.ids ?? [], made?.by ?? null, made ? 'made' : 'refused'],
      ),
    'connect the systems',
  )
}
