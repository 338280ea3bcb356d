import {
  type Form,
  forms,
  isWithheld,
  jobFields,
  logField,
  logFields,
  type MailAbout,
  mailField,
  mailFields,
  mailForms,
  noticeField,
  noticeFields,
} from '../policy/index.ts'

/** Names of fields that are not declared, missing, or hold what does not fit. */
type Look = (carried: object) => string[]

/** Made once for each declared list, because notices are told on the way of every call: half a microsecond each. */
function lookFor(fields: Readonly<Record<string, Form>>): Look {
  const known = new Map(Object.entries(fields).map(([name, form]) => [name, forms[form]]))
  const needed = Object.keys(fields).filter((name) => fields[name] !== 'id or nothing')
  return (carried) => {
    const wrong: string[] = []
    for (const name in carried)
      if (known.get(name)?.((carried as Record<string, unknown>)[name]) !== true) wrong.push(name)
    for (const name of needed) if (!(name in carried)) wrong.push(name)
    return wrong
  }
}

const logForms = new Map<string, { fits: (value: unknown) => boolean; field: string }>(
  Object.entries(logFields).map(([name, form]) => [name, { fits: forms[form], field: logField(name, form) }]),
)
const jobLooks = new Map(Object.entries(jobFields).map(([task, fields]) => [task, lookFor(fields)]))
const noticeLooks = new Map(
  Object.entries(noticeFields).map(([about, fields]) => [
    about,
    {
      look: lookFor(fields),
      fields: Object.entries(fields).map(([name, form]: [string, Form]) => noticeField(about, name, form)),
    },
  ]),
)

export function mayBeLogged(name: string, value: unknown): boolean {
  const declared = logForms.get(name)
  return declared?.fits(value) === true && !isWithheld(declared.field)
}

/** What of a job may not be queued: names of its fields, or of a task that is not declared. */
export function undeclaredInJob(task: string, payload: object): string[] {
  return jobLooks.get(task)?.(payload) ?? [task]
}

/** What of a notice may not be told, or not yet. */
export function undeclaredInNotice({ about, ...told }: { readonly about: string }): string[] {
  const declared = noticeLooks.get(about)
  return declared ? [...declared.look(told), ...declared.fields.filter(isWithheld)] : [about]
}

/** What of a mail may not be sent, or not yet: names of its fields, or what it is about where no such mail is declared. */
export function undeclaredInMail(about: MailAbout, fields: Readonly<Record<string, unknown>>): string[] {
  if (!Object.hasOwn(mailFields, about)) return [about]
  const declared = Object.entries(mailFields[about])
  const known = new Set(declared.map(([name]) => name))
  return [
    ...Object.keys(fields).filter((name) => !known.has(name)),
    ...declared.flatMap(([name, form]) =>
      mailForms[form](fields[name]) && !isWithheld(mailField(about, name, form)) ? [] : [name],
    ),
  ]
}
