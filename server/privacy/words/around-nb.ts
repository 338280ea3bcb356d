import { everyOther } from '../diff-fields.ts'
import type { DiffWords } from './diff-words.ts'
import type { PageWords } from './page-words.ts'

export const page: PageWords = {
  languageName: 'Norsk bokmål',
  languages: 'Språk',
  version: (version) => `Versjon ${version}`,
  inForceSince: (day) => `i kraft siden ${day}`,
  wasInForceSince: (day) => `trådte i kraft ${day}`,
  inForceFrom: (day) => `gjelder fra ${day}`,
  announcedFor: (day) => `var varslet å gjelde fra ${day}`,
  states: {
    announced: 'Denne versjonen er varslet. Den gjelder ikke ennå.',
    earlier: 'Dette er en tidligere versjon. Den gjelder ikke lenger.',
    withdrawn: 'Denne versjonen ble varslet og trukket tilbake. Den har aldri vært i kraft.',
  },
  marks: { announced: 'varslet', 'in force': 'i kraft', withdrawn: 'trukket tilbake' },
  announced: (day) => `Fra ${day} tillater denne erklæringen mer`,
  untilThen: 'Ingenting av dette gjøres før den dagen; til da gjelder erklæringen nedenfor.',
  readAnnounced: 'Les den varslede versjonen',
  toCurrent: 'Les versjonen som gjelder',
  contents: 'Innhold',
  changes: 'Hva som er endret i denne versjonen',
  firstVersion: 'Dette er den første versjonen.',
  otherVersions: 'Alle versjoner',
  thisOne: 'vises her',
  notices: 'Erklæringer for hver enkelt app',
  ofOneApp: 'Her står bare det som gjelder denne appen.',
  ofAllApps: 'Les hele erklæringen',
}

export const diff: DiffWords = {
  verdicts: {
    'less restrictive': 'mindre streng',
    stricter: 'strengere',
    neutral: 'nøytral: begge tillater det samme',
  },
  ways: { 'less restrictive': 'tillater mer', stricter: 'tillater mindre' },
  days: (count) => (count === 1 ? '1 dag' : `${count} dager`),
  reasons: {
    'new kind': (kind) => `En ny kategori av opplysninger lagres: ${kind}.`,
    'gone kind': (kind) => `Lagres ikke lenger: ${kind}.`,
    'new column': (kind, what) => `${kind}: mer lagres: ${what}.`,
    'gone column': (kind, what) => `${kind}: lagres ikke lenger: ${what}.`,
    'new field': (_, what) =>
      what === everyOther
        ? 'Opplysninger kan gis videre eller logges uten å være nevnt enkeltvis.'
        : `Mer gis videre eller logges: ${what}.`,
    'gone field': (_, what) =>
      what === everyOther
        ? 'Bare enkeltvis nevnte opplysninger gis videre eller logges.'
        : `Gis ikke lenger videre og logges ikke lenger: ${what}.`,
    'new subject': (kind, what) => `${kind}: gjelder nå også ${what}.`,
    'gone subject': (kind, what) => `${kind}: gjelder ikke lenger ${what}.`,
    'new purpose': (kind, what) => `${kind}: et formål til: ${what}.`,
    'gone purpose': (kind, what) => `${kind}: et formål faller bort: ${what}.`,
    'new recipient': (kind, what) => `${kind}: en ny mottaker: ${what}.`,
    'gone recipient': (kind, what) => `${kind}: ikke lenger mottaker: ${what}.`,
    'new host': (kind, what) => `${kind}: kan sendes til en adresse til: ${what}.`,
    'gone host': (kind, what) => `${kind}: sendes ikke lenger til adressen ${what}.`,
    'new end': (kind, what) => `${kind}: slettes nå også når ${what}.`,
    'gone end': (kind, what) => `${kind}: slettes ikke lenger når ${what}.`,
    'new section': (_, what) => `Erklæringen har et nytt avsnitt: ${what}.`,
    'gone section': (_, what) => `Erklæringen har ikke lenger avsnittet: ${what}.`,
    'kept longer': (kind, what) => `${kind}: lagres lenger, ${what}.`,
    'kept shorter': (kind, what) => `${kind}: lagres i kortere tid, ${what}.`,
    'kept otherwise': (kind, what) =>
      `${kind}: lagres ${what}, noe som ikke kan sammenlignes med lagringstiden før.`,
    'protection lower': (kind, what) => `${kind}: dette er nå lesbart i databasen: ${what}.`,
    'protection higher': (kind, what) => `${kind}: dette er ikke lenger lesbart i databasen: ${what}.`,
    'protection other': (kind, what) => `${kind}: dette er sikret på en annen måte: ${what}.`,
    'key lives longer': (kind, what) => `${kind}: nøkkelen til dette destrueres senere: ${what}.`,
    'key lives shorter': (kind, what) => `${kind}: nøkkelen til dette destrueres tidligere: ${what}.`,
    'key lives otherwise': (kind, what) =>
      `${kind}: nøkkelen til dette destrueres på et annet tidspunkt: ${what}.`,
    'stored with others': (kind) => `${kind}: lagres i en database som alle organisasjonene deler.`,
    'stored apart': (kind) => `${kind}: lagres i organisasjonens egen database.`,
    'stored otherwise': (kind, what) => `${kind}: lagres et annet sted: ${what}.`,
    'other ground': (kind, what) => `${kind}: et annet behandlingsgrunnlag: ${what}.`,
    'other role': (kind, what) => `${kind}: noen andre er ansvarlig: ${what}.`,
    'other source': (kind, what) => `${kind}: kommer fra en annen kilde: ${what}.`,
    'other region': (kind, what) => `${kind}: er på et annet sted: ${what}.`,
    'other place of recipient': (kind, what) =>
      `${kind}: en mottaker er på et annet sted eller får opplysninger på andre vilkår: ${what}.`,
    'other field': (kind, what) => `${kind}: noe er endret som dette programmet ikke kjenner: ${what}.`,
    'notice shorter': (_, what) =>
      `En versjon som tillater mer, varsles ${what} i forveien, altså senere enn før.`,
    'notice longer': (_, what) =>
      `En versjon som tillater mer, varsles ${what} i forveien, altså tidligere enn før.`,
    'backups longer': (_, what) => `Sikkerhetskopier oppbevares lenger, i høyst ${what}.`,
    'backups shorter': (_, what) => `Sikkerhetskopier oppbevares i kortere tid, i høyst ${what}.`,
    'called not personal': (kind, what) =>
      `${kind}: lagres fortsatt, men kalles ikke lenger personopplysninger: ${what}.`,
  },
}
