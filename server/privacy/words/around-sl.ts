import { everyOther } from '../diff-fields.ts'
import type { DiffWords } from './diff-words.ts'
import type { PageWords } from './page-words.ts'
import { counted } from './sl.ts'

export const page: PageWords = {
  languageName: 'Slovenščina',
  languages: 'Jeziki',
  version: (version) => `Različica ${version}`,
  inForceSince: (day) => `velja od ${day}`,
  wasInForceSince: (day) => `veljala od ${day}`,
  inForceFrom: (day) => `velja od ${day}`,
  announcedFor: (day) => `napovedana z veljavnostjo od ${day}`,
  states: {
    announced: 'Ta različica je napovedana. Še ne velja.',
    earlier: 'To je prejšnja različica. Ne velja več.',
    withdrawn: 'Ta različica je bila napovedana in preklicana. Nikoli ni veljala.',
  },
  marks: { announced: 'napovedana', 'in force': 'velja', withdrawn: 'preklicana' },
  announced: (day) => `Od ${day} ta politika dovoljuje več`,
  untilThen: 'Nič od tega se ne zgodi pred tem dnem; dotlej velja spodnja politika.',
  readAnnounced: 'Preberite napovedano različico',
  toCurrent: 'Preberite veljavno različico',
  contents: 'Vsebina',
  changes: 'Kaj se je v tej različici spremenilo',
  firstVersion: 'To je prva različica.',
  otherVersions: 'Vse različice',
  thisOne: 'prikazana tukaj',
  notices: 'Politike za posamezne aplikacije',
  ofOneApp: 'Tu je le tisto, kar se nanaša na to aplikacijo.',
  ofAllApps: 'Preberite celotno politiko',
}

export const diff: DiffWords = {
  verdicts: {
    'less restrictive': 'manj stroga',
    stricter: 'strožja',
    neutral: 'nevtralna: obe dovoljujeta isto',
  },
  ways: { 'less restrictive': 'dovoljuje več', stricter: 'dovoljuje manj' },
  days: (count) => counted(count, ['dan', 'dneva', 'dni', 'dni']),
  reasons: {
    'new kind': (kind) => `Hrani se nova vrsta podatkov: ${kind}.`,
    'gone kind': (kind) => `Ne hrani se več: ${kind}.`,
    'new column': (kind, what) => `${kind}: hrani se več: ${what}.`,
    'gone column': (kind, what) => `${kind}: ne hrani se več: ${what}.`,
    'new field': (_, what) =>
      what === everyOther
        ? 'Podatki se smejo posredovati ali zapisati v dnevnik, ne da bi bili posamično našteti.'
        : `Posreduje ali v dnevnik se zapisuje več: ${what}.`,
    'gone field': (_, what) =>
      what === everyOther
        ? 'Posredujejo in v dnevnik se zapisujejo samo posamično našteti podatki.'
        : `Ne posreduje in v dnevnik se ne zapisuje več: ${what}.`,
    'new subject': (kind, what) => `${kind}: zdaj se nanaša tudi na te osebe: ${what}.`,
    'gone subject': (kind, what) => `${kind}: ne nanaša se več na te osebe: ${what}.`,
    'new purpose': (kind, what) => `${kind}: dodaten namen: ${what}.`,
    'gone purpose': (kind, what) => `${kind}: opuščen namen: ${what}.`,
    'new recipient': (kind, what) => `${kind}: nov uporabnik podatkov: ${what}.`,
    'gone recipient': (kind, what) => `${kind}: ni več uporabnik podatkov: ${what}.`,
    'new host': (kind, what) => `${kind}: pošiljati se sme še na en naslov: ${what}.`,
    'gone host': (kind, what) => `${kind}: ne pošilja se več na naslov ${what}.`,
    'new end': (kind, what) => `${kind}: izbriše se tudi, ko ${what}.`,
    'gone end': (kind, what) => `${kind}: ne izbriše se več, ko ${what}.`,
    'new section': (_, what) => `Politika ima nov razdelek: ${what}.`,
    'gone section': (_, what) => `Politika nima več razdelka: ${what}.`,
    'kept longer': (kind, what) => `${kind}: daljši rok hrambe: ${what}.`,
    'kept shorter': (kind, what) => `${kind}: krajši rok hrambe: ${what}.`,
    'kept otherwise': (kind, what) =>
      `${kind}: drugačen rok hrambe: ${what}; z dosedanjim ga ni mogoče primerjati.`,
    'protection lower': (kind, what) => `${kind}: to je zdaj v podatkovni zbirki berljivo: ${what}.`,
    'protection higher': (kind, what) => `${kind}: to v podatkovni zbirki ni več berljivo: ${what}.`,
    'protection other': (kind, what) => `${kind}: to je zavarovano na drug način: ${what}.`,
    'key lives longer': (kind, what) => `${kind}: ključ za to se uniči pozneje: ${what}.`,
    'key lives shorter': (kind, what) => `${kind}: ključ za to se uniči prej: ${what}.`,
    'key lives otherwise': (kind, what) => `${kind}: ključ za to se uniči ob drugem času: ${what}.`,
    'stored with others': (kind) =>
      `${kind}: shranjeno v podatkovni zbirki, ki je skupna vsem organizacijam.`,
    'stored apart': (kind) => `${kind}: shranjeno v lastni podatkovni zbirki organizacije.`,
    'stored otherwise': (kind, what) => `${kind}: shranjeno drugje: ${what}.`,
    'other ground': (kind, what) => `${kind}: druga pravna podlaga: ${what}.`,
    'other role': (kind, what) => `${kind}: odgovoren je nekdo drug: ${what}.`,
    'other source': (kind, what) => `${kind}: izvira od drugod: ${what}.`,
    'other region': (kind, what) => `${kind}: podatki so drugje: ${what}.`,
    'other place of recipient': (kind, what) =>
      `${kind}: uporabnik podatkov je drugje ali jih prejema pod drugimi pogoji: ${what}.`,
    'other field': (kind, what) => `${kind}: spremenilo se je nekaj, česar ta program ne pozna: ${what}.`,
    'notice shorter': (_, what) =>
      `Različica, ki dovoljuje več, se napove ${what} vnaprej, torej pozneje kot doslej.`,
    'notice longer': (_, what) =>
      `Različica, ki dovoljuje več, se napove ${what} vnaprej, torej prej kot doslej.`,
    'backups longer': (_, what) => `Varnostne kopije se hranijo dlje, največ ${what}.`,
    'backups shorter': (_, what) => `Varnostne kopije se hranijo manj časa, največ ${what}.`,
    'called not personal': (kind, what) =>
      `${kind}: še vedno se hrani, a se ne imenuje več osebni podatek: ${what}.`,
  },
}
