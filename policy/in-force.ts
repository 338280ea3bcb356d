import type { Declaration } from './declare.ts'

/**
 * What may be done now. The files of this folder may declare more than the version of the policy that is in force: until
 * theirs takes effect the program runs under what both allow (`server/privacy/both-allow.ts`).
 */
export interface Rules {
  /** every kind that the files declare, no wider than it is in force */
  kinds: readonly Declaration[]
  /** columns, "table.column", in which nothing is kept yet; whoever writes them finds them empty */
  inert: Readonly<Record<'organization' | 'control', readonly string[]>>
  /** how old a backup may be; 0: none is made */
  backupDays: number
  /** fields that are not written down or sent yet, as `field-list.ts` spells them */
  withheld: ReadonlySet<string>
}

let narrowed: Rules | undefined

/** For the whole process: it serves one installation, and an installation has one policy. */
export function runUnder(rules: Rules): void {
  narrowed = rules
}

/** @returns undefined before the version in force was asked for */
export function narrowedRules(): Rules | undefined {
  return narrowed
}

/** Is there anything that the files name and the version in force does not? */
export function withholds(): boolean {
  return (narrowed?.withheld.size ?? 0) > 0
}

/** Of a field in the spelling of `field-list.ts`. */
export function isWithheld(field: string): boolean {
  return narrowed?.withheld.has(field) ?? false
}
