import { joined } from './joined.ts'
import type { Vocabulary } from './words.ts'

const userId = 'identificatorul utilizatorului în aplicație'

export const ro = {
  kinds: {
    'call journal': { name: 'Apeluri' },
    'calls under way': { name: 'Apeluri în curs' },
    'events waiting': { name: 'Mesaje despre apeluri care nu au fost încă stocate' },
    'recording addresses': { name: 'Locul înregistrărilor' },
    'cards of calls': { name: 'Fișe ale apelurilor în CRM' },
    'cards of calls in progress': { name: 'Fișe ale apelurilor în curs' },
    'calls asked for in the CRM': { name: 'Apeluri cerute în CRM' },
    'call notes': { name: 'Notițe și rezultate ale apelurilor' },
    'notes under way': { name: 'Notițe la apelurile în curs' },
    'persons being made': { name: 'Persoane introduse în urma unui apel' },
    'follow-ups': { name: 'Apelanți care nu au primit răspuns și trebuie sunați înapoi' },
    'numbers left out': { name: 'Numere excluse' },
    'contact mirror': { name: 'Copia contactelor din CRM' },
    'dial counts': { name: 'Numărul apelurilor cerute' },
    'open deals': { name: 'Oportunități deschise' },
    users: { name: 'Utilizatorii aplicației' },
    'extensions of users': { name: 'Interioarele utilizatorilor' },
    'telephones of users': { name: 'Telefoanele utilizatorilor' },
    lines: { name: 'Numerele centralei telefonice' },
    'access to the phone system': { name: 'Accesul la centrala telefonică' },
    agreements: { name: 'Acceptarea acordului' },
    'own numbers': { name: 'Numerele proprii ale organizației' },
    'connection settings': { name: 'Setările conexiunilor' },
    installations: { name: 'Accesul la CRM' },
    'hook secrets': { name: 'Cheile secrete ale notificărilor dintre sisteme' },
    portals: { name: 'Portaluri' },
    sessions: { name: 'Conectări' },
    'organization accounts': { name: 'Denumirile organizațiilor' },
    erasures: { name: 'Evidența ștergerilor' },
    'erased people': { name: 'Marcaje după care sunt recunoscute persoanele șterse' },
    corrections: { name: 'Evidența rectificărilor' },
    'corrections under way': { name: 'Rectificări în curs' },
    'notice contacts': { name: 'Adrese pentru înștiințarea organizației' },
    'breach notices': { name: 'Notificări ale încălcărilor securității datelor cu caracter personal' },
    approvers: { name: 'Cine a aprobat documentele' },
    'documents of the organization': { name: 'Documentele organizației' },
    'breach record': { name: 'Registrul încălcărilor securității datelor cu caracter personal' },
  },
  columns: {
    'erasures.asked_by': 'identificatorul (în aplicație) al utilizatorului care a dispus ștergerea',
    'erasures.asked_at': 'când a fost dispusă ștergerea',
    'erasure_recipients.external_id': 'identificatorul a ceea ce trebuie șters în CRM',
    'erasure_recipients.activity_id': 'identificatorul activității aferente',
    'erasure_recipients.told_at': 'când a fost înștiințat destinatarul',
    'erased.hash': 'amprenta, calculată cu o cheie secretă, a unui număr șters sau a unei persoane șterse',
    'erased.erased_at': 'când a avut loc ștergerea',
    'corrections.person_external_id': 'identificatorul din CRM al persoanei ale cărei date se rectifică',
    'corrections.asked_by': 'identificatorul utilizatorului care a cerut o rectificare',
    'corrections.asked_at': 'când a fost cerută o rectificare',
    'correction_recipients.external_id':
      'identificatorul din CRM al elementului care trebuie rectificat acolo',
    'correction_recipients.activity_id': 'identificatorul activității aferente',
    'correction_recipients.told_at': 'când a fost înștiințat destinatarul',
    'correction_changes.person_external_id':
      'identificatorul din CRM al persoanei ale cărei date se rectifică',
    'correction_changes.changes_sealed': 'numele sau numărul greșit și cel corect',
    'calls.id': 'identificatorul apelului, calculat din cel al centralei telefonice',
    'calls.rang': 'interioarele la care a sunat apelul',
    'calls.remote_hash': 'numărul celeilalte părți',
    'calls.facts_sealed':
      'numerele și interioarele tuturor participanților, momentele, cine a răspuns și cum s-a încheiat apelul; identificatorul apelului în centrala telefonică, dacă trebuie căutată o înregistrare',
    'calls.last_event_at': 'când a transmis centrala telefonică ultima informație despre apel',
    'call_logs.call_id': 'identificatorul apelului',
    'call_logs.marker': 'semnul după care apelul este găsit în CRM',
    'call_logs.external_id': 'identificatorul înscrierii apelului în CRM',
    'call_logs.activity_id': 'identificatorul activității apelului în CRM',
    'call_logs.twin_external_id':
      'identificatorul unei a doua înscrieri a aceluiași apel, dacă există în CRM',
    'call_logs.twin_activity_id':
      'identificatorul unei a doua activități a aceluiași apel, dacă există în CRM',
    'call_logs.sent_at': 'când a fost trimis apelul la CRM',
    'call_logs.written_at': 'când a fost înscris apelul în CRM',
    'call_logs.unlinked_hash':
      'numărul celeilalte părți, cât timp apelul înscris nu are în CRM o persoană asociată',
    'live_calls.call_id': 'identificatorul apelului',
    'live_calls.live_sealed':
      'numărul celeilalte părți, numărul organizației, când a început apelul, identificatorul său în CRM și cine are fișa deschisă',
    'requested_calls.id': 'un identificator calculat din cel al CRM-ului',
    'requested_calls.user_id': 'identificatorul (în aplicație) al utilizatorului care a dat clic',
    'requested_calls.number_hash': 'numărul pe care s-a dat clic',
    'requested_calls.request_sealed':
      'numărul pe care s-a dat clic, momentul și identificatorul apelului în CRM',
    'call_notes.id': 'identificatorul apelului',
    'call_notes.note_sealed': 'ce au scris utilizatorii despre apel și rezultatul pe care l-au ales',
    'call_notes.sent_sealed': 'același text, așa cum a fost trimis ultima oară la CRM',
    'call_notes.sent_at': 'când a fost trimis ultima oară la CRM',
    'new_persons.id': 'un identificator calculat din numărul persoanei',
    'new_persons.number_hash': 'numărul persoanei',
    'new_persons.person_sealed': 'numele și numărul persoanei, până când ajung în CRM',
    'new_persons.asked_by': 'identificatorul (în aplicație) al utilizatorului care introduce persoana',
    'new_persons.acting_ref': 'identificatorul (în CRM) al utilizatorului al cărui acces este folosit',
    'new_persons.sent_at': 'când a fost trimisă persoana la CRM',
    'call_logs.written_as':
      'identificatorul (în CRM) al utilizatorului cu al cărui acces a fost înscris apelul',
    'call_logs.written_for': 'identificatorul (în CRM) al utilizatorului căruia i-a aparținut apelul',
    'call_logs.follow_up_id': 'cărei sarcini de a suna înapoi îi aparține un apel nepreluat',
    'follow_ups.caller_hash': 'numărul apelantului care nu a primit răspuns',
    'follow_ups.call_id': 'identificatorul apelului nepreluat',
    'follow_ups.marker': 'semnul după care sarcina de a suna înapoi este găsită în CRM',
    'follow_ups.owner_ref': 'identificatorul (în CRM) al utilizatorului care trebuie să sune înapoi',
    'follow_ups.activity_id': 'identificatorul din CRM al activității de a suna înapoi',
    'follow_ups.sent_at': 'când a fost trimisă la CRM sarcina de a suna înapoi',
    'follow_ups.reached_call_id': 'identificatorul apelului în care s-a vorbit cu apelantul',
    'follow_ups.again_call_id': 'identificatorul unui alt apel nepreluat al aceluiași apelant',
    'rules.numbers_sealed': 'numerele ale căror apeluri sunt excluse, așa cum au fost introduse',
    'call_deals.call_id': 'identificatorul apelului',
    'call_deals.external_id':
      'identificatorul din CRM al oportunității sau al leadului ales de cineva pentru apel',
    'call_deals.sent_external_id':
      'identificatorul din CRM al oportunității sau al leadului cu care a fost legat apelul',
    'spool.request': 'ce a transmis centrala telefonică despre un apel, în forma în care a sosit',
    'recordings.id': 'identificatorul apelului',
    'recordings.address_sealed':
      'locul sau identificatorul înregistrării în centrala telefonică ori linkul care duce la ea',
    'persons.external_id': 'identificatorul persoanei în CRM',
    'persons.name_sealed': 'numele persoanei',
    'persons.company_external_id': 'identificatorul din CRM al societății persoanei',
    'persons.owner_external_id': 'identificatorul din CRM al utilizatorului care răspunde de fișa persoanei',
    'persons.updated_at': 'când a fost modificată ultima oară fișa persoanei în CRM',
    'open_deals.external_id':
      'identificatorul din CRM al unei oportunități deschise sau al unui lead deschis',
    'open_deals.person_external_id':
      'identificatorul din CRM al persoanei la care se referă oportunitatea sau leadul',
    'open_deals.told_at': 'de când oportunitatea sau leadul este deschis, potrivit CRM-ului',
    'companies.external_id': 'identificatorul societății în CRM',
    'companies.name_sealed': 'denumirea societății',
    'person_numbers.number_sealed': 'numerele de telefon ale persoanei',
    'person_numbers.exact_hash': 'fiecare număr de telefon în format internațional',
    'person_numbers.typed_hash': 'fiecare număr de telefon, așa cum a fost introdus',
    'dial_counts.user_id': userId,
    'dial_counts.begun_at': 'când a început minutul sau ora pentru care se numără',
    'dial_counts.count': 'câte apeluri a cerut utilizatorul de atunci',
    'users.external_id': 'identificatorul utilizatorului în CRM',
    'users.name_sealed': 'numele utilizatorului',
    'users.role': 'dacă utilizatorul este administrator al aplicației în organizația sa',
    'users.sees': 'dacă utilizatorul vede doar apelurile sale sau toate apelurile',
    'users.language': 'limba utilizatorului',
    'users.extensions_by_hand': 'dacă interioarele utilizatorului au fost alese manual',
    'phone_people.id': 'un identificator calculat din cel al centralei telefonice',
    'phone_people.user_id': userId,
    'phone_people.person_sealed': 'identificatorul utilizatorului în centrala telefonică și interiorul',
    'phone_lines.id': 'un identificator calculat din numărul de telefon',
    'phone_lines.line_sealed': 'numărul de telefon și utilizatorii la care sună',
    'phone_accesses.user_id': userId,
    'phone_accesses.tokens_sealed':
      'tokenurile cu care aplicația acționează în centrala telefonică în numele utilizatorului',
    'user_extensions.extension': 'interioarele utilizatorului',
    'user_extensions.user_id': userId,
    'user_extensions.sees_after':
      'de la ce apel înainte se consideră al utilizatorului un interior pe care și l-a atribuit singur',
    'agreements.accepted_by': 'identificatorul (în aplicație) al utilizatorului care a acceptat acordul',
    'agreements.accepted_at': 'când a fost acceptat acordul',
    'connections.own_numbers_sealed': 'numerele de telefon proprii ale organizației',
    'connections.settings_sealed': 'adresele și datele de acces ale centralei telefonice',
    'installations.company_ref': 'identificatorul organizației în CRM',
    'installations.user_ref': 'identificatorul utilizatorului în CRM',
    'installations.administrator': 'dacă utilizatorul este administrator în CRM',
    'installations.api_base': 'adresa web a contului organizației din CRM',
    'installations.tokens_sealed': 'tokenurile cu care aplicația acționează în CRM în numele utilizatorului',
    'hook_keys.secret_sealed': 'cheia secretă cu care o notificare își dovedește proveniența',
    'hook_keys.hash': 'adresa la care se trimit notificările',
    'portals.company_ref': 'identificatorul organizației în CRM',
    'portals.application_token_sealed': 'cheia secretă cu care portalul își dovedește identitatea',
    'sessions.token_hash': 'tokenul conectării',
    'sessions.user_id': userId,
    'sessions.created_at': 'când s-a conectat utilizatorul',
    'notice_contacts.address_sealed': 'adresa de e-mail la care organizația dorește să fie înștiințată',
    'breach_notices.notice_sealed':
      'textul notificării și persoana de contact de la administratorul instalației',
    'breach_entries.entry_sealed':
      'ce s-a întâmplat, ce urmări a avut, ce măsuri s-au luat și persoana de contact de la administratorul instalației',
    'approvers.entry_sealed': 'numele și funcția persoanei care a aprobat un document și când',
    'organization_documents.entry_sealed':
      'paragrafele pe care administratorii organizației le adaugă în evidența activităților de prelucrare; versiunile aprobate ale evidenței, cu numele și funcția persoanei care le-a aprobat',
    'organizations.name': 'denumirea organizației, care poate fi și numele unei persoane',
  },
  grounds: {
    'showing that a person was erased, and keeping them erased':
      'de a putea dovedi că datele unei persoane au fost șterse și de a le menține șterse',
    'answering calls knowing who calls, and recording them in the CRM':
      'de a ști, la preluarea unui apel, cine sună și de a avea fiecare apel în CRM',
    'calling back whoever was missed, once':
      'de a suna înapoi, o singură dată, pe cel care nu a primit răspuns',
    'keeping calls out of the CRM that nobody wants there':
      'de a nu avea în CRM apeluri care nu își au locul acolo',
    'having the recording beside the call it belongs to':
      'de a avea înregistrarea alături de apelul căruia îi aparține',
    'having what was agreed beside the call it belongs to':
      'de a avea cele convenite alături de apelul la care se referă',
    'recording a call with the deal it is about': 'de a avea apelul legat de oportunitatea la care se referă',
    'answering calls knowing who calls': 'de a ști, la preluarea unui apel, cine sună',
    'the organization connects its phone system and its CRM':
      'organizația își conectează centrala telefonică și sistemul CRM',
    'the user installed the app for their company': 'utilizatorul a instalat aplicația pentru organizația sa',
    'the user signs in': 'utilizarea aplicației la care se conectează utilizatorul',
    'the organization is a customer of the operator':
      'organizația este client al administratorului instalației',
    'the organization and its staff use the telephone integration':
      'organizația și personalul ei folosesc integrarea telefonului cu CRM-ul',
    'the organization accepted it through this user': 'organizația a acceptat acordul prin acest utilizator',
    'putting right what is wrong about a person, and telling who received it':
      'de a rectifica datele inexacte ale unei persoane și de a-i înștiința pe cei care le-au primit (art. 16 și 19 din RGPD)',
    'recording every breach':
      'de a documenta orice încălcare a securității datelor cu caracter personal (art. 33 alin. (5) din RGPD)',
    'telling the organization of a breach':
      'de a înștiința organizația despre o încălcare a securității datelor cu caracter personal (art. 33 alin. (2) din RGPD)',
    'reaching the organization as its processor':
      'de a înștiința organizația despre o încălcare a securității datelor cu caracter personal (art. 33 alin. (2) din RGPD) și despre o prelucrare nouă înainte ca ea să înceapă (art. 13 alin. (3), art. 14 alin. (4) și art. 28 alin. (2) din RGPD) și de a o menționa în evidența activităților de prelucrare (art. 30 alin. (2) lit. (a) din RGPD)',
    'showing who answers for a document':
      'de a putea dovedi cine răspunde pentru documentele publicate (art. 5 alin. (2) și art. 24 din RGPD)',
    'the organization uses the telephone integration':
      'organizația folosește integrarea telefonului cu CRM-ul',
  },
  weighings: {
    'answering calls knowing who calls, and recording them in the CRM':
      'A ști cine sună și a avea fiecare apel în CRM: fără număr, momente și rezultat acest lucru nu este posibil, iar CRM-ul poate fi indisponibil zile la rând sau o înscriere trebuie corectată. Cei care sună se pot aștepta ca o societate să știe cine a sunat-o; o săptămână este prea puțin pentru a urmări pe cineva. În cazul utilizatorilor, datele arată când au vorbit la telefon; de aceea ei își văd numai propriile apeluri, cât timp un administrator al organizației nu permite mai mult, și nimeni nu este evaluat sau comparat. Convorbirea însăși nu se păstrează. Interesul prevalează, dar nu acolo unde însuși faptul unui apel este confidențial și nici pentru supravegherea personalului.',
    'having what was agreed beside the call it belongs to':
      'A avea cele convenite alături de apel: o notiță ia naștere înainte ca CRM-ul să afle de apel și este corectată ulterior; de aceea se păstrează o săptămână. Ea poate spune despre apelant mai mult decât apelul însuși; de aceea o văd numai cei care pot vedea apelul, iar programul nu extrage nimic din ea. În cazul unei persoane introduse în urma unui apel, numele și numărul se păstrează numai până când ajung în CRM, cel mult două zile. Interesul prevalează pentru obiectul convorbirii, nu și pentru observații despre sănătate, opinii și altele asemenea.',
    'answering calls knowing who calls':
      'A avea numele în timp ce sună telefonul: nimeni nu știe dinainte cine va suna, iar interogarea CRM-ului de fiecare dată ar fi prea lentă și i-ar comunica fiecare apel. De aceea se copiază numele și numerele tuturor contactelor. Contactele se așteaptă să fie recunoscute, dar mai puțin la o a doua copie; de aceea ea este criptată cu chei proprii, nu este folosită pentru nimic altceva și nu mai poate fi citită după ce ultimul utilizator a dezinstalat aplicația. Interesul prevalează, dacă nu este confidențială însăși lista contactelor.',
    'recording a call with the deal it is about':
      'A avea un apel la oportunitatea la care se referă: interogarea CRM-ului de fiecare dată i-ar comunica fiecare apel. De aceea se copiază numai care oportunități și leaduri sunt deschise și la cine se referă; fără titlu, valoare sau etapă. Un titlu este citit abia când cineva îl consultă, cu propriile drepturi, și nu se păstrează. Interesul prevalează.',
    'having the recording beside the call it belongs to':
      'A avea o înregistrare alături de apelul ei: pentru aceasta se păstrează numai locul în care se află, cel mult o săptămână și numai dacă un administrator al organizației a ales acest lucru; înregistrarea însăși nu se păstrează. O înregistrare cântărește mult mai mult decât faptul unui apel, iar cine o poate asculta stabilesc de atunci regulile din CRM. Interesul prevalează acolo unde înregistrarea a fost legală și anunțată; nu și pentru supravegherea personalului și nici acolo unde convorbirea este supusă unei obligații de secret.',
    'calling back whoever was missed, once':
      'A suna înapoi pe cel care nu a primit răspuns: pentru aceasta apelantul trebuie recunoscut, după o amprentă a numărului. Cine sună se așteaptă să fie sunat înapoi; cât de des sună cineva nu se numără, iar la o săptămână după apelul nepreluat nu mai rămâne nimic din aceste date aici. Interesul prevalează.',
    'keeping calls out of the CRM that nobody wants there':
      'A nu avea în CRM apeluri care nu își au locul acolo: pentru aceasta trebuie notat numărul ale cărui apeluri sunt excluse, adesea pentru că persoana dorește acest lucru. Ea nu pierde nimic: apelurile sunt afișate ca înainte și nu ajung în altă parte. Interesul prevalează.',
    'showing that a person was erased, and keeping them erased':
      'A putea dovedi că datele unei persoane au fost șterse și a împiedica revenirea lor din CRM sau dintr-o copie de rezervă: pentru aceasta se păstrează o amprentă a numărului sau a persoanei, precum și când și de către cine a fost dispusă ștergerea; nici nume, nici număr. Aceasta servește dorinței persoanei șterse. Interesul prevalează.',
  },
  recipients: {
    'the connected phone system': 'centrala telefonică conectată',
    Placetel: 'Placetel, dacă este centrala telefonică conectată',
    Webex: 'Webex, dacă este centrala telefonică conectată',
    Pipedrive: 'Pipedrive',
    'the mail server': 'serverul de e-mail al administratorului instalației',
    Bitrix24: 'Bitrix24, dacă este sistemul CRM conectat',
    'the company’s Bitrix24 portal': 'portalul Bitrix24 al societății',
  },
  adapters: {
    phone: (name, places) => `${name}, dacă este centrala telefonică conectată${servers(places)}`,
    crm: (name, places) => `${name}, dacă este sistemul CRM conectat${servers(places)}`,
  },
  transferGrounds: {
    'adequacy decision': 'pe baza unei decizii privind caracterul adecvat al nivelului de protecție',
    'standard contractual clauses': 'pe baza unor clauze standard de protecție a datelor',
    'binding corporate rules': 'pe baza unor reguli corporatiste obligatorii',
  },
  subjects: {
    caller: 'persoane care sună sau sunt sunate',
    contact: 'contacte din CRM',
    user: 'utilizatori ai aplicației',
    'operator staff': 'personalul administratorului instalației',
  },
  purposes: {
    'identify the caller': 'identificarea apelantului',
    'show calls to the people they are for': 'afișarea apelului la cei cărora le este destinat',
    'log the call in the CRM': 'înscrierea apelului în CRM',
    'place a call': 'efectuarea unui apel cerut de un utilizator',
    'attach the recording in the CRM': 'atașarea înregistrării la apelul din CRM',
    'follow up missed calls in the CRM': 'sunarea înapoi a celor care nu au primit răspuns',
    'connect the systems': 'conectarea sistemelor',
    'sign in': 'autentificarea utilizatorilor',
    'run the installation': 'funcționarea acestei instalații',
    'answer requests of people': 'soluționarea cererilor persoanelor vizate',
    'tell of a new policy':
      'anunțarea unei noi politici de confidențialitate înainte ca aceasta să se aplice',
    'keep records': 'ținerea evidențelor cerute de lege',
    'tell of a breach': 'înștiințarea cu privire la o încălcare a securității datelor cu caracter personal',
  },
  roles: {
    processor: 'organizația; administratorul instalației este persoană împuternicită de aceasta',
    controller: 'administratorul instalației',
  },
  sources: {
    'phone system': 'centrala telefonică conectată',
    CRM: 'sistemul CRM',
    'the user': 'utilizatorul',
    'the operator': 'administratorul instalației',
    Ringfence: 'aplicația însăși',
  },
  regions: { installation: 'pe serverele acestei instalații' },
  databases: {
    organization: 'în baza de date proprie a organizației',
    control: 'în baza de date comună tuturor organizațiilor din instalație',
    'data folder': 'într-un fișier criptat, până când baza de date poate fi accesată din nou',
  },
  keys: {
    organization:
      'cu cheia proprie a organizației, care este distrusă când abonamentul ei încetează sau organizația este ștearsă',
    installation: 'cu cheia proprie a instalației',
    'mirror bucket':
      'cu chei destinate numai acestei copii, care sunt distruse când ultimul utilizator dezinstalează aplicația',
    'arrival hour':
      'cu cheia orei în care au sosit datele; ea este distrusă la expirarea duratei de păstrare',
    'call hour':
      'cu cheia orei în care s-a încheiat apelul; ea este distrusă la expirarea duratei de păstrare',
    nothing: 'aici nu este criptat nimic',
  },
  ends: {
    'phone disconnected by the user': 'utilizatorul își deconectează telefonul',
    'sign-out': 'utilizatorul se deconectează',
    'uninstall by the user': 'utilizatorul dezinstalează aplicația',
    'uninstall by the last user': 'ultimul utilizator al organizației dezinstalează aplicația',
    'phone system removed': 'un administrator al organizației elimină centrala telefonică',
    'end of subscription': 'abonamentul organizației încetează',
    'organization deleted': 'organizația este ștearsă din această instalație',
  },
  whiles: {
    'installed by this user': 'cât timp acest utilizator are aplicația instalată',
    'installed by anybody of the company': 'cât timp cineva din societate are aplicația instalată',
    'the phone of this user is connected': 'cât timp telefonul acestui utilizator este conectat',
    'the organization exists': 'cât timp organizația este înregistrată aici',
  },
  hours: ({ hours, from }) => `${lengthOf(hours)} de la ${starts[from]}`,
  contract: (what) => `art. 6 alin. (1) lit. (b) din RGPD, un contract: ${what}`,
  obligation: (what) => `art. 6 alin. (1) lit. (c) din RGPD, o obligație legală, aceea ${what}`,
  interest: (what) => `art. 6 alin. (1) lit. (f) din RGPD, un interes legitim, acela ${what}`,
  list: (words) => joined(words, ' și '),
} satisfies Vocabulary

const servers = (places: string): string => (places === '' ? '' : `; servere: ${places}`)

const starts = {
  arrival: 'primirea lor',
  'end of the call': 'încheierea apelului',
  creation: 'crearea lor',
} as const

function lengthOf(hours: number): string {
  if (hours % (365 * 24) === 0) return counted(hours / (365 * 24), 'an', 'ani')
  return hours % 24 === 0 ? counted(hours / 24, 'zi', 'zile') : counted(hours, 'oră', 'ore')
}

/** From twenty on, but for what ends in 01 to 19, a number takes "de": 7 zile, 30 de zile, 101 zile. */
export function counted(count: number, one: string, many: string): string {
  if (count === 1) return `1 ${one}`
  const last = count % 100
  return `${count} ${count > 0 && (last === 0 || last > 19) ? 'de ' : ''}${many}`
}
