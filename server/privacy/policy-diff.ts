import { canonical } from './canonical.ts'
import type { Declared, DeclaredKind } from './declared.ts'
import { fieldsDiff } from './diff-fields.ts'
import { compareColumns, comparePeriods } from './diff-orders.ts'
import { compareRecipients } from './diff-recipients.ts'
import { type Difference, either, type KindDifference, setDiff } from './differences.ts'

/**
 * - `less restrictive`: something is allowed that was not, whatever else is allowed no more (law.md, 9)
 * - `stricter`: something is allowed no more, and nothing new is
 * - `neutral`: both allow the same; words, names and contacts may differ
 */
export type Verdict = 'less restrictive' | 'stricter' | 'neutral'

/** What is compared: the declarations, and which sections the text has. */
export interface Comparable {
  declared: Declared
  sections: readonly string[]
}

/**
 * Is `after` less restrictive than `before`? Decided by the declarations alone, never by reading text. The order is that of
 * what may be done with data: every field says what it lets through, and a field that is not known here, or two values
 * that cannot be ordered, count as less restrictive in both directions.
 *
 * Beside that order stands one alarm: a column that was personal and is now said to be none.
 */
export function policyDiff(
  before: Comparable,
  after: Comparable,
): { verdict: Verdict; differences: Difference[] } {
  const differences = [
    ...kindsDiff(before.declared.kinds, after.declared.kinds),
    ...noticeDiff(before.declared.terms.noticeDays, after.declared.terms.noticeDays),
    ...backupsDiff(before.declared.terms.backupDays, after.declared.terms.backupDays),
    ...setDiff('section', before.sections, after.sections, { wider: 'gone' }).map((one) => ({
      kind: '',
      ...one,
    })),
    ...renounced(before.declared, after.declared),
    ...fieldsDiff(before.declared.fields, after.declared.fields),
  ]
  return { verdict: verdictOf(differences), differences }
}

export function verdictOf(differences: readonly Pick<Difference, 'way'>[]): Verdict {
  if (differences.some(({ way }) => way === 'less restrictive')) return 'less restrictive'
  return differences.length > 0 ? 'stricter' : 'neutral'
}

function kindsDiff(before: readonly DeclaredKind[], after: readonly DeclaredKind[]): Difference[] {
  const old = new Map(before.map((kind) => [kind.kind, kind]))
  const now = new Map(after.map((kind) => [kind.kind, kind]))
  return [
    ...after.flatMap((kind): Difference[] => {
      const was = old.get(kind.kind)
      if (!was) return [{ kind: kind.kind, way: 'less restrictive', reason: 'new kind', what: kind.kind }]
      return kindDiff(was, kind).map((one) => ({ kind: kind.kind, ...one }))
    }),
    ...before.flatMap(({ kind }): Difference[] =>
      now.has(kind) ? [] : [{ kind, way: 'stricter', reason: 'gone kind', what: kind }],
    ),
  ]
}

/** One kind of data in two versions: every field has its comparison, and a new field does not compile without one. */
export function kindDiff(was: DeclaredKind, now: DeclaredKind): KindDifference[] {
  const compared = {
    columns: compareColumns(was, now),
    sealedBy: [], // with the columns: a key that seals none protects nothing
    subjects: setDiff('subject', was.subjects, now.subjects, { wider: 'new' }),
    purposes: setDiff('purpose', was.purposes, now.purposes, { wider: 'new' }),
    ends: setDiff('end', was.ends, now.ends, { wider: 'gone' }),
    recipients: compareRecipients(was.recipients, now.recipients),
    keep: comparePeriods(was.keep, now.keep),
    database: compareDatabases(was.database, now.database),
    ground: either('other ground', groundOf(was), groundOf(now)),
    role: either('other role', was.role, now.role),
    source: either('other source', was.source, now.source),
    region: either('other region', was.region, now.region),
  } satisfies Record<KnownField, KindDifference[]>
  return [...Object.values(compared).flat(), ...otherFields(was, now, new Set(Object.keys(compared)))]
}

type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] }
type KnownField = Exclude<keyof Known<DeclaredKind>, 'kind'>

/** A field that only another program knows: what it means is not known here. */
function otherFields(was: DeclaredKind, now: DeclaredKind, known: ReadonlySet<string>): KindDifference[] {
  const names = new Set([...Object.keys(was), ...Object.keys(now)])
  return [...names]
    .filter((name) => name !== 'kind' && !known.has(name))
    .flatMap((name) => either('other field', canonical(was[name]), canonical(now[name]), name))
}

/** Each organization has a database of its own; the control database is shared by all of them. */
function compareDatabases(was: string, now: string): KindDifference[] {
  if (was === now) return []
  if (was === 'control' && now === 'organization')
    return [{ way: 'stricter', reason: 'stored apart', what: now }]
  const reason = was === 'organization' && now === 'control' ? 'stored with others' : 'stored otherwise'
  return [{ way: 'less restrictive', reason, what: now }]
}

function noticeDiff(was: number, now: number): Difference[] {
  if (was === now) return []
  return now < was
    ? [{ kind: '', way: 'less restrictive', reason: 'notice shorter', what: String(now) }]
    : [{ kind: '', way: 'stricter', reason: 'notice longer', what: String(now) }]
}

function backupsDiff(was: number, now: number): Difference[] {
  if (was === now) return []
  return now > was
    ? [{ kind: '', way: 'less restrictive', reason: 'backups longer', what: String(now) }]
    : [{ kind: '', way: 'stricter', reason: 'backups shorter', what: String(now) }]
}

/** Columns out of the declarations that are still kept, but not called personal any more. */
function renounced(before: Declared, after: Declared): Difference[] {
  return before.kinds.flatMap(({ kind, database, columns }) =>
    Object.keys(columns)
      .filter((column) => after.notPersonal.includes(`${database} ${column}`))
      .map((what) => ({
        kind,
        way: 'less restrictive' as const,
        reason: 'called not personal' as const,
        what,
      })),
  )
}

/** Where the balancing test is filed is no part of the ground. */
function groundOf({ ground: { balancing: _, ...ground } }: DeclaredKind): string {
  return canonical(ground)
}
