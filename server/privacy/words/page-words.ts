import type { Language } from './words.ts'

/** What stands around the text of the policy on its public page. */
export interface PageWords {
  languageName: string
  languages: string
  version(version: string): string
  inForceSince(day: string): string
  wasInForceSince(day: string): string
  notInForce: string
  toCurrent: string
  contents: string
  changes: string
  firstVersion: string
  otherVersions: string
  thisOne: string
  now: string
}

export const pageWords: Record<Language, PageWords> = {
  en: {
    languageName: 'English',
    languages: 'Languages',
    version: (version) => `Version ${version}`,
    inForceSince: (day) => `in force since ${day}`,
    wasInForceSince: (day) => `put in force on ${day}`,
    notInForce: 'This is an earlier version. It is no longer in force.',
    toCurrent: 'Read the version in force',
    contents: 'Contents',
    changes: 'What changed in this version',
    firstVersion: 'This is the first version.',
    otherVersions: 'All versions',
    thisOne: 'shown here',
    now: 'in force',
  },
  cs: {
    languageName: 'Čeština',
    languages: 'Jazyky',
    version: (version) => `Verze ${version}`,
    inForceSince: (day) => `platí od ${day}`,
    wasInForceSince: (day) => `uvedena v platnost ${day}`,
    notInForce: 'Toto je dřívější verze. Už neplatí.',
    toCurrent: 'Přečíst platnou verzi',
    contents: 'Obsah',
    changes: 'Co se v této verzi změnilo',
    firstVersion: 'Toto je první verze.',
    otherVersions: 'Všechny verze',
    thisOne: 'zobrazena zde',
    now: 'platí',
  },
}

/** A day as the language writes it; in UTC, because the public page knows no reader's zone. */
export function dayIn(language: Language, at: Date): string {
  const locale = { en: 'en-GB', cs: 'cs-CZ' }[language]
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at)
}
