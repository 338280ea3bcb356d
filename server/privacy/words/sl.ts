import { joined } from './joined.ts'
import type { Vocabulary } from './words.ts'

const userId = 'oznaka uporabnika v aplikaciji'

export const sl = {
  kinds: {
    'call journal': { name: 'Klici' },
    'calls under way': { name: 'Klici v teku' },
    'events waiting': { name: 'Sporočila o klicih, ki še niso shranjena' },
    'recording addresses': { name: 'Mesta posnetkov' },
    'cards of calls': { name: 'Kartice klicev v sistemu CRM' },
    'cards of calls in progress': { name: 'Kartice klicev v teku' },
    'calls asked for in the CRM': { name: 'Klici, zahtevani v sistemu CRM' },
    'call notes': { name: 'Zapiski in izidi klicev' },
    'notes under way': { name: 'Zapiski o klicih v teku' },
    'persons being made': { name: 'Osebe, vnesene ob klicu' },
    'follow-ups': { name: 'Povratni klici po neodgovorjenih klicih' },
    'numbers left out': { name: 'Izvzete številke' },
    'contact mirror': { name: 'Kopija stikov iz sistema CRM' },
    'dial counts': { name: 'Število zahtevanih klicev' },
    'open deals': { name: 'Odprti posli' },
    users: { name: 'Uporabniki aplikacije' },
    'extensions of users': { name: 'Interne številke uporabnikov' },
    'telephones of users': { name: 'Telefoni uporabnikov' },
    lines: { name: 'Številke telefonske centrale' },
    'access to the phone system': { name: 'Dostop do telefonske centrale' },
    agreements: { name: 'Sprejem pogodbe' },
    'own numbers': { name: 'Lastne številke organizacije' },
    'connection settings': { name: 'Nastavitve povezav' },
    installations: { name: 'Dostop do sistema CRM' },
    'hook secrets': { name: 'Skrivni ključi za obvestila med sistemi' },
    portals: { name: 'Portali' },
    sessions: { name: 'Prijave' },
    'organization accounts': { name: 'Imena organizacij' },
    erasures: { name: 'Evidenca izbrisov' },
    'erased people': { name: 'Oznake, po katerih se prepoznajo izbrisane osebe' },
    corrections: { name: 'Evidenca popravkov' },
    'corrections under way': { name: 'Popravki v teku' },
    'notice contacts': { name: 'Naslovi za obvestila organizaciji' },
    'breach notices': { name: 'Obvestila o kršitvah varnosti osebnih podatkov' },
    approvers: { name: 'Kdo je odobril dokumente' },
    'documents of the organization': { name: 'Dokumenti organizacije' },
    'breach record': { name: 'Evidenca kršitev varnosti osebnih podatkov' },
  },
  columns: {
    'erasures.asked_by': 'oznaka (v aplikaciji) uporabnika, ki je naročil izbris',
    'erasures.asked_at': 'kdaj je bil izbris naročen',
    'erasure_recipients.external_id': 'oznaka tega, kar je treba izbrisati v sistemu CRM',
    'erasure_recipients.activity_id': 'oznaka pripadajoče aktivnosti',
    'erasure_recipients.told_at': 'kdaj je bil uporabnik podatkov obveščen',
    'erased.hash': 's skrivnim ključem izračunana zgoščena vrednost izbrisane številke ali osebe',
    'erased.erased_at': 'kdaj je bil izbris opravljen',
    'corrections.person_external_id': 'oznaka osebe v sistemu CRM, katere podatki se popravijo',
    'corrections.asked_by': 'oznaka uporabnika, ki je zahteval popravek',
    'corrections.asked_at': 'kdaj je bil popravek zahtevan',
    'correction_recipients.external_id': 'oznaka tega, kar je treba popraviti v sistemu CRM',
    'correction_recipients.activity_id': 'oznaka pripadajoče aktivnosti',
    'correction_recipients.told_at': 'kdaj je bil uporabnik podatkov obveščen',
    'correction_changes.person_external_id': 'oznaka osebe v sistemu CRM, katere podatki se popravijo',
    'correction_changes.changes_sealed': 'napačno in pravilno ime ali številka',
    'calls.id': 'oznaka klica, izračunana iz oznake v telefonski centrali',
    'calls.rang': 'interne številke, na katerih je zvonilo',
    'calls.remote_hash': 'številka druge strani',
    'calls.facts_sealed':
      'zunanje in interne številke vseh udeležencev, časi, kdo se je oglasil in kako se je klic končal; oznaka klica v telefonski centrali, če je treba poiskati posnetek',
    'calls.last_event_at': 'kdaj je telefonska centrala nazadnje sporočila kaj o klicu',
    'call_logs.call_id': 'oznaka klica',
    'call_logs.marker': 'znak, po katerem se klic najde v sistemu CRM',
    'call_logs.external_id': 'oznaka vpisa klica v sistemu CRM',
    'call_logs.activity_id': 'oznaka aktivnosti klica v sistemu CRM',
    'call_logs.twin_external_id': 'oznaka drugega vpisa istega klica, če je v sistemu CRM',
    'call_logs.twin_activity_id': 'oznaka druge aktivnosti istega klica, če je v sistemu CRM',
    'call_logs.sent_at': 'kdaj je bil klic poslan v CRM',
    'call_logs.written_at': 'kdaj je bil klic vpisan v CRM',
    'call_logs.unlinked_hash':
      'številka druge strani, dokler vpisani klic v sistemu CRM ni povezan z nobeno osebo',
    'live_calls.call_id': 'oznaka klica',
    'live_calls.live_sealed':
      'številka druge strani, številka organizacije, kdaj se je klic začel, njegova oznaka v sistemu CRM in kdo ima odprto kartico',
    'requested_calls.id': 'oznaka, izračunana iz oznake v sistemu CRM',
    'requested_calls.user_id': 'oznaka (v aplikaciji) uporabnika, ki je kliknil',
    'requested_calls.number_hash': 'številka, na katero je kliknil',
    'requested_calls.request_sealed':
      'številka, na katero je kliknil, čas klika in oznaka klica v sistemu CRM',
    'call_notes.id': 'oznaka klica',
    'call_notes.note_sealed': 'kaj so uporabniki o klicu zapisali in kateri izid so izbrali',
    'call_notes.sent_sealed': 'isto besedilo, kakor je bilo nazadnje poslano v CRM',
    'call_notes.sent_at': 'kdaj je bilo nazadnje poslano v CRM',
    'new_persons.id': 'oznaka, izračunana iz številke osebe',
    'new_persons.number_hash': 'številka osebe',
    'new_persons.person_sealed': 'ime in številka osebe, dokler ju CRM nima',
    'new_persons.asked_by': 'oznaka (v aplikaciji) uporabnika, ki osebo vnaša',
    'new_persons.acting_ref': 'oznaka (v sistemu CRM) uporabnika, čigar dostop se uporabi',
    'new_persons.sent_at': 'kdaj je bila oseba poslana v CRM',
    'call_logs.written_as': 'oznaka (v sistemu CRM) uporabnika, s čigar dostopom je bil klic vpisan',
    'call_logs.written_for': 'oznaka (v sistemu CRM) uporabnika, čigar klic je bil',
    'call_logs.follow_up_id': 'h kateri nalogi za povratni klic spada neodgovorjeni klic',
    'follow_ups.caller_hash': 'številka klicatelja, ki ni dobil odgovora',
    'follow_ups.call_id': 'oznaka neodgovorjenega klica',
    'follow_ups.marker': 'znak, po katerem se naloga za povratni klic najde v sistemu CRM',
    'follow_ups.owner_ref': 'oznaka (v sistemu CRM) uporabnika, ki naj pokliče nazaj',
    'follow_ups.activity_id': 'oznaka naloge za povratni klic v sistemu CRM',
    'follow_ups.sent_at': 'kdaj je bila naloga za povratni klic poslana v CRM',
    'follow_ups.reached_call_id': 'oznaka klica, v katerem je prišlo do pogovora s klicateljem',
    'follow_ups.again_call_id': 'oznaka še enega neodgovorjenega klica istega klicatelja',
    'rules.numbers_sealed': 'številke, katerih klici so izvzeti, kakor so bile vnesene',
    'call_deals.call_id': 'oznaka klica',
    'call_deals.external_id':
      'oznaka (v sistemu CRM) posla ali potencialne stranke, ki jo je nekdo izbral za klic',
    'call_deals.sent_external_id':
      'oznaka (v sistemu CRM) posla ali potencialne stranke, s katero je bil klic povezan',
    'spool.request': 'sporočilo telefonske centrale o klicu v obliki, v kakršni je prispelo',
    'recordings.id': 'oznaka klica',
    'recordings.address_sealed':
      'mesto ali oznaka posnetka v telefonski centrali oziroma povezava, ki vodi do njega',
    'persons.external_id': 'oznaka osebe v sistemu CRM',
    'persons.name_sealed': 'ime osebe',
    'persons.company_external_id': 'oznaka (v sistemu CRM) podjetja te osebe',
    'persons.owner_external_id': 'oznaka uporabnika, ki mu v sistemu CRM pripada zapis osebe',
    'persons.updated_at': 'kdaj je bil zapis osebe v sistemu CRM nazadnje spremenjen',
    'open_deals.external_id': 'oznaka odprtega posla ali potencialne stranke v sistemu CRM',
    'open_deals.person_external_id':
      'oznaka (v sistemu CRM) osebe, na katero se posel ali potencialna stranka nanaša',
    'open_deals.told_at': 'od kdaj je posel ali potencialna stranka po podatkih sistema CRM odprta',
    'companies.external_id': 'oznaka podjetja v sistemu CRM',
    'companies.name_sealed': 'ime podjetja',
    'person_numbers.number_sealed': 'telefonske številke osebe',
    'person_numbers.exact_hash': 'vsaka telefonska številka v mednarodni obliki',
    'person_numbers.typed_hash': 'vsaka telefonska številka, kakor je bila vnesena',
    'dial_counts.user_id': userId,
    'dial_counts.begun_at': 'kdaj se je začela minuta ali ura, za katero se šteje',
    'dial_counts.count': 'koliko klicev je uporabnik od takrat zahteval',
    'users.external_id': 'oznaka uporabnika v sistemu CRM',
    'users.name_sealed': 'ime uporabnika',
    'users.role': 'ali je uporabnik skrbnik aplikacije',
    'users.sees': 'ali uporabnik vidi le svoje klice ali vse',
    'users.language': 'jezik uporabnika',
    'users.extensions_by_hand': 'ali je interne številke uporabnika kdo določil ročno',
    'phone_people.id': 'oznaka, izračunana iz oznake v telefonski centrali',
    'phone_people.user_id': userId,
    'phone_people.person_sealed': 'oznaka uporabnika v telefonski centrali in interna številka',
    'phone_lines.id': 'oznaka, izračunana iz telefonske številke',
    'phone_lines.line_sealed': 'telefonska številka in uporabniki, pri katerih zvoni',
    'phone_accesses.user_id': userId,
    'phone_accesses.tokens_sealed':
      'žetoni, s katerimi aplikacija v telefonski centrali deluje v imenu uporabnika',
    'user_extensions.extension': 'interne številke uporabnika',
    'user_extensions.user_id': userId,
    'user_extensions.sees_after':
      'od katerega klica se interna številka, ki si jo je uporabnik dodelil sam, šteje za njegovo',
    'agreements.accepted_by': 'oznaka (v aplikaciji) uporabnika, ki je pogodbo sprejel',
    'agreements.accepted_at': 'kdaj je bila pogodba sprejeta',
    'connections.own_numbers_sealed': 'lastne telefonske številke organizacije',
    'connections.settings_sealed': 'naslovi in dostopni podatki telefonske centrale',
    'installations.company_ref': 'oznaka organizacije v sistemu CRM',
    'installations.user_ref': 'oznaka uporabnika v sistemu CRM',
    'installations.administrator': 'ali je uporabnik skrbnik v sistemu CRM',
    'installations.api_base': 'spletni naslov računa organizacije v sistemu CRM',
    'installations.tokens_sealed': 'žetoni, s katerimi aplikacija v sistemu CRM deluje v imenu uporabnika',
    'hook_keys.secret_sealed': 'skrivni ključ, s katerim obvestilo dokaže svoj izvor',
    'hook_keys.hash': 'naslov, na katerega se pošiljajo obvestila',
    'portals.company_ref': 'oznaka organizacije v sistemu CRM',
    'portals.application_token_sealed': 'skrivni ključ, s katerim portal dokaže, kdo je',
    'sessions.token_hash': 'žeton prijave',
    'sessions.user_id': userId,
    'sessions.created_at': 'kdaj se je uporabnik prijavil',
    'notice_contacts.address_sealed': 'e-poštni naslov, na katerem želi biti organizacija obveščena',
    'breach_notices.notice_sealed': 'besedilo obvestila in kontaktna oseba pri izvajalcu',
    'breach_entries.entry_sealed':
      'kaj se je zgodilo, kakšne so bile posledice, kaj je bilo storjeno in kdo je kontaktna oseba pri izvajalcu',
    'approvers.entry_sealed': 'ime in funkcija osebe, ki je dokument odobrila, in kdaj',
    'organization_documents.entry_sealed':
      'odstavki, ki jih skrbniki dodajo evidenci dejavnosti obdelave; njene odobrene različice z imenom in funkcijo osebe, ki jih je odobrila',
    'organizations.name': 'ime organizacije, ki je lahko tudi ime osebe',
  },
  grounds: {
    'showing that a person was erased, and keeping them erased':
      'dokazati, da so bili podatki osebe izbrisani, in poskrbeti, da izbrisani ostanejo',
    'answering calls knowing who calls, and recording them in the CRM':
      'ob sprejemu klica vedeti, kdo kliče, in imeti vsak klic vpisan v sistemu CRM',
    'calling back whoever was missed, once': 'poklicati nazaj tistega, ki ni dobil odgovora, in to le enkrat',
    'keeping calls out of the CRM that nobody wants there': 'v sistemu CRM ne imeti klicev, ki tja ne sodijo',
    'having the recording beside the call it belongs to': 'imeti posnetek ob klicu, h kateremu spada',
    'having what was agreed beside the call it belongs to': 'imeti to, kar je bilo dogovorjeno, ob klicu',
    'recording a call with the deal it is about': 'imeti klic vpisan pri poslu, na katerega se nanaša',
    'answering calls knowing who calls': 'ob sprejemu klica vedeti, kdo kliče',
    'the organization connects its phone system and its CRM':
      'organizacija povezuje svojo telefonsko centralo s svojim sistemom CRM',
    'the user installed the app for their company': 'uporabnik je aplikacijo namestil za svojo organizacijo',
    'the user signs in': 'uporaba aplikacije, v katero se uporabnik prijavi',
    'the organization is a customer of the operator': 'organizacija je stranka izvajalca',
    'the organization and its staff use the telephone integration':
      'organizacija in njeni zaposleni uporabljajo povezavo telefona s sistemom CRM',
    'the organization accepted it through this user': 'organizacija je pogodbo sprejela prek tega uporabnika',
    'putting right what is wrong about a person, and telling who received it':
      'popraviti netočne podatke o osebi in o tem obvestiti tiste, ki so jih prejeli (člena 16 in 19 GDPR)',
    'recording every breach': 'dokumentirati vsako kršitev varnosti osebnih podatkov (člen 33(5) GDPR)',
    'telling the organization of a breach':
      'organizacijo obvestiti o kršitvi varnosti osebnih podatkov (člen 33(2) GDPR)',
    'reaching the organization as its processor':
      'organizacijo obvestiti o kršitvi varnosti osebnih podatkov (člen 33(2) GDPR) in o novi obdelavi, preden se začne (členi 13(3), 14(4) in 28(2) GDPR), ter jo navesti v evidenci dejavnosti obdelave (člen 30(2)(a) GDPR)',
    'showing who answers for a document':
      'dokazati, kdo odgovarja za objavljene dokumente (člena 5(2) in 24 GDPR)',
    'the organization uses the telephone integration':
      'organizacija uporablja povezavo telefona s sistemom CRM',
  },
  weighings: {
    'answering calls knowing who calls, and recording them in the CRM':
      'Vedeti, kdo kliče, in imeti vsak klic v sistemu CRM: brez številke, časov in izida to ni mogoče, CRM pa je lahko več dni nedosegljiv ali pa je treba vpis popraviti. Klicatelji lahko pričakujejo, da podjetje ve, kdo ga je klical; teden dni je prekratek čas, da bi bilo mogoče koga opazovati. Pri uporabnikih podatki kažejo, kdaj so telefonirali; zato vidijo le svoje klice, dokler skrbnik ne dovoli več, in nikogar se ne ocenjuje ali primerja. Sam pogovor se ne hrani. Interes prevlada, vendar ne tam, kjer je zaupno že samo dejstvo, da je do klica prišlo, in ne za nadzor nad zaposlenimi.',
    'having what was agreed beside the call it belongs to':
      'Imeti to, kar je bilo dogovorjeno, ob klicu: zapisek nastane, preden CRM ve za klic, in se pozneje še popravlja; zato se hrani en teden. O klicatelju lahko pove več kot klic sam; zato ga vidijo le tisti, ki smejo videti klic, program pa iz njega ne razbira ničesar. Pri osebi, vneseni ob klicu, se ime in številka hranita le, dokler ju CRM ne prevzame, največ dva dni. Interes prevlada za zadeve, o katerih je tekel pogovor, ne pa za pripombe o zdravju, prepričanju in podobnem.',
    'answering calls knowing who calls':
      'Imeti ime, ko zazvoni: vnaprej nihče ne ve, kdo bo poklical, vsakokratno poizvedovanje v sistemu CRM pa bi bilo prepočasno in bi mu razkrilo vsak klic. Zato se prekopirajo imena in številke vseh stikov. Stiki pričakujejo, da bodo prepoznani, druge kopije pa skoraj ne; zato je šifrirana z lastnimi ključi, ne uporablja se za nič drugega in je neberljiva, ko aplikacijo odstrani zadnji uporabnik. Interes prevlada, razen če je zaupen že sam seznam stikov.',
    'recording a call with the deal it is about':
      'Imeti klic pri poslu, na katerega se nanaša: vsakokratno poizvedovanje v sistemu CRM bi mu razkrilo vsak klic. Zato se prekopira, kateri posli in potencialne stranke so odprti in na koga se nanašajo; brez naziva, vrednosti in faze. Naziv se prebere šele, ko ga nekdo pogleda, z njegovimi lastnimi pravicami, in se ne hrani. Interes prevlada.',
    'having the recording beside the call it belongs to':
      'Imeti posnetek ob klicu, h kateremu spada: za to se hrani le podatek, kje je, največ en teden in le, če je skrbnik tako izbral; posnetek sam pa ne. Posnetek ima veliko večjo težo kot dejstvo, da je do klica prišlo; kdo ga sme poslušati, od takrat določajo pravila v sistemu CRM. Interes prevlada, kadar je bilo snemanje zakonito in napovedano; ne pa za nadzor nad zaposlenimi in ne tam, kjer za pogovor velja dolžnost varovanja skrivnosti.',
    'calling back whoever was missed, once':
      'Poklicati nazaj tistega, ki ni dobil odgovora: za to je treba klicatelja prepoznati, in sicer po zgoščeni vrednosti številke. Kdor kliče, pričakuje povratni klic; kako pogosto kdo kliče, se ne šteje, teden dni po neodgovorjenem klicu pa tu o tem ni več ničesar. Interes prevlada.',
    'keeping calls out of the CRM that nobody wants there':
      'V sistemu CRM ne imeti klicev, ki tja ne sodijo: za to je treba zabeležiti številko, katere klici so izvzeti, pogosto zato, ker oseba tako želi. S tem ne izgubi ničesar: klici se prikazujejo kot prej in ne gredo nikamor drugam. Interes prevlada.',
    'showing that a person was erased, and keeping them erased':
      'Dokazati, da so bili podatki osebe izbrisani, in preprečiti, da bi jih CRM ali varnostna kopija vrnila: za to se hrani zgoščena vrednost številke ali osebe ter kdaj in kdo je izbris naročil; ne pa ime ali številka. To služi želji izbrisane osebe. Interes prevlada.',
  },
  recipients: {
    'the connected phone system': 'povezana telefonska centrala',
    Placetel: 'Placetel, če je povezana telefonska centrala',
    Webex: 'Webex, če je povezana telefonska centrala',
    Pipedrive: 'Pipedrive',
    'the mail server': 'poštni strežnik izvajalca',
    Bitrix24: 'Bitrix24, če je povezani sistem CRM',
    'the company’s Bitrix24 portal': 'portal Bitrix24 podjetja',
  },
  adapters: {
    phone: (name, places) => `${name}, če je povezana telefonska centrala${servers(places)}`,
    crm: (name, places) => `${name}, če je povezani sistem CRM${servers(places)}`,
  },
  transferGrounds: {
    'adequacy decision': 'na podlagi sklepa o ustreznosti',
    'standard contractual clauses': 'na podlagi standardnih določil o varstvu podatkov',
    'binding corporate rules': 'na podlagi zavezujočih poslovnih pravil',
  },
  subjects: {
    caller: 'osebe, ki kličejo ali so klicane',
    contact: 'stiki v sistemu CRM',
    user: 'uporabniki aplikacije',
    'operator staff': 'zaposleni pri izvajalcu',
  },
  purposes: {
    'identify the caller': 'ugotavljanje, kdo kliče',
    'show calls to the people they are for': 'prikaz klica tistim, ki jim je namenjen',
    'log the call in the CRM': 'vpis klica v CRM',
    'place a call': 'vzpostavitev klica, ki ga zahteva uporabnik',
    'attach the recording in the CRM': 'prilaganje posnetka klicu v sistemu CRM',
    'follow up missed calls in the CRM': 'povratni klici po neodgovorjenih klicih',
    'connect the systems': 'povezovanje sistemov',
    'sign in': 'prijava uporabnikov',
    'run the installation': 'delovanje te namestitve',
    'answer requests of people': 'izvajanje zahtev posameznikov, na katere se nanašajo osebni podatki',
    'tell of a new policy': 'napoved nove politike zasebnosti, preden začne veljati',
    'keep records': 'vodenje evidenc, ki jih zahteva zakon',
    'tell of a breach': 'obveščanje o kršitvi varnosti osebnih podatkov',
  },
  roles: {
    processor: 'organizacija; izvajalec je njen obdelovalec',
    controller: 'izvajalec',
  },
  sources: {
    'phone system': 'povezana telefonska centrala',
    CRM: 'sistem CRM',
    'the user': 'uporabnik',
    'the operator': 'izvajalec',
    Ringfence: 'aplikacija sama',
  },
  regions: { installation: 'na strežnikih te namestitve' },
  databases: {
    organization: 'v lastni podatkovni zbirki organizacije',
    control: 'v podatkovni zbirki, ki je skupna vsem organizacijam namestitve',
    'data folder': 'v šifrirani datoteki, dokler podatkovna zbirka ni spet dosegljiva',
  },
  keys: {
    organization:
      'z lastnim ključem organizacije, ki se uniči, ko se konča njena naročnina ali je organizacija izbrisana',
    installation: 'z lastnim ključem namestitve',
    'mirror bucket': 's ključi samo za to kopijo, ki se uničijo, ko aplikacijo odstrani zadnji uporabnik',
    'arrival hour': 's ključem ure, v kateri so podatki prispeli; uniči se, ko poteče rok hrambe',
    'call hour': 's ključem ure, v kateri se je klic končal; uniči se, ko poteče rok hrambe',
    nothing: 'tu ni nič šifrirano',
  },
  ends: {
    'phone disconnected by the user': 'uporabnik odklopi svoj telefon',
    'sign-out': 'se uporabnik odjavi',
    'uninstall by the user': 'uporabnik odstrani aplikacijo',
    'uninstall by the last user': 'aplikacijo odstrani zadnji uporabnik v organizaciji',
    'phone system removed': 'skrbnik odstrani telefonsko centralo',
    'end of subscription': 'se naročnina organizacije konča',
    'organization deleted': 'je organizacija izbrisana iz te namestitve',
  },
  whiles: {
    'installed by this user': 'dokler ima ta uporabnik aplikacijo nameščeno',
    'installed by anybody of the company': 'dokler ima aplikacijo nameščeno kdor koli iz podjetja',
    'the phone of this user is connected': 'dokler je telefon tega uporabnika povezan',
    'the organization exists': 'dokler je organizacija tu registrirana',
  },
  hours: ({ hours, from }) => `${lengthOf(hours)} od ${starts[from]}`,
  contract: (what) => `člen 6(1)(b) GDPR, pogodba: ${what}`,
  obligation: (what) => `člen 6(1)(c) GDPR, zakonska obveznost: ${what}`,
  interest: (what) => `člen 6(1)(f) GDPR, zakoniti interes: ${what}`,
  list: (words) => joined(words, ' in '),
} satisfies Vocabulary

const servers = (places: string): string => (places === '' ? '' : `; strežniki: ${places}`)

const starts = { arrival: 'prejema', 'end of the call': 'konca klica', creation: 'nastanka' } as const

function lengthOf(hours: number): string {
  if (hours % (365 * 24) === 0) return counted(hours / (365 * 24), ['leto', 'leti', 'leta', 'let'])
  return hours % 24 === 0
    ? counted(hours / 24, ['dan', 'dneva', 'dni', 'dni'])
    : counted(hours, ['uro', 'uri', 'ure', 'ur'])
}

/** One, two, three and four, and more have forms of their own; 101 counts as 1 does. */
export function counted(
  count: number,
  [one, two, few, many]: readonly [one: string, two: string, few: string, many: string],
): string {
  const last = count % 100
  const form = last === 1 ? one : last === 2 ? two : last === 3 || last === 4 ? few : many
  return `${count} ${form}`
}
