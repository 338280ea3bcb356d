import { hourOf, type KeyChoice } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Into, Renamed, TableIn } from './import-types.ts'
import { refuse } from './manifest.ts'
import { type Above, type Line, mirrored, type NewHash, newHashes, newIds, numberIn } from './rebuild.ts'
import { nameOf } from './rows-around.ts'
import { type HourKey, keyFieldOf } from './schema.ts'
import { textOf } from './structure.ts'
import { type Column, fieldOf } from './tables.ts'

/**
 * A row as the new organization keeps it: under its own keys and hashes.
 * @returns undefined when it is left out: of somebody erased, or nothing but a hash
 */
export function makeRow(
  { organization, erased, leftOut }: Into,
  { table, columns }: TableIn,
  {
    was,
    line,
    above,
    rename,
  }: Renamed & { above: ReadonlyMap<string, Above>; rename: (id: string) => string },
): { row: Record<string, unknown>; id: string | undefined } | undefined {
  const { name } = table
  const texts: Record<string, string> = {}
  for (const column of columns) {
    const value = line[fieldOf(column)]
    if (column.form === 'opened' && value !== null)
      texts[fieldOf(column)] = textOf(`${name}.${column.name}`, value, rename)
  }
  const number = numberIn(name, organization, line, texts)
  if (erased.isErased(organization, { number, person: personIn(name, was, line) })) {
    leftOut.erased += 1
    return undefined
  }
  const renames = newIds[name]
  const id = renames?.(organization, line, texts)
  const hung = above.get(nameOf(line))
  const hashes = hashesOf({ table, columns }, { organization, line, number, above: hung })
  if ((renames && id === undefined) || hashes === undefined) {
    leftOut.unknowable += 1
    return undefined
  }
  const bucket = bucketOf(name, organization, line) ?? hung?.bucket
  const row: Record<string, unknown> = { ...line, ...hashes, ...(id === undefined ? {} : { id }) }
  if (bucket !== undefined) row['bucket'] = bucket
  for (const column of columns) {
    if (column.form !== 'opened') continue
    const text = texts[fieldOf(column)]
    row[column.name] = null
    if (text === undefined) continue
    const place = { table: name, column: column.name, row: String(row[table.key[0] ?? 'id']) }
    const key = keyOf(column, { line, bucket, mirror: hung?.connectionId })
    row[column.name] = bytes(organization.keys.seal(place, text, key))
  }
  return { row, id }
}

/** @returns undefined when one that has to be there cannot be made */
function hashesOf(
  { table, columns }: Pick<TableIn, 'table' | 'columns'>,
  of: Parameters<NewHash>[0],
): Record<string, string | null> | undefined {
  const made: Record<string, string | null> = {}
  for (const { name, form, notNull } of columns) {
    if (form !== 'hash') continue
    const hash = of.line[name] === null ? null : newHashes[`${table.name}.${name}`]?.(of)
    if (!hash && notNull) return undefined
    made[name] = hash ? bytes(hash) : null
  }
  return made
}

const bytes = (value: Buffer): string => `\\x${value.toString('hex')}`

function personIn(table: string, was: Line, line: Line) {
  const externalId = table === 'persons' ? line['external_id'] : line['person_external_id']
  if (typeof externalId !== 'string') return undefined
  return {
    was: [String(was['connection_id']), externalId] as [string, string],
    is: [String(line['connection_id']), externalId] as [string, string],
  }
}

function bucketOf(table: string, organization: Organization, line: Line): number | undefined {
  if (table === 'persons') return mirrored(organization, 'person', line).bucket
  return table === 'companies' ? mirrored(organization, 'company', line).bucket : undefined
}

function keyOf(
  column: Column,
  { line, bucket, mirror }: { line: Line; bucket: number | undefined; mirror: string | undefined },
): KeyChoice {
  const hourKey = line[keyFieldOf(column)] as HourKey | undefined
  if (hourKey) return { by: hourKey.by, hour: hourOf(Date.parse(hourKey.hour)) }
  // Under the organization's key it would outlive its hour.
  if (column.byHour) refuse('This export does not say by which hour a row ends.')
  if (column.byBucket)
    return { by: 'mirror bucket', mirror: mirror ?? String(line['connection_id']), bucket: bucket ?? 0 }
  return { by: 'organization' }
}
