import type { AgreementWords } from './agreement-en.ts'

export const nb: AgreementWords = {
  title: 'Før kontaktene deres kopieres',
  opening: (operator) =>
    `Ringfence viser kollegene deres hvem som ringer, og fører hver samtale inn i CRM-systemet deres. For å gjøre det behandler den personopplysninger for virksomheten: Virksomheten bestemmer over behandlingen (behandlingsansvarlig), og driftsleverandøren for denne installasjonen${operator === undefined ? '' : `, ${operator},`} utfører den (databehandler). Dette er avtalen mellom de to etter artikkel 28 i personvernforordningen (GDPR). Ingenting er kopiert ennå.`,
  whatHeading: 'Hva som lagres, hvorfor og hvor lenge',
  people: (subjects) => `Opplysningene gjelder: ${subjects}.`,
  whoHeading: 'Hvem som mottar opplysningene',
  who: (recipients) =>
    `Bare: ${recipients}. En forespørsel til alle andre avviser programmet og registrerer den.`,
  dutiesHeading: 'Hva driftsleverandøren forplikter seg til',
  duties: (notice) => [
    'Driftsleverandøren behandler opplysningene bare etter instruks fra virksomheten, også når de skal ut av Det europeiske økonomiske samarbeidsområdet. Instruksene er denne avtalen og det medarbeiderne deres legger inn og velger i appen. Pålegger loven driftsleverandøren noe annet, får virksomheten beskjed på forhånd, med mindre loven forbyr det. Mener driftsleverandøren at en instruks er i strid med loven, sier den fra straks.',
    'Alle som kan komme i kontakt med opplysningene hos driftsleverandøren, har taushetsplikt.',
    'Driftsleverandøren sikrer opplysningene slik personvernforordningen artikkel 32 krever. Hvilke tiltak den har, står i appen under Personvern, Dokumenter, slik en kontroll har bekreftet dem.',
    `Virksomheten gir generell tillatelse til at driftsleverandøren engasjerer andre databehandlere. Hvem de er, er offentlig (/privacy/sub-processors). Om en ny får virksomheten beskjed ${notice} i forveien; fram til da kan virksomheten motsette seg det overfor driftsleverandøren eller avslutte denne avtalen ved å avinstallere appen. Driftsleverandøren pålegger andre databehandlere de samme pliktene og svarer for dem overfor virksomheten.`,
    'Driftsleverandøren hjelper virksomheten med å svare registrerte som bruker rettighetene sine, og sender videre det som kommer inn. Det som er lagret om noen, kan administratorene deres selv vise, rette og slette i appen.',
    'Driftsleverandøren melder hvert brudd på personopplysningssikkerheten til virksomheten uten ugrunnet opphold, i appen og på adressene virksomheten har lagt inn for det. Den hjelper virksomheten med dens egne plikter etter personvernforordningen artikkel 32 til 36.',
    'Driftsleverandøren gir virksomheten alt som trengs for å vise at disse pliktene overholdes, åpner for revisjoner, også ved en revisor som virksomheten peker ut, og bidrar til dem.',
  ],
  endHeading: 'Når det slutter',
  end: (backups) =>
    `Denne avtalen gjelder så lenge noen i virksomheten har appen installert. Når en bruker avinstallerer den, slettes brukerens navn og tokener. Når den siste brukeren i virksomheten har avinstallert den, abonnementet opphører eller organisasjonen slettes, destrueres nøklene og alt annet som gjelder virksomheten, slettes; en kvittering sier hva og når. Det som ennå står i sikkerhetskopier, blir der i høyst ${backups} og forsvinner med dem. Ber virksomheten om det på forhånd, utleverer driftsleverandøren først opplysningene i åpne formater.`,
  yoursHeading: 'Hva som blir hos dere',
  yours:
    'Samtaler som er ført inn, blir i CRM-systemet deres etter virksomhetens egne regler. Virksomheten må sørge for at innringere og ansatte får den informasjonen loven krever, og at den har lov til å behandle opplysningene om dem.',
  sentence: (kind, keep, purposes) => `${kind}. Lagringstid: ${keep}. Formål: ${purposes}.`,
  kinds: {
    'call journal':
      'Samtaler: numre, tidspunkter, hvem som svarte, hvordan samtalen endte, og hvilken salgsmulighet den gjelder',
    'calls under way': 'Det samme om samtaler som ikke er avsluttet',
    'events waiting': 'Det samme, slik telefonsentralen deres melder det mens databasen vår ikke kan nås',
    'recording addresses':
      'Hvor telefonsentralen deres oppbevarer opptaket av en samtale, dersom virksomheten har valgt å ha opptak i CRM-systemet; selve opptaket sendes i høyden videre og lagres aldri',
    'cards of calls':
      'Dersom CRM-systemet deres åpner et eget kort: hvordan en samtale ble meldt der, dens ID der, og hos hvem kortet er åpent',
    'cards of calls in progress': 'Det samme, så lenge samtalen ikke er avsluttet',
    'calls asked for in the CRM':
      'Et nummer som en kollega klikker på i CRM-systemet deres, til telefonen har ringt det opp',
    'call notes': 'Det kollegene deres skriver om en samtale, og resultatet de velger',
    'notes under way': 'Det samme, så lenge samtalen ikke er avsluttet',
    'persons being made':
      'Navn og nummer til en person som en kollega registrerer i CRM-systemet fra en samtale, til CRM-systemet har dem; deretter bare at det er gjort',
    'follow-ups':
      'Ubesvarte innringere som noen av dere ennå skal ringe tilbake: hvilken samtale det var, hvem som skal ringe, og oppgaven i CRM-systemet',
    'numbers left out': 'Numre som administratoren deres ikke vil ha samtaler fra i CRM-systemet',
    'contact mirror': 'Personene i CRM-systemet deres: navn, telefonnumre og navnene på virksomhetene deres',
    'dial counts':
      'Hvor ofte hver av kollegene deres har bedt om en samtale den siste timen; ikke hvem de ringte',
    'open deals':
      'Av salgsmulighetene og leadene i CRM-systemet bare hvilke som er åpne, og hvem de gjelder; ingen tittel, ingen verdi',
    users: 'Kollegene deres som logger seg på: ID i CRM-systemet, navn, internnummer og innstillinger',
    'extensions of users': 'Hvilket internnummer som er hvems',
    'telephones of users':
      'Hvilken telefon i telefonsentralen som er hvems: dens ID der og internnummeret; navn og e-postadresser der sammenlignes og lagres aldri',
    lines: 'Virksomhetens numre slik telefonsentralen fører dem, og hos hvem hvert av dem ringer',
    'access to the phone system':
      'Tokenene vi handler med i telefonsentralen for hver av kollegene deres som har gitt tillatelse',
    agreements: 'Hvem av dere som har godtatt denne avtalen, og når',
    'own numbers': 'Virksomhetens egne telefonnumre',
    'connection settings': 'Adresser og påloggingsopplysninger som dere oppgir for telefonsentralen',
    installations: 'Tokenene vi handler med i CRM-systemet deres',
    'hook secrets': 'De hemmelige nøklene som systemene deres viser hvem de er med',
    portals:
      'Hvilken portal CRM-systemet deres er, og den hemmelige nøkkelen det viser oss at det er det med',
    erasures:
      'At noen er slettet, når, av hvem, hvor mye som ble fjernet, og hvem som fikk beskjed; det som skal slettes i CRM-systemet, med ID, til vi har slettet det der, og dersom medarbeiderne deres selv sletter det der, like lenge som dokumentasjonen',
    'erased people':
      'Hashverdier, beregnet med en hemmelig nøkkel, som hindrer at et slettet nummer eller en slettet person kommer tilbake; ingen kan lese et nummer eller et navn ut av dem',
    'documents of the organization':
      'Det administratorene deres føyer til protokollen over behandlingsaktiviteter, og hvem av dere som har godkjent hvilken versjon av den',
    corrections:
      'At noe om en person er rettet, når, av hvem, i hvilke felter, og hvem som fikk beskjed; ID-er i CRM-systemet til alle har det riktig, eller, dersom medarbeiderne deres selv retter det der, like lenge som dokumentasjonen',
    'corrections under way':
      'Hva som var feil, og hva som er riktig, til CRM-systemet har det, høyst sju dager',
  },
}
