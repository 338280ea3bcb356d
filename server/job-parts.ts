import type { App } from './app.ts'
import type { Organization } from './organizations/organization.ts'
import { findWaits } from './recordings/find.ts'
import { enqueueAttach } from './recordings/ready.ts'
import type { StartOptions } from './start-options.ts'

export type JobParts = ReturnType<typeof jobPartsOf>

/** The rooms, as those need them who work in the background. */
export const jobPartsOf = (
  app: App,
  options: Pick<StartOptions, 'unknownWaitMs' | 'findWaits' | 'requestedMs'>,
) => ({
  ...app,
  unknownWaitMs: options.unknownWaitMs,
  requestedMs: options.requestedMs,
  findWaits: options.findWaits ?? findWaits,
  /** recordings that are on their way through this node */
  streams: { running: 0 },
  directoryOf: (organization: Organization) => app.directories.of(organization),
  show: app.showCall,
  attach: (organization: Organization, callId: string) =>
    enqueueAttach(app, organization.id, callId, { at: new Date() }),
  progress: (organizationId: string) => {
    app.screens.tell(organizationId, 'connections')
    app.notices.tell({ about: 'connections', organizationId })
  },
})
