import { type Declaration, type End, ends, type Recipient, type Rules, terms } from '../../policy/index.ts'
import { type Declared, type DeclaredKind, declaredHere } from './declared.ts'
import { notYet } from './diff-fields.ts'
import { comparePeriods } from './diff-orders.ts'
import { commonHosts } from './diff-recipients.ts'
import type { Difference } from './differences.ts'
import { policyDiff } from './policy-diff.ts'

export interface Narrowed {
  rules: Rules
  /** what the files do that cannot be kept from happening: a program with any of it must not run yet */
  beyond: Difference[]
}

/**
 * What both the version in force and the files allow. A program that runs under this does nothing that the version in
 * force does not allow, whatever its files say, and nothing that it was not written for.
 */
export function bothAllow(
  was: Declared,
  here: readonly Declaration[],
  files: Partial<Pick<Declared, 'notPersonal' | 'fields'>> = {},
): Narrowed {
  const { notPersonal, fields = [] } = { ...declaredHere(), ...files }
  const old = new Map(was.kinds.map((kind) => [kind.kind, kind]))
  const rules: Rules = {
    kinds: here.map((kind) => {
      const before = old.get(kind.kind)
      return before ? narrowed(before, kind) : { ...kind, recipients: [] }
    }),
    inert: { organization: inertIn('organization', was, here), control: inertIn('control', was, here) },
    withheld: new Set(notYet(was.fields, fields)),
    backupDays: Math.min(was.terms.backupDays, terms.backupDays),
  }
  const does = { ...was, kinds: effectiveKinds(rules), notPersonal }
  const { differences } = policyDiff({ declared: was, sections: [] }, { declared: does, sections: [] })
  return { rules, beyond: differences.filter(({ way }) => way === 'less restrictive') }
}

/** Kinds without the columns in which nothing is kept yet, and without kinds that have no others. */
export function effectiveKinds({ kinds, inert }: Rules): Declaration[] {
  return kinds.flatMap((kind) => {
    const off = kind.database === 'data folder' ? [] : inert[kind.database]
    const columns = Object.entries(kind.columns).filter(([name]) => !off.includes(name))
    return columns.length > 0 ? [{ ...kind, columns: Object.fromEntries(columns) }] : []
  })
}

function narrowed(was: DeclaredKind, kind: Declaration): Declaration {
  const earlier = ends.filter((end: End) => was.ends.includes(end) && !kind.ends.includes(end))
  return {
    ...kind,
    purposes: kind.purposes.filter((purpose) => was.purposes.includes(purpose)),
    recipients: kind.recipients.flatMap((recipient) => commonHosts(was.recipients, recipient) as Recipient[]),
    keep: shorter(was.keep, kind.keep),
    ends: [...kind.ends, ...earlier],
  }
}

/** Where neither is shorter it is that of the files, which the comparison then tells. */
function shorter(was: DeclaredKind['keep'], keep: Declaration['keep']): Declaration['keep'] {
  const wider = (from: DeclaredKind['keep'], to: DeclaredKind['keep']) =>
    comparePeriods(from, to).some(({ way }) => way === 'less restrictive')
  if (!wider(was, keep)) return keep
  // Both are of the same closed lists: otherwise they could not be ordered.
  if (!wider(keep, was)) return was as Declaration['keep']
  if (!('hours' in was && 'hours' in keep)) return keep
  const crossed = { hours: Math.min(was.hours, keep.hours), from: 'arrival' } as const
  return wider(was, crossed) || wider(keep, crossed) ? keep : crossed
}

/**
 * Columns that no kind of the version in force has. One that was of another kind then is used already: it cannot be
 * emptied, and stays among what is beyond.
 */
function inertIn(
  database: 'organization' | 'control',
  was: Declared,
  here: readonly Declaration[],
): readonly string[] {
  const columnsOf = (kinds: readonly { database: string; columns: Readonly<Record<string, string>> }[]) =>
    kinds.filter((kind) => kind.database === database).flatMap(({ columns }) => Object.keys(columns))
  const known = new Set(columnsOf(was.kinds))
  // A kind that has moved to another database is not new there.
  const moved = here.filter((kind) =>
    was.kinds.some((before) => before.kind === kind.kind && before.database !== kind.database),
  )
  const settled = new Set([...known, ...columnsOf(moved)])
  return [...new Set(columnsOf(here))].filter((column) => !settled.has(column)).sort()
}
