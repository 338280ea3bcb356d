import { everyOther } from '../diff-fields.ts'
import type { DiffWords } from './diff-words.ts'
import type { PageWords } from './page-words.ts'
import { counted } from './ro.ts'

export const page: PageWords = {
  languageName: 'Română',
  languages: 'Limbi',
  version: (version) => `Versiunea ${version}`,
  inForceSince: (day) => `în vigoare din ${day}`,
  wasInForceSince: (day) => `a intrat în vigoare la ${day}`,
  inForceFrom: (day) => `în vigoare de la ${day}`,
  announcedFor: (day) => `a fost anunțată pentru ${day}`,
  states: {
    announced: 'Această versiune este anunțată. Nu este încă în vigoare.',
    earlier: 'Aceasta este o versiune anterioară. Nu mai este în vigoare.',
    withdrawn: 'Această versiune a fost anunțată și retrasă. Nu a fost niciodată în vigoare.',
  },
  marks: { announced: 'anunțată', 'in force': 'în vigoare', withdrawn: 'retrasă' },
  announced: (day) => `Din ${day} această politică permite mai mult`,
  untilThen: 'Nimic din acestea nu se face înainte de această zi; până atunci se aplică politica de mai jos.',
  readAnnounced: 'Citiți versiunea anunțată',
  toCurrent: 'Citiți versiunea în vigoare',
  contents: 'Cuprins',
  changes: 'Ce s-a schimbat în această versiune',
  firstVersion: 'Aceasta este prima versiune.',
  otherVersions: 'Toate versiunile',
  thisOne: 'afișată aici',
  notices: 'Politici pentru fiecare aplicație',
  ofOneApp: 'Aici se află doar ceea ce privește această aplicație.',
  ofAllApps: 'Citiți întreaga politică',
}

export const diff: DiffWords = {
  verdicts: {
    'less restrictive': 'mai puțin strictă',
    stricter: 'mai strictă',
    neutral: 'neutră: ambele permit același lucru',
  },
  ways: { 'less restrictive': 'permite mai mult', stricter: 'permite mai puțin' },
  days: (count) => counted(count, 'zi', 'zile'),
  reasons: {
    'new kind': (kind) => `Se păstrează o nouă categorie de date: ${kind}.`,
    'gone kind': (kind) => `Nu se mai păstrează: ${kind}.`,
    'new column': (kind, what) => `${kind}: se păstrează mai mult: ${what}.`,
    'gone column': (kind, what) => `${kind}: nu se mai păstrează: ${what}.`,
    'new field': (_, what) =>
      what === everyOther
        ? 'Datele pot fi transmise sau consemnate fără a fi enumerate una câte una.'
        : `Se transmite sau se consemnează mai mult: ${what}.`,
    'gone field': (_, what) =>
      what === everyOther
        ? 'Se transmit sau se consemnează numai datele enumerate una câte una.'
        : `Nu se mai transmit și nu se mai consemnează: ${what}.`,
    'new subject': (kind, what) => `${kind}: se referă acum și la: ${what}.`,
    'gone subject': (kind, what) => `${kind}: nu se mai referă la: ${what}.`,
    'new purpose': (kind, what) => `${kind}: un scop în plus: ${what}.`,
    'gone purpose': (kind, what) => `${kind}: un scop eliminat: ${what}.`,
    'new recipient': (kind, what) => `${kind}: un destinatar nou: ${what}.`,
    'gone recipient': (kind, what) => `${kind}: nu mai este destinatar: ${what}.`,
    'new host': (kind, what) => `${kind}: se poate transmite la încă o adresă: ${what}.`,
    'gone host': (kind, what) => `${kind}: nu se mai transmite la adresa ${what}.`,
    'new end': (kind, what) => `${kind}: se șterge acum și când ${what}.`,
    'gone end': (kind, what) => `${kind}: nu se mai șterge când ${what}.`,
    'new section': (_, what) => `Politica are o secțiune nouă: ${what}.`,
    'gone section': (_, what) => `Politica nu mai are secțiunea: ${what}.`,
    'kept longer': (kind, what) => `${kind}: se păstrează mai mult timp: ${what}.`,
    'kept shorter': (kind, what) => `${kind}: se păstrează mai puțin timp: ${what}.`,
    'kept otherwise': (kind, what) =>
      `${kind}: altă durată de păstrare: ${what}; nu se poate compara cu cea de până acum.`,
    'protection lower': (kind, what) => `${kind}: în baza de date se poate citi acum: ${what}.`,
    'protection higher': (kind, what) => `${kind}: în baza de date nu se mai poate citi: ${what}.`,
    'protection other': (kind, what) => `${kind}: protecția este de alt fel pentru: ${what}.`,
    'key lives longer': (kind, what) => `${kind}: cheia este distrusă mai târziu pentru: ${what}.`,
    'key lives shorter': (kind, what) => `${kind}: cheia este distrusă mai devreme pentru: ${what}.`,
    'key lives otherwise': (kind, what) => `${kind}: cheia este distrusă în alt moment pentru: ${what}.`,
    'stored with others': (kind) =>
      `${kind}: se păstrează într-o bază de date comună tuturor organizațiilor.`,
    'stored apart': (kind) => `${kind}: se păstrează în baza de date proprie a organizației.`,
    'stored otherwise': (kind, what) => `${kind}: se păstrează în altă parte: ${what}.`,
    'other ground': (kind, what) => `${kind}: un alt temei juridic: ${what}.`,
    'other role': (kind, what) => `${kind}: răspunde altcineva: ${what}.`,
    'other source': (kind, what) => `${kind}: provine din altă sursă: ${what}.`,
    'other region': (kind, what) => `${kind}: se află în alt loc: ${what}.`,
    'other place of recipient': (kind, what) =>
      `${kind}: un destinatar se află în alt loc sau primește date în alte condiții: ${what}.`,
    'other field': (kind, what) => `${kind}: s-a schimbat ceva ce acest program nu cunoaște: ${what}.`,
    'notice shorter': (_, what) =>
      `O versiune care permite mai mult este anunțată cu ${what} înainte, deci mai târziu decât până acum.`,
    'notice longer': (_, what) =>
      `O versiune care permite mai mult este anunțată cu ${what} înainte, deci mai devreme decât până acum.`,
    'backups longer': (_, what) => `Copiile de rezervă se păstrează mai mult timp, cel mult ${what}.`,
    'backups shorter': (_, what) => `Copiile de rezervă se păstrează mai puțin timp, cel mult ${what}.`,
    'called not personal': (kind, what) =>
      `${kind}: se păstrează în continuare, dar nu mai sunt numite date cu caracter personal: ${what}.`,
  },
}
