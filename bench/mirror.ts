import { openInstallation } from '../server/installation.ts'
import { createLog } from '../server/log.ts'
import { readSettings } from '../server/settings.ts'
import { alternate } from './alternate.ts'
import { databaseOf } from './arena.ts'
import type { Effort } from './bench.ts'
import { Child } from './children.ts'
import type { CrmProcess } from './crm-process.ts'
import type { MirrorFloor } from './mirror-floor.ts'
import type { MirrorOurs } from './mirror-ours.ts'
import { emptyMirror } from './organizations.ts'
import type { Place } from './place.ts'
import { medians, type Result } from './report.ts'

/** A company's persons, read from the stand-in through the adapter and stored, in seconds. */
export async function mirror(place: Place, effort: Effort): Promise<Result[]> {
  const crmProcess = Child.start<CrmProcess>('crm-process.ts')
  const ours = Child.start<MirrorOurs>('mirror-ours.ts', effort.profileFolder)
  const floor = Child.start<MirrorFloor>('mirror-floor.ts', effort.profileFolder)
  try {
    const crm = await crmProcess.ask('start', effort.persons)
    const env = await place.installation('ours_mirror', {
      RINGFENCE_PRIVATE_HOSTS: new URL(crm.url).host,
    })
    await ours.ask('prepare', { env, crm })
    await floor.ask('prepare', { ...(await prepareFloor(place)), crm })
    const round = async () => {
      const { seconds, persons } = await ours.ask('round')
      if (persons !== effort.persons) throw new Error(`${persons} of ${effort.persons} persons were stored`)
      return seconds
    }
    const seconds = await alternate(
      { ours: round, floor: () => floor.ask('floor'), bare: () => floor.ask('bare') },
      // A round is long enough to be its own warm-up.
      { rounds: 3, limitMs: effort.limitMs, warmUp: false },
    )
    return [
      {
        name: 'mirror',
        unit: 's',
        ...medians(seconds),
        goal: { atMost: 1.5 },
      },
    ]
  } finally {
    await Promise.all([ours.stop(), floor.stop(), crmProcess.stop()])
  }
}

/** The same tables, reached as their administrator, because they are emptied before each round. */
async function prepareFloor(place: Place) {
  const installation = await openInstallation(
    readSettings(await place.installation('floor_mirror')),
    createLog('silent'),
  )
  try {
    const organization = await installation.organizations.create({
      name: 'Bench',
      country: 'CZ',
      timeZone: 'Europe/Prague',
    })
    const connectionId = await emptyMirror(organization)
    const { name } = await databaseOf(installation, organization)
    return { target: installation.cluster.admin(name), connectionId }
  } finally {
    await installation.close()
  }
}
