import { withoutCapital } from './in-sentence.ts'
import type { RecordWords } from './record-words.ts'

export const nb: RecordWords = {
  titles: {
    operator: 'Protokoll over behandlingsaktiviteter',
    organization: (name) => `Protokoll over behandlingsaktiviteter: ${name}`,
  },
  about: 'Protokollen',
  aboutFields: {
    operator: 'driftsleverandør',
    contact: 'kontakt hos driftsleverandøren',
    host: 'leverandør av serverne',
    region: 'region',
    controller: 'behandlingsansvarlig',
  },
  headings: {
    who: 'Hvem protokollen gjelder',
    'as-controller':
      'Hva driftsleverandøren er behandlingsansvarlig for (personvernforordningen artikkel 30 nr. 1)',
    'as-processor':
      'Hva driftsleverandøren behandler på vegne av organisasjoner (personvernforordningen artikkel 30 nr. 2)',
    'sub-processors': 'Underdatabehandlere',
    processing: 'Behandlingsaktiviteter (personvernforordningen artikkel 30 nr. 1)',
    processors: 'Databehandlere',
    transfers: 'Overføringer til tredjestater',
    measures: 'Tekniske og organisatoriske tiltak',
  },
  sentences: {
    operator: (name, contact) =>
      `Driftsleverandøren for denne installasjonen er ${name}, kontakt: ${contact}.`,
    operatorWithoutContact: (name) =>
      `Driftsleverandøren for denne installasjonen er ${name}; ingen kontakt er oppgitt her.`,
    operatorUnnamed: 'Driftsleverandøren for denne installasjonen er ikke oppgitt her.',
    operatorRuns:
      'Driftsleverandøren drifter denne installasjonen av Ringfence som databehandler for organisasjonene nedenfor, og er selv behandlingsansvarlig for det som trengs til driften.',
    representative: (who) =>
      `Driftsleverandørens representant i EØS (personvernforordningen artikkel 27) er ${who}.`,
    representativeNotNeeded:
      'Driftsleverandøren trenger ingen representant, fordi den er etablert i Det europeiske økonomiske samarbeidsområdet (personvernforordningen artikkel 27).',
    noRepresentative: 'Ingen representant i EØS (personvernforordningen artikkel 27) er oppgitt her.',
    officer: (who) => `Driftsleverandørens personvernombud er ${who}.`,
    noOfficer: 'Noe personvernombud er ikke oppgitt her.',
    jointNamed: 'Felles behandlingsansvarlige, dersom det finnes noen, er nevnt i avsnittet nedenfor.',
    noJoint: 'Ingen felles behandlingsansvarlig er oppgitt her.',
    controller: (name) =>
      `Behandlingsansvarlig er ${name}. Denne protokollen gjelder det som behandles med Ringfence; annen behandling står i den behandlingsansvarliges øvrige protokoller.`,
    othersNamed:
      'Representant, personvernombud og felles behandlingsansvarlige, dersom de finnes, er nevnt i avsnittet nedenfor.',
    noOthers: 'Verken representant, personvernombud eller felles behandlingsansvarlig er oppgitt her.',
    asController:
      'Hver kategori av opplysninger med formål og behandlingsgrunnlag, hvem de gjelder, hvem som mottar dem, og når de slettes.',
    serversToo:
      'I tillegg til mottakerne som er nevnt for hver kategori, har den som leverer serverne, det som er lagret på dem.',
    backups: (age) =>
      `Det som er slettet, blir værende i krypterte sikkerhetskopier i høyst ${age}; der er det uleselig så snart nøkkelen det var kryptert med, er destruert.`,
    noBackups: 'Programmet lager ingen sikkerhetskopier.',
    asProcessor:
      'For hver organisasjon: hvilken behandling som utføres på dens vegne, så langt den tar den i bruk, hvilke opplysninger den omfatter, hvilke mottakere de går til, og hvor disse er. Behandlingsansvarlig er organisasjonen.',
    asProcessorOfNobody: 'Driftsleverandøren behandler for tiden ikke opplysninger for noen organisasjon.',
    processing:
      'Hver kategori av opplysninger, så langt organisasjonen bruker denne delen av appen, med formål og behandlingsgrunnlag, hvem de gjelder, hvilke tilkoblede tjenester som mottar dem, og når de slettes. Tjenester som ikke er tilkoblet, mottar ingenting; databehandlerne nedenfor har det de lagrer.',
    processor:
      'Driftsleverandøren er databehandler for alt som er nevnt her (personvernforordningen artikkel 28).',
    host: (name, country) => `Serverne leveres av ${name}${country ? ` (${country})` : ''}.`,
    hostUnnamed: (country) =>
      `Serverne er i dette landet: ${country}. Hvem som leverer dem, er ikke oppgitt.`,
    hostUnknown:
      'Hvem som eier serverne, har driftsleverandøren ikke oppgitt; er de driftsleverandørens egne, leveres de ikke av noen andre.',
    noSubProcessors:
      'Telefonsentraler og CRM-systemer er ikke underdatabehandlere: Organisasjonen bruker dem etter egne avtaler.',
    ownContracts: 'Telefonsentralen og CRM-systemet bruker organisasjonen etter egne avtaler.',
    transfers: (region) =>
      `Opplysningene lagres i denne regionen: ${region}. Ut av den, eller til et sted som ikke er kjent, går opplysninger bare på et grunnlag som driftsleverandøren har registrert: en avtale med et selskap i regionen, en beslutning om tilstrekkelig beskyttelsesnivå (personvernforordningen artikkel 45) eller standard personvernbestemmelser (artikkel 46 nr. 2 bokstav c). Programmet avviser alle andre forespørsler. Mottakere utenfor regionen står ovenfor under «Tredjestater», hver med land og grunnlag.`,
    noDerogation: 'Ingen overføring bygger på personvernforordningen artikkel 49 nr. 1 annet ledd.',
    measures:
      'En generell beskrivelse av de tekniske og organisatoriske sikkerhetstiltakene i personvernforordningen artikkel 32 nr. 1, slik artikkel 30 nr. 1 bokstav g og nr. 2 bokstav d krever. Bare det som den daglige kontrollen av installasjonen har bekreftet de siste 24 timene, er oppgitt.',
    beyondChecks:
      'Det ingen kontroll av et program kan bekrefte, for eksempel instrukser til ansatte eller låser på dører, står i avsnittet nedenfor dersom noen har lagt til et.',
  },
  fields: {
    name: 'Behandlingsansvarlig',
    contact: 'Kontakt',
    categories: 'Kategorier av behandling',
    data: 'Kategorier av opplysninger',
    recipients: 'Mottakere',
    transfers: 'Tredjestater',
  },
  organization: (id) => `Organisasjon ${id.slice(0, 8)}`,
  deleted: 'slettet siden',
  noContact: 'ikke lagt inn; meldinger vises i appen',
  unnamed: 'ikke oppgitt',
  nobody: 'ingen',
  placed: (country, ground) =>
    ({
      none: `${country ?? 'stedet er ikke kjent'}; intet grunnlag er registrert, så ingenting går dit`,
      'in-region': country === undefined ? 'i regionen' : `${country}, i regionen`,
      adequacy: `${country ?? ''}, etter en beslutning om tilstrekkelig beskyttelsesnivå (personvernforordningen artikkel 45)`,
      clauses: `${country ?? ''}, etter standard personvernbestemmelser (personvernforordningen artikkel 46 nr. 2 bokstav c)`,
    })[ground ?? 'none'],
  noTransfers: 'ingen',
  confirmed: (at) => `Bekreftet av kontrollen ${at}:`,
  noneConfirmed: 'Ingen kontroll har bekreftet noe de siste 24 timene, så her er ingenting oppgitt.',
  notConfirmed: 'Ikke oppgitt, fordi det ikke ble bekreftet:',
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `Nytt i protokollen: ${kind}.`,
    goneKind: (kind) => `Ikke lenger i protokollen: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: hittil «${from}», nå «${to}».`,
    added: (kind, field, what) => `${kind} – ${field}: nytt «${what}».`,
    removed: (kind, field, what) => `${kind} – ${field}: ikke lenger «${what}».`,
    newSection: (heading) => `Nytt avsnitt: «${heading}».`,
    goneSection: (heading) => `Avsnitt fjernet: «${heading}».`,
    reworded: (what) => `Formulert annerledes: «${what}».`,
    rewordedElsewhere: 'Bare ordlyden på et annet språk ble endret.',
    newLanguages: (names) => `Nå også på disse språkene: ${names}.`,
    goneLanguages: (names) => `Ikke lenger på disse språkene: ${names}.`,
  },
}
