import type { CheckWords } from './check-words.ts'
import type { CompareWords } from './compare-words.ts'
import type { DocumentWords } from './document-words.ts'

export const documents: DocumentWords = {
  approvedBy: (day, name, role) => `freigegeben am ${day} von ${name}, ${role}`,
  draft: 'Entwurf: Diese Fassung hat noch niemand freigegeben.',
  made: (at) => `Erstellt aus der laufenden Installation am ${at}.`,
  changed: 'Was sich seit der zuvor freigegebenen Fassung geändert hat',
  measures: 'Übersicht der technischen und organisatorischen Maßnahmen',
  agreement: 'Vertrag über die Auftragsverarbeitung',
  subProcessors: {
    title: 'Weitere Auftragsverarbeiter und Empfänger',
    opening:
      'Wer Daten erhält, die Ringfence auf dieser Installation für Organisationen verarbeitet, wo und auf welcher Grundlage. Die Liste entsteht aus der geltenden Datenschutzerklärung, den Einstellungen und den festgehaltenen Grundlagen; eine Anfrage an jeden anderen verweigert das Programm.',
    operator:
      'Bevor einer von ihnen hinzukommt oder ersetzt wird, muss der Betreiber die Organisationen informieren, damit sie Einspruch erheben können (Art. 28 Abs. 2 DSGVO).',
    headings: {
      operator: 'Auftragsverarbeiter und weitere Auftragsverarbeiter des Betreibers',
      services: 'Dienste der Organisation selbst',
    },
    host: 'Anbieter der Server',
    hostUnknown: 'vom Betreiber nicht angegeben, oder er stellt sie selbst bereit',
    services:
      'Diese Dienste verbindet eine Organisation aufgrund eigener Verträge. Jeder erhält nur Daten der Organisationen, die ihn verbunden haben. Ein neuer wird mit der Datenschutzerklärung angekündigt, bevor etwas dorthin geht.',
    fields: { data: 'Daten', purposes: 'Zwecke dieser Daten', place: 'Wo und auf welcher Grundlage' },
    allData:
      'alles, was gespeichert wird, größtenteils verschlüsselt, wie es die Datenschutzerklärung angibt',
  },
}

export const checks: CheckWords = {
  outcomes: { holds: 'gilt', wrong: 'FEHLER', 'not checked': 'nicht geprüft' },
  measures: {
    declarations:
      'Jede Kategorie von Daten ist ohne Widerspruch festgelegt und in jeder Sprache der Datenschutzerklärung beschrieben',
    catalogue:
      'In den Datenbanken gibt es kein Feld, das nicht festgelegt ist; Fristen, Löschung und Zugriffsrechte sind darin so, wie festgelegt',
    seals:
      'Was verschlüsselt sein soll, ist verschlüsselt, und zwar mit dem Schlüssel, der dafür festgelegt ist',
    retention: 'Nichts wird länger gespeichert als festgelegt',
    queue: 'Arbeiten, die noch auszuführen sind, enthalten nur die Verweise, die für sie festgelegt sind',
    keys: 'Kein Schlüssel ist übrig, dessen Zeit abgelaufen ist',
    uninstalled: 'Von Unternehmen, die die App deinstalliert haben, ist nichts übrig',
    recipients: 'Nur die festgelegten Empfänger sind erreichbar',
    notice:
      'Die veröffentlichte Datenschutzerklärung ist die, nach der sich das Programm richtet, und keine ihrer Fassungen wurde nachträglich geändert',
    connections: 'Verbindungen, die die Maschine verlassen, sind verschlüsselt',
    backups: 'Keine Sicherungskopie ist älter als festgelegt',
  },
  verdict: (holds) => (holds ? 'Alles, was geprüft wurde, gilt.' : 'Etwas ist nicht wie festgelegt.'),
}

export const compare: CompareWords = {
  title: (document) => `Fassungen vergleichen: ${document}`,
  link: 'Fassungen vergleichen',
  earlier: 'Frühere Fassung',
  later: 'Spätere Fassung',
  show: 'Vergleichen',
  now: 'wie die Installation jetzt ist, nicht freigegeben',
  verdict: (is) => `Gegenüber der früheren Fassung ist die spätere ${is}.`,
  groups: { added: 'Hinzugekommen', removed: 'Entfallen', changed: 'Geändert' },
  was: 'Bisher',
  is: 'Jetzt',
  same: 'Beide Fassungen sagen dasselbe.',
  single: 'Es gibt nur eine Fassung, also nichts zu vergleichen.',
}
