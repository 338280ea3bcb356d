import { z } from 'zod'
import { type Declaration, declarations, notPersonal, terms } from '../../policy/index.ts'
import { fieldsHere } from './field-lists.ts'

/**
 * A declaration as a version of the policy keeps it. Wider than what `policy/` may say today, because an earlier or later
 * program may know purposes, keys and ends that this one does not: they are compared as what they are called.
 */
const declaredKind = z.looseObject({
  kind: z.string(),
  database: z.string(),
  subjects: z.array(z.string()).readonly(),
  role: z.string(),
  purposes: z.array(z.string()).readonly(),
  ground: z.looseObject({ article: z.string() }),
  columns: z.record(z.string(), z.string()).readonly(),
  sealedBy: z.string(),
  keep: z.union([z.object({ hours: z.number(), from: z.string() }), z.object({ while: z.string() })]),
  ends: z.array(z.string()).readonly(),
  recipients: z
    .array(z.looseObject({ name: z.string(), hosts: z.union([z.array(z.string()).readonly(), z.string()]) }))
    .readonly(),
  region: z.string(),
  source: z.string(),
})

/** Everything a version declares, apart from its words. */
export const declared = z.object({
  kinds: z.array(declaredKind).readonly(),
  // The first versions said nothing of backups: none were made.
  terms: z.object({ noticeDays: z.number(), backupDays: z.number().default(0) }),
  /** "database table.column": what the program of that version keeps beside it and says to be no personal data */
  notPersonal: z.array(z.string()).readonly(),
  /** what may be written down, queued, told and sent, as `policy/field-list.ts` spells it; versions of before say nothing */
  fields: z.array(z.string()).readonly().optional(),
})

export type DeclaredKind = z.infer<typeof declaredKind>
export type Declared = z.infer<typeof declared>

/** What the files of this program declare. */
export function declaredHere(
  from: readonly Declaration[] = declarations,
  fields: readonly string[] = fieldsHere(),
): Declared {
  return {
    kinds: from,
    terms,
    fields,
    notPersonal: Object.entries(notPersonal).flatMap(([database, columns]) =>
      columns.map((column) => `${database} ${column}`),
    ),
  }
}
