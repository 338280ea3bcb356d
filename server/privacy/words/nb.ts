import { joined } from './joined.ts'
import type { Vocabulary } from './words.ts'

const userId = 'brukerens ID i appen'

export const nb = {
  kinds: {
    'call journal': { name: 'Samtaler' },
    'calls under way': { name: 'Pågående samtaler' },
    'events waiting': { name: 'Meldinger om samtaler som ennå ikke er lagret' },
    'recording addresses': { name: 'Hvor opptak ligger' },
    'cards of calls': { name: 'Samtalekort i CRM-systemet' },
    'cards of calls in progress': { name: 'Samtalekort for pågående samtaler' },
    'calls asked for in the CRM': { name: 'Oppringninger startet i CRM-systemet' },
    'call notes': { name: 'Notater og resultater av samtaler' },
    'notes under way': { name: 'Notater til pågående samtaler' },
    'persons being made': { name: 'Personer registrert under en samtale' },
    'follow-ups': { name: 'Innringere uten svar som skal ringes opp igjen' },
    'numbers left out': { name: 'Utelatte numre' },
    'contact mirror': { name: 'Kopi av kontaktene i CRM-systemet' },
    'dial counts': { name: 'Antall oppringninger' },
    'open deals': { name: 'Åpne salgsmuligheter' },
    users: { name: 'Brukere av appen' },
    'extensions of users': { name: 'Brukernes internnumre' },
    'telephones of users': { name: 'Brukernes telefoner' },
    lines: { name: 'Telefonsentralens numre' },
    'access to the phone system': { name: 'Tilgang til telefonsentralen' },
    agreements: { name: 'Godtakelse av avtalen' },
    'own numbers': { name: 'Organisasjonens egne numre' },
    'connection settings': { name: 'Innstillinger for tilkoblinger' },
    installations: { name: 'Tilgang til CRM-systemet' },
    'hook secrets': { name: 'Hemmelige nøkler for meldinger mellom systemene' },
    portals: { name: 'Portaler' },
    sessions: { name: 'Pålogginger' },
    'organization accounts': { name: 'Organisasjonenes navn' },
    erasures: { name: 'Dokumentasjon av slettinger' },
    'erased people': { name: 'Merker som slettede personer kjennes igjen med' },
    corrections: { name: 'Dokumentasjon av rettelser' },
    'corrections under way': { name: 'Rettelser som pågår' },
    'notice contacts': { name: 'Adresser for meldinger til organisasjonen' },
    'breach notices': { name: 'Meldinger om brudd på personopplysningssikkerheten' },
    approvers: { name: 'Hvem som har godkjent dokumenter' },
    'documents of the organization': { name: 'Organisasjonens dokumenter' },
    'breach record': { name: 'Oversikt over brudd på personopplysningssikkerheten' },
  },
  columns: {
    'erasures.asked_by': 'ID-en (i appen) til brukeren som satte i gang en sletting',
    'erasures.asked_at': 'når slettingen ble satt i gang',
    'erasure_recipients.external_id': 'CRM-systemets ID for det som skal slettes der',
    'erasure_recipients.activity_id': 'ID-en til den tilhørende aktiviteten',
    'erasure_recipients.told_at': 'når mottakeren fikk beskjed',
    'erased.hash':
      'en hashverdi, beregnet med en hemmelig nøkkel, av et slettet nummer eller en slettet person',
    'erased.erased_at': 'når slettingen skjedde',
    'corrections.person_external_id': 'CRM-systemets ID for personen som rettes',
    'corrections.asked_by': 'ID-en til brukeren som ba om en rettelse',
    'corrections.asked_at': 'når det ble bedt om en rettelse',
    'correction_recipients.external_id': 'CRM-systemets ID for det som skal rettes der',
    'correction_recipients.activity_id': 'ID-en til aktiviteten som hører til',
    'correction_recipients.told_at': 'når mottakeren fikk beskjed',
    'correction_changes.person_external_id': 'CRM-systemets ID for personen som rettes',
    'correction_changes.changes_sealed': 'det gale og det riktige navnet eller nummeret',
    'calls.id': 'samtalens ID, beregnet ut fra telefonsentralens egen',
    'calls.rang': 'internnumrene det ringte på',
    'calls.remote_hash': 'den andre partens nummer',
    'calls.facts_sealed':
      'numrene og internnumrene til alle deltakerne, tidspunktene, hvem som svarte, og hvordan samtalen endte; telefonsentralens ID for samtalen dersom et opptak må søkes opp',
    'calls.last_event_at': 'når telefonsentralen sist meldte noe om samtalen',
    'call_logs.call_id': 'samtalens ID',
    'call_logs.marker': 'merket som samtalen finnes igjen med i CRM-systemet',
    'call_logs.external_id': 'ID-en til samtaleloggen i CRM-systemet',
    'call_logs.activity_id': 'ID-en til samtalens aktivitet i CRM-systemet',
    'call_logs.twin_external_id': 'ID-en til en ekstra logg for samme samtale, dersom CRM-systemet har en',
    'call_logs.twin_activity_id':
      'ID-en til en ekstra aktivitet for samme samtale, dersom CRM-systemet har en',
    'call_logs.sent_at': 'når samtalen ble sendt til CRM-systemet',
    'call_logs.written_at': 'når samtalen ble ført inn i CRM-systemet',
    'call_logs.unlinked_hash':
      'den andre partens nummer så lenge samtalen ikke er knyttet til en person i CRM-systemet',
    'live_calls.call_id': 'samtalens ID',
    'live_calls.live_sealed':
      'den andre partens nummer, organisasjonens nummer, når samtalen begynte, ID-en dens i CRM-systemet, og hvem som har kortet åpent',
    'requested_calls.id': 'en ID beregnet ut fra CRM-systemets egen',
    'requested_calls.user_id': 'ID-en (i appen) til brukeren som klikket',
    'requested_calls.number_hash': 'nummeret det ble klikket på',
    'requested_calls.request_sealed':
      'nummeret det ble klikket på, tidspunktet og samtalens ID i CRM-systemet',
    'call_notes.id': 'samtalens ID',
    'call_notes.note_sealed': 'det brukerne har skrevet om samtalen, og resultatet de har valgt',
    'call_notes.sent_sealed': 'den samme teksten slik den sist ble sendt til CRM-systemet',
    'call_notes.sent_at': 'når den sist ble sendt til CRM-systemet',
    'new_persons.id': 'en ID beregnet ut fra personens nummer',
    'new_persons.number_hash': 'personens nummer',
    'new_persons.person_sealed': 'personens navn og nummer inntil CRM-systemet har dem',
    'new_persons.asked_by': 'ID-en (i appen) til brukeren som registrerer personen',
    'new_persons.acting_ref': 'ID-en (i CRM-systemet) til brukeren hvis tilgang brukes',
    'new_persons.sent_at': 'når personen ble sendt til CRM-systemet',
    'call_logs.written_as': 'ID-en (i CRM-systemet) til brukeren hvis tilgang samtalen ble ført inn med',
    'call_logs.written_for': 'ID-en (i CRM-systemet) til brukeren som hadde samtalen',
    'call_logs.follow_up_id': 'hvilken tilbakeringingsoppgave et ubesvart anrop hører til',
    'follow_ups.caller_hash': 'nummeret til innringeren som ikke fikk svar',
    'follow_ups.call_id': 'ID-en til det ubesvarte anropet',
    'follow_ups.marker': 'merket som tilbakeringingsoppgaven finnes igjen med i CRM-systemet',
    'follow_ups.owner_ref': 'ID-en (i CRM-systemet) til brukeren som skal ringe tilbake',
    'follow_ups.activity_id': 'ID-en til tilbakeringingsoppgaven i CRM-systemet',
    'follow_ups.sent_at': 'når tilbakeringingsoppgaven ble sendt til CRM-systemet',
    'follow_ups.reached_call_id': 'ID-en til samtalen der man fikk tak i innringeren',
    'follow_ups.again_call_id': 'ID-en til enda et ubesvart anrop fra samme innringer',
    'rules.numbers_sealed': 'numrene hvis samtaler utelates, slik de ble skrevet inn',
    'call_deals.call_id': 'samtalens ID',
    'call_deals.external_id':
      'ID-en (i CRM-systemet) til salgsmuligheten eller leadet som noen valgte for samtalen',
    'call_deals.sent_external_id':
      'ID-en (i CRM-systemet) til salgsmuligheten eller leadet som samtalen ble knyttet til',
    'spool.request': 'det telefonsentralen meldte om en samtale, slik det kom inn',
    'recordings.id': 'samtalens ID',
    'recordings.address_sealed':
      'opptakets plassering eller ID i telefonsentralen, eller lenken som fører dit',
    'persons.external_id': 'personens ID i CRM-systemet',
    'persons.name_sealed': 'personens navn',
    'persons.company_external_id': 'CRM-systemets ID for personens virksomhet',
    'persons.owner_external_id': 'CRM-systemets ID for brukeren som eier oppføringen om personen',
    'persons.updated_at': 'når oppføringen om personen sist ble endret i CRM-systemet',
    'open_deals.external_id': 'ID-en til en åpen salgsmulighet eller et åpent lead i CRM-systemet',
    'open_deals.person_external_id': 'CRM-systemets ID for personen som salgsmuligheten eller leadet gjelder',
    'open_deals.told_at': 'siden når salgsmuligheten eller leadet har vært åpent ifølge CRM-systemet',
    'companies.external_id': 'virksomhetens ID i CRM-systemet',
    'companies.name_sealed': 'virksomhetens navn',
    'person_numbers.number_sealed': 'personens telefonnumre',
    'person_numbers.exact_hash': 'hvert telefonnummer i internasjonal form',
    'person_numbers.typed_hash': 'hvert telefonnummer slik det ble skrevet inn',
    'dial_counts.user_id': userId,
    'dial_counts.begun_at': 'når minuttet eller timen som det telles for, begynte',
    'dial_counts.count': 'hvor mange oppringninger brukeren har startet siden da',
    'users.external_id': 'brukerens ID i CRM-systemet',
    'users.name_sealed': 'brukerens navn',
    'users.role': 'om brukeren er administrator',
    'users.sees': 'om brukeren ser bare sine egne samtaler eller alle',
    'users.language': 'brukerens språk',
    'users.extensions_by_hand': 'om brukerens internnumre er valgt manuelt',
    'phone_people.id': 'en ID beregnet ut fra telefonsentralens egen',
    'phone_people.user_id': userId,
    'phone_people.person_sealed': 'telefonsentralens ID for brukeren, og internnummeret',
    'phone_lines.id': 'en ID beregnet ut fra telefonnummeret',
    'phone_lines.line_sealed': 'telefonnummeret og brukerne det ringer hos',
    'phone_accesses.user_id': userId,
    'phone_accesses.tokens_sealed': 'tokenene som appen bruker til å handle for brukeren i telefonsentralen',
    'user_extensions.extension': 'brukerens internnumre',
    'user_extensions.user_id': userId,
    'user_extensions.sees_after':
      'fra hvilken samtale et internnummer som brukeren selv har tatt, regnes som brukerens',
    'agreements.accepted_by': 'ID-en (i appen) til brukeren som godtok avtalen',
    'agreements.accepted_at': 'når avtalen ble godtatt',
    'connections.own_numbers_sealed': 'organisasjonens egne telefonnumre',
    'connections.settings_sealed': 'adresser og tilgangsopplysninger for telefonsentralen',
    'installations.company_ref': 'CRM-systemets ID for organisasjonen',
    'installations.user_ref': 'brukerens ID i CRM-systemet',
    'installations.administrator': 'om brukeren er administrator i CRM-systemet',
    'installations.api_base': 'nettadressen til organisasjonens konto i CRM-systemet',
    'installations.tokens_sealed': 'tokenene som appen bruker til å handle for brukeren i CRM-systemet',
    'hook_keys.secret_sealed': 'den hemmelige nøkkelen som viser hvor en melding kommer fra',
    'hook_keys.hash': 'adressen som meldingene sendes til',
    'portals.company_ref': 'CRM-systemets ID for organisasjonen',
    'portals.application_token_sealed': 'den hemmelige nøkkelen som portalen godtgjør hvem den er med',
    'sessions.token_hash': 'påloggingens token',
    'sessions.user_id': userId,
    'sessions.created_at': 'når brukeren logget seg på',
    'notice_contacts.address_sealed': 'e-postadressen der organisasjonen vil ha beskjed',
    'breach_notices.notice_sealed': 'teksten i meldingen og kontaktpersonen hos driftsleverandøren',
    'breach_entries.entry_sealed':
      'hva som skjedde, hvilke følger det fikk, hva som ble gjort, og kontaktpersonen hos driftsleverandøren',
    'approvers.entry_sealed': 'navn og rolle for den som godkjente et dokument, og når',
    'organization_documents.entry_sealed':
      'avsnitt som administratorene legger til i protokollen over behandlingsaktiviteter; de godkjente versjonene av den, med navn og rolle for den som godkjente dem',
    'organizations.name': 'organisasjonens navn, som kan være et personnavn',
  },
  grounds: {
    'showing that a person was erased, and keeping them erased':
      'å kunne vise at opplysningene om en person er slettet, og å sørge for at de forblir slettet',
    'answering calls knowing who calls, and recording them in the CRM':
      'å vite hvem som ringer, når man svarer, og å ha hver samtale i CRM-systemet',
    'calling back whoever was missed, once': 'å ringe tilbake til den som ikke fikk svar, og bare én gang',
    'keeping calls out of the CRM that nobody wants there':
      'å holde samtaler som ikke hører hjemme der, ute av CRM-systemet',
    'having the recording beside the call it belongs to': 'å ha opptaket ved samtalen det hører til',
    'having what was agreed beside the call it belongs to':
      'å ha det som ble avtalt, ved samtalen det hører til',
    'recording a call with the deal it is about': 'å ha samtalen på salgsmuligheten den gjelder',
    'answering calls knowing who calls': 'å vite hvem som ringer, når man svarer',
    'the organization connects its phone system and its CRM':
      'organisasjonen kobler sammen telefonsentralen og CRM-systemet sitt',
    'the user installed the app for their company': 'brukeren installerte appen for organisasjonen sin',
    'the user signs in': 'bruken av appen, som brukeren logger seg på',
    'the organization is a customer of the operator': 'organisasjonen er kunde hos driftsleverandøren',
    'the organization and its staff use the telephone integration':
      'organisasjonen og de ansatte bruker koblingen mellom telefon og CRM-system',
    'the organization accepted it through this user': 'organisasjonen godtok avtalen gjennom denne brukeren',
    'putting right what is wrong about a person, and telling who received it':
      'å rette uriktige opplysninger om en person og å underrette dem som har mottatt dem (personvernforordningen artikkel 16 og 19)',
    'recording every breach':
      'å dokumentere ethvert brudd på personopplysningssikkerheten (personvernforordningen artikkel 33 nr. 5)',
    'telling the organization of a breach':
      'å melde brudd på personopplysningssikkerheten til organisasjonen (personvernforordningen artikkel 33 nr. 2)',
    'reaching the organization as its processor':
      'å melde brudd på personopplysningssikkerheten (personvernforordningen artikkel 33 nr. 2) og ny behandling før den begynner (artikkel 13 nr. 3, artikkel 14 nr. 4 og artikkel 28 nr. 2) til organisasjonen, og å føre den opp i protokollen over behandlingsaktiviteter (artikkel 30 nr. 2 bokstav a)',
    'showing who answers for a document':
      'å kunne vise hvem som står inne for offentliggjorte dokumenter (personvernforordningen artikkel 5 nr. 2 og artikkel 24)',
    'the organization uses the telephone integration':
      'organisasjonen bruker koblingen mellom telefon og CRM-system',
  },
  weighings: {
    'answering calls knowing who calls, and recording them in the CRM':
      'Å vite hvem som ringer, og å ha hver samtale i CRM-systemet: Uten nummer, tidspunkter og resultat går ikke det, og CRM-systemet kan være utilgjengelig i flere dager, eller en oppføring må rettes. Den som ringer, kan regne med at en virksomhet vet hvem som har ringt den, og en uke er for kort til å følge med på noen. For brukerne viser opplysningene når de har snakket i telefonen; derfor ser de bare sine egne samtaler så lenge en administrator ikke tillater mer, og ingen blir vurdert eller sammenlignet. Selve samtalen lagres ikke. Interessen veier tyngst, men ikke der selve det at noen har ringt, er fortrolig, og ikke for å overvåke ansatte.',
    'having what was agreed beside the call it belongs to':
      'Å ha det som ble avtalt, ved samtalen: Et notat blir til før CRM-systemet kjenner samtalen, og rettes etterpå; derfor lagres det i en uke. Det kan si mer om den som ringte, enn samtalen selv; derfor ser bare de som kan se samtalen, notatet, og programmet leser ingenting ut av det. For en person som registreres under en samtale, lagres navn og nummer bare til CRM-systemet har dem, i høyst to dager. Interessen veier tyngst for det samtalen handlet om, ikke for merknader om helse, meninger og lignende.',
    'answering calls knowing who calls':
      'Å ha navnet når det ringer: Ingen vet på forhånd hvem som vil ringe, og å spørre CRM-systemet hver gang ville være for langsomt og fortelle det om hver samtale. Derfor kopieres navn og numre for alle kontakter. Kontaktene regner med å bli kjent igjen, men neppe med en kopi til; derfor er den kryptert med egne nøkler, brukes ikke til noe annet og er uleselig når den siste brukeren har avinstallert appen. Interessen veier tyngst så lenge ikke selve listen over kontakter er fortrolig.',
    'recording a call with the deal it is about':
      'Å ha en samtale på salgsmuligheten den gjelder: Å spørre CRM-systemet hver gang ville fortelle det om hver samtale. Derfor kopieres hvilke salgsmuligheter og leads som er åpne, og hvem de gjelder; ingen tittel, verdi eller fase. En tittel leses først når noen ser etter, med vedkommendes egne rettigheter, og lagres ikke. Interessen veier tyngst.',
    'having the recording beside the call it belongs to':
      'Å ha et opptak ved samtalen det hører til: For det lagres bare hvor det ligger, i høyst en uke og bare dersom en administrator har valgt det; opptaket selv lagres ikke. Et opptak veier mye tyngre enn det at noen har ringt, og hvem som kan høre det, avgjøres fra da av av reglene i CRM-systemet. Interessen veier tyngst der opptaket var lovlig og varslet; ikke for å overvåke ansatte, og ikke der en samtale er underlagt taushetsplikt.',
    'calling back whoever was missed, once':
      'Å ringe tilbake til den som ikke fikk svar: For det må den som ringer, kjennes igjen, og det skjer ved hjelp av en hashverdi av nummeret. Den som ringer, venter å bli oppringt; hvor ofte noen ringer, telles ikke, og en uke etter det ubesvarte anropet er ingenting av det igjen her. Interessen veier tyngst.',
    'keeping calls out of the CRM that nobody wants there':
      'Å holde samtaler som ikke hører hjemme der, ute av CRM-systemet: For det må nummeret som utelates, noteres, ofte fordi personen ønsker det. Personen taper ikke noe på det: Samtalene vises som før og går ikke noe annet sted. Interessen veier tyngst.',
    'showing that a person was erased, and keeping them erased':
      'Å kunne vise at opplysningene om en person er slettet, og å hindre at CRM-systemet eller en sikkerhetskopi bringer dem tilbake: For det lagres en hashverdi av nummeret eller personen, og når og av hvem slettingen ble satt i gang; ikke navn eller nummer. Det tjener den slettede personens eget ønske. Interessen veier tyngst.',
  },
  recipients: {
    'the connected phone system': 'den tilkoblede telefonsentralen',
    Placetel: 'Placetel, dersom det er den tilkoblede telefonsentralen',
    Webex: 'Webex, dersom det er den tilkoblede telefonsentralen',
    Pipedrive: 'Pipedrive',
    'the mail server': 'driftsleverandørens e-postserver',
    Bitrix24: 'Bitrix24, dersom det er det tilkoblede CRM-systemet',
    'the company’s Bitrix24 portal': 'virksomhetens Bitrix24-portal',
  },
  adapters: {
    phone: (name, places) => `${name}, dersom det er den tilkoblede telefonsentralen${servers(places)}`,
    crm: (name, places) => `${name}, dersom det er det tilkoblede CRM-systemet${servers(places)}`,
  },
  transferGrounds: {
    'adequacy decision': 'på grunnlag av en beslutning om tilstrekkelig beskyttelsesnivå',
    'standard contractual clauses': 'på grunnlag av standard personvernbestemmelser',
    'binding corporate rules': 'på grunnlag av bindende virksomhetsregler',
  },
  subjects: {
    caller: 'personer som ringer eller blir ringt til',
    contact: 'kontakter i CRM-systemet',
    user: 'brukere av appen',
    'operator staff': 'ansatte hos driftsleverandøren',
  },
  purposes: {
    'identify the caller': 'å vise hvem som ringer',
    'show calls to the people they are for': 'å vise en samtale til dem den er ment for',
    'log the call in the CRM': 'å føre samtalen inn i CRM-systemet',
    'place a call': 'å sette opp en samtale som en bruker ber om',
    'attach the recording in the CRM': 'å legge opptaket til samtalen i CRM-systemet',
    'follow up missed calls in the CRM': 'å sørge for at den som ikke fikk svar, blir ringt tilbake',
    'connect the systems': 'å koble systemene sammen',
    'sign in': 'å logge brukere på',
    'run the installation': 'å drifte denne installasjonen',
    'answer requests of people': 'å etterkomme forespørsler fra de registrerte',
    'tell of a new policy': 'å varsle en ny personvernerklæring før den gjelder',
    'keep records': 'å føre protokollene som loven krever',
    'tell of a breach': 'å melde brudd på personopplysningssikkerheten',
  },
  roles: {
    processor: 'organisasjonen; driftsleverandøren er dens databehandler',
    controller: 'driftsleverandøren',
  },
  sources: {
    'phone system': 'den tilkoblede telefonsentralen',
    CRM: 'CRM-systemet',
    'the user': 'brukeren',
    'the operator': 'driftsleverandøren',
    Ringfence: 'appen selv',
  },
  regions: { installation: 'på serverne til denne installasjonen' },
  databases: {
    organization: 'i organisasjonens egen database',
    control: 'i databasen som alle organisasjonene i installasjonen deler',
    'data folder': 'i en kryptert fil inntil databasen kan nås igjen',
  },
  keys: {
    organization:
      'med organisasjonens egen nøkkel, som destrueres når abonnementet opphører eller organisasjonen slettes',
    installation: 'med installasjonens egen nøkkel',
    'mirror bucket':
      'med nøkler som bare gjelder denne kopien, og som destrueres når den siste brukeren avinstallerer appen',
    'arrival hour':
      'med nøkkelen for timen da opplysningene kom inn, som destrueres når lagringstiden er ute',
    'call hour': 'med nøkkelen for timen da samtalen ble avsluttet, som destrueres når lagringstiden er ute',
    nothing: 'her er ingenting kryptert',
  },
  ends: {
    'phone disconnected by the user': 'brukeren kobler fra telefonen sin',
    'sign-out': 'brukeren logger seg av',
    'uninstall by the user': 'brukeren avinstallerer appen',
    'uninstall by the last user': 'den siste brukeren i organisasjonen avinstallerer appen',
    'phone system removed': 'en administrator fjerner telefonsentralen',
    'end of subscription': 'organisasjonens abonnement opphører',
    'organization deleted': 'organisasjonen slettes fra denne installasjonen',
  },
  whiles: {
    'installed by this user': 'så lenge denne brukeren har appen installert',
    'installed by anybody of the company': 'så lenge noen i virksomheten har appen installert',
    'the phone of this user is connected': 'så lenge denne brukerens telefon er tilkoblet',
    'the organization exists': 'så lenge organisasjonen er registrert her',
  },
  hours: ({ hours, from }) => `i ${lengthOf(hours)} etter ${starts[from]}`,
  contract: (what) => `personvernforordningen artikkel 6 nr. 1 bokstav b, en avtale: ${what}`,
  obligation: (what) =>
    `personvernforordningen artikkel 6 nr. 1 bokstav c, en rettslig forpliktelse: ${what}`,
  interest: (what) => `personvernforordningen artikkel 6 nr. 1 bokstav f, en berettiget interesse: ${what}`,
  list: (words) => joined(words, ' og '),
} satisfies Vocabulary

const servers = (places: string): string => (places === '' ? '' : `; serverne: ${places}`)

const starts = {
  arrival: 'at de kom inn',
  'end of the call': 'at samtalen ble avsluttet',
  creation: 'at de ble opprettet',
} as const

function lengthOf(hours: number): string {
  const [unit, one, many] =
    hours % (365 * 24) === 0
      ? ([365 * 24, 'år', 'år'] as const)
      : hours % 24 === 0
        ? ([24, 'dag', 'dager'] as const)
        : ([1, 'time', 'timer'] as const)
  const count = hours / unit
  return `${count} ${count === 1 ? one : many}`
}
