import type { RecordWords } from './record-words.ts'

export const de: RecordWords = {
  titles: {
    operator: 'Verzeichnis von Verarbeitungstätigkeiten',
    organization: (name) => `Verzeichnis von Verarbeitungstätigkeiten: ${name}`,
  },
  about: 'Das Verzeichnis',
  aboutFields: {
    operator: 'Betreiber',
    contact: 'Kontakt des Betreibers',
    host: 'Anbieter der Server',
    region: 'Region',
    controller: 'Verantwortlicher',
  },
  headings: {
    who: 'Wessen Verzeichnis dies ist',
    'as-controller': 'Was der Betreiber als Verantwortlicher verarbeitet (Art. 30 Abs. 1 DSGVO)',
    'as-processor': 'Was der Betreiber im Auftrag von Organisationen verarbeitet (Art. 30 Abs. 2 DSGVO)',
    'sub-processors': 'Weitere Auftragsverarbeiter',
    processing: 'Verarbeitungstätigkeiten (Art. 30 Abs. 1 DSGVO)',
    processors: 'Auftragsverarbeiter',
    transfers: 'Übermittlungen an Drittländer',
    measures: 'Technische und organisatorische Maßnahmen',
  },
  sentences: {
    operator: (name, contact) => `Betreiber dieser Installation ist ${name}, Kontakt: ${contact}.`,
    operatorWithoutContact: (name) =>
      `Betreiber dieser Installation ist ${name}; einen Kontakt hat er hier nicht angegeben.`,
    operatorUnnamed: 'Der Betreiber dieser Installation hat sich hier nicht genannt.',
    operatorRuns:
      'Er betreibt diese Installation von Ringfence als Auftragsverarbeiter der unten genannten Organisationen und ist Verantwortlicher für das, was er selbst dafür benötigt.',
    representative: (who) => `Sein Vertreter in der Europäischen Union (Art. 27 DSGVO) ist ${who}.`,
    representativeNotNeeded:
      'Einen Vertreter in der Europäischen Union benötigt er nicht, weil er im Europäischen Wirtschaftsraum niedergelassen ist (Art. 27 DSGVO).',
    noRepresentative: 'Einen Vertreter in der Europäischen Union (Art. 27 DSGVO) hat er hier nicht benannt.',
    officer: (who) => `Sein Datenschutzbeauftragter ist ${who}.`,
    noOfficer: 'Einen Datenschutzbeauftragten hat er hier nicht benannt.',
    jointNamed: 'Gemeinsam mit ihm Verantwortliche sind, soweit es sie gibt, im Absatz unten genannt.',
    noJoint: 'Einen gemeinsam mit ihm Verantwortlichen hat er hier nicht genannt.',
    controller: (name) =>
      `Verantwortlicher ist ${name}. Dieses Verzeichnis erfasst, was mit Ringfence verarbeitet wird; alle übrigen Verarbeitungen stehen in den weiteren Verzeichnissen des Verantwortlichen.`,
    othersNamed:
      'Vertreter, Datenschutzbeauftragter und gemeinsam Verantwortliche sind, soweit es sie gibt, im Absatz unten genannt.',
    noOthers:
      'Ein Vertreter, ein Datenschutzbeauftragter oder ein gemeinsam Verantwortlicher ist hier nicht benannt.',
    asController:
      'Jede Kategorie von Daten mit Zweck und Rechtsgrundlage, mit den betroffenen Personen, den Empfängern und der Frist für die Löschung.',
    serversToo:
      'Neben den Empfängern, die bei jeder Kategorie genannt sind, hat auch der Anbieter der Server, was darauf gespeichert ist.',
    backups: (age) =>
      `Was gelöscht ist, bleibt noch höchstens ${age} in verschlüsselten Sicherungskopien; unlesbar ist es dort, sobald der Schlüssel vernichtet ist, mit dem es verschlüsselt war.`,
    noBackups: 'Das Programm legt keine Sicherungskopien an.',
    asProcessor:
      'Zu jeder Organisation: welche Verarbeitungen in ihrem Auftrag durchgeführt werden, soweit sie davon Gebrauch macht, welche Daten das betrifft, an welche Empfänger sie gehen und wo diese sind. Verantwortlicher ist die Organisation.',
    asProcessorOfNobody: 'Der Betreiber verarbeitet derzeit für keine Organisation Daten.',
    processing:
      'Jede Kategorie von Daten, soweit die Organisation diesen Teil der App nutzt, mit Zweck und Rechtsgrundlage, mit den betroffenen Personen, den verbundenen Diensten, die sie erhalten, und der Frist für die Löschung. Dienste, die nicht verbunden sind, erhalten nichts; die unten genannten Auftragsverarbeiter haben, was sie speichern.',
    processor: 'Er ist Auftragsverarbeiter für alles, was hier genannt ist (Art. 28 DSGVO).',
    host: (name, country) => `Die Server werden bereitgestellt von ${name}${country ? ` (${country})` : ''}.`,
    hostUnnamed: (country) =>
      `Die Server stehen in diesem Land: ${country}. Wer sie bereitstellt, hat der Betreiber nicht angegeben.`,
    hostUnknown:
      'Wessen Server es sind, hat der Betreiber nicht angegeben; sind es seine eigenen, stellt sie kein anderer bereit.',
    noSubProcessors:
      'Telefonanlagen und CRM-Systeme sind keine weiteren Auftragsverarbeiter: Die Organisation nutzt sie aufgrund eigener Verträge.',
    ownContracts: 'Telefonanlage und CRM nutzt die Organisation aufgrund eigener Verträge.',
    transfers: (region) =>
      `Die Daten werden in dieser Region gespeichert: ${region}. Außerhalb davon oder an einen unbekannten Ort gelangen Daten nur auf einer Grundlage, die der Betreiber festgehalten hat: einem Vertrag mit einem Unternehmen in der Region, einem Angemessenheitsbeschluss (Art. 45 DSGVO) oder Standarddatenschutzklauseln (Art. 46 Abs. 2 Buchst. c DSGVO). Jede andere Anfrage verweigert das Programm. Empfänger außerhalb der Region stehen oben unter „Drittländer“, jeweils mit Land und Grundlage.`,
    noDerogation: 'Keine Übermittlung beruht auf Art. 49 Abs. 1 Unterabs. 2 DSGVO.',
    measures:
      'Allgemeine Beschreibung der technischen und organisatorischen Maßnahmen gemäß Art. 32 Abs. 1 DSGVO, wie Art. 30 Abs. 1 Buchst. g und Abs. 2 Buchst. d sie verlangen. Angegeben ist nur, was die tägliche Prüfung der laufenden Installation in den letzten 24 Stunden bestätigt hat.',
    beyondChecks:
      'Was keine Prüfung eines Programms bestätigen kann, etwa Anweisungen an Beschäftigte oder Schlösser an Türen, steht im Absatz unten, soweit jemand einen ergänzt hat.',
  },
  fields: {
    name: 'Verantwortlicher',
    contact: 'Kontakt',
    categories: 'Kategorien von Verarbeitungen',
    data: 'Kategorien von Daten',
    recipients: 'Empfänger',
    transfers: 'Drittländer',
  },
  organization: (id) => `Organisation ${id.slice(0, 8)}`,
  deleted: 'inzwischen gelöscht',
  noContact: 'keiner eingetragen; Meldungen erscheinen in der App',
  unnamed: 'nicht genannt',
  nobody: 'niemand',
  placed: (country, ground) =>
    ({
      none: `${country ?? 'Ort nicht bekannt'}; ohne festgehaltene Grundlage, daher geht nichts dorthin`,
      'in-region': country === undefined ? 'in der Region' : `${country}, in der Region`,
      adequacy: `${country ?? ''}, aufgrund eines Angemessenheitsbeschlusses (Art. 45 DSGVO)`,
      clauses: `${country ?? ''}, aufgrund von Standarddatenschutzklauseln (Art. 46 Abs. 2 Buchst. c DSGVO)`,
    })[ground ?? 'none'],
  noTransfers: 'keine',
  confirmed: (at) => `Bestätigt durch die Prüfung vom ${at}:`,
  noneConfirmed:
    'In den letzten 24 Stunden hat keine Prüfung etwas bestätigt, deshalb ist hier nichts angegeben.',
  notConfirmed: 'Nicht angegeben, weil nicht bestätigt:',
  changes: {
    // Nouns keep their capital.
    inSentence: (name) => name,
    newKind: (kind) => `Neu im Verzeichnis: ${kind}.`,
    goneKind: (kind) => `Nicht mehr im Verzeichnis: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: bisher „${from}“, jetzt „${to}“.`,
    added: (kind, field, what) => `${kind} – ${field}: neu „${what}“.`,
    removed: (kind, field, what) => `${kind} – ${field}: nicht mehr „${what}“.`,
    newSection: (heading) => `Neuer Abschnitt: „${heading}“.`,
    goneSection: (heading) => `Entfallener Abschnitt: „${heading}“.`,
    reworded: (what) => `Anders formuliert: „${what}“.`,
    rewordedElsewhere: 'Geändert wurde nur die Formulierung in einer anderen Sprache.',
    newLanguages: (names) => `Jetzt auch in diesen Sprachen: ${names}.`,
    goneLanguages: (names) => `Nicht mehr in diesen Sprachen: ${names}.`,
  },
}
