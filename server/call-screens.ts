import type { App } from './app.ts'
import type { CallOnScreen, PersonRef } from './calls/call-on-screen.ts'
import { type JournalReader, readCall } from './calls/journal.ts'
import { viewFor } from './calls/view.ts'
import { isMine, maySee, mirrorNames } from './calls/who-sees.ts'
import type { Clock } from './clock.ts'
import type { CrmAddresses } from './crms/addresses.ts'
import type { CallerNames } from './crms/caller-names.ts'
import type { ReadRights } from './crms/read-rights.ts'
import type { Notices } from './live/notices.ts'
import type { Screens } from './live/screens.ts'
import type { Log } from './log.ts'
import { type Directories, type Directory, type DirectoryUser, finderOf } from './organizations/directory.ts'
import type { Organization } from './organizations/organization.ts'
import type { Organizations } from './organizations/organizations.ts'

export interface CallScreens extends Pick<App, 'reader' | 'view' | 'look'> {
  /** on this node's screens at once, and a word to the other nodes */
  show(organization: Organization, call: CallOnScreen): void
  /** reads the call first; `tellOthers`: the other nodes read it too */
  readAndShow(organization: Organization, callId: string, tellOthers: boolean): Promise<void>
  /** the same for this node's screens of one user; asks whose names they may see */
  showTo(organization: Organization, callId: string, userId: string): Promise<void>
  /** nothing the CRM said of who may see this person holds any more */
  personChanged(organizationId: string, person: PersonRef): void
}

const crmsOf = ({ connections }: Directory): string[] =>
  [...connections.values()].flatMap(({ id, side }) => (side === 'crm' ? [id] : []))

/**
 * How calls get onto people's screens: each as its viewer may see it, at once by what is known here. Whether a viewer may
 * see more is asked of the CRM afterwards, and the call is shown to them again when it says so (PD-2).
 */
export function callScreens(parts: {
  organizations: Organizations
  directories: Directories
  addresses: CrmAddresses
  rights: ReadRights
  names: CallerNames
  screens: Screens
  notices: Notices
  clock: Clock
  log: Log
}): CallScreens {
  const { organizations, directories, addresses, rights, names, screens, notices, clock, log } = parts

  const reader: App['reader'] = async (organization) => {
    const directory = await directories.of(organization)
    await addresses.load(crmsOf(directory))
    return {
      organization,
      now: clock.ms(),
      finder: finderOf(organization, directory),
      activityUrl: (written) =>
        addresses.activity(written.connectionId, { logId: written.logId, activityId: written.activityId }),
    }
  }
  const personUrl = ({ connectionId, externalId }: PersonRef) => addresses.person(connectionId, externalId)
  const viewOf = (
    organization: Organization,
    directory: Directory,
    user: DirectoryUser,
    call: CallOnScreen,
  ) => {
    const callers = names.of(organization, user, call)
    return viewFor(rights.viewer(user), call, { organization, directory, personUrl, callers })
  }
  const view = async (organization: Organization, user: DirectoryUser, call: CallOnScreen) => {
    const directory = await directories.of(organization)
    return viewOf(organization, directory, user, call)
  }

  const ask = (organization: Organization, user: DirectoryUser, call: CallOnScreen, persons: PersonRef[]) => {
    const { reads } = rights.viewer(user)
    const before = persons.map(reads)
    const { id } = call.record
    Promise.all(persons.map((person) => rights.ask(organization, user, person, id)))
      .then(() => {
        const changed = persons.some((person, at) => reads(person) !== before[at])
        return changed ? showTo(organization, id, user.id) : undefined
      })
      .catch((error) => log.failure('not-shown', error, { callId: id }))
  }
  /** Who is calling, of a CRM that is asked at each call; shown again to whoever asked when there is a name. */
  const askName = (organization: Organization, user: DirectoryUser, call: CallOnScreen) => {
    const { id } = call.record
    names
      .ask(organization, user, call)
      .then((found) => (found ? showTo(organization, id, user.id) : undefined))
      .catch((error) => log.failure('not-shown', error, { callId: id }))
  }
  /** While it goes on, at whoever's telephone; afterwards only where somebody opens it. */
  const isNameDue = (organization: Organization, user: DirectoryUser, call: CallOnScreen) =>
    call.record.call.state !== 'ended' && isMine(call, user) && names.isDue(organization, user, call)
  /** Those whom only the CRM can tell, and has not lately. */
  const dueOf = (user: DirectoryUser, call: CallOnScreen) =>
    call.matches.filter((match) => !mirrorNames(match, user) && rights.isDue(user, match))
  /** Of what merely passes by, only one's own calls and those whose card was opened are worth the CRM's allowance. */
  const dueInPassing = (user: DirectoryUser, call: CallOnScreen) => {
    const mine = isMine(call, user)
    return dueOf(user, call).filter((match) => mine || rights.isLookedAt(user, match, call.record.id))
  }

  /** On this node's screens: what the transaction knew is enough, nothing is read again. */
  const showHere = async (organization: Organization, call: CallOnScreen, only?: { userId: string }) => {
    if (!screens.has(organization.id)) return
    const directory = await directories.of(organization)
    await addresses.load(crmsOf(directory))
    const toAsk: (() => void)[] = []
    screens.showCall(organization.id, call, (userId, shown) => {
      const user = only && only.userId !== userId ? undefined : directory.users.get(userId)
      if (!user || !maySee(shown, user)) return undefined
      const due = only ? dueOf(user, shown) : dueInPassing(user, shown)
      if (due.length > 0) toAsk.push(() => ask(organization, user, shown, due))
      if (isNameDue(organization, user, shown)) toAsk.push(() => askName(organization, user, shown))
      return viewOf(organization, directory, user, shown)
    })
    for (const askOne of toAsk) askOne()
  }
  const show = (organization: Organization, call: CallOnScreen) => {
    showHere(organization, call).catch((error) => log.failure('not-shown', error, { callId: call.record.id }))
    notices.tell({
      about: 'call',
      organizationId: organization.id,
      callId: call.record.id,
      version: call.record.version,
    })
  }
  const read = (from: JournalReader, callId: string) =>
    from.organization.transaction((db) => readCall(db, from, callId), 'show calls to the people they are for')
  const readAndShow = async (organization: Organization, callId: string, tellOthers: boolean) => {
    if (tellOthers) notices.tell({ about: 'call', organizationId: organization.id, callId, version: 0 })
    if (!screens.has(organization.id)) return
    const call = await read(await reader(organization), callId)
    if (call) await showHere(organization, call)
  }
  const showTo = async (organization: Organization, callId: string, userId: string) => {
    if (!screens.hasUser(organization.id, userId)) return
    const call = await read(await reader(organization), callId)
    if (call) await showHere(organization, call, { userId })
  }
  const look: App['look'] = (organization, user, calls, opened) => {
    for (const call of calls) {
      const due = dueOf(user, call)
      const nameDue = opened?.card
        ? names.isDue(organization, user, call)
        : isNameDue(organization, user, call)
      if (nameDue) askName(organization, user, call)
      if (due.length > 0) ask(organization, user, call, due)
      if (due.length === 0 && !nameDue) continue
      notices.tell({
        about: 'looked-at',
        organizationId: organization.id,
        callId: call.record.id,
        userId: user.id,
      })
    }
  }
  const personChanged = (organizationId: string, person: PersonRef) => {
    for (const { callId, userId } of rights.forgetPerson(person))
      organizations
        .get(organizationId)
        .then((organization) => showTo(organization, callId, userId))
        .catch((error) => log.failure('not-shown', error, { callId }))
  }
  return { reader, view, look, show, readAndShow, showTo, personChanged }
}
