/**
 * What may stand in an address that is asked for, where it is not written out. Addresses end in logs on the whole way, at
 * the recipient and in between, so each piece of one has a form. Only `text` has room for a name, and says so.
 */
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const whole = (pattern: string, flags = '') => {
  const made = new RegExp(`^(?:${pattern})$`, flags)
  return (text: string) => made.test(text)
}
/** Base64 may end in its padding. */
const code = '[A-Za-z0-9][\\w-]{0,299}(?:(?:=|%3D){1,2})?'

export const addressForms = {
  /** how many, which page */
  count: whole('\\d{1,9}'),
  /** an id that is a number; one that somebody could be called at has a plus here */
  digits: whole('\\d{1,15}'),
  'list of digits': whole('\\d{1,15}(?:,\\d{1,15}){0,499}'),
  uuid: whole(uuid, 'i'),
  /** an id of letters and digits: no blank, no plus, no at sign */
  code: whole(code),
  'list of codes': whole(`${code}(?:,${code}){0,99}`),
  date: whole('\\d{4}-\\d\\d-\\d\\d'),
  time: whole('\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?(?:Z|[+-]\\d\\d:?\\d\\d)?'),
  /** where a list goes on, as the recipient itself told it */
  cursor: whole('[\\w.~+/=:-]{1,2000}'),
  /** whole or its last digits: who is calling */
  'telephone number': whole('\\+?\\d{2,15}'),
  /** anything at all */
  text: () => true,
} as const satisfies Readonly<Record<string, (text: string) => boolean>>

export type AddressForm = keyof typeof addressForms
export const addressFormNames = Object.keys(addressForms) as AddressForm[]
