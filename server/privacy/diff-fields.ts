import type { Form } from '../../policy/index.ts'
import { type Difference, setDiff } from './differences.ts'

type Fields = readonly string[] | undefined

/** Versions of before there were such lists said nothing of single fields, and so left all of them open. */
export const everyOther = 'every field that is not named'

/** More fields that tell of somebody are more; a count or a word of ours in a log tells of nobody. */
export function fieldsDiff(was: Fields, now: Fields): Difference[] {
  if (was === undefined && now === undefined) return []
  if (now === undefined) return [{ kind: '', way: 'less restrictive', reason: 'new field', what: everyOther }]
  if (was === undefined) return [{ kind: '', way: 'stricter', reason: 'gone field', what: everyOther }]
  const telling = (fields: readonly string[]) => fields.filter(tellsOfSomebody)
  return setDiff('field', telling(was), telling(now), { wider: 'new' }).map((one) => ({ kind: '', ...one }))
}

/** What the files name and the version in force does not: it is not written down, told or sent until theirs takes effect. */
export function notYet(inForce: Fields, here: readonly string[]): string[] {
  if (inForce === undefined) return []
  const known = new Set(inForce)
  return here.filter((field) => tellsOfSomebody(field) && !known.has(field))
}

/**
 * May it tell of somebody? Counts and words of ours cannot. Ids in jobs and notices are gone when they were read, and
 * without them nothing that is in force would work; in a log they stay as long as the log.
 */
export function tellsOfSomebody(field: string): boolean {
  const form = field.slice(field.lastIndexOf(': ') + 2)
  if (field.startsWith('log ')) return !silent.has(form)
  if (field.startsWith('job ')) return false
  if (field.startsWith('notice ')) return field.includes(': ') && !silent.has(form) && form !== 'id'
  return true
}
const silent: ReadonlySet<string> = new Set<Form>([
  'count',
  'code',
  'codes',
  'version',
  'class',
  'error code',
  'frames',
  'route',
  'own address',
])
