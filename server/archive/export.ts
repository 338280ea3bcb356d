import { join } from 'node:path'
import { type Declaration, inForce } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import type { Organization } from '../organizations/organization.ts'
import type { ConnectionSettings } from '../phones/contract.ts'
import { tablesOf } from '../privacy/row-security.ts'
import { credentials, madeAnew, ofTheConnection, onlyGivenOut } from './carried.ts'
import { emptyFolder, prepareFolder, writeJson } from './folder.ts'
import { archivedKinds } from './kinds.ts'
import { formatVersion, type Manifest, manifestName } from './manifest.ts'
import type { Opening } from './open-rows.ts'
import { type Column, readTables, type Table } from './tables.ts'
import { spool, waitingOf } from './waiting.ts'
import { linesOf, TimeOver, type Written, writeTable } from './write-table.ts'

export interface ExportParts extends Pick<Installation, 'cluster' | 'ring' | 'clock' | 'settings'> {
  /** undefined: no such system is known here, and nobody can tell which of its settings are secret */
  settingsOf(side: string, adapter: string): ConnectionSettings | undefined
}

const notice =
  'This folder holds personal data that anybody can read who has it: keep it encrypted and delete it when it has served. ' +
  'Credentials are not in it; after an import the CRM and the phone system are connected again. ' +
  'Each file is JSON Lines, described by the JSON Schema beside it.'

/**
 * Writes everything of one organization into a folder, opened: a file for each table with personal data or settings, as
 * the live catalogue and the declarations have them, so that a column of tomorrow is in it. Streamed, from one snapshot of
 * the organization's database. What the control database keeps of it is read right before.
 *
 * @throws RingfenceError `setting` when the folder is not empty or others may read it
 */
export async function exportOrganization(
  parts: ExportParts,
  organization: Organization,
  folder: string,
): Promise<Manifest> {
  await prepareFolder(folder)
  try {
    return await organization.transaction(async (db) => {
      // Run again when a key was replaced in between: an erasure leaves nothing of the person in it.
      await emptyFolder(folder)
      await prepareFolder(folder)
      return write(parts, organization, { folder, db })
    }, 'officer')
  } catch (error) {
    await emptyFolder(folder)
    throw error
  }
}

async function write(
  parts: ExportParts,
  organization: Organization,
  { folder, db }: { folder: string; db: Db },
): Promise<Manifest> {
  db.send('set transaction isolation level repeatable read')
  db.send(`set local time zone 'UTC'`)
  const { kinds } = inForce()
  const exportedAt = parts.clock.now()
  const over = new TimeOver()
  const opening: Opening = {
    organization,
    withoutSecrets: (row, settings) => withoutSecrets(parts, row, settings),
    now: exportedAt.getTime(),
  }
  const written = await parts.cluster.control.transaction((control) =>
    writeControl(control, folder, { kinds, opening, over }),
  )
  const waiting = waitingOf(parts.ring, parts.settings.dataFolder, organization.id)
  written.push(await writeTable(folder, { table: spool, columns: spool.columns, returns: false }, waiting))
  for (const table of await readTables(db, 'organization', kinds)) {
    const of = { table, columns: carriedColumns(table), returns: !Object.hasOwn(onlyGivenOut, table.name) }
    written.push(await writeTable(folder, of, linesOf(db, of, { opening, over })))
  }
  const { id, name, country, timeZone, language, createdAt } = organization
  const manifest: Manifest = {
    format: 'ringfence organization',
    version: formatVersion,
    notice,
    exportedAt: exportedAt.toISOString(),
    organization: { id, name, country, timeZone, language, createdAt: createdAt.toISOString() },
    files: written.map(({ file }) => file),
    kinds: archivedKinds(kinds, written, language),
    notCarried: notCarried(written),
    timeOver: over.rows,
  }
  // Last, so that an archive that was cut short is known by it.
  await writeJson(join(folder, manifestName), manifest)
  return manifest
}

/** What the control database keeps of the organization: to be read, and never taken in. */
async function writeControl(
  control: Db,
  folder: string,
  { kinds, opening, over }: { kinds: readonly Declaration[]; opening: Opening; over: TimeOver },
): Promise<Written[]> {
  control.send(`set local time zone 'UTC'`)
  const written: Written[] = []
  for (const table of await readTables(control, 'control', kinds)) {
    const condition = ofOrganization(table, kinds)
    if (condition === undefined) continue
    const of = { table, columns: carriedColumns(table), returns: false }
    const values = [opening.organization.id]
    written.push(await writeTable(folder, of, linesOf(control, of, { condition, values, opening, over })))
  }
  return written
}

const stays = new Set([credentials, ofTheConnection, madeAnew].flatMap(Object.keys))

/** The columns of a table that an archive has. */
export const carriedColumns = (table: Table): Column[] =>
  table.columns.filter(({ name }) => !stays.has(`${table.name}.${name}`))

/** The rows of one organization in a table of the control database; undefined: none are, or nothing declared stands there. */
function ofOrganization(table: Table, kinds: readonly Declaration[]): string | undefined {
  if (!tablesOf(kinds.filter(({ database }) => database === 'control')).includes(table.name)) return undefined
  if (table.name === 'organizations') return 't.id = $1'
  return table.columns.some(({ name }) => name === 'organization_id') ? 't.organization_id = $1' : undefined
}

function withoutSecrets(
  { settingsOf }: ExportParts,
  row: Record<string, unknown>,
  settings: unknown,
): unknown {
  if (typeof settings !== 'object' || settings === null)
    return failed({ code: 'unreadable', what: 'settings' })
  const known = settingsOf(String(row['side']), String(row['adapter']))
  if (!known) return {}
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !known.secret.includes(name)))
}

function notCarried(written: readonly Written[]): Record<string, string> {
  const givenOut = written.flatMap(({ file: { table, returns } }) =>
    returns ? [] : [[table, onlyGivenOut[table] ?? 'It belongs to the installation.'] as const],
  )
  return {
    ...credentials,
    'connections.settings_sealed': 'Keys, passwords and tokens in it: they are set again.',
    ...ofTheConnection,
    ...madeAnew,
    ...Object.fromEntries(givenOut),
    'keyed hashes': 'They are made anew on import. A row of which only a hash is left does not return.',
  }
}
