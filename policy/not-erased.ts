/** Why a table stays as it is when one caller or contact in it is erased. */
export type NotErased =
  | 'of no single person' // e.g. the name of a company
  | 'a wish that is being kept' // e.g. "leave this number's calls out": how an objection is followed
  | 'keeps the erased away'

/**
 * Tables with data of callers or contacts from which the erasure of one of them takes nothing. Any other table must show
 * by its columns how a person's rows are found in it, or the start is refused.
 */
export const notErased: Readonly<Record<string, NotErased>> = {
  companies: 'of no single person',
  rules: 'a wish that is being kept',
  erased: 'keeps the erased away',
  erasures: 'keeps the erased away',
  erasure_recipients: 'keeps the erased away',
}
