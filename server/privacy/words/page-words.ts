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
    wasInForceSince: (day) => `platila od ${day}`,
    inForceFrom: (day) => `platí od ${day}`,
    announcedFor: (day) => `oznámena s platností od ${day}`,
    states: {
      announced: 'Tato verze je oznámena. Zatím neplatí.',
      earlier: 'Toto je dřívější verze. Už neplatí.',
      withdrawn: 'Tato verze byla oznámena a odvolána. Nikdy neplatila.',
    },
    marks: { announced: 'oznámena', 'in force': 'platí', withdrawn: 'odvolána' },
    announced: (day) => `Od ${day} tyto zásady dovolují více`,
    untilThen: 'Do toho dne se nic z toho neděje; platí zásady uvedené níže.',
    readAnnounced: 'Přečíst oznámenou verzi',
    toCurrent: 'Přečíst platnou verzi',
    contents: 'Obsah',
    changes: 'Co se v této verzi změnilo',
    firstVersion: 'Toto je první verze.',
    otherVersions: 'Všechny verze',
    thisOne: 'zobrazená verze',
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

/**
 * A day as the language writes it within a sentence.
 * @param timeZone UTC where nobody's is known, as on the public page
 */
export function dayIn(language: DocumentLanguage, at: Date, timeZone = 'UTC'): string {
  const format = new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone })
  return inflected(language, format.format(at))
}

/** A moment as the language writes it, in UTC and saying so. */
export function momentIn(language: DocumentLanguage, at: Date): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return `${inflected(language, format.format(at))} UTC`
}

/** Slovenian months as they follow "od" and stand for "on that day": Intl knows their nominative alone. */
const slovenianMonths: Readonly<Record<string, string>> = {
  januar: 'januarja',
  februar: 'februarja',
  marec: 'marca',
  april: 'aprila',
  maj: 'maja',
  junij: 'junija',
  julij: 'julija',
  avgust: 'avgusta',
  september: 'septembra',
  oktober: 'oktobra',
  november: 'novembra',
  december: 'decembra',
}

function inflected(language: DocumentLanguage, date: string): string {
  return language === 'sl' ? date.replace(/\p{L}+/u, (month) => slovenianMonths[month] ?? month) : date
}
