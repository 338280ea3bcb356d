import type { AgreementWords } from './agreement-en.ts'

export const de: AgreementWords = {
  title: 'Bevor Ihre Kontakte kopiert werden',
  opening: (operator) =>
    `Ringfence zeigt Ihren Kollegen, wer anruft, und trägt jeden Anruf in Ihr CRM ein. Dazu verarbeitet es personenbezogene Daten für Ihr Unternehmen: Ihr Unternehmen entscheidet über die Verarbeitung (Verantwortlicher), der Betreiber dieser Installation${operator === undefined ? '' : `, ${operator},`} führt sie aus (Auftragsverarbeiter). Dies ist der Vertrag zwischen beiden nach Art. 28 der Datenschutz-Grundverordnung (DSGVO). Noch wurde nichts kopiert.`,
  whatHeading: 'Was gespeichert wird, wozu und wie lange',
  people: (subjects) => `Die Daten betreffen: ${subjects}.`,
  whoHeading: 'Wer die Daten erhält',
  who: (recipients) =>
    `Ausschließlich: ${recipients}. Eine Anfrage an jeden anderen verweigert das Programm und hält sie fest.`,
  dutiesHeading: 'Wozu sich der Betreiber verpflichtet',
  duties: (notice) => [
    'Er verarbeitet die Daten nur auf Weisung Ihres Unternehmens, auch wenn sie den Europäischen Wirtschaftsraum verlassen sollen. Weisungen sind dieser Vertrag und das, was Ihre Mitarbeiter in der App eingeben und wählen. Verpflichtet das Recht den Betreiber zu etwas anderem, teilt er das Ihrem Unternehmen vorher mit, sofern dieses Recht es nicht verbietet. Hält er eine Weisung für rechtswidrig, weist er unverzüglich darauf hin.',
    'Jeder, der beim Betreiber mit den Daten in Berührung kommen kann, ist zur Vertraulichkeit verpflichtet.',
    'Er schützt die Daten, wie es Art. 32 DSGVO verlangt. Welche Maßnahmen er trifft, gibt die App unter Datenschutz, Dokumente so an, wie eine Prüfung sie bestätigt hat.',
    `Ihr Unternehmen stimmt allgemein zu, dass der Betreiber weitere Auftragsverarbeiter in Anspruch nimmt. Wer sie sind, ist öffentlich (/privacy/sub-processors). Einen neuen teilt der Betreiber Ihrem Unternehmen ${notice} im Voraus mit; bis dahin kann Ihr Unternehmen beim Betreiber Einspruch erheben oder diesen Vertrag beenden, indem es die App deinstalliert. Der Betreiber erlegt weiteren Auftragsverarbeitern dieselben Pflichten auf und haftet Ihrem Unternehmen für sie.`,
    'Er unterstützt Ihr Unternehmen dabei, Personen zu antworten, die ihre Rechte ausüben, und leitet ihm weiter, was bei ihm eingeht. Was über jemanden gespeichert ist, können Ihre Administratoren in der App selbst anzeigen, berichtigen und löschen.',
    'Er meldet Ihrem Unternehmen jede Verletzung des Schutzes der Daten unverzüglich, in der App und an die Adressen, die Ihr Unternehmen dafür eingetragen hat. Er unterstützt es bei seinen eigenen Pflichten nach den Art. 32 bis 36 DSGVO.',
    'Er stellt Ihrem Unternehmen alles zur Verfügung, was zum Nachweis der Einhaltung dieser Pflichten erforderlich ist, ermöglicht Überprüfungen, auch durch einen von Ihrem Unternehmen beauftragten Prüfer, und trägt zu ihnen bei.',
  ],
  endHeading: 'Wann es endet',
  end: (backups) =>
    `Dieser Vertrag gilt, solange irgendjemand aus Ihrem Unternehmen die App installiert hat. Deinstalliert ein Nutzer sie, werden sein Name und seine Token gelöscht. Hat der letzte Nutzer Ihres Unternehmens sie deinstalliert, endet das Abonnement oder wird die Organisation gelöscht, so werden die Schlüssel vernichtet und alle übrigen Daten Ihres Unternehmens gelöscht; was wann gelöscht wurde, sagt ein Beleg. Was davon in Sicherungskopien steht, bleibt dort höchstens ${backups} und geht mit ihnen unter. Bittet Ihr Unternehmen vorher darum, übergibt ihm der Betreiber die Daten zunächst in offenen Formaten.`,
  yoursHeading: 'Was bei Ihnen bleibt',
  yours:
    'Eingetragene Anrufe bleiben in Ihrem CRM, nach den Regeln Ihres Unternehmens. Ihr Unternehmen hat dafür zu sorgen, dass Anrufer und Beschäftigte so informiert werden, wie es das Recht verlangt, und dass es ihre Daten verarbeiten darf.',
  sentence: (kind, keep, purposes) => `${kind}. Speicherdauer: ${keep}. Zweck: ${purposes}.`,
  kinds: {
    'call journal':
      'Anrufe: Nummern, Zeiten, wer angenommen hat, wie der Anruf ausging und um welches Geschäft es geht',
    'calls under way': 'Dasselbe zu Anrufen, die noch nicht beendet sind',
    'events waiting':
      'Dasselbe, wie es Ihre Telefonanlage meldet, solange unsere Datenbank nicht erreichbar ist',
    'recording addresses':
      'Wo Ihre Telefonanlage die Aufzeichnung eines Anrufs aufbewahrt, wenn Ihr Unternehmen Aufzeichnungen im CRM haben will; die Aufzeichnung selbst wird höchstens weitergereicht, nie gespeichert',
    'cards of calls':
      'Wenn Ihr CRM eine eigene Karte öffnet: wie ein Anruf dort angekündigt wurde, seine Kennung dort und bei wem die Karte offen ist',
    'cards of calls in progress': 'Dasselbe, solange der Anruf nicht beendet ist',
    'calls asked for in the CRM':
      'Eine Nummer, auf die ein Kollege in Ihrem CRM klickt, bis sein Telefon sie gewählt hat',
    'call notes': 'Was Ihre Kollegen zu einem Anruf schreiben und welches Ergebnis sie wählen',
    'notes under way': 'Dasselbe, solange der Anruf nicht beendet ist',
    'persons being made':
      'Name und Nummer einer Person, die ein Kollege aus einem Anruf heraus in Ihrem CRM anlegt, bis das CRM sie hat; danach nur noch, dass es geschehen ist',
    'follow-ups':
      'Anrufer, die niemanden erreicht haben und noch zurückgerufen werden müssen: um welchen verpassten Anruf es geht, wer zurückruft und die Aufgabe in Ihrem CRM',
    'numbers left out': 'Nummern, deren Anrufe Ihr Administrator nicht im CRM haben will',
    'contact mirror': 'Die Personen Ihres CRM: Namen, Telefonnummern und die Namen ihrer Unternehmen',
    'dial counts':
      'Wie oft jeder Ihrer Kollegen in der letzten Stunde einen Anruf angefordert hat; nicht, wen er angerufen hat',
    'open deals':
      'Von den Geschäften und Leads Ihres CRM nur, welche offen sind und zu wem sie gehören; kein Titel, kein Wert',
    users: 'Ihre Kollegen, die sich anmelden: Kennung im CRM, Name, Nebenstelle und Einstellungen',
    'extensions of users': 'Welche Nebenstelle wem gehört',
    'telephones of users':
      'Welches Telefon Ihrer Telefonanlage wem gehört: seine Kennung dort und die Nebenstelle; dortige Namen und E-Mail-Adressen werden verglichen und nie gespeichert',
    lines: 'Die Rufnummern Ihres Unternehmens, wie Ihre Telefonanlage sie führt, und bei wem sie klingeln',
    'access to the phone system':
      'Die Token, mit denen wir in Ihrer Telefonanlage für jeden Ihrer Kollegen handeln, der es erlaubt hat',
    agreements: 'Wer von Ihnen diesen Vertrag angenommen hat und wann',
    'own numbers': 'Die eigenen Telefonnummern Ihres Unternehmens',
    'connection settings': 'Adressen und Zugangsdaten, die Sie für Ihre Telefonanlage angeben',
    installations: 'Die Token, mit denen wir in Ihrem CRM handeln',
    'hook secrets': 'Die geheimen Schlüssel, mit denen Ihre Systeme nachweisen, wer sie sind',
    portals:
      'Welches Portal Ihr CRM ist und der geheime Schlüssel, mit dem es nachweist, dass es mit uns spricht',
    erasures:
      'Dass jemand gelöscht wurde, wann, von wem, wie viel entfernt und wer benachrichtigt wurde; was in Ihrem CRM zu löschen ist, mit seiner Kennung, bis wir es dort gelöscht haben, und wenn Ihre Mitarbeiter es dort selbst löschen, so lange wie der Nachweis',
    'erased people':
      'Mit einem geheimen Schlüssel gebildete Hashwerte, die verhindern, dass eine gelöschte Nummer oder Person zurückkehrt; niemand kann daraus eine Nummer oder einen Namen lesen',
    'documents of the organization':
      'Was Ihre Administratoren Ihrem Verzeichnis von Verarbeitungstätigkeiten hinzufügen und wer von Ihnen welche Fassung davon freigegeben hat',
    corrections:
      'Dass etwas über eine Person berichtigt wurde, wann, von wem, in welchen Feldern und wer benachrichtigt wurde; Kennungen in Ihrem CRM, bis alle es richtig haben, oder, wenn Ihre Mitarbeiter es dort selbst berichtigen, so lange wie der Nachweis',
    'corrections under way': 'Was falsch war und was richtig ist, bis Ihr CRM es hat, höchstens sieben Tage',
  },
}
