import { joined } from './joined.ts'
import type { Vocabulary } from './words.ts'

const userId = 'die Kennung des Nutzers in der App'

export const de = {
  kinds: {
    'call journal': { name: 'Anrufe' },
    'calls under way': { name: 'Laufende Anrufe' },
    'events waiting': { name: 'Meldungen über Anrufe, die noch nicht gespeichert sind' },
    'recording addresses': { name: 'Fundorte von Aufzeichnungen' },
    'cards of calls': { name: 'Anrufkarten im CRM' },
    'cards of calls in progress': { name: 'Anrufkarten laufender Anrufe' },
    'calls asked for in the CRM': { name: 'Im CRM angeforderte Anrufe' },
    'call notes': { name: 'Notizen und Ergebnisse zu Anrufen' },
    'notes under way': { name: 'Notizen zu laufenden Anrufen' },
    'persons being made': { name: 'Aus einem Anruf angelegte Personen' },
    'follow-ups': { name: 'Rückrufe nach verpassten Anrufen' },
    'numbers left out': { name: 'Ausgenommene Nummern' },
    'contact mirror': { name: 'Kopie der Kontakte des CRM' },
    'dial counts': { name: 'Anzahl der angeforderten Anrufe' },
    'open deals': { name: 'Offene Geschäfte' },
    users: { name: 'Nutzer der App' },
    'extensions of users': { name: 'Nebenstellen der Nutzer' },
    'telephones of users': { name: 'Telefone der Nutzer' },
    lines: { name: 'Rufnummern der Telefonanlage' },
    'access to the phone system': { name: 'Zugang zur Telefonanlage' },
    agreements: { name: 'Annahme des Vertrags' },
    'own numbers': { name: 'Eigene Nummern der Organisation' },
    'connection settings': { name: 'Einstellungen der Verbindungen' },
    installations: { name: 'Zugang zum CRM' },
    'hook secrets': { name: 'Geheime Schlüssel für Benachrichtigungen zwischen den Systemen' },
    portals: { name: 'Portale' },
    sessions: { name: 'Anmeldungen' },
    'organization accounts': { name: 'Namen der Organisationen' },
    erasures: { name: 'Nachweise über Löschungen' },
    'erased people': { name: 'Merkmale, an denen gelöschte Personen erkannt werden' },
    corrections: { name: 'Nachweise über Berichtigungen' },
    'corrections under way': { name: 'Laufende Berichtigungen' },
    'notice contacts': { name: 'Adressen für Mitteilungen an die Organisation' },
    'breach notices': { name: 'Meldungen von Verletzungen des Schutzes personenbezogener Daten' },
    approvers: { name: 'Wer Dokumente freigegeben hat' },
    'documents of the organization': { name: 'Dokumente der Organisation' },
    'breach record': { name: 'Verzeichnis der Verletzungen des Schutzes personenbezogener Daten' },
  },
  columns: {
    'erasures.asked_by': 'die Kennung (in der App) des Nutzers, der eine Löschung veranlasst hat',
    'erasures.asked_at': 'wann die Löschung veranlasst wurde',
    'erasure_recipients.external_id': 'die Kennung dessen, was im CRM zu löschen ist',
    'erasure_recipients.activity_id': 'die Kennung der zugehörigen Aktivität',
    'erasure_recipients.told_at': 'wann der Empfänger benachrichtigt wurde',
    'erased.hash': 'ein mit geheimem Schlüssel gebildeter Hashwert einer gelöschten Nummer oder Person',
    'erased.erased_at': 'wann sie gelöscht wurde',
    'corrections.person_external_id': 'die Kennung der berichtigten Person im CRM',
    'corrections.asked_by': 'die Kennung des Nutzers, der eine Berichtigung verlangt hat',
    'corrections.asked_at': 'wann eine Berichtigung verlangt wurde',
    'correction_recipients.external_id': 'die Kennung dessen, was im CRM zu berichtigen ist',
    'correction_recipients.activity_id': 'die Kennung der zugehörigen Aktivität',
    'correction_recipients.told_at': 'wann der Empfänger benachrichtigt wurde',
    'correction_changes.person_external_id': 'die Kennung der Person im CRM, die berichtigt wird',
    'correction_changes.changes_sealed':
      'der falsche und der richtige Name oder die falsche und die richtige Nummer',
    'calls.id': 'die Kennung des Anrufs, gebildet aus der Kennung in der Telefonanlage',
    'calls.rang': 'die Nebenstellen, an denen es geklingelt hat',
    'calls.remote_hash': 'die Nummer der Gegenseite',
    'calls.facts_sealed':
      'Nummern und Nebenstellen aller Beteiligten, die Zeiten, wer das Gespräch angenommen hat und wie der Anruf ausging; die Kennung des Anrufs in der Telefonanlage, wenn eine Aufzeichnung gesucht werden muss',
    'calls.last_event_at': 'wann die Telefonanlage zuletzt etwas über den Anruf gemeldet hat',
    'call_logs.call_id': 'die Kennung des Anrufs',
    'call_logs.marker': 'das Merkmal, an dem der Anruf im CRM gefunden wird',
    'call_logs.external_id': 'die Kennung des Anrufeintrags im CRM',
    'call_logs.activity_id': 'die Kennung der Aktivität zum Anruf im CRM',
    'call_logs.twin_external_id':
      'die Kennung eines zweiten Eintrags desselben Anrufs, wenn es im CRM einen gibt',
    'call_logs.twin_activity_id':
      'die Kennung einer zweiten Aktivität desselben Anrufs, wenn es im CRM eine gibt',
    'call_logs.sent_at': 'wann der Anruf an das CRM gesendet wurde',
    'call_logs.written_at': 'wann der Anruf im CRM eingetragen wurde',
    'call_logs.unlinked_hash':
      'die Nummer der Gegenseite, solange dem eingetragenen Anruf im CRM keine Person zugeordnet ist',
    'live_calls.call_id': 'die Kennung des Anrufs',
    'live_calls.live_sealed':
      'die Nummer der Gegenseite, die Rufnummer der Organisation, wann der Anruf begann, seine Kennung im CRM und bei wem die Anrufkarte offen ist',
    'requested_calls.id': 'eine aus der Kennung im CRM gebildete Kennung',
    'requested_calls.user_id': 'die Kennung (in der App) des Nutzers, der geklickt hat',
    'requested_calls.number_hash': 'die angeklickte Nummer',
    'requested_calls.request_sealed':
      'die angeklickte Nummer, der Zeitpunkt und die Kennung des Anrufs im CRM',
    'call_notes.id': 'die Kennung des Anrufs',
    'call_notes.note_sealed': 'was Nutzer zu dem Anruf geschrieben und welches Ergebnis sie gewählt haben',
    'call_notes.sent_sealed': 'derselbe Text, wie er zuletzt an das CRM gesendet wurde',
    'call_notes.sent_at': 'wann er zuletzt an das CRM gesendet wurde',
    'new_persons.id': 'eine aus der Nummer der Person gebildete Kennung',
    'new_persons.number_hash': 'die Nummer der Person',
    'new_persons.person_sealed': 'Name und Nummer der Person, bis das CRM sie hat',
    'new_persons.asked_by': 'die Kennung (in der App) des Nutzers, der die Person anlegt',
    'new_persons.acting_ref': 'die Kennung (im CRM) des Nutzers, dessen Zugang verwendet wird',
    'new_persons.sent_at': 'wann die Person an das CRM gesendet wurde',
    'call_logs.written_as': 'die Kennung (im CRM) des Nutzers, mit dessen Zugang der Anruf eingetragen wurde',
    'call_logs.written_for': 'die Kennung (im CRM) des Nutzers, dessen Anruf es war',
    'call_logs.follow_up_id': 'zu welcher Rückrufaufgabe ein verpasster Anruf gehört',
    'follow_ups.caller_hash': 'die Nummer des Anrufers, der niemanden erreicht hat',
    'follow_ups.call_id': 'die Kennung des verpassten Anrufs',
    'follow_ups.marker': 'das Merkmal, an dem die Rückrufaufgabe im CRM gefunden wird',
    'follow_ups.owner_ref': 'die Kennung (im CRM) des Nutzers, der zurückrufen soll',
    'follow_ups.activity_id': 'die Kennung der Rückrufaufgabe im CRM',
    'follow_ups.sent_at': 'wann die Rückrufaufgabe an das CRM gesendet wurde',
    'follow_ups.reached_call_id': 'die Kennung des Anrufs, in dem der Anrufer erreicht wurde',
    'follow_ups.again_call_id': 'die Kennung eines weiteren verpassten Anrufs desselben Anrufers',
    'rules.numbers_sealed': 'die Nummern, deren Anrufe ausgenommen sind, wie sie eingegeben wurden',
    'call_deals.call_id': 'die Kennung des Anrufs',
    'call_deals.external_id':
      'die Kennung (im CRM) des Geschäfts oder Leads, das jemand zum Anruf gewählt hat',
    'call_deals.sent_external_id':
      'die Kennung (im CRM) des Geschäfts oder Leads, mit dem der Anruf verknüpft wurde',
    'spool.request': 'was die Telefonanlage über einen Anruf gemeldet hat, so wie es ankam',
    'recordings.id': 'die Kennung des Anrufs',
    'recordings.address_sealed':
      'der Ort oder die Kennung der Aufzeichnung in der Telefonanlage oder der Link, der dorthin führt',
    'persons.external_id': 'die Kennung der Person im CRM',
    'persons.name_sealed': 'der Name der Person',
    'persons.company_external_id': 'die Kennung des Unternehmens der Person im CRM',
    'persons.owner_external_id': 'die Kennung des Nutzers, dem der Datensatz der Person im CRM gehört',
    'persons.updated_at': 'wann der Datensatz der Person im CRM zuletzt geändert wurde',
    'open_deals.external_id': 'die Kennung eines offenen Geschäfts oder Leads im CRM',
    'open_deals.person_external_id':
      'die Kennung der Person im CRM, zu der das Geschäft oder der Lead gehört',
    'open_deals.told_at': 'seit wann das Geschäft oder der Lead laut CRM offen ist',
    'companies.external_id': 'die Kennung des Unternehmens im CRM',
    'companies.name_sealed': 'der Name des Unternehmens',
    'person_numbers.number_sealed': 'die Telefonnummern der Person',
    'person_numbers.exact_hash': 'jede Telefonnummer in internationaler Form',
    'person_numbers.typed_hash': 'jede Telefonnummer, wie sie eingegeben wurde',
    'dial_counts.user_id': userId,
    'dial_counts.begun_at': 'wann die Minute oder Stunde begann, für die gezählt wird',
    'dial_counts.count': 'wie viele Anrufe der Nutzer seitdem angefordert hat',
    'users.external_id': 'die Kennung des Nutzers im CRM',
    'users.name_sealed': 'der Name des Nutzers',
    'users.role': 'ob der Nutzer Administrator ist',
    'users.sees': 'ob der Nutzer nur eigene oder alle Anrufe sieht',
    'users.language': 'die Sprache des Nutzers',
    'users.extensions_by_hand': 'ob die Nebenstellen des Nutzers von Hand festgelegt wurden',
    'phone_people.id': 'eine aus der Kennung in der Telefonanlage gebildete Kennung',
    'phone_people.user_id': userId,
    'phone_people.person_sealed': 'die Kennung des Nutzers in der Telefonanlage und die Nebenstelle',
    'phone_lines.id': 'eine aus der Rufnummer gebildete Kennung',
    'phone_lines.line_sealed': 'die Rufnummer und die Nutzer, bei denen sie klingelt',
    'phone_accesses.user_id': userId,
    'phone_accesses.tokens_sealed':
      'die Token, mit denen die App in der Telefonanlage für den Nutzer handelt',
    'user_extensions.extension': 'die Nebenstellen des Nutzers',
    'user_extensions.user_id': userId,
    'user_extensions.sees_after':
      'ab welchem Anruf eine Nebenstelle, die sich der Nutzer selbst zugeordnet hat, als seine gilt',
    'agreements.accepted_by': 'die Kennung (in der App) des Nutzers, der den Vertrag angenommen hat',
    'agreements.accepted_at': 'wann der Vertrag angenommen wurde',
    'connections.own_numbers_sealed': 'die eigenen Telefonnummern der Organisation',
    'connections.settings_sealed': 'Adressen und Zugangsdaten der Telefonanlage',
    'installations.company_ref': 'die Kennung der Organisation im CRM',
    'installations.user_ref': 'die Kennung des Nutzers im CRM',
    'installations.administrator': 'ob der Nutzer im CRM Administrator ist',
    'installations.api_base': 'die Webadresse des CRM-Kontos der Organisation',
    'installations.tokens_sealed': 'die Token, mit denen die App im CRM für den Nutzer handelt',
    'hook_keys.secret_sealed': 'der geheime Schlüssel, mit dem eine Benachrichtigung ihre Herkunft nachweist',
    'hook_keys.hash': 'die Adresse, an die Benachrichtigungen gesendet werden',
    'portals.company_ref': 'die Kennung der Organisation im CRM',
    'portals.application_token_sealed': 'der geheime Schlüssel, mit dem sich das Portal ausweist',
    'sessions.token_hash': 'das Token der Anmeldung',
    'sessions.user_id': userId,
    'sessions.created_at': 'wann sich der Nutzer angemeldet hat',
    'notice_contacts.address_sealed':
      'die E-Mail-Adresse, unter der die Organisation benachrichtigt werden will',
    'breach_notices.notice_sealed': 'der Text der Meldung und wer beim Betreiber Auskunft gibt',
    'breach_entries.entry_sealed':
      'was geschehen ist, welche Folgen es hatte, was unternommen wurde und wer beim Betreiber Auskunft gibt',
    'approvers.entry_sealed': 'Name und Funktion der Person, die ein Dokument freigegeben hat, und wann',
    'organization_documents.entry_sealed':
      'Absätze, die Administratoren dem Verzeichnis von Verarbeitungstätigkeiten hinzufügen; dessen freigegebene Fassungen mit Name und Funktion der Person, die sie freigegeben hat',
    'organizations.name': 'der Name der Organisation, der auch der Name einer Person sein kann',
  },
  grounds: {
    'showing that a person was erased, and keeping them erased':
      'nachweisen zu können, dass die Daten einer Person gelöscht wurden, und dafür zu sorgen, dass sie gelöscht bleiben',
    'answering calls knowing who calls, and recording them in the CRM':
      'beim Annehmen eines Anrufs zu wissen, wer anruft, und jeden Anruf im CRM zu haben',
    'calling back whoever was missed, once': 'nach einem verpassten Anruf zurückzurufen, und zwar nur einmal',
    'keeping calls out of the CRM that nobody wants there':
      'keine Anrufe im CRM zu haben, die dort nicht hingehören',
    'having the recording beside the call it belongs to':
      'die Aufzeichnung bei dem Anruf zu haben, zu dem sie gehört',
    'having what was agreed beside the call it belongs to':
      'das Besprochene bei dem Anruf zu haben, zu dem es gehört',
    'recording a call with the deal it is about':
      'einen Anruf bei dem Geschäft zu haben, um das es in ihm geht',
    'answering calls knowing who calls': 'beim Annehmen eines Anrufs zu wissen, wer anruft',
    'the organization connects its phone system and its CRM':
      'die Organisation verbindet ihre Telefonanlage mit ihrem CRM',
    'the user installed the app for their company':
      'der Nutzer hat die App für seine Organisation installiert',
    'the user signs in': 'die Nutzung der App, in der sich der Nutzer anmeldet',
    'the organization is a customer of the operator': 'die Organisation ist Kunde des Betreibers',
    'the organization and its staff use the telephone integration':
      'die Organisation und ihre Beschäftigten nutzen die Verbindung von Telefon und CRM',
    'the organization accepted it through this user':
      'die Organisation hat den Vertrag durch diesen Nutzer angenommen',
    'putting right what is wrong about a person, and telling who received it':
      'unrichtige Daten einer Person zu berichtigen und dies denen mitzuteilen, die sie erhalten haben (Art. 16 und 19 DSGVO)',
    'recording every breach':
      'jede Verletzung des Schutzes personenbezogener Daten zu dokumentieren (Art. 33 Abs. 5 DSGVO)',
    'telling the organization of a breach':
      'der Organisation eine Verletzung des Schutzes personenbezogener Daten zu melden (Art. 33 Abs. 2 DSGVO)',
    'reaching the organization as its processor':
      'der Organisation eine Verletzung des Schutzes personenbezogener Daten (Art. 33 Abs. 2 DSGVO) und eine neue Verarbeitung vor ihrem Beginn (Art. 13 Abs. 3, Art. 14 Abs. 4 und Art. 28 Abs. 2 DSGVO) mitzuteilen und sie im Verzeichnis von Verarbeitungstätigkeiten zu nennen (Art. 30 Abs. 2 Buchst. a DSGVO)',
    'showing who answers for a document':
      'nachweisen zu können, wer für veröffentlichte Dokumente einsteht (Art. 5 Abs. 2 und Art. 24 DSGVO)',
    'the organization uses the telephone integration':
      'die Organisation nutzt die Verbindung von Telefon und CRM',
  },
  weighings: {
    'answering calls knowing who calls, and recording them in the CRM':
      'Wissen, wer anruft, und jeden Anruf im CRM haben: Ohne Nummer, Zeiten und Ergebnis geht das nicht, und das CRM kann tagelang nicht erreichbar sein oder ein Eintrag muss berichtigt werden. Anrufer können damit rechnen, dass ein Unternehmen weiß, wer es angerufen hat; eine Woche ist zu kurz, um jemanden zu beobachten. Bei Nutzern zeigen die Daten, wann sie telefoniert haben; deshalb sehen sie nur ihre eigenen Anrufe, solange ein Administrator nicht mehr erlaubt, und niemand wird bewertet oder verglichen. Das Gespräch selbst wird nicht gespeichert. Das Interesse überwiegt, aber nicht, wo schon die Tatsache eines Anrufs vertraulich ist, und nicht für die Überwachung von Beschäftigten.',
    'having what was agreed beside the call it belongs to':
      'Das Besprochene bei dem Anruf haben: Eine Notiz entsteht, bevor das CRM von dem Anruf weiß, und wird danach noch verbessert; deshalb wird sie eine Woche lang gespeichert. Sie kann mehr über einen Anrufer sagen als der Anruf selbst; deshalb sieht sie nur, wer den Anruf sehen darf, und das Programm wertet sie nicht aus. Von einer Person, die bei einem Anruf angelegt wird, werden Name und Nummer nur gespeichert, bis das CRM sie hat, höchstens zwei Tage. Das Interesse überwiegt für den Gegenstand des Gesprächs, nicht für Bemerkungen über Gesundheit, Ansichten und Ähnliches.',
    'answering calls knowing who calls':
      'Den Namen haben, während es klingelt: Niemand weiß vorher, wer anrufen wird, und das CRM jedes Mal zu fragen wäre zu langsam und würde ihm jeden Anruf mitteilen. Deshalb werden Namen und Nummern aller Kontakte kopiert. Kontakte rechnen damit, erkannt zu werden, kaum aber mit einer zweiten Kopie; deshalb ist sie mit eigenen Schlüsseln verschlüsselt, wird für nichts anderes verwendet und ist unlesbar, sobald der letzte Nutzer die App deinstalliert hat. Das Interesse überwiegt, solange nicht schon die bloße Liste der Kontakte vertraulich ist.',
    'recording a call with the deal it is about':
      'Einen Anruf bei dem Geschäft haben, um das es geht: Das CRM jedes Mal zu fragen würde ihm jeden Anruf mitteilen. Deshalb wird kopiert, welche Geschäfte und Leads offen sind und zu wem sie gehören; kein Titel, kein Wert und keine Phase. Ein Titel wird erst gelesen, wenn jemand nachsieht, mit dessen eigenen Rechten, und nicht gespeichert. Das Interesse überwiegt.',
    'having the recording beside the call it belongs to':
      'Eine Aufzeichnung bei ihrem Anruf haben: Dafür wird nur gespeichert, wo sie liegt, höchstens eine Woche lang und nur, wenn ein Administrator es gewählt hat; die Aufzeichnung selbst nicht. Eine Aufzeichnung wiegt weit schwerer als die Tatsache eines Anrufs, und wer sie hören darf, bestimmen von da an die Regeln des CRM. Das Interesse überwiegt, wo die Aufzeichnung rechtmäßig war und angekündigt wurde; nicht für die Überwachung von Beschäftigten und nicht, wo ein Gespräch einer Verschwiegenheitspflicht unterliegt.',
    'calling back whoever was missed, once':
      'Nach verpassten Anrufen zurückrufen: Dafür muss ein Anrufer wiedererkannt werden, und zwar an einem Hashwert seiner Nummer. Wer anruft, erwartet einen Rückruf; wie oft jemand anruft, wird nicht gezählt, und eine Woche nach dem verpassten Anruf ist davon hier nichts mehr vorhanden. Das Interesse überwiegt.',
    'keeping calls out of the CRM that nobody wants there':
      'Anrufe aus dem CRM heraushalten, die dort nicht hingehören: Dafür muss die Nummer vermerkt sein, deren Anrufe ausgenommen sind, oft weil die Person es so wünscht. Ihr geht dadurch nichts verloren: Die Anrufe werden angezeigt wie zuvor und gehen sonst nirgendwohin. Das Interesse überwiegt.',
    'showing that a person was erased, and keeping them erased':
      'Nachweisen, dass die Daten einer Person gelöscht wurden, und verhindern, dass das CRM oder eine Sicherungskopie sie zurückbringt: Dafür wird ein Hashwert der Nummer oder der Person gespeichert und wann und durch wen die Löschung veranlasst wurde; kein Name und keine Nummer. Das entspricht dem Wunsch der gelöschten Person. Das Interesse überwiegt.',
  },
  recipients: {
    'the connected phone system': 'die verbundene Telefonanlage',
    Placetel: 'Placetel, wenn es die verbundene Telefonanlage ist',
    Webex: 'Webex, wenn es die verbundene Telefonanlage ist',
    Pipedrive: 'Pipedrive',
    'the mail server': 'der Mailserver des Betreibers',
    Bitrix24: 'Bitrix24, wenn es das verbundene CRM ist',
    'the company’s Bitrix24 portal': 'das Bitrix24-Portal des Unternehmens',
  },
  adapters: {
    phone: (name, places) => `${name}, wenn es die verbundene Telefonanlage ist${servers(places)}`,
    crm: (name, places) => `${name}, wenn es das verbundene CRM ist${servers(places)}`,
  },
  transferGrounds: {
    'adequacy decision': 'aufgrund eines Angemessenheitsbeschlusses',
    'standard contractual clauses': 'aufgrund von Standarddatenschutzklauseln',
    'binding corporate rules': 'aufgrund verbindlicher interner Datenschutzvorschriften',
  },
  subjects: {
    caller: 'Personen, die anrufen oder angerufen werden',
    contact: 'Kontakte im CRM',
    user: 'Nutzer der App',
    'operator staff': 'Beschäftigte des Betreibers',
  },
  purposes: {
    'identify the caller': 'Feststellen, wer anruft',
    'show calls to the people they are for': 'Anzeigen des Anrufs bei denen, für die er bestimmt ist',
    'log the call in the CRM': 'Eintragen des Anrufs im CRM',
    'place a call': 'Aufbauen eines Anrufs, den ein Nutzer anfordert',
    'attach the recording in the CRM': 'Beifügen der Aufzeichnung zum Anruf im CRM',
    'follow up missed calls in the CRM': 'Veranlassen von Rückrufen nach verpassten Anrufen',
    'connect the systems': 'Verbinden der Systeme',
    'sign in': 'Anmelden der Nutzer',
    'run the installation': 'Betreiben dieser Installation',
    'answer requests of people': 'Erledigen von Anträgen betroffener Personen',
    'tell of a new policy': 'Ankündigen einer neuen Datenschutzerklärung, bevor sie gilt',
    'keep records': 'Führen der gesetzlich vorgeschriebenen Verzeichnisse',
    'tell of a breach': 'Melden einer Verletzung des Schutzes personenbezogener Daten',
  },
  roles: {
    processor: 'die Organisation; der Betreiber ist ihr Auftragsverarbeiter',
    controller: 'der Betreiber',
  },
  sources: {
    'phone system': 'die verbundene Telefonanlage',
    CRM: 'das CRM',
    'the user': 'der Nutzer',
    'the operator': 'der Betreiber',
    Ringfence: 'die App selbst',
  },
  regions: { installation: 'auf den Servern dieser Installation' },
  databases: {
    organization: 'in der eigenen Datenbank der Organisation',
    control: 'in der Datenbank, die alle Organisationen der Installation gemeinsam haben',
    'data folder': 'in einer verschlüsselten Datei, bis die Datenbank wieder erreichbar ist',
  },
  keys: {
    organization:
      'mit dem eigenen Schlüssel der Organisation, der vernichtet wird, wenn ihr Abonnement endet oder die Organisation gelöscht wird',
    installation: 'mit dem eigenen Schlüssel der Installation',
    'mirror bucket':
      'mit Schlüsseln, die nur für diese Kopie bestimmt sind und vernichtet werden, wenn der letzte Nutzer die App deinstalliert',
    'arrival hour':
      'mit dem Schlüssel der Stunde, in der die Daten eingingen; er wird vernichtet, wenn die Speicherdauer abgelaufen ist',
    'call hour':
      'mit dem Schlüssel der Stunde, in der der Anruf endete; er wird vernichtet, wenn die Speicherdauer abgelaufen ist',
    nothing: 'hier ist nichts verschlüsselt',
  },
  ends: {
    'phone disconnected by the user': 'der Nutzer sein Telefon trennt',
    'sign-out': 'der Nutzer sich abmeldet',
    'uninstall by the user': 'der Nutzer die App deinstalliert',
    'uninstall by the last user': 'der letzte Nutzer der Organisation die App deinstalliert',
    'phone system removed': 'ein Administrator die Telefonanlage entfernt',
    'end of subscription': 'das Abonnement der Organisation endet',
    'organization deleted': 'die Organisation in dieser Installation gelöscht wird',
  },
  whiles: {
    'installed by this user': 'solange dieser Nutzer die App installiert hat',
    'installed by anybody of the company': 'solange jemand aus dem Unternehmen die App installiert hat',
    'the phone of this user is connected': 'solange das Telefon dieses Nutzers verbunden ist',
    'the organization exists': 'solange die Organisation hier geführt wird',
  },
  hours: ({ hours, from }) => `${lengthOf(hours)} ab ${starts[from]}`,
  contract: (what) => `Art. 6 Abs. 1 Buchst. b DSGVO, ein Vertrag: ${what}`,
  obligation: (what) => `Art. 6 Abs. 1 Buchst. c DSGVO, eine rechtliche Verpflichtung: ${what}`,
  interest: (what) => `Art. 6 Abs. 1 Buchst. f DSGVO, ein berechtigtes Interesse: ${what}`,
  list: (words) => joined(words, ' und '),
} satisfies Vocabulary

const servers = (places: string): string => (places === '' ? '' : `; Server: ${places}`)

const starts = {
  arrival: 'dem Eingang',
  'end of the call': 'dem Ende des Anrufs',
  creation: 'der Erstellung',
} as const

function lengthOf(hours: number): string {
  const [unit, one, many] =
    hours % (365 * 24) === 0
      ? ([365 * 24, 'Jahr', 'Jahre'] as const)
      : hours % 24 === 0
        ? ([24, 'Tag', 'Tage'] as const)
        : ([1, 'Stunde', 'Stunden'] as const)
  const count = hours / unit
  return `${count} ${count === 1 ? one : many}`
}
