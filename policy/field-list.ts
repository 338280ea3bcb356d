import { jobFields, logFields, noticeFields } from './fields.ts'
import type { Form } from './forms.ts'
import { type MailForm, mailFields } from './mails.ts'

export const logField = (name: string, form: Form): string => `log ${name}: ${form}`
export const noticeField = (about: string, name: string, form: Form): string =>
  `notice ${about}.${name}: ${form}`
export const mailField = (about: string, name: string, form: MailForm): string =>
  `mail ${about}.${name}: ${form}`

/**
 * Every declared field as one text: "log callId: id", "job write-call.callId: id", "notice call.version: count",
 * "mail breach notice.text: text", and of `sent.ts` "sent to Pipedrive, POST /api/v2/persons: name". A field of another form
 * is another field.
 */
export const insideFields: readonly string[] = [
  ...Object.entries(logFields).map(([name, form]) => logField(name, form)),
  ...Object.entries(jobFields).flatMap(([task, fields]) => [
    `job ${task}`,
    ...Object.entries(fields).map(([name, form]) => `job ${task}.${name}: ${form}`),
  ]),
  ...Object.entries(noticeFields).flatMap(([about, fields]) => [
    `notice ${about}`,
    ...Object.entries(fields).map(([name, form]: [string, Form]) => noticeField(about, name, form)),
  ]),
  ...Object.entries(mailFields).flatMap(([about, fields]) => [
    `mail ${about}`,
    ...Object.entries(fields).map(([name, form]) => mailField(about, name, form)),
  ]),
]
