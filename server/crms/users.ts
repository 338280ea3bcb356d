import { changeAlone } from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Crm, CrmUser } from './contract.ts'
import type { MirrorParts } from './mirror-row.ts'

type UserParts = Omit<MirrorParts, 'crm'> & { crm: Crm }

/**
 * What the CRM says of users who have signed in: others are not stored. Who is an administrator there is one here; who
 * is not any more, or was removed, loses those rights with the next request, while the session goes on.
 */
export async function enqueueUsers(
  { jobs }: Pick<MirrorParts, 'jobs'>,
  organizationId: string,
  connectionId: string,
  at = new Date(),
): Promise<void> {
  await jobs.add(
    'read-users',
    { organizationId, connectionId },
    { key: `read-users:${connectionId}`, at, alone: true },
  )
}

/** Asks the CRM for all users: when it told that one of them changed, and every night. */
export async function readUsers(
  parts: UserParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const [first] = await parts.installations.active(connectionId)
  if (!first) return // whoever signs in again says who they are
  try {
    const users = await parts.crm.users(parts.installations.session(parts.crm, first))
    // Whoever asks is among them; a list without them tells nothing about who has gone.
    if (!users.some(({ externalId }) => externalId === first.userRef)) return
    await followUsers(parts, organization, connectionId, users)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code === 'provider-unavailable') {
      const at = new Date(Date.now() + failure.retryAfterSeconds * 1000)
      return enqueueUsers(parts, organization.id, connectionId, at)
    }
    if (failure?.code !== 'provider-refused') throw error
    parts.log.failure('users-not-read', error, { connectionId })
  }
}

async function followUsers(
  parts: UserParts,
  organization: Organization,
  connectionId: string,
  users: readonly CrmUser[],
): Promise<void> {
  const told = new Map(users.map((user) => [user.externalId, user]))
  const installed = await parts.installations.ofConnection(connectionId)
  const roles = installed.flatMap(({ userRef }) => {
    const role = roleOf(told.get(userRef))
    return role === undefined ? [] : [{ userRef, administrator: role === 'administrator' }]
  })
  await parts.installations.follow(connectionId, roles)
  const changed = await organization.transaction(async (db) => {
    changeAlone(db, connectionId) // as with what the CRM tells by itself, in whatever order it names them
    const known = await db.rows<{ external_id: string }>(
      'select external_id from users where connection_id = $1 order by id for no key update',
      [connectionId],
    )
    const moved = await Promise.all(
      known.map(({ external_id }) => setRole(db, connectionId, external_id, roleOf(told.get(external_id)))),
    )
    return moved.includes(true)
  }, 'sign in')
  if (changed) parts.changed(organization.id)
}

type Role = 'administrator' | 'agent'

/** Who is not there, or not active, administers nothing. @returns undefined where the CRM does not say */
function roleOf(user: Pick<CrmUser, 'active' | 'administrator'> | undefined): Role | undefined {
  if (!user?.active) return 'agent'
  if (user.administrator === undefined) return undefined
  return user.administrator ? 'administrator' : 'agent'
}

async function setRole(
  db: Db,
  connectionId: string,
  externalId: string,
  role: Role | undefined,
): Promise<boolean> {
  if (role === undefined) return false
  const row = await db.row(
    'update users set role = $3 where connection_id = $1 and external_id = $2 and role <> $3 returning id',
    [connectionId, externalId, role],
  )
  return row !== undefined
}

/** One user changed, as the CRM told by itself. @returns is it one who signed in? */
export async function applyUser(
  db: Db,
  organization: Organization,
  connectionId: string,
  user: CrmUser,
): Promise<boolean> {
  const known = await db.row<{ id: string }>(
    'select id from users where connection_id = $1 and external_id = $2',
    [connectionId, user.externalId],
  )
  if (!known) return false
  const sealed = organization.keys.seal({ table: 'users', column: 'name_sealed', row: known.id }, user.name, {
    by: 'organization',
  })
  await db.rows('update users set name_sealed = $2 where id = $1', [known.id, sealed])
  await setRole(db, connectionId, user.externalId, roleOf(user))
  return true
}
