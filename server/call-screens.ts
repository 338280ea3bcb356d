import type { App } from './app.ts'
import { readCall } from './calls/journal.ts'
import { type CallOnScreen, maySee, viewFor } from './calls/view.ts'
import type { Clock } from './clock.ts'
import type { CrmAddresses } from './crms/addresses.ts'
import type { Notices } from './live/notices.ts'
import type { Screens } from './live/screens.ts'
import type { Log } from './log.ts'
import { type Directories, type Directory, type DirectoryUser, finderOf } from './organizations/directory.ts'
import type { Organization } from './organizations/organization.ts'

export interface CallScreens extends Pick<App, 'reader' | 'view'> {
  /** on this node's screens at once, and a word to the other nodes */
  show(organization: Organization, call: CallOnScreen): void
  /** reads the call first; `tellOthers`: the other nodes read it too */
  readAndShow(organization: Organization, callId: string, tellOthers: boolean): Promise<void>
}

const crmsOf = ({ connections }: Directory): string[] =>
  [...connections.values()].flatMap(({ id, side }) => (side === 'crm' ? [id] : []))

/** How calls get onto people's screens: each as its viewer may see it. */
export function callScreens(parts: {
  directories: Directories
  addresses: CrmAddresses
  screens: Screens
  notices: Notices
  clock: Clock
  log: Log
}): CallScreens {
  const { directories, addresses, screens, notices, clock, log } = parts

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
  const view = async (organization: Organization, user: DirectoryUser, call: CallOnScreen) => {
    const directory = await directories.of(organization)
    return viewFor(user, call, {
      organization,
      directory,
      personUrl: (match) => addresses.person(match.connectionId, match.externalId),
    })
  }
  /** On this node's screens: what the transaction knew is enough, nothing is read again. */
  const showHere = async (organization: Organization, call: CallOnScreen) => {
    if (!screens.has(organization.id)) return
    const directory = await directories.of(organization)
    await addresses.load(crmsOf(directory))
    const context = {
      organization,
      directory,
      personUrl: (match: { connectionId: string; externalId: string }) =>
        addresses.person(match.connectionId, match.externalId),
    }
    screens.showCall(organization.id, call, (userId, shown) => {
      const user = directory.users.get(userId)
      return user && maySee(shown, user) ? viewFor(user, shown, context) : undefined
    })
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
  const readAndShow = async (organization: Organization, callId: string, tellOthers: boolean) => {
    if (tellOthers) notices.tell({ about: 'call', organizationId: organization.id, callId, version: 0 })
    if (!screens.has(organization.id)) return
    const from = await reader(organization)
    const call = await organization.transaction(
      (db) => readCall(db, from, callId),
      'show calls to the people they are for',
    )
    if (call) await showHere(organization, call)
  }
  return { reader, view, show, readAndShow }
}
