import { page as de } from './around-de.ts'
import { page as nb } from './around-nb.ts'
import { page as ro } from './around-ro.ts'
import { page as sl } from './around-sl.ts'
import type { DocumentLanguage } from './languages.ts'

/** What stands around the text of the policy on its public page. */
export interface PageWords {
  languageName: string
  languages: string
  version(version: string): string
  inForceSince(day: string): string
  wasInForceSince(day: string): string
  inForceFrom(day: string): string
  announcedFor(day: string): string
  /** why what is shown is not what holds now */
  states: Readonly<Record<'announced' | 'earlier' | 'withdrawn', string>>
  /** beside its day in the list of all versions */
  marks: Readonly<Record<'announced' | 'in force' | 'withdrawn', string>>
  announced(day: string): string
  untilThen: string
  readAnnounced: string
  toCurrent: string
  contents: string
  changes: string
  firstVersion: string
  otherVersions: string
  thisOne: string
  /** notices of single apps */
  notices: string
  ofOneApp: string
  ofAllApps: string
}

export const pageWords: Record<DocumentLanguage, PageWords> = {
  de,
  sl,
  nb,
  ro,
  en: {
    languageName: 'English',
    languages: 'Languages',
    version: (version) => `Version ${version}`,
    inForceSince: (day) => `in force since ${day}`,
    wasInForceSince: (day) => `put in force on ${day}`,
    inForceFrom: (day) => `in force from ${day}`,
    announcedFor: (day) => `was announced for ${day}`,
    states: {
      announced: 'This version is announced. It is not in force yet.',
      earlier: 'This is an earlier version. It is no longer in force.',
      withdrawn: 'This version was announced and withdrawn. It was never in force.',
    },
    marks: { announced: 'announced', 'in force': 'in force', withdrawn: 'withdrawn' },
    announced: (day) => `From ${day} this policy allows more`,
    untilThen: 'Nothing of this is done before that day; until then the policy below applies.',
    readAnnounced: 'Read the announced version',
    toCurrent: 'Read the version in force',
    contents: 'Contents',
    changes: 'What changed in this version',
    firstVersion: 'This is the first version.',
    otherVersions: 'All versions',
    thisOne: 'shown here',
    notices: 'Notices for single apps',
    ofOneApp: 'This notice says only what concerns this app.',
    ofAllApps: 'Read the whole policy',
  },
  cs: {
    languageName: 'Čeština',
    languages: 'Jazyky',
    version: (version) => `Verze ${version}`,
    inForceSince: (day) => `platí od ${day}`,
    wasInForceSince: (day) => `uvedena v platnost ${day}`,
    inForceFrom: (day) => `platí od ${day}`,
    announcedFor: (day) => `byla oznámena na ${day}`,
    states: {
      announced: 'Tato verze je oznámena. Zatím neplatí.',
      earlier: 'Toto je dřívější verze. Už neplatí.',
      withdrawn: 'Tato verze byla oznámena a odvolána. Nikdy neplatila.',
    },
    marks: { announced: 'oznámena', 'in force': 'platí', withdrawn: 'odvolána' },
    announced: (day) => `Od ${day} tyto zásady dovolují více`,
    untilThen: 'Do toho dne se nic z toho neděje; do té doby platí zásady níže.',
    readAnnounced: 'Přečíst oznámenou verzi',
    toCurrent: 'Přečíst platnou verzi',
    contents: 'Obsah',
    changes: 'Co se v této verzi změnilo',
    firstVersion: 'Toto je první verze.',
    otherVersions: 'Všechny verze',
    thisOne: 'zobrazena zde',
    notices: 'Informace pro jednotlivé aplikace',
    ofOneApp: 'Zde je jen to, co se týká této aplikace.',
    ofAllApps: 'Přečíst celé zásady',
  },
}

const locales: Record<DocumentLanguage, string> = {
  en: 'en-GB',
  de: 'de-DE',
  cs: 'cs-CZ',
  sl: 'sl-SI',
  nb: 'nb-NO',
  ro: 'ro-RO',
}

/** A day as the language writes it; in UTC, because the public page knows no reader's zone. */
export function dayIn(language: DocumentLanguage, at: Date): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(at)
}

/** A moment as the language writes it, in UTC and saying so. */
export function momentIn(language: DocumentLanguage, at: Date): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return `${format.format(at)} UTC`
}
