import type { Call } from '../calls/fold.ts'
import { type E164, formatForReader } from '../contacts/numbers.ts'
import type { Organization } from '../organizations/organization.ts'

/** The words a follow-up has in the CRM, in the organization's language. Plain text: adapters escape it. */
const words = {
  en: {
    callBack: (number: string) => `Call back ${number}`,
    missed: (at: string) => `Missed call, ${at}.`,
    voicemail: (at: string) => `Missed call with a voice message, ${at}.`,
    locale: 'en-GB',
  },
  cs: {
    callBack: (number: string) => `Zavolat zpět ${number}`,
    missed: (at: string) => `Zmeškaný hovor, ${at}.`,
    voicemail: (at: string) => `Zmeškaný hovor s hlasovou zprávou, ${at}.`,
    locale: 'cs-CZ',
  },
} as const

/** From then on nobody is asked to call back today. */
const dayEndsAtHour = 17

/** The same for a call for ever, because it is also what tells whether people made something else of it. */
export function followUpSubject({ language, country }: Organization, caller: E164): string {
  return words[language].callBack(formatForReader(caller, country))
}

export function followUpNote({ language, timeZone }: Organization, call: Call): string {
  const text = words[language]
  const at = new Date(call.startedAt).toLocaleString(text.locale, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return call.outcome === 'voicemail' ? text.voicemail(at) : text.missed(at)
}

/**
 * The day on which a call missed at this instant is to be called back, `YYYY-MM-DD`: the same day, or from 17:00 on the
 * next one from Monday to Friday, by the clock of the organization's time zone. Public holidays are not known here.
 */
export function dueOn(missedAt: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(missedAt)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  const day = `${part('year')}-${part('month')}-${part('day')}`
  return Number(part('hour')) < dayEndsAtHour ? day : nextWorkingDay(day)
}

function nextWorkingDay(day: string): string {
  const date = new Date(`${day}T12:00:00Z`)
  do date.setUTCDate(date.getUTCDate() + 1)
  while (date.getUTCDay() === 0 || date.getUTCDay() === 6)
  return date.toISOString().slice(0, 10)
}
