import { rememberRing } from '../database/ring-memory.ts'
import type { JobParts } from '../job-parts.ts'
import type { Tasks } from '../jobs/jobs.ts'
import { ofExisting } from '../organizations/existing.ts'
import { removeBytes } from './carry-out.ts'
import { finishCorrection } from './carry-out-correction.ts'
import { checkDaily } from './daily-check.ts'
import { sendAnnouncement } from './policy-mail.ts'
import { nextNight, rewriteControl, rewriteOrganization } from './rewrite.ts'
import { expiringTables } from './row-security.ts'
import { sweep, sweptInControl } from './sweep.ts'

/** What policy/ promises, kept day by day. */
export function privacyTasks(parts: JobParts) {
  const { cluster, ring, jobs } = parts
  const of = ofExisting(parts)
  const rewriteOf = of((organization) =>
    rewriteOrganization(cluster, organization, expiringTables('organization')),
  )
  return {
    'check-policy': () => checkDaily(parts),
    'send-policy': of((organization, { noticeId }) => sendAnnouncement(parts, organization, noticeId)),
    sweep: async () => {
      await sweep({
        ...parts,
        rewriteLater: (organization) =>
          jobs.add('rewrite', organization ? { organizationId: organization.id } : {}, {
            key: `rewrite:${organization?.id ?? 'control'}`,
            at: nextNight(organization ?? { id: 'control', timeZone: 'UTC' }, new Date()),
            keep: true,
          }),
      })
      await rememberRing(cluster.control, ring)
      await jobs.add('sweep', {}, { key: 'sweep', at: nextSweep() })
    },
    rewrite: ({ organizationId }) =>
      organizationId === undefined
        ? rewriteControl(cluster, sweptInControl())
        : rewriteOf({ organizationId }),
    'erasure-bytes': of((organization, { erasureId }) =>
      removeBytes(parts, organization, { request: 'erasures', id: erasureId }),
    ),
    correction: of((organization, { correctionId }) => finishCorrection(parts, organization, correctionId)),
    'correction-bytes': of((organization, { correctionId }) =>
      removeBytes(parts, organization, { request: 'corrections', id: correctionId }),
    ),
  } satisfies Partial<Tasks>
}

/** A minute after the full hour: then the hour's rows and keys have had their time. */
function nextSweep(): Date {
  const hour = 3_600_000
  return new Date(Math.floor(Date.now() / hour) * hour + hour + 60_000)
}
