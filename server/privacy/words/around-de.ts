import { everyOther } from '../diff-fields.ts'
import type { DiffWords } from './diff-words.ts'
import type { PageWords } from './page-words.ts'

export const page: PageWords = {
  languageName: 'Deutsch',
  languages: 'Sprachen',
  version: (version) => `Fassung ${version}`,
  inForceSince: (day) => `in Kraft seit dem ${day}`,
  wasInForceSince: (day) => `in Kraft gesetzt am ${day}`,
  inForceFrom: (day) => `in Kraft ab dem ${day}`,
  announcedFor: (day) => `war für den ${day} angekündigt`,
  states: {
    announced: 'Diese Fassung ist angekündigt. Sie gilt noch nicht.',
    earlier: 'Dies ist eine frühere Fassung. Sie gilt nicht mehr.',
    withdrawn: 'Diese Fassung wurde angekündigt und zurückgezogen. Sie hat nie gegolten.',
  },
  marks: { announced: 'angekündigt', 'in force': 'in Kraft', withdrawn: 'zurückgezogen' },
  announced: (day) => `Ab dem ${day} erlaubt diese Erklärung mehr`,
  untilThen: 'Nichts davon geschieht vor diesem Tag; bis dahin gilt die folgende Erklärung.',
  readAnnounced: 'Angekündigte Fassung lesen',
  toCurrent: 'Geltende Fassung lesen',
  contents: 'Inhalt',
  changes: 'Was sich in dieser Fassung geändert hat',
  firstVersion: 'Dies ist die erste Fassung.',
  otherVersions: 'Alle Fassungen',
  thisOne: 'hier gezeigt',
  notices: 'Erklärungen für einzelne Apps',
  ofOneApp: 'Hier steht nur, was diese App betrifft.',
  ofAllApps: 'Die ganze Erklärung lesen',
}

export const diff: DiffWords = {
  verdicts: {
    'less restrictive': 'weniger streng',
    stricter: 'strenger',
    neutral: 'neutral: beide erlauben dasselbe',
  },
  ways: { 'less restrictive': 'erlaubt mehr', stricter: 'erlaubt weniger' },
  days: (count) => (count === 1 ? '1 Tag' : `${count} Tage`),
  reasons: {
    'new kind': (kind) => `Eine neue Kategorie von Daten wird gespeichert: ${kind}.`,
    'gone kind': (kind) => `Nicht mehr gespeichert: ${kind}.`,
    'new column': (kind, what) => `${kind}: Es wird mehr gespeichert: ${what}.`,
    'gone column': (kind, what) => `${kind}: nicht mehr gespeichert: ${what}.`,
    'new field': (_, what) =>
      what === everyOther
        ? 'Angaben dürfen weitergegeben oder protokolliert werden, ohne einzeln genannt zu sein.'
        : `Es wird mehr weitergegeben oder protokolliert: ${what}.`,
    'gone field': (_, what) =>
      what === everyOther
        ? 'Nur einzeln genannte Angaben werden weitergegeben oder protokolliert.'
        : `Nicht mehr weitergegeben oder protokolliert: ${what}.`,
    'new subject': (kind, what) => `${kind}: betrifft jetzt auch: ${what}.`,
    'gone subject': (kind, what) => `${kind}: betrifft nicht mehr: ${what}.`,
    'new purpose': (kind, what) => `${kind}: ein weiterer Zweck: ${what}.`,
    'gone purpose': (kind, what) => `${kind}: ein Zweck entfällt: ${what}.`,
    'new recipient': (kind, what) => `${kind}: ein neuer Empfänger: ${what}.`,
    'gone recipient': (kind, what) => `${kind}: kein Empfänger mehr: ${what}.`,
    'new host': (kind, what) => `${kind}: darf an eine weitere Adresse gesendet werden: ${what}.`,
    'gone host': (kind, what) => `${kind}: wird nicht mehr an diese Adresse gesendet: ${what}.`,
    'new end': (kind, what) => `${kind}: Gelöscht wird jetzt auch, wenn ${what}.`,
    'gone end': (kind, what) => `${kind}: Nicht mehr gelöscht wird, wenn ${what}.`,
    'new section': (_, what) => `Die Erklärung hat einen neuen Abschnitt: ${what}.`,
    'gone section': (_, what) => `Aus der Erklärung ist ein Abschnitt entfallen: ${what}.`,
    'kept longer': (kind, what) => `${kind}: längere Speicherdauer: ${what}.`,
    'kept shorter': (kind, what) => `${kind}: kürzere Speicherdauer: ${what}.`,
    'kept otherwise': (kind, what) =>
      `${kind}: andere Speicherdauer: ${what}; mit der bisherigen lässt sie sich nicht vergleichen.`,
    'protection lower': (kind, what) => `${kind}: Dies ist jetzt in der Datenbank lesbar: ${what}.`,
    'protection higher': (kind, what) => `${kind}: Dies ist in der Datenbank nicht mehr lesbar: ${what}.`,
    'protection other': (kind, what) => `${kind}: Dies ist auf andere Weise geschützt: ${what}.`,
    'key lives longer': (kind, what) => `${kind}: Der Schlüssel hierfür wird später vernichtet: ${what}.`,
    'key lives shorter': (kind, what) => `${kind}: Der Schlüssel hierfür wird früher vernichtet: ${what}.`,
    'key lives otherwise': (kind, what) =>
      `${kind}: Der Schlüssel hierfür wird zu einem anderen Zeitpunkt vernichtet: ${what}.`,
    'stored with others': (kind) =>
      `${kind}: gespeichert in einer Datenbank, die alle Organisationen gemeinsam haben.`,
    'stored apart': (kind) => `${kind}: gespeichert in der eigenen Datenbank der Organisation.`,
    'stored otherwise': (kind, what) => `${kind}: anderswo gespeichert: ${what}.`,
    'other ground': (kind, what) => `${kind}: eine andere Rechtsgrundlage: ${what}.`,
    'other role': (kind, what) => `${kind}: Jemand anderes ist verantwortlich: ${what}.`,
    'other source': (kind, what) => `${kind}: stammt aus einer anderen Quelle: ${what}.`,
    'other region': (kind, what) => `${kind}: ist an einem anderen Ort: ${what}.`,
    'other place of recipient': (kind, what) =>
      `${kind}: Ein Empfänger ist an einem anderen Ort oder erhält Daten unter anderen Bedingungen: ${what}.`,
    'other field': (kind, what) => `${kind}: Geändert wurde etwas, was dieses Programm nicht kennt: ${what}.`,
    'notice shorter': (_, what) =>
      `Eine Fassung, die mehr erlaubt, wird ${what} im Voraus angekündigt, also später als bisher.`,
    'notice longer': (_, what) =>
      `Eine Fassung, die mehr erlaubt, wird ${what} im Voraus angekündigt, also früher als bisher.`,
    'backups longer': (_, what) => `Sicherungskopien werden länger aufbewahrt, höchstens ${what}.`,
    'backups shorter': (_, what) => `Sicherungskopien werden weniger lange aufbewahrt, höchstens ${what}.`,
    'called not personal': (kind, what) =>
      `${kind}: weiterhin gespeichert, aber nicht mehr als personenbezogen bezeichnet: ${what}.`,
  },
}
