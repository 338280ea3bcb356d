import type { CheckWords } from './check-words.ts'
import type { CompareWords } from './compare-words.ts'
import type { DocumentWords } from './document-words.ts'

export const documents: DocumentWords = {
  approvedBy: (day, name, role) => `godkjent ${day} av ${name}, ${role}`,
  draft: 'Utkast: Ingen har godkjent denne versjonen ennå.',
  made: (at) => `Laget av installasjonen slik den var ${at}.`,
  changed: 'Hva som er endret siden versjonen som ble godkjent før',
  measures: 'Oversikt over tekniske og organisatoriske tiltak',
  agreement: 'Databehandleravtale',
  subProcessors: {
    title: 'Underdatabehandlere og mottakere',
    opening:
      'Hvem som mottar opplysninger som Ringfence behandler for organisasjoner på denne installasjonen, hvor de er, og på hvilket grunnlag. Listen lages av den gjeldende personvernerklæringen, av innstillingene og av grunnlagene som er registrert; programmet avviser en forespørsel til alle andre.',
    operator:
      'Før en av disse kommer til eller byttes ut, må driftsleverandøren underrette organisasjonene, slik at de kan motsette seg det (personvernforordningen artikkel 28 nr. 2).',
    headings: {
      operator: 'Driftsleverandørens databehandlere og underdatabehandlere',
      services: 'Organisasjonens egne tjenester',
    },
    host: 'Leverandør av serverne',
    hostUnknown: 'ikke oppgitt av driftsleverandøren, eller driftsleverandøren leverer dem selv',
    services:
      'En organisasjon kobler til disse etter egne avtaler. Hver av dem mottar bare opplysninger fra organisasjonene som har koblet den til. En ny varsles sammen med personvernerklæringen før noe sendes dit.',
    fields: {
      data: 'Opplysninger',
      purposes: 'Formål med opplysningene',
      place: 'Hvor, og på hvilket grunnlag',
    },
    allData: 'alt som lagres, for det meste kryptert, slik personvernerklæringen sier',
  },
}

export const checks: CheckWords = {
  outcomes: { holds: 'stemmer', wrong: 'FEIL', 'not checked': 'ikke kontrollert' },
  measures: {
    declarations:
      'Hver kategori av opplysninger er erklært uten motsigelser og beskrevet på hvert av personvernerklæringens språk',
    catalogue:
      'Databasene har ingen felter som ikke er erklært; frister, sletting og tilgangsrettigheter i dem er som erklært',
    seals: 'Det som skal være kryptert, er kryptert, og med den nøkkelen som er erklært for det',
    retention: 'Ingenting lagres lenger enn det skal',
    queue: 'Oppgaver som venter på å bli utført, inneholder bare henvisningene som er erklært for dem',
    keys: 'Ingen nøkkel er igjen som skulle vært destruert',
    uninstalled: 'Ingenting er igjen etter virksomheter som har avinstallert appen',
    recipients: 'Bare erklærte mottakere kan nås',
    notice:
      'Den offentliggjorte personvernerklæringen er den programmet retter seg etter, og ingen versjon av den er endret i ettertid',
    connections: 'Forbindelser ut av maskinen er kryptert',
    backups: 'Ingen sikkerhetskopi er eldre enn erklært',
  },
  verdict: (holds) => (holds ? 'Alt som ble kontrollert, stemmer.' : 'Noe er ikke som erklært.'),
}

export const compare: CompareWords = {
  title: (document) => `Sammenlign versjoner: ${document}`,
  link: 'Sammenlign versjoner',
  earlier: 'Tidligere versjon',
  later: 'Senere versjon',
  show: 'Sammenlign',
  now: 'slik installasjonen er nå, ikke godkjent',
  verdict: (is) => `Sammenlignet med den tidligere er den senere versjonen ${is}.`,
  groups: { added: 'Lagt til', removed: 'Fjernet', changed: 'Endret' },
  was: 'Hittil',
  is: 'Nå',
  same: 'Begge versjonene sier det samme.',
  single: 'Det finnes bare én versjon, så det er ingenting å sammenligne.',
}
