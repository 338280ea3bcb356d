import { forgetOwnApp } from '../crms/uninstall.ts'
import type { Installation } from '../installation.ts'
import type { EndEntry } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { forgetSettings } from '../organizations/remove-phone.ts'
import { purge } from '../privacy/purge.ts'

type Parts = Pick<Installation, 'cluster' | 'ring' | 'organizations' | 'log'>

/**
 * Ends again what ended after the backup was made of which an organization was restored: a user who has uninstalled since, a
 * company that has left, a telephone or a phone system that was disconnected. Before anybody is connected; a start does it
 * where the restore was killed.
 * @returns how many ends were carried out
 */
export async function replayEnds(parts: Parts): Promise<number> {
  let replayed = 0
  for (const organization of await parts.organizations.list()) {
    const own = parts.ring.ends().filter((entry) => entry.organization === organization.id)
    try {
      replayed += await replayEndsOf(parts, organization, own)
    } catch (error) {
      // One that cannot be opened is shown to nobody, and must not keep the others from starting.
      if (own.length > 0) throw error
      parts.log.failure('ends-not-replayed', error, { organizationId: organization.id })
    }
  }
  return replayed
}

async function replayEndsOf(
  parts: Parts,
  organization: Organization,
  own: readonly EndEntry[],
): Promise<number> {
  const restore = await organization.transaction(
    (db) =>
      db.row<{ taken_at: Date | null }>(
        'select min(taken_at) as taken_at from restores where replayed_at is null',
      ),
    'owner',
  )
  const takenAt = restore?.taken_at
  const later = takenAt
    ? own.filter(({ at }) => new Date(at) >= takenAt)
    : await comeBack(parts, organization, own)
  // What was tried more than once is on record more than once.
  const once = new Map(later.map((entry) => [`${entry.end} ${entry.user} ${entry.connection}`, entry]))
  for (const entry of once.values()) await endAgain(parts, organization, entry)
  if (!takenAt) return once.size
  await organization.transaction(
    (db) => db.rows('update restores set replayed_at = ringfence.now() where replayed_at is null'),
    'owner',
  )
  return once.size
}

/**
 * Uninstalls of which there are rows from before them: somebody restored the databases in a way of their own, and nothing in
 * them says so. Whoever has come back since has rows of after it; one that is being carried out has no receipt yet.
 */
async function comeBack(
  { cluster }: Parts,
  organization: Organization,
  own: readonly EndEntry[],
): Promise<EndEntry[]> {
  const uninstalls = own.filter(({ end }) => end.startsWith('uninstall'))
  if (uninstalls.length === 0) return []
  const open = await cluster.control.transaction((db) =>
    db.row('select 1 from receipts where organization_id = $1 and done_at is null limit 1', [
      organization.id,
    ]),
  )
  if (open) return []
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ user_id: string | null; connection_id: string; since: Date }>(
        `select id as user_id, connection_id, created_at as since from users
         union all
         select null, id, mirror_started_at from connections
         where side = 'crm' and mirror_state <> 'not-started' and mirror_started_at is not null
         order by connection_id, user_id`,
      ),
    'owner',
  )
  return uninstalls.filter(({ at, user, connection }) =>
    rows.some(
      ({ user_id, connection_id, since }) =>
        since < new Date(at) && (user === undefined ? connection_id === connection : user_id === user),
    ),
  )
}

async function endAgain(
  parts: Parts,
  organization: Organization,
  { end, user: userId, connection: connectionId }: EndEntry,
): Promise<void> {
  if (userId !== undefined && (end === 'uninstall by the user' || end === 'phone disconnected by the user'))
    await purge(parts, organization, { end, userId })
  if (connectionId === undefined) return
  if (end === 'uninstall by the last user') {
    await purge(parts, organization, { end, connectionId })
    await forgetConnection(parts, connectionId)
    await forgetOwnApp(organization, connectionId)
  } else if (end === 'phone system removed') {
    await forgetConnection(parts, connectionId)
    await forgetSettings(organization, connectionId)
  }
}

/** Addresses at which it would be heard, and what we would use to ask it. */
async function forgetConnection({ cluster }: Parts, connectionId: string): Promise<void> {
  await cluster.control.transaction(async (db) => {
    for (const table of ['hook_keys', 'phone_accesses', 'held_connections'])
      db.send(`delete from ${table} where connection_id = $1`, [connectionId])
  })
}
