import type { CountryCode } from 'libphonenumber-js/max'
import type { Personal } from '../../policy/index.ts'

export type { CountryCode }

/**
 * A telephone number in E.164: "+", then 2 to 15 digits, no spaces. Only parse functions make one.
 * Numbers that were renumbered (Mexico's mobile 1, Brazil's eight-digit mobiles) carry their present form.
 */
export type E164 = Personal<string> & { readonly __brand: 'E164' }

/** What has to be known about an organization and its phone system to read a number it hands over. */
export interface NumberContext {
  /** The organization's country, ISO 3166-1 alpha-2: a number without a country code belongs here. */
  country: CountryCode
  /**
   * What the phone system puts before *every* outside number it reports, for instance '0'. It is believed: with '0',
   * a reported "00431…" is 0431 (Kiel), not Vienna.
   */
  trunkPrefix?: string
  /** What people dial to get an outside line, '0' or '9'. Removed only where the number means nothing with it. */
  exitPrefix?: string
  /** Dialled before a country code; '00' when not given. The country's own (011, 810, …) is always understood too. */
  internationalPrefix?: string
  /** Longest extension of the phone system in digits; 5 when not given. Anything longer is an outside number. */
  longestExtension?: number
}

/** Two contexts of the same name read every number alike. */
export const nameOf = (context: NumberContext): string =>
  [
    context.country,
    context.trunkPrefix,
    context.exitPrefix,
    context.internationalPrefix,
    context.longestExtension,
  ].join('|')

/** What a phone system can name as caller or called party. A number that could not be read carries nothing. */
export type PhoneNumber =
  | { kind: 'e164'; e164: E164; country: CountryCode | undefined; extension?: string }
  | { kind: 'extension'; digits: string }
  | { kind: 'short'; digits: string }
  | { kind: 'withheld' }
  | { kind: 'malformed' }

/**
 * The keys under which the mirror stores one typed number; each is hashed before it is stored.
 *
 * `exact` is the E.164 form where the text determines one. `typed` is what else the text may mean: the digits as they
 * were typed nationally, or, where an extension leaves two readings of a number, the second one in E.164.
 */
export interface NumberKeys {
  exact: E164 | undefined
  typed: string | undefined
}

/** The keys under which a reported number may be stored: `exact` is certain, any of `typed` is a "maybe". */
export interface LookUpKeys {
  exact: E164
  typed: string[]
}
