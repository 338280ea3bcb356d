import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { settingsOf } from '../server/archive/commands.ts'
import { exportOrganization } from '../server/archive/export.ts'
import { openInstallation } from '../server/installation.ts'
import { createLog } from '../server/log.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { readSettings } from '../server/settings.ts'
import { alternate } from './alternate.ts'
import { databaseOf } from './arena.ts'
import type { Effort } from './bench.ts'
import { emptyMirror } from './organizations.ts'
import type { Place } from './place.ts'
import { medians, type Result } from './report.ts'
import { seedContacts } from './seed-contacts.ts'

const rowsAtOnce = 1_000

/**
 * An organization with many persons, exported: seconds, and the memory at its peak. The fair floor runs the same
 * statements over the same rows, opens the same values and writes the same lines, and knows nothing of tables, kinds,
 * schemas or sums.
 */
export async function exportOne(place: Place, effort: Effort): Promise<Result[]> {
  const installation = await openInstallation(
    readSettings(await place.installation('ours_export')),
    createLog('silent'),
  )
  const scratch = await mkdtemp(join(tmpdir(), 'ringfence-bench-'))
  try {
    const wish = { name: 'Bench', country: 'CZ', timeZone: 'Europe/Prague' }
    const organization = await installation.organizations.create(wish)
    const mirror = await emptyMirror(organization)
    const { name } = await databaseOf(installation, organization)
    await seedContacts(installation.cluster.admin(name), organization, mirror, effort.persons)
    const peaks = { ours: [] as number[], floor: [] as number[] }
    let round = 0
    const timed = (who: keyof typeof peaks, work: (folder: string) => Promise<unknown>) => async () => {
      const folder = join(scratch, String(round++))
      const peak = peakOfHeap()
      const at = performance.now()
      await work(folder)
      const seconds = (performance.now() - at) / 1000
      peaks[who].push(peak())
      await rm(folder, { recursive: true, force: true })
      return seconds
    }
    const none = settingsOf({ phones: new Map(), crms: new Map() })
    const seconds = await alternate(
      {
        ours: timed('ours', (to) =>
          exportOrganization({ ...installation, settingsOf: none }, organization, to),
        ),
        floor: timed('floor', (to) => onlyLines(organization, to)),
      },
      { rounds: effort.rounds, limitMs: effort.limitMs, warmUp: true },
    )
    return [
      {
        name: `export, ${effort.persons} persons`,
        unit: 's',
        ...medians(seconds),
        bare: undefined,
        goal: { atMost: 1.5 },
      },
      {
        name: 'export, memory at its peak',
        unit: 'MB',
        ...medians(peaks),
        bare: undefined,
        goal: undefined,
      },
    ]
  } finally {
    await rm(scratch, { recursive: true, force: true })
    await installation.close()
  }
}

/** @returns what says the most that was in use since, in MB */
function peakOfHeap(): () => number {
  let peak = 0
  const look = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    peak = Math.max(peak, (heapUsed + arrayBuffers) / 1_000_000)
  }
  const looking = setInterval(look, 10)
  return () => {
    clearInterval(looking)
    look()
    return peak
  }
}

const sealedOf = { persons: 'name_sealed', person_numbers: 'number_sealed' } as const

async function onlyLines(organization: Organization, path: string): Promise<void> {
  await organization.transaction(async (db) => {
    await pipeline(
      async function* () {
        for (const [table, column] of Object.entries(sealedOf)) {
          await db.rows(
            `declare floor no scroll cursor for select to_jsonb(t) - '${column}' - 'exact_hash' - 'typed_hash' as row, ${column} as sealed
           from ${table} t order by id`,
          )
          for (;;) {
            const rows = await db.rows<{ row: { id: string }; sealed: Buffer }>(
              `fetch ${rowsAtOnce} from floor`,
            )
            yield rows
              .map(({ row, sealed }) => {
                const text = organization.keys.open({ table, column, row: row.id }, sealed)
                return `${JSON.stringify({ ...row, text })}\n`
              })
              .join('')
            if (rows.length < rowsAtOnce) break
          }
          await db.rows('close floor')
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
  }, 'officer')
}
