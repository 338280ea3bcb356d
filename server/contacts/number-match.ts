import type { LookUpKeys, NumberKeys } from './number-context.ts'

/** How sure it is that a typed number is the reported one. */
export type Match = 'exact' | 'maybe' | 'none'

/** Compares one typed number with what a look-up asks for, as the mirror does with the hashes of both. */
export function matchKeys(typed: NumberKeys, asked: LookUpKeys): Match {
  if (typed.exact === asked.exact) return 'exact'
  return typed.typed !== undefined && asked.typed.includes(typed.typed) ? 'maybe' : 'none'
}
