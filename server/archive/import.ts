import { inForce } from '../../policy/index.ts'
import { personHash } from '../contacts/erased.ts'
import type { Db } from '../database/transaction.ts'
import { failed, failureOf } from '../failure.ts'
import type { Installation } from '../installation.ts'
import type { Organization } from '../organizations/organization.ts'
import { mostHoursOf } from './check-line.ts'
import { carriedColumns } from './export.ts'
import { importRows } from './import-table.ts'
import type { Into, LeftOut, TableIn } from './import-types.ts'
import { KnownErased } from './known-erased.ts'
import { readLines } from './lines.ts'
import { type ArchiveFile, type Manifest, readManifest, refuse } from './manifest.ts'
import { newIds } from './rebuild.ts'
import { schemaOf } from './schema.ts'
import { readTables, type Table } from './tables.ts'

const rowsAtOnce = 500

export type ImportParts = Pick<Installation, 'organizations' | 'ring' | 'clock'>

export interface Imported {
  id: string
  name: string
  /** by table */
  rows: Record<string, number>
  leftOut: LeftOut
  /** erased people and numbers that are known by a keyed hash alone, and cannot be kept away under other keys */
  notKeptAway: number
}

/**
 * Makes a new organization out of an archive. Everything is looked through first; then it is taken in by one transaction
 * of a database that did not exist before, and whatever goes wrong removes it again.
 *
 * What had an end keeps it to the hour, and what is over is left out. Nobody whom the organization erased comes back.
 *
 * @param wish.name of the new organization; default: the name it had
 * @throws RingfenceError `setting` with one sentence: damaged, cut short, not ours, of a later program
 */
export async function importOrganization(
  parts: ImportParts,
  folder: string,
  wish: { name?: string | undefined } = {},
): Promise<Imported> {
  const manifest = await readManifest(folder)
  for (const file of manifest.files) for await (const _ of linesOf(folder, file)); // each is whole
  const erased = () => KnownErased.of(parts.ring, manifest)
  erased()
  let imported: Imported | undefined
  await make(parts, manifest, wish.name, async (organization) => {
    // Hours of which nothing was sealed here have no key yet: those whose time is not over get one.
    await parts.ring.tendHours(parts.clock.now(), undefined, { everyLiving: true })
    imported = await organization.transaction(
      (db) => takeIn(parts, { organization, db, erased: erased() }, { folder, manifest }),
      'owner',
    )
  })
  return imported ?? failed({ code: 'not-found', what: 'organization' })
}

const linesOf = (folder: string, file: ArchiveFile) => readLines(folder, file, rowsAtOnce)

/** Nobody sees it before it is filled, and nothing of it is left when that fails. */
async function make(
  { organizations }: ImportParts,
  { organization }: Manifest,
  name = organization.name,
  fill: (made: Organization) => Promise<void>,
): Promise<void> {
  const { country, timeZone, language } = organization
  try {
    await organizations.create({ name, country, timeZone, language }, fill)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code === 'invalid-input' && failure.field !== 'name')
      refuse('The manifest.json of this export is damaged.')
    if (failure?.code === 'undeclared') refuseUnknown()
    const state = (error as { code?: unknown }).code
    // What the database itself refuses: data exceptions, broken constraints, a column that has to be there.
    if (typeof state === 'string' && /^2[23]/.test(state))
      refuse('This export does not fit what this version of Ringfence keeps.')
    throw error
  }
}

async function takeIn(
  { clock }: ImportParts,
  { organization, db, erased }: { organization: Organization; db: Db; erased: KnownErased },
  { folder, manifest }: { folder: string; manifest: Manifest },
): Promise<Imported> {
  db.send(`set local time zone 'UTC'`)
  db.send('create temporary table imported_ids (was uuid primary key, id uuid not null) on commit drop')
  const { kinds } = inForce()
  const leftOut: LeftOut = { timeOver: 0, erased: 0, unknowable: 0, withThem: 0 }
  const into: Into = { db, organization, erased, leftOut, now: clock.ms() }
  const live = await readTables(db, 'organization', kinds)
  const returning = manifest.files.filter(({ returns }) => returns)
  expectKnown(live, returning)
  const rows: Record<string, number> = {}
  for (const table of namesFirst(live)) {
    const file = returning.find((one) => one.table === table.name)
    if (!file) continue
    const columns = carriedColumns(table).filter(({ name }) => file.columns.includes(name))
    const of: TableIn = {
      table,
      columns,
      schema: schemaOf(table, columns),
      path: file.path,
      mostHours: mostHoursOf(table, kinds),
    }
    let line = 1
    let count = 0
    for await (const lines of linesOf(folder, file)) {
      count += await importRows(into, of, lines, line)
      line += lines.length
    }
    if (table.name === 'connections') await makeMirrors(organization, db)
    if (count > 0) rows[table.name] = count
    for (const { name } of columns.filter(({ identity }) => identity))
      await db.rows(
        `select setval(pg_get_serial_sequence('${table.name}', '${name}'), greatest(max(${name}), 1)) from ${table.name}`,
      )
  }
  await erased.remember(db)
  const notKeptAway = await keepAway({ db, organization }, { folder, manifest })
  return { id: organization.id, name: organization.name, rows, leftOut, notKeptAway }
}

/**
 * Persons who were erased here and whom the CRM still has stand in the record of that erasure with the CRM's id, so that
 * they can be kept away under the new keys too.
 * @returns how many hashes are left of which nobody knows what they are of
 */
async function keepAway(
  { db, organization }: { db: Db; organization: Organization },
  { folder, manifest }: { folder: string; manifest: Manifest },
): Promise<number> {
  const file = manifest.files.find(({ table }) => table === 'erased')
  if (!file) return 0
  const blocked = new Set<unknown>()
  for await (const lines of linesOf(folder, file))
    for (const line of lines as { what?: unknown; erasure_id?: unknown }[])
      if (line.what === 'person') blocked.add(line.erasure_id)
  const known = await db.rows<{ erasure_id: string; connection_id: string; external_id: string; at: Date }>(
    `select r.erasure_id, r.connection_id, r.external_id, e.asked_at as at
     from erasure_recipients r join erasures e on e.id = r.erasure_id
     where r.what = 'person' and r.external_id is not null and r.erasure_id::text = any($1) order by r.id`,
    [[...blocked]],
  )
  for (const { erasure_id, connection_id, external_id, at } of known)
    await db.rows(
      `insert into erased (hash, what, erasure_id, erased_at) values ($1, 'person', $2, $3) on conflict do nothing`,
      [personHash(organization.keys, connection_id, external_id), erasure_id, at],
    )
  return Math.max(0, file.rows - known.length)
}

/** A column that this program does not know is of a later one, and leaving it out would lose it. */
function expectKnown(live: readonly Table[], files: readonly ArchiveFile[]): void {
  for (const file of files) {
    const table = live.find(({ name }) => name === file.table)
    const columns = table ? carriedColumns(table) : []
    if (file.columns.some((name) => !columns.some((column) => column.name === name))) refuseUnknown()
  }
}

function refuseUnknown(): never {
  return refuse('This export holds something this version of Ringfence does not know: update this one first.')
}

/** Rows that get a new name come before those that may speak of them without a foreign key. */
function namesFirst(tables: readonly Table[]): Table[] {
  const order = Object.keys(newIds)
  const placeOf = ({ name }: Table) => (order.includes(name) ? order.indexOf(name) : order.length)
  return tables.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** The keys of the mirrors, before anybody is sealed by them. */
async function makeMirrors({ keys }: Organization, db: Db): Promise<void> {
  const mirrors = await db.rows<{ id: string }>(
    `select id from connections where side = 'crm' and mirror_state in ('copying', 'complete') order by id`,
  )
  for (const { id } of mirrors) await keys.makeMirror(id)
}
