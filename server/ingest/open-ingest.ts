import type { App } from '../app.ts'
import type { CallScreens } from '../call-screens.ts'
import { followEndOfNote } from '../calls/note.ts'
import { enqueueLive, liveConnection } from '../crms/live-call.ts'
import { applyCrmEvents } from '../crms/mirror.ts'
import { failed } from '../failure.ts'
import type { News } from '../news.ts'
import type { Organization } from '../organizations/organization.ts'
import { followEnd, keepRecording } from '../recordings/ready.ts'
import { Ingest } from './ingest.ts'

type OpenParts = Pick<
  App,
  | 'hooks'
  | 'organizations'
  | 'directories'
  | 'counters'
  | 'jobs'
  | 'spool'
  | 'clock'
  | 'log'
  | 'phones'
  | 'crms'
  | 'amendLater'
> & { news: News; calls: CallScreens }

/** What comes in, with all that follows from it: on screens, in the mirror, in the CRM and for recordings. */
export function openIngest(parts: OpenParts, writeAfterMs: number | undefined): Ingest {
  const { phones, crms, directories, jobs, log, amendLater } = parts
  const { changed, personChanged } = parts.news
  const { show, readAndShow } = parts.calls
  const showStored = (organization: Organization, callId: string) => readAndShow(organization, callId, true)
  return new Ingest({
    ...parts,
    writeAfterMs,
    receiveFromCrm: (request, hook) => {
      const crm = crms.get(hook.adapter) ?? failed({ code: 'not-found', what: 'adapter' })
      const told = crm.mirror?.receive(request, { user: 'ringfence', password: hook.secret })
      return told ?? failed({ code: 'not-found', what: 'hook' })
    },
    applyCrmEvents: (organization, connectionId, events) =>
      applyCrmEvents({ changed, personChanged, amendLater, jobs }, organization, connectionId, events),
    show,
    changedCall: (organization, directory, callId) => {
      if (!liveConnection(directory, crms)) return
      // What is lost here with the node is found by the watchdog.
      enqueueLive({ jobs }, organization.id, callId).catch((error) =>
        log.failure('card-not-queued', error, { callId }),
      )
    },
    showStored: (organization, callId) =>
      void showStored(organization, callId).catch((error) => log.failure('not-shown', error, { callId })),
    recordings: {
      ready: async (organization, record, address) => {
        const directoryOf = (of: Organization) => directories.of(of)
        await keepRecording({ phones, jobs, directoryOf, show: showStored }, organization, record, address)
      },
      followEnd: async (organization, record) => {
        await followEnd(organization, record)
        await organization.transaction(
          (db) => followEndOfNote(organization, db, record),
          'show calls to the people they are for',
        )
      },
    },
  })
}
