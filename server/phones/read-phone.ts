import { failureOf } from '../failure.ts'
import { holdExtensions } from '../organizations/connections.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneUser } from './contract.ts'
import { extensionsFrom, type Matched, matchPeople, type OurUser } from './match-people.ts'
import { type AskedPhone, askedPhones, findAsked, type PhoneParts } from './parts.ts'
import { type PhonePerson, standInExtension, storeLines, storePeople } from './people.ts'
import { sessionOf } from './subscription.ts'

/** Reads users' telephones and lines anew, soon. */
export async function enqueueRead(
  parts: Pick<PhoneParts, 'directories' | 'jobs' | 'phones'>,
  organization: Organization,
): Promise<void> {
  for (const { connection } of await askedPhones(parts, organization))
    await parts.jobs.add(
      'read-phone',
      { organizationId: organization.id, connectionId: connection.id },
      { key: `read-phone:${connection.id}`, alone: true },
    )
}

/**
 * Reads which telephones and lines there are, and says whose they are: by what people chose, else by e-mail. Names and
 * e-mails are compared and forgotten; of those who are nobody's here nothing is kept.
 * @throws RingfenceError as the phone system's adapter does
 */
export async function readPhone(
  parts: PhoneParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const directory = await parts.directories.of(organization)
  const asked = await findAsked(parts, organization, connectionId)
  if (!asked || !directory.agreed || !asked.api.ready(asked.connection.settings)) return
  if (asked.api.access === 'key') await readAll(parts, asked, directory)
  else await readEach(parts, asked, directory)
  parts.changed(organization.id)
}

async function readAll(parts: PhoneParts, asked: AskedPhone, directory: Directory): Promise<void> {
  const { organization, connection, phone, api } = asked
  const access = await parts.accesses.byKey({
    organizationId: organization.id,
    connectionId: connection.id,
    phone: phone.name,
  })
  const session = sessionOf(parts, asked, access)
  const [users, lines] = [await api.users(session), await api.lines(session)]
  const ours = await ourUsers(parts, organization, directory)
  const matched = match(asked, users, ours)
  await storeMatched(organization, connection.id, matched, ours)
  await organization.transaction(
    (db) => storeLines(organization, db, connection.id, lines),
    'identify the caller',
  )
}

/** Each user's own telephone, through their own grant: whose it is needs no guessing. */
async function readEach(parts: PhoneParts, asked: AskedPhone, directory: Directory): Promise<void> {
  for (const access of await parts.accesses.ofConnection(asked.connection.id)) {
    const user = directory.users.get(access.userId ?? '')
    if (!user || access.state !== 'active') continue
    try {
      const [own] = await asked.api.users(sessionOf(parts, asked, access))
      if (own) await storeOwn(asked, { user: own, userId: user.id }, directory)
    } catch (error) {
      const code = failureOf(error)?.code
      if (!code) throw error
      parts.log.warn('telephone-not-read', { connectionId: asked.connection.id, code }) // the others have theirs
    }
  }
}

/** One user's telephone as they granted access to it. */
export async function storeOwn(
  { organization, connection }: AskedPhone,
  { user, userId }: { user: PhoneUser; userId: string },
  directory: Directory,
): Promise<void> {
  const known = directory.users.get(userId)
  const told = user.extension ?? standInExtension(organization, connection.id, user.ref)
  const holder = directory.extensions.get(told)
  // A colleague chose that one, so it cannot be by what these calls are known.
  const free =
    holder === undefined || holder === userId ? told : standInExtension(organization, connection.id, user.ref)
  const [chosen] = known?.extensionsByHand ? known.extensions : []
  const extension = chosen === undefined || known?.extensions.includes(free) ? free : chosen
  const ours = { id: userId, email: undefined, crmExtension: undefined, extensions: known?.extensions ?? [] }
  const byHand = chosen !== undefined
  await storeMatched(
    organization,
    connection.id,
    [{ user, extension, userId }],
    [{ ...ours, byHand }],
    [userId],
  )
}

/** @param only these users' telephones alone are told of */
async function storeMatched(
  organization: Organization,
  connectionId: string,
  matched: readonly Matched[],
  ours: readonly OurUser[],
  only?: readonly string[],
): Promise<void> {
  const people = matched.flatMap(({ user, extension, userId }): Omit<PhonePerson, 'connectionId'>[] =>
    userId === undefined ? [] : [{ ref: user.ref, extension, userId }],
  )
  const changed = extensionsFrom(matched, ours)
  await organization.transaction(async (db) => {
    holdExtensions(db)
    const users = [...changed.keys(), ...people.map(({ userId }) => userId), ...(only ?? [])]
    db.send('select from users where id = any($1) order by id for no key update', [users])
    for (const [userId, extensions] of changed) {
      db.send('delete from user_extensions where user_id = $1 and not extension = any($2)', [
        userId,
        extensions,
      ])
      db.send(
        // As if they had taken it themselves: what it had been before may have been a colleague's.
        `insert into user_extensions (extension, user_id, sees_after)
         select extension, u.id, (select coalesce(max(arrival), 0) from calls) from unnest($2::text[]) as extension join users u on u.id = $1 and not u.extensions_by_hand
         on conflict (extension) do nothing`,
        [userId, extensions],
      )
    }
    await storePeople(organization, db, connectionId, people, only)
  }, 'show calls to the people they are for')
}

const match = (
  { organization, connection }: AskedPhone,
  users: readonly PhoneUser[],
  ours: readonly OurUser[],
) => matchPeople(users, ours, (ref) => standInExtension(organization, connection.id, ref))

/** What an administrator is shown to put right: all telephones, with names as the phone system has them now. */
export async function telephonesNow(parts: PhoneParts, asked: AskedPhone): Promise<Matched[]> {
  const { organization, connection, phone, api } = asked
  const of = { organizationId: organization.id, connectionId: connection.id, phone: phone.name }
  const users = await api.users(sessionOf(parts, asked, await parts.accesses.byKey(of)))
  return match(asked, users, await ourUsers(parts, organization, await parts.directories.of(organization)))
}

/** Our users with their e-mails in the CRM; where that does not answer, without. */
async function ourUsers(
  parts: PhoneParts,
  organization: Organization,
  directory: Directory,
): Promise<OurUser[]> {
  const inCrm = new Map<string, { email: string | undefined; extension?: string }>()
  for (const { id, side, adapter } of directory.connections.values()) {
    const crm = side === 'crm' ? parts.crms.get(adapter) : undefined
    const [first] = crm ? await parts.installations.active(id) : []
    if (!crm || !first) continue
    try {
      for (const user of await crm.users(parts.installations.session(crm, first)))
        if (user.active) inCrm.set(`${id}|${user.externalId}`, user)
    } catch (error) {
      const code = failureOf(error)?.code
      if (!code) throw error
      parts.log.warn('users-not-compared', { organizationId: organization.id, code })
    }
  }
  return [...directory.users.values()].map((user) => {
    const known = inCrm.get(`${user.connectionId}|${user.externalId}`)
    return {
      id: user.id,
      email: known?.email,
      crmExtension: known?.extension,
      extensions: user.extensions,
      byHand: user.extensionsByHand,
    }
  })
}
