import { joined } from './joined.ts'
import type { FearedUse, PolicyWords } from './policy-words.ts'

export const de: PolicyWords = {
  title: (phone, crm) =>
    crm
      ? `Datenschutzerklärung von Ringfence für ${phone ? `${phone} mit ${crm}` : crm}`
      : 'Datenschutzerklärung von Ringfence',
  about: 'Die App',
  aboutFields: {
    operator: 'Betreiber',
    seat: 'Sitz des Betreibers',
    contact: 'Kontakt des Betreibers',
    representative: 'Vertreter des Betreibers',
    officer: 'Datenschutzbeauftragter des Betreibers',
    phones: 'Telefonanlagen',
    crms: 'CRM-Systeme',
    policies: 'Weitere Datenschutzerklärungen',
    backups: 'Alter der Sicherungskopien',
    notice: 'Vorlauf, mit dem eine Fassung angekündigt wird, die mehr erlaubt',
  },
  roleFields: {
    operator: 'Betreiber',
    seat: 'Sitz',
    contact: 'Kontakt',
    representative: 'Vertreter in der Union',
    officer: 'Datenschutzbeauftragter',
  },
  fields: {
    subjects: 'Betroffene Personen',
    sealed: 'Verschlüsselt gespeichert',
    hashed: 'Als Hashwert gespeichert',
    clear: 'Unverschlüsselt gespeichert',
    purposes: 'Zweck',
    ground: 'Rechtsgrundlage',
    keep: 'Speicherdauer',
    ends: 'Löschung, wenn',
    recipients: 'Empfänger',
    source: 'Herkunft',
    role: 'Verantwortlicher',
    database: 'Speicherort',
    region: 'Ort',
    sealedBy: 'Verschlüsselung',
  },
  headings: {
    scope: 'Wofür diese Erklärung gilt',
    roles: 'Wer verantwortlich ist',
    data: 'Welche Daten, wozu und wie lange',
    purposes: 'Wozu die Daten dienen und wozu niemals',
    interests: 'Berechtigte Interessen und ihre Abwägung',
    recordings: 'Aufzeichnungen von Anrufen',
    recipients: 'Wer Daten erhält',
    place: 'Wo die Daten gespeichert sind',
    protection: 'Wie die Daten geschützt sind',
    ending: 'Wie die Daten gelöscht werden',
    rights: 'Ihre Rechte und an wen Sie sich wenden',
    objection: 'Ihr Widerspruchsrecht',
    complaint: 'Beschwerden',
    obligation: 'Müssen Daten bereitgestellt werden?',
    decisions: 'Automatisierte Entscheidungen',
    consent: 'Nutzung ist keine Einwilligung',
    policies: 'Weitere Datenschutzerklärungen',
    versions: 'Fassungen dieser Erklärung',
  },
  sentences: {
    scope: {
      what: 'Ringfence („die App“) verbindet die Telefonanlage eines Unternehmens mit dessen CRM, dem System, in dem es seine Kunden und Kontakte führt. Sie zeigt an, wer anruft, und trägt jeden Anruf im CRM ein. Diese Erklärung gilt für die personenbezogenen Daten, die diese Installation der App dazu verarbeitet, und für keine anderen.',
      not: 'Sie gilt nicht für das, was die Telefonanlage und das CRM selbst mit personenbezogenen Daten tun. Das sind Dienste anderer Anbieter, die das Unternehmen aufgrund eigener Verträge nutzt; jeder hat seine eigene Datenschutzerklärung. Ein eingetragener Anruf bleibt nach den Regeln des Unternehmens im CRM.',
      terms:
        'In dieser Erklärung ist „die Organisation“ das Unternehmen, das die App nutzt, „Nutzer“ sind die Menschen, die für sie arbeiten und sich in der App anmelden, „der Betreiber“ ist, wer diese Installation betreibt, und „DSGVO“ ist die Verordnung (EU) 2016/679.',
    },
    roles: {
      controller:
        'Verantwortlicher (Art. 4 Nr. 7 DSGVO) ist die Organisation: Sie entscheidet, wessen Anrufe verarbeitet werden und zu welchem Zweck. Ihren Namen und ihre Kontaktdaten sowie gegebenenfalls ihren Vertreter und ihren Datenschutzbeauftragten nennt ihre eigene Datenschutzerklärung.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'Diese Installation wird betrieben von:'
          : 'Der Betreiber dieser Installation ist hier nicht angegeben; wer es ist, sagt Ihnen die Organisation.',
      processor:
        'Der Betreiber verarbeitet die Daten für die Organisation als deren Auftragsverarbeiter (Art. 4 Nr. 8 und Art. 28 DSGVO), auf der Grundlage des Vertrags, den die Organisation annimmt, bevor irgendetwas kopiert wird.',
      operatorKinds:
        'Für die folgenden Kategorien von Daten, die er für den Betrieb der Installation benötigt, ist der Betreiber selbst Verantwortlicher:',
    },
    data: {
      all: 'Dies sind alle personenbezogenen Daten, die die App speichert. Die Liste entsteht aus denselben Festlegungen, nach denen sich die Datenbanken, die Löschung und das Netz richten: Das Programm startet nicht, wenn eine Datenbank personenbezogene Daten aufnehmen könnte, die hier nicht aufgeführt sind.',
      source:
        'Die meisten dieser Daten stammen nicht von den betroffenen Personen selbst, sondern aus der Telefonanlage und dem CRM; bei jeder Kategorie ist die Herkunft angegeben. Öffentlich zugänglichen Quellen wird nichts entnommen.',
      device:
        'Auf dem Gerät eines Nutzers speichert die App ein Cookie, das ihn höchstens zwölf Stunden lang angemeldet hält, und während eine Verbindung eingerichtet wird, für eine Viertelstunde ein zweites. Beide sind unbedingt erforderlich (Art. 5 Abs. 3 der Richtlinie 2002/58/EG) und dienen nichts anderem. Die Adresse, von der eine Anfrage kommt (IP-Adresse), wird nur im Arbeitsspeicher gehalten, um die Zahl der Anfragen zu begrenzen; die App speichert und protokolliert sie nicht.',
    },
    purposes: {
      inUse:
        'Jede Kategorie von Daten wird nur zu den Zwecken verwendet, die bei ihr angegeben sind. Die Zwecke stammen aus einer abgeschlossenen Liste; verfolgt werden diese und keine anderen:',
      newPurpose:
        'Bevor Daten zu einem neuen Zweck verarbeitet werden, werden die betroffenen Personen darüber informiert (Art. 13 Abs. 3 und Art. 14 Abs. 4 DSGVO): Ein neuer Zweck führt zu einer neuen Fassung dieser Erklärung und wird angekündigt, wie es unter „Fassungen dieser Erklärung“ beschrieben ist. Muss darüber hinaus informiert werden, ist das Aufgabe des Verantwortlichen.',
      reading:
        'Daten über Kontakte, Anrufe und Nutzer stehen in der Datenbank ihrer Organisation. Bevor die App dort etwas liest, muss sie den Zweck angeben, und die Datenbank selbst gibt keine Daten heraus, die für diesen Zweck nicht bestimmt sind. Ausgenommen sind nur das Löschen von Daten und die Prüfung dessen, was gespeichert ist.',
      never: ({ never }) =>
        `Keiner dieser Zwecke ist ${joined(
          never.map((use) => uses[use]),
          ' oder ',
        )}: Dafür verwendet die App keine Daten.`,
    },
    interests: {
      kinds:
        'Auf einem berechtigten Interesse, das bei jeder von ihnen genannt ist, beruht die Verarbeitung dieser Kategorien von Daten:',
      weighed:
        'So wurden diese Interessen, kurz gefasst, gegen die der betroffenen Personen abgewogen. Die Organisation hat zu prüfen, ob das auch in ihrem Fall gilt; die vollständige Abwägung können Sie bei ihr anfordern.',
      none: 'Nicht anwendbar: Nichts wird hier aufgrund eines berechtigten Interesses verarbeitet.',
    },
    recordings: {
      attach:
        'Nur wenn ein Administrator der Organisation es so gewählt hat, fügt die App dem Anruf im CRM seine Aufzeichnung bei. Sie reicht die Aufzeichnung Stück für Stück weiter, wie sie aus der Telefonanlage kommt, und behält nichts davon, weder in einer Datenbank noch in einer Datei. Wie lange eine Aufzeichnung im CRM und in der Telefonanlage gespeichert wird und ob Anrufe überhaupt aufgezeichnet werden dürfen, hat die Organisation zu verantworten.',
      refer:
        'Einem CRM, das von der App keine Aufzeichnungen übernimmt, etwa Bitrix24, gibt sie nur einen Verweis; die Aufzeichnungen selbst laufen dann nicht durch die App. Nur wenn ein Administrator der Organisation es so gewählt hat, teilt die App dem CRM entweder mit, wo es sich eine eigene Kopie holen kann, oder sie hinterlegt dort einen Link, der bei jedem Klick zur Aufzeichnung in der Telefonanlage führt, aber nur für Personen, die sie hören dürfen. Bis das geschehen ist, wird nur die Kennung der Aufzeichnung in der Telefonanlage oder dieser Link gespeichert; die Adresse der Aufzeichnung selbst wird erst erfragt, wenn sie gebraucht wird, und nie gespeichert. Wie lange eine Aufzeichnung im CRM und in der Telefonanlage gespeichert wird und ob Anrufe überhaupt aufgezeichnet werden dürfen, hat die Organisation zu verantworten.',
      none: 'Nicht anwendbar: Mit dieser Telefonanlage und diesem CRM verarbeitet die App keine Aufzeichnungen.',
    },
    recipients: {
      these: 'Die App übermittelt Daten an diese Empfänger und an niemanden sonst:',
      refused:
        'Anfragen an jede andere Adresse verweigert das Programm und hält den Versuch fest. Auch wer die Server des Betreibers bereitstellt, hat die Datenbanken bei sich: siehe „Wo die Daten gespeichert sind“.',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `Die App speichert Daten auf den Servern dieser Installation, die in dieser Region stehen: ${region}. ${
          name === undefined
            ? `${country ? `Sie stehen in diesem Land: ${country}. ` : ''}Wessen Server es sind, hat der Betreiber hier nicht angegeben; fragen Sie ihn.`
            : `Sie werden bereitgestellt von ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'Ein Empfänger außerhalb dieser Region oder einer, dessen Ort nicht bekannt ist, erhält Daten nur, wenn der Betreiber die Grundlage dafür festgehalten hat: einen Vertrag mit einem Unternehmen in der Region, einen Angemessenheitsbeschluss (Art. 45 DSGVO) oder Standarddatenschutzklauseln (Art. 46 Abs. 2 Buchst. c DSGVO) mit einer Prüfung der Übermittlung. Andernfalls verweigert das Programm die Anfrage. Wo jeder Empfänger derzeit ist und auf welcher Grundlage er Daten erhält, steht in dieser Liste:',
      list: 'Weitere Auftragsverarbeiter und Empfänger mit Land und Grundlage (auf Englisch)',
      vendors:
        'Ob die Telefonanlage und das CRM Daten außerhalb des Europäischen Wirtschaftsraums verarbeiten und auf welchem Angemessenheitsbeschluss oder welchen Garantien das beruht, steht in deren eigenen Datenschutzerklärungen. Die Verträge mit deren Anbietern hat die Organisation geschlossen.',
      copy: 'Eine Kopie der Garantien ist auf Anfrage erhältlich: beim Betreiber, soweit die App selbst auf ihrer Grundlage Daten übermittelt; bei der Organisation, soweit sie zu deren Verträgen mit der Telefonanlage und dem CRM gehören.',
    },
    protection: {
      sealed:
        'Was nach den Angaben oben verschlüsselt gespeichert ist, wird mit AES-256-GCM verschlüsselt, bevor es in eine Datenbank gelangt, und zwar mit Schlüsseln, die außerhalb der Datenbanken liegen. Was wiedergefunden, aber nicht gelesen werden muss, wird als Hashwert gespeichert, also als ein daraus berechneter Wert, bei Telefonnummern mit einem geheimen Schlüssel; das sind pseudonymisierte und damit weiterhin personenbezogene Daten.',
      apart:
        'Jede Organisation hat eine eigene Datenbank und eigene Schlüssel. Ein Nutzer sieht nur die Anrufe, die ihn betreffen, es sei denn, ein Administrator erlaubt ihm, alle zu sehen. Protokolldateien der App enthalten keine Namen, Nummern oder Adressen.',
    },
    ending: {
      end: 'Sobald die Speicherdauer abgelaufen ist, zeigt die App die Daten niemandem mehr. Haben sie einen eigenen Schlüssel, wird er vernichtet; die Daten werden gelöscht, und in der folgenden Nacht werden ihre Reste aus den Dateien der Datenbank entfernt.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'Die App legt keine Sicherungskopien an. In einer Sicherungskopie, die der Betreiber von den Datenbanken anlegt, bleibt unlesbar, was mit einem vernichteten Schlüssel verschlüsselt war; alle anderen Werte und, solange die Organisation die App nutzt, der Name eines Nutzers bleiben darin, bis der Betreiber sie löscht.'
          : `Jede Nacht legt die App eine verschlüsselte Sicherungskopie ihrer Datenbanken an, ohne die Schlüssel, die die Daten darin öffnen. Eine Sicherungskopie wird höchstens ${backups} aufbewahrt und dann gelöscht; mit ihr wird ihr eigener Schlüssel vernichtet. Was mit einem vernichteten Schlüssel verschlüsselt war, ist von da an auch in den Sicherungskopien unlesbar; andere Werte und, solange die Organisation die App nutzt, der Name eines Nutzers bleiben bis dahin darin. Wird eine Sicherungskopie eingespielt, so wird alles, was seither gelöscht oder deinstalliert wurde, erneut entfernt, bevor jemand Zugang erhält.`,
      receipt:
        'Nach einer Deinstallation bleibt ein Beleg. Aus ihm geht hervor, was wann entfernt wurde; er nennt niemanden.',
    },
    rights: {
      intro: 'Unter den gesetzlichen Voraussetzungen haben Sie diese Rechte:',
      who: 'Wenden Sie sich an die Organisation, mit der Sie telefoniert haben oder für die Sie arbeiten: Sie ist der Verantwortliche. Der Betreiber unterstützt sie und leitet Anträge, die bei ihm eingehen, an sie weiter, antwortet aber nicht an ihrer Stelle. Die Organisation antwortet unentgeltlich, es sei denn, ein Antrag ist offenkundig unbegründet oder exzessiv, und innerhalb eines Monats; bei komplexen oder zahlreichen Anträgen darf es zwei Monate länger dauern, wenn sie Ihnen das im ersten Monat unter Angabe der Gründe mitteilt (Art. 12 Abs. 3 und 5 DSGVO).',
      operator:
        'Wegen der Daten, für die der Betreiber Verantwortlicher ist, wenden Sie sich an ihn; für seine Antworten gilt dasselbe.',
      correcting: 'Ein Name oder eine Nummer wird im CRM berichtigt, aus dem die App sie übernimmt.',
    },
    objection: {
      right:
        'Sie haben das Recht, aus Gründen, die sich aus Ihrer besonderen Situation ergeben, jederzeit Widerspruch gegen die Verarbeitung Sie betreffender Daten einzulegen, soweit diese Verarbeitung auf einem berechtigten Interesse beruht (Art. 21 Abs. 1 DSGVO). Wenden Sie sich an die Organisation. Sie darf die Daten dann nicht mehr verarbeiten, es sei denn, sie kann zwingende schutzwürdige Gründe nachweisen, die Ihre Interessen, Rechte und Freiheiten überwiegen, oder die Verarbeitung dient der Geltendmachung, Ausübung oder Verteidigung von Rechtsansprüchen.',
      none: 'Nicht anwendbar: Nichts wird hier aufgrund eines berechtigten Interesses verarbeitet.',
    },
    complaint: {
      rule: 'Sie können sich bei einer Aufsichtsbehörde für den Datenschutz beschweren, insbesondere in dem Land, in dem Sie leben, in dem Sie arbeiten oder in dem Ihrer Ansicht nach gegen das Recht verstoßen wurde (Art. 77 DSGVO). Für die Organisation ist die Behörde des Landes zuständig, in dem sie niedergelassen ist; in Deutschland die des Bundeslandes.',
      list: 'Die Behörden aller Länder des Europäischen Wirtschaftsraums',
      authority: ({ authority, country }) =>
        authority
          ? `Für den Betreiber${country ? ` (${country})` : ''} ist diese Behörde zuständig: ${authority.name}, ${authority.url}.`
          : 'Welche Behörde für den Betreiber zuständig ist, ist hier nicht angegeben; fragen Sie ihn.',
      court: 'Sie können auch vor Gericht klagen (Art. 79 DSGVO).',
    },
    obligation: {
      callers:
        'Wer anruft, ist weder gesetzlich noch vertraglich verpflichtet, Daten bereitzustellen: Wer seine Nummer unterdrückt, wird als Anrufer mit unterdrückter Nummer angezeigt und eingetragen.',
      users:
        'Nutzer müssen sich über das CRM anmelden, weil die App für die Menschen arbeitet, die die Organisation in ihrem CRM führt. Weder ein Gesetz noch ein Vertrag mit dem Betreiber verpflichtet sie dazu; ohne die Anmeldung und ohne die oben genannten Daten kann die App ihnen aber keine Anrufe anzeigen.',
      others:
        'Wer den Vertrag annimmt oder ein Dokument freigibt, wird dabei festgehalten, weil beides erst gilt, wenn jemand dafür einsteht. Eine Adresse für Mitteilungen muss niemand angeben; ohne sie erfährt die Organisation davon nur in der App.',
    },
    decisions: {
      none: 'Nicht anwendbar: Die App trifft über niemanden eine ausschließlich automatisierte Entscheidung und betreibt kein Profiling (Art. 22 DSGVO). Sie zeigt Anrufe an und trägt sie ein; sie bewertet niemanden und stellt keine Rangfolge auf.',
    },
    consent: {
      never:
        'Die App zu nutzen, sich anzumelden, anzurufen oder diese Erklärung zu lesen gilt niemals als Einwilligung in irgendetwas. Nichts von dem, was hier beschrieben ist, beruht auf einer Einwilligung; es gibt also keine, die widerrufen werden könnte.',
      agreement:
        'Nimmt ein Administrator für die Organisation den Vertrag über die Auftragsverarbeitung an, ist das ein Vertrag zwischen der Organisation und dem Betreiber und keine Einwilligung einer Person. Bittet die Organisation Anrufer oder Beschäftigte selbst um eine Einwilligung, etwa in die Aufzeichnung, so kann diese gegenüber der Organisation jederzeit und so einfach, wie sie erteilt wurde, widerrufen werden; was bis dahin geschah, bleibt rechtmäßig.',
    },
    policies: { own: 'Die Dienste, die die App verbindet, haben eigene Datenschutzerklärungen:' },
    versions: {
      each: 'Mit jeder Änderung dieser Erklärung entsteht eine neue Fassung. Sie nennt den Tag, ab dem sie gilt, und alle Änderungen. Frühere Fassungen bleiben lesbar. Welche Fassung für eine Organisation seit wann gilt, ist festgehalten und wird ihren Nutzern in der App gezeigt.',
      announced: ({ notice }) =>
        `Eine Fassung, die mehr erlaubt als die geltende – eine neue Kategorie von Daten oder einen neuen Zweck, einen weiteren Empfänger, eine längere Dauer, weniger Schutz –, wird ${notice} im Voraus angekündigt, zu Beginn dieser Erklärung, in der App und per E-Mail an die Adressen, die die Organisation dafür angegeben hat; nichts von dem, was an ihr neu ist, geschieht vorher. Ob eine Fassung mehr erlaubt, entscheidet die App durch den Vergleich der Festlegungen.`,
    },
  },
  rights: {
    access:
      'zu erfahren, ob Sie betreffende Daten verarbeitet werden, und eine Kopie davon zu erhalten (Auskunft, Art. 15 DSGVO)',
    rectification:
      'unrichtige Daten berichtigen und unvollständige vervollständigen zu lassen (Berichtigung, Art. 16)',
    erasure: 'Daten löschen zu lassen (Löschung, Art. 17)',
    restriction: 'ihre Verarbeitung einschränken zu lassen (Einschränkung, Art. 18)',
    portability:
      'Daten, die Sie bereitgestellt haben, in einem strukturierten, gängigen und maschinenlesbaren Format zu erhalten, soweit sie aufgrund eines Vertrags mit Ihnen verarbeitet werden (Datenübertragbarkeit, Art. 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'nicht anwendbar: Der Betreiber ist im Europäischen Wirtschaftsraum niedergelassen (Art. 27 DSGVO)'
      : 'hier nicht angegeben',
  noOfficer: 'hier nicht angegeben',
  nobody: 'niemand',
  area: 'Europäischer Wirtschaftsraum',
  unnamed: 'nicht angegeben',
  atHosts: (recipient, hosts) => `${recipient} (${hosts.join(', ')})`,
  atConnection: (recipient) => `${recipient} (unter der Adresse, die die Organisation eingetragen hat)`,
  atMailServer: (recipient) => `${recipient} (über den der Betreiber E-Mails versendet)`,
  nowhereKnown: 'Land nicht bekannt',
  policyOf: (vendor) => `Datenschutzerklärung: ${vendor}`,
  noAddress: (vendor) => `${vendor}: eigene Datenschutzerklärung, wie ${vendor} sie veröffentlicht`,
  changes: {
    // Nouns keep their capital.
    inSentence: (name) => name,
    newKind: (kind) => `Neue Kategorie von Daten: ${kind}.`,
    goneKind: (kind) => `Nicht mehr gespeichert: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: bisher „${from}“, jetzt „${to}“.`,
    added: (kind, field, what) => `${kind} – ${field}: neu „${what}“.`,
    removed: (kind, field, what) => `${kind} – ${field}: nicht mehr „${what}“.`,
    newSection: (heading) => `Neuer Abschnitt: „${heading}“.`,
    goneSection: (heading) => `Entfallener Abschnitt: „${heading}“.`,
    reworded: (what) => `Anders formuliert: „${what}“.`,
    rewordedElsewhere:
      'Geändert wurde nur die Formulierung in einer anderen Sprache oder die Zuordnung, welcher Teil welche App betrifft.',
    newLanguages: (names) => `Jetzt auch in diesen Sprachen: ${names}.`,
    goneLanguages: (names) => `Nicht mehr in diesen Sprachen: ${names}.`,
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'Analyse',
  marketing: 'Marketing',
  profiling: 'Profiling',
}
