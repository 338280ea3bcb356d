import { z } from 'zod'

/**
 * What a value in a mail may be. A relay and everybody behind it reads the subject and the addresses, so those have no room
 * for anybody else's; in a text the operator says in their own words what an organization has to know.
 */
export const mailForms = {
  /** one line without an e-mail address or a number that somebody could be called at: also what a subject is */
  line: (value: unknown) =>
    typeof value === 'string' &&
    value.length <= 300 &&
    !/[\p{Cc}\u2028\u2029@]/u.test(value) &&
    !/\d(?:[ ()/-]?\d){6}/.test(value),
  lines: (value: unknown) =>
    Array.isArray(value) && value.length <= 1_000 && value.every((one) => typeof one === 'string'),
  text: (value: unknown) => typeof value === 'string' && value.length <= 200_000,
  /** of one of our own pages */
  page: (value: unknown) =>
    typeof value === 'string' && /^https?:\/\/[\w.:[\]-]+\/[\w/.~%?=&-]*$/.test(value),
  language: (value: unknown) => value === 'en' || value === 'cs',
} as const satisfies Readonly<Record<string, (value: unknown) => boolean>>

export type MailForm = keyof typeof mailForms
const form = z.enum(Object.keys(mailForms) as MailForm[])
const mails = z.record(z.string().regex(/^[a-z ]+$/), z.record(z.string().regex(/^[a-z][A-Za-z]*$/), form))

function declareMails<const Said extends z.input<typeof mails>>(said: Said): Said {
  return mails.parse(said) as Said // the same, looked at
}

/** Every mail there is, with the values it is made of. Each goes to the organization's notice contacts, and to nobody else. */
export const mailFields = declareMails({
  // what the operator wrote down of the breach, in the words in which it is also shown
  'breach notice': { subject: 'line', text: 'text' },
  'policy announcement': {
    language: 'language',
    organization: 'text',
    day: 'line',
    reasons: 'lines',
    page: 'page',
  },
})

type ValueOf<Name extends MailForm> = Name extends 'lines'
  ? readonly string[]
  : Name extends 'language'
    ? 'en' | 'cs'
    : string
export type MailAbout = keyof typeof mailFields
export type MailFields<About extends MailAbout> = {
  readonly [Name in keyof (typeof mailFields)[About]]: (typeof mailFields)[About][Name] extends MailForm
    ? ValueOf<(typeof mailFields)[About][Name]>
    : never
}
