import { joined } from './joined.ts'
import type { Vocabulary } from './words.ts'

const userId = 'identifikátor uživatele v aplikaci'

export const cs = {
  kinds: {
    'call journal': {
      name: 'Hovory',
    },
    'calls under way': {
      name: 'Probíhající hovory',
    },
    'events waiting': {
      name: 'Hlášení o hovorech čekající na uložení',
    },
    'recording addresses': {
      name: 'Umístění nahrávky',
    },
    'cards of calls': {
      name: 'Karty hovorů v CRM',
    },
    'cards of calls in progress': {
      name: 'Karty probíhajících hovorů',
    },
    'calls asked for in the CRM': {
      name: 'Hovory vyžádané v CRM',
    },
    'call notes': {
      name: 'Poznámky a výsledky hovorů',
    },
    'notes under way': {
      name: 'Poznámky k probíhajícím hovorům',
    },
    'persons being made': {
      name: 'Osoby založené při hovoru',
    },
    'follow-ups': {
      name: 'Volající, kteří se nedovolali a kterým se má zavolat zpět',
    },
    'numbers left out': {
      name: 'Vynechaná čísla',
    },
    'contact mirror': {
      name: 'Kopie kontaktů z CRM',
    },
    'dial counts': {
      name: 'Počty vyžádaných hovorů',
    },
    'open deals': {
      name: 'Otevřené obchody',
    },
    users: {
      name: 'Uživatelé aplikace',
    },
    'extensions of users': { name: 'Linky uživatelů' },
    'telephones of users': {
      name: 'Telefony uživatelů',
    },
    lines: {
      name: 'Telefonní čísla ústředny',
    },
    'access to the phone system': {
      name: 'Přístup k ústředně',
    },
    agreements: { name: 'Přijetí smlouvy' },
    'own numbers': {
      name: 'Vlastní čísla organizace',
    },
    'connection settings': {
      name: 'Nastavení připojení',
    },
    installations: { name: 'Přístup do CRM' },
    'hook secrets': {
      name: 'Tajné klíče oznámení mezi systémy',
    },
    portals: {
      name: 'Portály',
    },
    sessions: { name: 'Přihlášení' },
    'organization accounts': { name: 'Názvy organizací' },
    erasures: {
      name: 'Záznamy o výmazech',
    },
    'erased people': {
      name: 'Značky, podle nichž se poznají vymazané osoby',
    },
    corrections: {
      name: 'Záznamy o opravách',
    },
    'corrections under way': {
      name: 'Probíhající opravy',
    },
    'notice contacts': { name: 'Adresy pro oznámení organizaci' },
    'breach notices': { name: 'Oznámení o porušení zabezpečení osobních údajů' },
    approvers: { name: 'Kdo schválil dokumenty' },
    'documents of the organization': {
      name: 'Dokumenty organizace',
    },
    'breach record': { name: 'Evidence případů porušení zabezpečení osobních údajů' },
  },
  columns: {
    'erasures.asked_by': 'identifikátor (v aplikaci) uživatele, který výmaz zadal',
    'erasures.asked_at': 'kdy byl výmaz zadán',
    'erasure_recipients.external_id': 'identifikátor toho, co se má vymazat v CRM',
    'erasure_recipients.activity_id': 'identifikátor příslušné aktivity',
    'erasure_recipients.told_at': 'kdy to bylo příjemci oznámeno',
    'erased.hash': 'otisk vymazaného čísla nebo osoby vytvořený tajným klíčem',
    'erased.erased_at': 'kdy k výmazu došlo',
    'corrections.person_external_id': 'identifikátor opravované osoby v CRM',
    'corrections.asked_by': 'identifikátor uživatele, který o opravu požádal',
    'corrections.asked_at': 'kdy bylo o opravu požádáno',
    'correction_recipients.external_id': 'identifikátor v CRM toho, co se tam má opravit',
    'correction_recipients.activity_id': 'identifikátor příslušné aktivity',
    'correction_recipients.told_at': 'kdy to bylo příjemci oznámeno',
    'correction_changes.person_external_id': 'identifikátor opravované osoby v CRM',
    'correction_changes.changes_sealed': 'nesprávné a správné jméno nebo číslo',
    'calls.id': 'identifikátor hovoru odvozený z identifikátoru v ústředně',
    'calls.rang': 'linky, na kterých hovor zvonil',
    'calls.remote_hash': 'číslo druhé strany',
    'calls.facts_sealed':
      'čísla a linky všech účastníků, časy, kdo hovor přijal a jak hovor dopadl; identifikátor hovoru v ústředně, pokud je třeba hledat nahrávku',
    'calls.last_event_at': 'kdy ústředna o hovoru naposledy něco ohlásila',
    'call_logs.call_id': 'identifikátor hovoru',
    'call_logs.marker': 'značka, podle které se hovor najde v CRM',
    'call_logs.external_id': 'identifikátor záznamu hovoru v CRM',
    'call_logs.activity_id': 'identifikátor aktivity hovoru v CRM',
    'call_logs.twin_external_id': 'identifikátor druhého záznamu téhož hovoru, je-li v CRM',
    'call_logs.twin_activity_id': 'identifikátor druhé aktivity téhož hovoru, je-li v CRM',
    'call_logs.sent_at': 'kdy byl hovor odeslán do CRM',
    'call_logs.written_at': 'kdy byl hovor zapsán do CRM',
    'call_logs.unlinked_hash': 'číslo druhé strany, dokud zapsaný hovor nemá v CRM přiřazenou osobu',
    'live_calls.call_id': 'identifikátor hovoru',
    'live_calls.live_sealed':
      'číslo druhé strany, linka organizace, kdy hovor začal, jeho identifikátor v CRM a komu je karta otevřená',
    'requested_calls.id': 'identifikátor odvozený z identifikátoru v CRM',
    'requested_calls.user_id': 'identifikátor (v aplikaci) uživatele, který na číslo klikl',
    'requested_calls.number_hash': 'číslo, na které klikl',
    'requested_calls.request_sealed': 'číslo, na které klikl, čas kliknutí a identifikátor hovoru v CRM',
    'call_notes.id': 'identifikátor hovoru',
    'call_notes.note_sealed': 'co uživatelé k hovoru napsali a jaký výsledek zvolili',
    'call_notes.sent_sealed': 'tentýž text tak, jak byl naposledy odeslán do CRM',
    'call_notes.sent_at': 'kdy byl naposledy odeslán do CRM',
    'new_persons.id': 'identifikátor odvozený z čísla osoby',
    'new_persons.number_hash': 'číslo osoby',
    'new_persons.person_sealed': 'jméno a číslo osoby, dokud je CRM nemá',
    'new_persons.asked_by': 'identifikátor (v aplikaci) uživatele, který osobu zakládá',
    'new_persons.acting_ref': 'identifikátor (v CRM) uživatele, jehož přístup se použije',
    'new_persons.sent_at': 'kdy byla osoba odeslána do CRM',
    'call_logs.written_as': 'identifikátor (v CRM) uživatele, pod jehož přístupem byl hovor zapsán',
    'call_logs.written_for': 'identifikátor (v CRM) uživatele, kterému hovor patřil',
    'call_logs.follow_up_id': 'ke kterému úkolu zavolat zpět zmeškaný hovor patří',
    'follow_ups.caller_hash': 'číslo volajícího, který se nedovolal',
    'follow_ups.call_id': 'identifikátor zmeškaného hovoru',
    'follow_ups.marker': 'značka, podle které se úkol zavolat zpět najde v CRM',
    'follow_ups.owner_ref': 'identifikátor (v CRM) uživatele, který má zavolat zpět',
    'follow_ups.activity_id': 'identifikátor aktivity s úkolem zavolat zpět v CRM',
    'follow_ups.sent_at': 'kdy byl úkol zavolat zpět odeslán do CRM',
    'follow_ups.reached_call_id': 'identifikátor hovoru, ve kterém se s volajícím mluvilo',
    'follow_ups.again_call_id': 'identifikátor dalšího zmeškaného hovoru téhož volajícího',
    'rules.numbers_sealed': 'čísla, jejichž hovory se vynechávají, tak, jak byla zapsána',
    'call_deals.call_id': 'identifikátor hovoru',
    'call_deals.external_id': 'identifikátor obchodu nebo leadu v CRM, který někdo k hovoru vybral',
    'call_deals.sent_external_id': 'identifikátor obchodu nebo leadu v CRM, se kterým byl hovor spojen',
    'spool.request': 'hlášení ústředny o hovoru v podobě, v jaké přišlo',
    'recordings.id': 'identifikátor hovoru',
    'recordings.address_sealed': 'místo nebo identifikátor nahrávky v ústředně, nebo odkaz, který k ní vede',
    'persons.external_id': 'identifikátor osoby v CRM',
    'persons.name_sealed': 'jméno osoby',
    'persons.company_external_id': 'identifikátor společnosti dané osoby v CRM',
    'persons.owner_external_id': 'identifikátor uživatele CRM, kterému záznam osoby patří',
    'persons.updated_at': 'kdy byl záznam osoby v CRM naposledy změněn',
    'open_deals.external_id': 'identifikátor otevřeného obchodu nebo leadu v CRM',
    'open_deals.person_external_id': 'identifikátor osoby v CRM, které obchod nebo lead patří',
    'open_deals.told_at': 'od kdy je obchod nebo lead podle CRM otevřený',
    'companies.external_id': 'identifikátor společnosti v CRM',
    'companies.name_sealed': 'název společnosti',
    'person_numbers.number_sealed': 'telefonní čísla osoby',
    'person_numbers.exact_hash': 'každé telefonní číslo v mezinárodním tvaru',
    'person_numbers.typed_hash': 'každé telefonní číslo tak, jak bylo zapsáno',
    'dial_counts.user_id': userId,
    'dial_counts.begun_at': 'kdy začalo počítání za minutu nebo hodinu',
    'dial_counts.count': 'kolik hovorů si uživatel od té doby vyžádal',
    'users.external_id': 'identifikátor uživatele v CRM',
    'users.name_sealed': 'jméno uživatele',
    'users.role': 'zda je uživatel správcem aplikace',
    'users.sees': 'zda uživatel vidí jen své hovory, nebo všechny',
    'users.language': 'jazyk uživatele',
    'user_extensions.extension': 'linky uživatele',
    'user_extensions.user_id': userId,
    'user_extensions.sees_after': 'od kterého hovoru se linka, kterou si uživatel vzal sám, považuje za jeho',
    'agreements.accepted_by': 'identifikátor (v aplikaci) uživatele, který smlouvu přijal',
    'agreements.accepted_at': 'kdy byla smlouva přijata',
    'connections.own_numbers_sealed': 'vlastní telefonní čísla organizace',
    'users.extensions_by_hand': 'zda linky uživatele někdo určil ručně',
    'phone_people.id': 'identifikátor odvozený z identifikátoru v ústředně',
    'phone_people.user_id': userId,
    'phone_people.person_sealed': 'identifikátor uživatele v ústředně a jeho linka',
    'phone_lines.id': 'identifikátor odvozený z telefonního čísla',
    'phone_lines.line_sealed': 'telefonní číslo a uživatelé, kterým zvoní',
    'phone_accesses.user_id': userId,
    'phone_accesses.tokens_sealed': 'tokeny, s nimiž aplikace jedná v ústředně za uživatele',
    'connections.settings_sealed': 'adresy a přístupové údaje ústředny',
    'installations.company_ref': 'identifikátor organizace v CRM',
    'installations.user_ref': 'identifikátor uživatele v CRM',
    'installations.administrator': 'zda uživatel spravuje účet v CRM',
    'installations.api_base': 'webová adresa účtu organizace v CRM',
    'installations.tokens_sealed': 'tokeny, s nimiž aplikace jedná v CRM za uživatele',
    'hook_keys.secret_sealed': 'tajný klíč, kterým oznámení prokazuje svůj původ',
    'hook_keys.hash': 'adresa, na kterou se oznámení posílají',
    'portals.company_ref': 'identifikátor organizace v CRM',
    'portals.application_token_sealed': 'tajný klíč, kterým se portál prokazuje',
    'sessions.token_hash': 'token přihlášení',
    'sessions.user_id': userId,
    'sessions.created_at': 'kdy se uživatel přihlásil',
    'notice_contacts.address_sealed': 'e-mailová adresa, na kterou chce organizace dostávat oznámení',
    'breach_notices.notice_sealed': 'text oznámení a na koho se u provozovatele obrátit',
    'breach_entries.entry_sealed':
      'co se stalo, jaké to mělo následky, co se podniklo a na koho se u provozovatele obrátit',
    'approvers.entry_sealed': 'jméno a funkce toho, kdo dokument schválil, a kdy',
    'organization_documents.entry_sealed':
      'odstavce, které správci aplikace přidají do záznamů o činnostech zpracování; schválené verze těchto záznamů se jménem a funkcí toho, kdo je schválil',
    'organizations.name': 'název organizace, kterým může být i jméno člověka',
  },
  grounds: {
    'showing that a person was erased, and keeping them erased':
      'doložit, že údaje osoby byly vymazány, a zajistit, aby vymazané zůstaly',
    'answering calls knowing who calls, and recording them in the CRM':
      'vědět při přijetí hovoru, kdo volá, a mít každý hovor zapsaný v CRM',
    'calling back whoever was missed, once': 'zavolat zpět tomu, kdo se nedovolal, a to jen jednou',
    'keeping calls out of the CRM that nobody wants there': 'nemít v CRM hovory, které tam nepatří',
    'having the recording beside the call it belongs to': 'mít nahrávku u hovoru, ke kterému patří',
    'having what was agreed beside the call it belongs to':
      'mít to, co bylo dohodnuto, u hovoru, ke kterému to patří',
    'recording a call with the deal it is about': 'mít hovor zapsaný u obchodu, kterého se týká',
    'answering calls knowing who calls': 'vědět při přijetí hovoru, kdo volá',
    'the organization connects its phone system and its CRM': 'organizace propojuje svou ústřednu a své CRM',
    'the user installed the app for their company': 'uživatel nainstaloval aplikaci pro svou organizaci',
    'the user signs in': 'používání aplikace, do které se uživatel přihlašuje',
    'the organization is a customer of the operator': 'organizace je zákazníkem provozovatele',
    'the organization and its staff use the telephone integration':
      'organizace a její pracovníci používají propojení telefonu s CRM',
    'the organization accepted it through this user':
      'organizace přijala smlouvu prostřednictvím tohoto uživatele',
    'putting right what is wrong about a person, and telling who received it':
      'opravit nesprávné údaje o osobě a oznámit to těm, kdo je obdrželi (čl. 16 a 19 GDPR)',
    'recording every breach': 'zaznamenat každé porušení zabezpečení osobních údajů (čl. 33 odst. 5 GDPR)',
    'reaching the organization as its processor':
      'oznámit organizaci porušení zabezpečení osobních údajů (čl. 33 odst. 2 GDPR) a nové zpracování dříve, než začne (čl. 13 odst. 3, čl. 14 odst. 4 a čl. 28 odst. 2 GDPR), a uvést ji v záznamech o činnostech zpracování (čl. 30 odst. 2 písm. a) GDPR)',
    'showing who answers for a document':
      'doložit, kdo odpovídá za zveřejněné dokumenty (čl. 5 odst. 2 a čl. 24 GDPR)',
    'telling the organization of a breach':
      'oznámit porušení zabezpečení osobních údajů organizaci (čl. 33 odst. 2 GDPR)',
    'the organization uses the telephone integration': 'organizace používá propojení telefonu s CRM',
  },
  weighings: {
    'answering calls knowing who calls, and recording them in the CRM':
      'Vědět, kdo volá, a mít každý hovor v CRM: bez čísla, času a výsledku to nejde a CRM může být několik dní nedostupné nebo je třeba zápis opravit. Volající může čekat, že společnost ví, kdo jí volal, a týden je příliš krátký na to, aby bylo možné někoho sledovat. U uživatelů je z údajů vidět, kdy telefonovali; vidí proto jen své hovory, pokud správce aplikace nepovolí více, a nikoho aplikace nehodnotí ani nesrovnává. Samotný rozhovor se neuchovává. Zájem převažuje, nikoli však tam, kde je důvěrná už sama skutečnost, že hovor proběhl, ani jako důvod k dohledu nad pracovníky.',
    'having what was agreed beside the call it belongs to':
      'Mít dohodnuté věci u hovoru: poznámka vzniká dříve, než se CRM o hovoru dozví, a potom se ještě opravuje; proto se uchovává po dobu jednoho týdne. Může o volajícím říkat více než hovor sám; proto ji vidí jen ten, kdo smí vidět hovor, a program z ní nic nevyčítá. U osoby založené při hovoru se jméno a číslo uchovávají, jen dokud je CRM nepřevezme, nejvýše dva dny. Zájem převažuje u poznámek k věci, nikoli u poznámek o zdraví, názorech a podobně.',
    'answering calls knowing who calls':
      'Mít při zvonění jméno: nikdo předem neví, kdo zavolá, a ptát se CRM při každém hovoru by bylo příliš pomalé a CRM by se tak dozvědělo o každém hovoru. Proto se kopírují jména a čísla všech kontaktů. Kontakty čekají, že budou poznány, druhou kopii už sotva; proto je zašifrována vlastními klíči, k ničemu jinému se nepoužívá a po odinstalování posledním uživatelem je nečitelná. Zájem převažuje, pokud není důvěrný už samotný seznam kontaktů.',
    'recording a call with the deal it is about':
      'Mít hovor u obchodu, kterého se týká: ptát se CRM při každém hovoru by znamenalo, že se dozví o každém hovoru. Proto se kopíruje, které obchody a leady jsou otevřené a čí jsou; žádný název, hodnota ani fáze. Název se čte, až když se někdo podívá, s jeho vlastními oprávněními, a neuchovává se. Zájem převažuje.',
    'having the recording beside the call it belongs to':
      'Mít nahrávku u hovoru: k tomu se uchovává jen to, kde nahrávka je, nejvýše týden a jen pokud si to zvolil správce aplikace; nahrávka sama nikoli. Nahrávka váží mnohem více než skutečnost, že hovor proběhl, a o tom, kdo ji smí slyšet, od té chvíle rozhodují pravidla v CRM. Zájem převažuje, pokud bylo nahrávání zákonné a ohlášené; nikoli jako důvod k dohledu nad pracovníky ani tam, kde rozhovor podléhá povinnosti mlčenlivosti.',
    'calling back whoever was missed, once':
      'Zavolat zpět tomu, kdo se nedovolal: k tomu je třeba volajícího poznat, a to podle otisku čísla. Volající čeká, že se mu někdo ozve; jak často kdo volá, se nepočítá a týden po zmeškaném hovoru zde z toho nezůstane nic. Zájem převažuje.',
    'keeping calls out of the CRM that nobody wants there':
      'Nemít v CRM hovory, které tam nepatří: k tomu je třeba si poznamenat číslo, jehož hovory se vynechávají, často proto, že si to daná osoba přeje. O nic tím nepřichází: hovory se zobrazují jako dříve a nikam jinam nejdou. Zájem převažuje.',
    'showing that a person was erased, and keeping them erased':
      'Doložit, že údaje osoby byly vymazány, a zajistit, aby je CRM nebo záloha nevrátily: k tomu se uchovává otisk čísla nebo osoby a to, kdy a kdo výmaz zadal, nikoli jméno ani číslo. Slouží to přání vymazané osoby. Zájem převažuje.',
  },
  recipients: {
    'the connected phone system': 'připojená ústředna',
    Placetel: 'Placetel, pokud je připojenou ústřednou',
    Webex: 'Webex, pokud je připojenou ústřednou',
    Pipedrive: 'Pipedrive',
    'the mail server': 'poštovní server provozovatele',
    Bitrix24: 'Bitrix24, pokud je připojeným CRM',
    'the company’s Bitrix24 portal': 'portál Bitrix24 společnosti',
  },
  adapters: {
    phone: (name, places) => `${name}, pokud je připojenou ústřednou${servers(places)}`,
    crm: (name, places) => `${name}, pokud je připojeným CRM${servers(places)}`,
  },
  transferGrounds: {
    'adequacy decision': 'na základě rozhodnutí o odpovídající ochraně',
    'standard contractual clauses': 'na základě standardních smluvních doložek',
    'binding corporate rules': 'na základě závazných podnikových pravidel',
  },
  subjects: {
    caller: 'lidé, kteří volají nebo kterým se volá',
    contact: 'kontakty v CRM',
    user: 'uživatelé aplikace',
    'operator staff': 'pracovníci provozovatele',
  },
  purposes: {
    'identify the caller': 'zjištění, kdo volá',
    'show calls to the people they are for': 'zobrazení hovoru tomu, komu je určen',
    'log the call in the CRM': 'zápis hovoru do CRM',
    'place a call': 'spojení hovoru, o který uživatel požádá',
    'attach the recording in the CRM': 'připojení nahrávky k hovoru v CRM',
    'follow up missed calls in the CRM': 'zajištění, aby se zavolalo zpět tomu, kdo se nedovolal',
    'connect the systems': 'propojení systémů',
    'sign in': 'přihlášení uživatelů',
    'run the installation': 'provoz této instalace',
    'answer requests of people': 'vyřízení žádostí subjektů údajů',
    'tell of a breach': 'oznámení porušení zabezpečení osobních údajů',
    'tell of a new policy': 'oznámení nových zásad ochrany osobních údajů dříve, než začnou platit',
    'keep records': 'vedení záznamů, které vyžaduje zákon',
  },
  roles: {
    processor: 'organizace; provozovatel je jejím zpracovatelem',
    controller: 'provozovatel',
  },
  sources: {
    'phone system': 'připojená ústředna',
    CRM: 'CRM',
    'the user': 'uživatel',
    'the operator': 'provozovatel',
    Ringfence: 'sama aplikace',
  },
  regions: { installation: 'na serverech této instalace' },
  databases: {
    organization: 've vlastní databázi organizace',
    control: 'v databázi společné všem organizacím této instalace',
    'data folder': 'v šifrovaném souboru, dokud není databáze opět dostupná',
  },
  keys: {
    organization:
      'vlastním klíčem organizace, který se zničí při skončení předplatného nebo smazání organizace',
    installation: 'vlastním klíčem instalace',
    'mirror bucket':
      'klíči určenými jen pro tuto kopii, které se zničí, když aplikaci odinstaluje poslední uživatel',
    'arrival hour': 'klíčem hodiny, ve které údaje přišly; po uplynutí doby uchování se zničí',
    'call hour': 'klíčem hodiny, ve které hovor skončil; po uplynutí doby uchování se zničí',
    nothing: 'zde není nic zašifrováno',
  },
  ends: {
    'phone disconnected by the user': 'uživatel odpojí svůj telefon',
    'sign-out': 'uživatel se odhlásí',
    'uninstall by the user': 'uživatel aplikaci odinstaluje',
    'uninstall by the last user': 'aplikaci odinstaluje poslední uživatel organizace',
    'phone system removed': 'správce aplikace odebere ústřednu',
    'end of subscription': 'předplatné organizace skončí',
    'organization deleted': 'organizace je z této instalace smazána',
  },
  whiles: {
    'installed by this user': 'dokud má tento uživatel aplikaci nainstalovanou',
    'installed by anybody of the company': 'dokud má aplikaci nainstalovanou kdokoli ze společnosti',
    'the phone of this user is connected': 'dokud má tento uživatel připojený telefon',
    'the organization exists': 'dokud je zde organizace registrována',
  },
  hours: ({ hours, from }) => `${lengthOf(hours)} od ${starts[from]}`,
  contract: (what) => `čl. 6 odst. 1 písm. b) GDPR, smlouva: ${what}`,
  obligation: (what) => `čl. 6 odst. 1 písm. c) GDPR, právní povinnost: ${what}`,
  interest: (what) => `čl. 6 odst. 1 písm. f) GDPR, oprávněný zájem: ${what}`,
  list: (words) => joined(words, ' a '),
} satisfies Vocabulary

const servers = (places: string): string => (places === '' ? '' : `; servery: ${places}`)

const starts = { arrival: 'přijetí', 'end of the call': 'konce hovoru', creation: 'vytvoření' } as const

/** One, two to four, five and more have forms of their own. */
function lengthOf(hours: number): string {
  const [unit, [one, few, many]] =
    hours % (365 * 24) === 0
      ? ([365 * 24, ['rok', 'roky', 'let']] as const)
      : hours % 24 === 0
        ? ([24, ['den', 'dny', 'dní']] as const)
        : ([1, ['hodinu', 'hodiny', 'hodin']] as const)
  const count = hours / unit
  return `${count} ${count === 1 ? one : count < 5 ? few : many}`
}
