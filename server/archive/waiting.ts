import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failureOf } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Table } from './tables.ts'

/** The spool as if it were a table. */
export const spool: Table = {
  name: 'spool',
  key: [],
  parents: [],
  columns: [
    {
      name: 'request',
      type: 'jsonb',
      form: 'clear',
      notNull: true,
      identity: false,
      byHour: false,
      byBucket: false,
    },
  ],
}

/** What was delivered for an organization while its database was away, and was not applied yet. */
export async function* waitingOf(
  ring: KeyRing,
  dataFolder: string,
  organizationId: string,
): AsyncGenerator<{ request: unknown }[], void, undefined> {
  const folder = join(dataFolder, 'spool')
  const names = await readdir(folder).catch((error: { code?: unknown }) => {
    if (error.code === 'ENOENT') return [] // nothing has ever waited
    throw error
  })
  for (const name of names.filter((one) => !one.endsWith('.part')).sort()) {
    try {
      const place = { table: 'spool', column: 'request', row: name }
      const opened = ring.installation.open(place, await readFile(join(folder, name)))
      const request = JSON.parse(opened) as { organizationId: string }
      if (request.organizationId === organizationId) yield [{ request }]
    } catch (error) {
      const isGone =
        (error as { code?: unknown }).code === 'ENOENT' || failureOf(error)?.code === 'unreadable'
      if (!isGone) throw error // applied meanwhile, or its hour is over
    }
  }
}
