/**
 * What a value outside the databases may be: in a line of the log, in a job, in a notice. None of the forms has room for a
 * name, a number or a note; a value that does not fit the form of its field is refused, whoever writes it.
 */
import type { Plain } from './personal.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const code = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const shorter = (pattern: RegExp, most: number) => (value: unknown) =>
  typeof value === 'string' && value.length <= most && pattern.test(value)
const each = (fits: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length <= 50 && value.every(fits)

export const forms = {
  /** of ours, and of ours only */
  id: shorter(uuid, 36),
  'id or nothing': shorter(uuid, 36),
  /** of rows, bytes, seconds; never digits that somebody could be called at, because those are texts */
  count: Number.isSafeInteger,
  /** one of our own few words for what happened */
  code: shorter(code, 60),
  codes: each(shorter(code, 60)),
  /** of the policy */
  version: shorter(/^[0-9a-f]{12}$/, 12),
  /** of an error */
  class: shorter(/^[A-Za-z]\w*$/, 60),
  /** of a database or a system call */
  'error code': shorter(/^(?:[0-9A-Z]{5}|[A-Z][0-9A-Z_]+)$/, 40),
  /** where in the program, as V8 writes it */
  frames: each(shorter(/^at (?:[\w$.<>#[\] ]+ \(|async )?[\w$@./:-]+:\d+:\d+\)?$/, 400)),
  /** how the program spells it, with names of parameters in place of what stands there */
  route: shorter(/^(?:\?|\*|\/[\w/:.*?-]*)$/, 200),
  /** of this installation, without a path */
  'own address': shorter(/^https?:\/\/[\w.:[\]-]+$/, 300),
  /** what the CRM calls a record */
  reference: shorter(/^[\w.:-]+$/, 100),
} as const satisfies Readonly<Record<string, (value: unknown) => boolean>>

export type Form = keyof typeof forms
export const formNames = Object.keys(forms) as Form[]

/** What its type lets through; `forms` looks again when the program runs. */
type ValueOf<Name extends Form> = Name extends 'count'
  ? number
  : Name extends 'codes' | 'frames'
    ? readonly Plain[]
    : Plain

type Fields = Readonly<Record<string, Form>>
type All<Of extends Fields> = { readonly [Name in keyof Of]: ValueOf<Of[Name]> }
type Optional<Of extends Fields> = {
  [Name in keyof Of]: Of[Name] extends 'id or nothing' ? Name : never
}[keyof Of]
type Needed<Of extends Fields> = Exclude<keyof Of, Optional<Of>>

/** An object with these fields and no other. */
export type Carried<Of extends Fields> = Pick<All<Of>, Needed<Of>> & Partial<Pick<All<Of>, Optional<Of>>>

/** An object with some of these fields and no other. */
export type SomeOf<Of extends Fields> = { readonly [Name in keyof Of]?: ValueOf<Of[Name]> | undefined }
