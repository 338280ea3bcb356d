import type { Notice } from '../policy/index.ts'
import type { App } from './app.ts'
import type { CallScreens } from './call-screens.ts'
import type { PersonRef } from './calls/call-on-screen.ts'
import type { CallerNames } from './crms/caller-names.ts'
import type { Organization } from './organizations/organization.ts'

type NewsParts = Pick<
  App,
  | 'ring'
  | 'organizations'
  | 'directories'
  | 'rights'
  | 'screens'
  | 'notices'
  | 'hooks'
  | 'sessions'
  | 'leases'
  | 'places'
  | 'log'
> & {
  names: CallerNames
  calls: CallScreens
  /** connections that are held open are looked after now */
  tendHeld(): void
}

export interface News extends Pick<App, 'changed' | 'letGo' | 'erased'> {
  personChanged(organizationId: string, person: PersonRef): void
  /** what another node tells */
  hear(notice: Notice): void
}

/** What is new for everybody: this node forgets what it knew, its screens read anew, and the other nodes are told. */
export function newsOf(parts: NewsParts): News {
  const { ring, organizations, directories, rights, names, screens, notices, hooks, calls, log } = parts
  /** Connections, users, rights and names, where they are held in memory. */
  const readAnew = (organizationId: string) => {
    directories.forget(organizationId)
    rights.forgetOrganization(organizationId)
    names.forgetOrganization(organizationId)
  }
  const forgetPeople = (organizationId: string) => {
    ring.refresh()
    readAnew(organizationId)
    screens.tell(organizationId, 'erased')
  }
  const forgetGone = async (organizationId: string) => {
    ring.refresh()
    parts.tendHeld()
    organizations.forget(organizationId)
    readAnew(organizationId)
    directories.drop(organizationId)
    await hooks.load()
  }
  const tellEnded = async (organizationId: string) => {
    screens.tell(organizationId, 'ended')
    parts.sessions.cutOrganization(organizationId)
    await forgetGone(organizationId)
  }
  const showCall = (
    { organizationId, callId }: { organizationId: string; callId: string },
    show: (organization: Organization) => Promise<void>,
  ) => {
    organizations
      .get(organizationId)
      .then(show)
      .catch((error) => log.failure('not-shown', error, { callId }))
  }
  const hear = (notice: Notice) => {
    switch (notice.about) {
      case 'hooks':
        return void hooks.load().catch((error) => log.failure('hooks-not-loaded', error))
      case 'directory':
        readAnew(notice.organizationId)
        return screens.tell(notice.organizationId, 'connections')
      case 'connections':
        return screens.tell(notice.organizationId, 'connections')
      case 'erased':
        return forgetPeople(notice.organizationId)
      case 'person':
        return calls.personChanged(notice.organizationId, notice)
      case 'transfers':
        return void parts.places.load().catch((error) => log.failure('transfers-not-loaded', error))
      case 'notices':
        return screens.tell(notice.organizationId, 'notices')
      case 'organization gone':
        return void forgetGone(notice.organizationId).catch((error) => log.failure('hooks-not-loaded', error))
      case 'subscription ended':
        return void tellEnded(notice.organizationId).catch((error) => log.failure('hooks-not-loaded', error))
      case 'call':
        if (screens.has(notice.organizationId))
          showCall(notice, (of) => calls.readAndShow(of, notice.callId, false))
        return
      case 'looked-at':
        if (screens.hasUser(notice.organizationId, notice.userId))
          showCall(notice, (of) => calls.showTo(of, notice.callId, notice.userId))
        return
    }
  }
  return {
    hear,
    changed: (organizationId) => {
      readAnew(organizationId)
      screens.tell(organizationId, 'connections')
      notices.tell({ about: 'directory', organizationId })
    },
    erased: (organizationId) => {
      forgetPeople(organizationId)
      notices.tell({ about: 'erased', organizationId })
    },
    letGo: async (organizationId) => {
      notices.tell({ about: 'subscription ended', organizationId })
      await parts.leases.unwantAll(organizationId)
      await tellEnded(organizationId)
    },
    personChanged: (organizationId, { connectionId, externalId }) => {
      calls.personChanged(organizationId, { connectionId, externalId })
      notices.tell({ about: 'person', organizationId, connectionId, externalId })
    },
  }
}
