import { createHash } from 'node:crypto'
import { type Declaration, inForce, notPersonal, type Purpose, purposes } from '../../policy/index.ts'
import { tablesOf } from './row-security.ts'

/** The role of the server in which this installation acts for a purpose. */
export type PurposeRoles = Readonly<Record<Purpose, string>>

/** @param control the name of the control database: several installations may live on one server */
export function purposeRoles(control: string): PurposeRoles {
  const digest = () => createHash('sha256').update(control).digest('hex').slice(0, 12)
  const prefix = /^[a-z][a-z0-9_]{0,19}$/.test(control) ? control : `rf_${digest()}`
  return Object.fromEntries(purposes.map((purpose) => [purpose, `${prefix}${suffixOf(purpose)}`])) as Record<
    Purpose,
    string
  >
}

const suffixOf = (purpose: Purpose) => `_for_${purpose.toLowerCase().replaceAll(' ', '_')}`

/** The purpose whose role has this name, in whichever installation. */
export const purposeOfRole = (name: string): Purpose | undefined =>
  purposes.find((purpose) => name.endsWith(suffixOf(purpose)))

type Verb = 'select' | 'insert' | 'update' | 'delete'

/** What some purposes may do with a table, or with some of its columns. */
interface PurposeRight {
  table: string
  /** undefined: all there are */
  columns: readonly string[] | undefined
  verbs: readonly Verb[]
  purposes: readonly Purpose[]
}

/** Written by migrations and by whoever moves the time, never on behalf of anybody. */
const onlyRead = ['clock', 'schema_migrations', 'retired_keys', 'restores']

/**
 * What `policy/` allows for each purpose in the database of an organization:
 *
 * - personal columns, where one of the kinds in them names the purpose;
 * - the other columns of a table, where the purpose may see any personal one of it. That there is a row tells of somebody
 *   too. Only where everything personal in a table is sealed (connections, rules) do the others tell of nobody, and are
 *   open to all, as tables are that hold nothing personal.
 */
export function purposeRights(from: readonly Declaration[] = inForce().kinds): PurposeRight[] {
  const kinds = from.filter((kind) => kind.database === 'organization')
  const free = notPersonal.organization
  const named = new Set([...tablesOf(kinds), ...free.map((column) => column.split('.')[0] ?? '')])
  return [...named].sort().flatMap((table) => {
    if (onlyRead.includes(table)) return [{ table, columns: undefined, verbs: ['select'] as const, purposes }]
    return rightsIn(table, kinds, columnsIn(table, free))
  })
}

function rightsIn(table: string, kinds: readonly Declaration[], free: readonly string[]): PurposeRight[] {
  const here = kinds.filter((kind) => columnsIn(table, Object.keys(kind.columns)).length > 0)
  const personal = new Set(here.flatMap((kind) => columnsIn(table, Object.keys(kind.columns))))
  const tellsOfNobody = here.every(({ columns }) =>
    columnsIn(table, Object.keys(columns)).every((column) => columns[`${table}.${column}`] === 'sealed'),
  )
  const groups = new Map<string, PurposeRight & { purposes: Purpose[] }>()
  for (const purpose of purposes) {
    const serving = here.filter((kind) => kind.purposes.includes(purpose))
    if (serving.length === 0 && !tellsOfNobody) continue
    const columns = [
      ...new Set([...free, ...serving.flatMap((kind) => columnsIn(table, Object.keys(kind.columns)))]),
    ].sort()
    const whole = columns.length === free.length + personal.size
    const right = groups.get(`${columns}`)
    if (right) right.purposes.push(purpose)
    else
      groups.set(`${columns}`, {
        table,
        columns: whole ? undefined : columns,
        // a row is deleted whole
        verbs: whole ? ['select', 'insert', 'update', 'delete'] : ['select', 'insert', 'update'],
        purposes: [purpose],
      })
  }
  return [...groups.values()]
}

const columnsIn = (table: string, names: readonly string[]): string[] =>
  names.flatMap((name) => (name.startsWith(`${table}.`) ? [name.slice(table.length + 1)] : []))

/** SQL that gives the roles these rights; whatever they had is taken before. */
export function purposeGrants(roles: PurposeRoles, from: readonly Declaration[] = inForce().kinds): string[] {
  return purposeRights(from).map(({ table, columns, verbs, purposes: served }) => {
    const list = columns ? ` (${columns.join(', ')})` : ''
    const what = verbs.map((verb) => `${verb}${list}`)
    const on = table === 'clock' ? 'ringfence.clock' : table
    return `grant ${what.join(', ')} on ${on} to ${served.map((purpose) => roles[purpose]).join(', ')}`
  })
}
