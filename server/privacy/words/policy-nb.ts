import { withoutCapital } from './in-sentence.ts'
import { joined } from './joined.ts'
import type { FearedUse, PolicyWords } from './policy-words.ts'

export const nb: PolicyWords = {
  title: (phone, crm) =>
    crm
      ? `Personvernerklæring for Ringfence – ${phone ? `${phone} med ${crm}` : crm}`
      : 'Personvernerklæring for Ringfence',
  about: 'Appen',
  aboutFields: {
    operator: 'Driftsleverandør',
    seat: 'Driftsleverandørens forretningsadresse',
    contact: 'Kontaktopplysninger til driftsleverandøren',
    representative: 'Driftsleverandørens representant',
    officer: 'Driftsleverandørens personvernombud',
    phones: 'Telefonsentraler',
    crms: 'CRM-systemer',
    policies: 'Andre personvernerklæringer',
    backups: 'Sikkerhetskopienes alder',
    notice: 'Hvor lenge i forveien en versjon som tillater mer, varsles',
  },
  roleFields: {
    operator: 'Driftsleverandør',
    seat: 'Forretningsadresse',
    contact: 'Kontaktopplysninger',
    representative: 'Representant i EØS',
    officer: 'Personvernombud',
  },
  fields: {
    subjects: 'Hvem opplysningene gjelder',
    sealed: 'Lagret kryptert',
    hashed: 'Lagret som hashverdi',
    clear: 'Lagret ukryptert',
    purposes: 'Formål',
    ground: 'Behandlingsgrunnlag',
    keep: 'Lagringstid',
    ends: 'Slettes når',
    recipients: 'Mottakere',
    source: 'Kilde',
    role: 'Behandlingsansvarlig',
    database: 'Lagringssted',
    region: 'Sted',
    sealedBy: 'Kryptering',
  },
  headings: {
    scope: 'Hva denne erklæringen gjelder',
    roles: 'Hvem som er ansvarlig',
    data: 'Hvilke opplysninger, hvorfor og hvor lenge',
    purposes: 'Hva opplysningene brukes til, og hva de aldri brukes til',
    interests: 'Berettigede interesser og hvordan de er avveid',
    recordings: 'Opptak av samtaler',
    recipients: 'Hvem som mottar opplysninger',
    place: 'Hvor opplysningene lagres',
    protection: 'Hvordan opplysningene er sikret',
    ending: 'Hvordan opplysningene slettes',
    rights: 'Dine rettigheter, og hvem du kan henvende deg til',
    objection: 'Din rett til å protestere',
    complaint: 'Klage',
    obligation: 'Må opplysningene gis?',
    decisions: 'Automatiserte avgjørelser',
    consent: 'Bruk er ikke samtykke',
    policies: 'Andre personvernerklæringer',
    versions: 'Versjoner av denne erklæringen',
  },
  sentences: {
    scope: {
      what: 'Ringfence («appen») kobler telefonsentralen til en virksomhet sammen med CRM-systemet, der virksomheten har kundene og kontaktene sine. Appen viser hvem som ringer, og fører hver samtale inn i CRM-systemet. Denne erklæringen gjelder personopplysningene som denne installasjonen av appen behandler for dette formålet, og ingen andre.',
      not: 'Den gjelder ikke det telefonsentralen og CRM-systemet selv gjør med personopplysninger. Dette er tjenester fra andre leverandører, som virksomheten bruker etter egne avtaler, og hver av dem har sin egen personvernerklæring. En samtale som er ført inn, blir liggende i CRM-systemet etter virksomhetens egne regler.',
      terms:
        'I denne erklæringen er «organisasjonen» virksomheten som bruker appen, «brukerne» er de som arbeider for den og logger seg på appen, «driftsleverandøren» er den som drifter denne installasjonen, og «personvernforordningen» er forordning (EU) 2016/679.',
    },
    roles: {
      controller:
        'Behandlingsansvarlig (personvernforordningen artikkel 4 nr. 7) er organisasjonen: Den bestemmer hvilke samtaler som behandles, og til hvilket formål. Navnet og kontaktopplysningene, og eventuelt representanten og personvernombudet, står i organisasjonens egen personvernerklæring.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'Denne installasjonen drives av:'
          : 'Driftsleverandøren for denne installasjonen er ikke oppgitt her; spør organisasjonen hvem det er.',
      processor:
        'Driftsleverandøren behandler opplysningene for organisasjonen som dens databehandler (personvernforordningen artikkel 4 nr. 8 og artikkel 28), etter avtalen som organisasjonen godtar før noe kopieres.',
      operatorKinds:
        'For følgende kategorier av opplysninger, som trengs for å drifte installasjonen, er driftsleverandøren selv behandlingsansvarlig:',
    },
    data: {
      all: 'Dette er alle personopplysningene som appen lagrer. Listen lages ut fra de samme reglene som databasene, slettingen og nettverket retter seg etter: Programmet starter ikke dersom en database kan inneholde personopplysninger som ikke står på listen.',
      source:
        'De fleste av disse opplysningene kommer ikke fra de registrerte selv, men fra telefonsentralen og CRM-systemet; kilden er oppgitt for hver kategori. Ingenting hentes fra offentlig tilgjengelige kilder.',
      device:
        'På brukerens enhet lagrer appen en informasjonskapsel som holder brukeren pålogget i høyst tolv timer, og mens en tilkobling settes opp, enda en i et kvarter. Begge er strengt nødvendige (direktiv 2002/58/EF artikkel 5 nr. 3) og brukes ikke til noe annet. Adressen som en forespørsel kommer fra (IP-adressen), holdes bare i minnet for å begrense antallet forespørsler; appen verken lagrer eller logger den.',
    },
    purposes: {
      inUse:
        'Hver kategori av opplysninger brukes bare til formålene som er oppgitt for den. Formålene er hentet fra en lukket liste; disse er i bruk, og ingen andre:',
      newPurpose:
        'Før opplysninger behandles for et nytt formål, informeres de registrerte om det (personvernforordningen artikkel 13 nr. 3 og artikkel 14 nr. 4): Et nytt formål gir en ny versjon av denne erklæringen og varsles slik det er beskrevet under «Versjoner av denne erklæringen». Må det informeres på andre måter også, er det den behandlingsansvarliges oppgave.',
      reading:
        'Opplysninger om kontakter, samtaler og brukere ligger i databasen til organisasjonen de hører til. Før appen leser noe der, må den oppgi formålet, og databasen selv gir ikke ut opplysninger som ikke er bestemt for det formålet. Bare sletting av opplysninger og kontroll av hva som lagres, er unntatt.',
      never: ({ never }) =>
        `Ingen av disse formålene er ${joined(
          never.map((use) => uses[use]),
          ' eller ',
        )}: Appen bruker ikke opplysninger til det.`,
    },
    interests: {
      kinds:
        'Disse kategoriene av opplysninger behandles på grunnlag av en berettiget interesse, som er oppgitt for hver av dem:',
      weighed:
        'Slik er disse interessene, i korthet, avveid mot interessene til de registrerte. Organisasjonen må vurdere om det også gjelder i dens eget tilfelle; du kan be organisasjonen om hele vurderingen.',
      none: 'Ikke aktuelt: Ingenting behandles her på grunnlag av en berettiget interesse.',
    },
    recordings: {
      attach:
        'Bare dersom en administrator i organisasjonen har valgt det, legger appen opptaket av en samtale til samtalen i CRM-systemet. Den sender opptaket videre bit for bit etter hvert som det kommer fra telefonsentralen, og beholder ikke noe av det, verken i en database eller i en fil. Hvor lenge et opptak lagres i CRM-systemet og i telefonsentralen, og om samtaler i det hele tatt kan tas opp, er organisasjonens ansvar.',
      refer:
        'Et CRM-system som ikke tar imot opptak fra appen, for eksempel Bitrix24, får bare en henvisning til dem; selve opptakene går da ikke gjennom appen. Bare dersom en administrator i organisasjonen har valgt det, forteller appen enten CRM-systemet hvor det kan hente sin egen kopi, eller den legger inn en lenke som ved hvert klikk fører til opptaket i telefonsentralen, og bare for dem som har lov til å høre det. Inntil det er gjort, lagres bare ID-en til opptaket i telefonsentralen eller denne lenken; adressen til selve opptaket hentes først når den trengs, og lagres aldri. Hvor lenge et opptak lagres i CRM-systemet og i telefonsentralen, og om samtaler i det hele tatt kan tas opp, er organisasjonens ansvar.',
      none: 'Ikke aktuelt: Med denne telefonsentralen og dette CRM-systemet behandler appen ingen opptak.',
    },
    recipients: {
      these: 'Appen sender opplysninger til disse mottakerne og til ingen andre:',
      refused:
        'Programmet avviser en forespørsel til enhver annen adresse og registrerer forsøket. Den som leverer driftsleverandørens servere, har også databasene hos seg: se «Hvor opplysningene lagres».',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `Appen lagrer opplysninger på serverne til denne installasjonen, som er i denne regionen: ${region}. ${
          name === undefined
            ? `${country ? `De er i dette landet: ${country}. ` : ''}Hvem som eier serverne, har driftsleverandøren ikke oppgitt her; spør driftsleverandøren.`
            : `De leveres av ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'En mottaker utenfor denne regionen, eller en som det ikke er kjent hvor befinner seg, får opplysninger bare dersom driftsleverandøren har registrert grunnlaget for det: en avtale med et selskap i regionen, en beslutning om tilstrekkelig beskyttelsesnivå (personvernforordningen artikkel 45) eller standard personvernbestemmelser (artikkel 46 nr. 2 bokstav c) med en vurdering av overføringen. Ellers avviser programmet forespørselen. Hvor hver mottaker er nå, og på hvilket grunnlag den får opplysninger, står i denne listen:',
      list: 'Underdatabehandlere og mottakere med land og grunnlag (på engelsk)',
      vendors:
        'Om telefonsentralen og CRM-systemet behandler opplysninger utenfor Det europeiske økonomiske samarbeidsområdet, og på grunnlag av hvilken beslutning om tilstrekkelig beskyttelsesnivå eller hvilke garantier det i så fall skjer, står i deres egne personvernerklæringer. Organisasjonen har avtalene med leverandørene.',
      copy: 'Du kan få en kopi av garantiene: hos driftsleverandøren når det gjelder garantier som appen selv sender opplysninger på grunnlag av; hos organisasjonen når det gjelder garantier i avtalene om telefonsentralen og CRM-systemet.',
    },
    protection: {
      sealed:
        'Det som ovenfor er oppgitt som lagret kryptert, krypteres med AES-256-GCM før det når en database, med nøkler som ligger utenfor databasene. Det som må kunne finnes igjen, men ikke leses, lagres som en hashverdi, det vil si en verdi som beregnes ut fra det, for telefonnumre med en hemmelig nøkkel; det er pseudonymiserte opplysninger og dermed fortsatt personopplysninger.',
      apart:
        'Hver organisasjon har sin egen database og sine egne nøkler. En bruker ser bare samtalene som gjelder brukeren selv, med mindre en administrator lar brukeren se alle. Appens loggfiler inneholder ikke navn, numre eller adresser.',
    },
    ending: {
      end: 'Når lagringstiden er ute, viser appen ikke lenger opplysningene til noen. Har de en egen nøkkel, destrueres den; opplysningene slettes, og natten etter fjernes restene av dem fra databasefilene.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'Appen lager ingen sikkerhetskopier. I en sikkerhetskopi som driftsleverandøren lager av databasene, forblir det som var kryptert med en destruert nøkkel, uleselig; alle andre verdier og, så lenge organisasjonen bruker appen, navnet på en bruker blir værende der til driftsleverandøren sletter den.'
          : `Hver natt lager appen en kryptert sikkerhetskopi av databasene sine, uten nøklene som åpner opplysningene i dem. En sikkerhetskopi oppbevares i høyst ${backups} og slettes så; kopiens egen nøkkel destrueres samtidig. Det som var kryptert med en destruert nøkkel, er fra da av uleselig også i sikkerhetskopiene; andre verdier og, så lenge organisasjonen bruker appen, navnet på en bruker blir værende i dem til de slettes. Når en sikkerhetskopi gjenopprettes, fjernes alt som er slettet eller avinstallert siden den ble laget, på nytt før noen får tilgang.`,
      receipt:
        'Etter en avinstallering blir det liggende igjen en kvittering. Den viser hva som ble fjernet, og når, og nevner ingen ved navn.',
    },
    rights: {
      intro: 'På de vilkårene loven fastsetter, har du disse rettighetene:',
      who: 'Henvend deg til organisasjonen som du har snakket med på telefonen, eller som du arbeider for: Den er behandlingsansvarlig. Driftsleverandøren bistår den og videresender en henvendelse som kommer dit, men svarer ikke i organisasjonens sted. Organisasjonen svarer gratis, med mindre en henvendelse er åpenbart grunnløs eller overdreven, og innen én måned; er henvendelsen komplisert eller er det mange av dem, kan det ta to måneder til, dersom du får beskjed om det, med begrunnelse, i løpet av den første måneden (personvernforordningen artikkel 12 nr. 3 og 5).',
      operator:
        'Når det gjelder opplysningene som driftsleverandøren er behandlingsansvarlig for, henvender du deg til driftsleverandøren; det samme gjelder da for svarene derfra.',
      correcting: 'Et navn eller nummer rettes i CRM-systemet, der appen henter det fra.',
    },
    objection: {
      right:
        'Du har rett til når som helst, av grunner knyttet til din særlige situasjon, å protestere mot behandling av opplysninger om deg når behandlingen bygger på en berettiget interesse (personvernforordningen artikkel 21 nr. 1). Henvend deg til organisasjonen. Den må da slutte med behandlingen, med mindre den påviser tvingende berettigede grunner som går foran dine interesser, rettigheter og friheter, eller trenger opplysningene for å fastsette, gjøre gjeldende eller forsvare rettskrav.',
      none: 'Ikke aktuelt: Ingenting behandles her på grunnlag av en berettiget interesse.',
    },
    complaint: {
      rule: 'Du kan klage til en tilsynsmyndighet for personvern, særlig i landet der du bor, der du arbeider, eller der du mener at regelverket er brutt (personvernforordningen artikkel 77). For organisasjonen er rette myndighet den i landet der den er etablert; i Tyskland den i delstaten.',
      list: 'Tilsynsmyndighetene i alle land i Det europeiske økonomiske samarbeidsområdet',
      authority: ({ authority, country }) =>
        authority
          ? `For driftsleverandøren${country ? ` (${country})` : ''} er dette rette myndighet: ${authority.name}, ${authority.url}.`
          : 'Rette myndighet for driftsleverandøren er ikke oppgitt her; spør driftsleverandøren.',
      court: 'Du kan også gå til domstolene (personvernforordningen artikkel 79).',
    },
    obligation: {
      callers:
        'Den som ringer, har verken etter lov eller avtale plikt til å gi opplysninger: Den som skjuler nummeret sitt, vises og føres inn som en innringer med skjult nummer.',
      users:
        'Brukerne må logge seg på gjennom CRM-systemet, fordi appen arbeider for dem som organisasjonen har i CRM-systemet sitt. Verken loven eller noen avtale med driftsleverandøren krever det av dem; men uten pålogging og uten opplysningene ovenfor kan ikke appen vise dem samtaler.',
      others:
        'Den som godtar avtalen eller godkjenner et dokument, registreres sammen med det, fordi det ikke får virkning uten at noen står inne for det. Ingen må oppgi en adresse for meldinger; uten den får organisasjonen bare beskjed i appen.',
    },
    decisions: {
      none: 'Ikke aktuelt: Appen treffer ingen avgjørelser om noen utelukkende ved automatisert behandling og driver ikke profilering (personvernforordningen artikkel 22). Den viser samtaler og fører dem inn; den gir ingen poeng og rangerer ingen.',
    },
    consent: {
      never:
        'Å bruke appen, logge seg på, ringe eller lese denne erklæringen regnes aldri som samtykke til noe. Ingenting av det som er nevnt her, bygger på samtykke, så det finnes ikke noe samtykke å trekke tilbake.',
      agreement:
        'Når en administrator godtar databehandleravtalen for organisasjonen, er det en avtale mellom organisasjonen og driftsleverandøren og ikke et samtykke fra noen person. Ber organisasjonen selv innringere eller ansatte om samtykke, for eksempel til opptak, kan det trekkes tilbake hos organisasjonen når som helst og like enkelt som det ble gitt; det som er gjort fram til da, er fortsatt lovlig.',
    },
    policies: { own: 'Tjenestene som appen kobler sammen, har egne personvernerklæringer:' },
    versions: {
      each: 'Hver endring av denne erklæringen gir en ny versjon, med datoen den gjelder fra, og en liste over endringene. Tidligere versjoner kan fortsatt leses. Hvilken versjon som gjelder for hver organisasjon, og siden når, er registrert og vises til brukerne i appen.',
      announced: ({ notice }) =>
        `En versjon som tillater mer enn den som gjelder – en ny kategori av opplysninger eller et nytt formål, en mottaker til, lengre tid, svakere sikring – varsles ${notice} i forveien, øverst i denne erklæringen, i appen og per e-post til adressene organisasjonen har oppgitt for dette. Ingenting av det som er nytt i den, gjøres før det. Om en versjon tillater mer, avgjør appen ved å sammenligne reglene i de to versjonene.`,
    },
  },
  rights: {
    access:
      'å få vite om opplysninger om deg behandles, og å få en kopi av dem (innsyn, personvernforordningen artikkel 15)',
    rectification: 'å få rettet uriktige og utfylt ufullstendige opplysninger (retting, artikkel 16)',
    erasure: 'å få opplysninger slettet (sletting, artikkel 17)',
    restriction: 'å få behandlingen av dem begrenset (begrensning, artikkel 18)',
    portability:
      'å få utlevert opplysninger du selv har gitt, i et strukturert, alminnelig anvendt og maskinlesbart format, dersom de behandles etter en avtale med deg (dataportabilitet, artikkel 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'ikke aktuelt: Driftsleverandøren er etablert i Det europeiske økonomiske samarbeidsområdet (personvernforordningen artikkel 27)'
      : 'ikke oppgitt her',
  noOfficer: 'ikke oppgitt her',
  nobody: 'ingen',
  area: 'Det europeiske økonomiske samarbeidsområdet',
  unnamed: 'ikke oppgitt',
  atHosts: (recipient, hosts) => `${recipient} (${hosts.join(', ')})`,
  atConnection: (recipient) => `${recipient} (på adressen som organisasjonen har lagt inn)`,
  atMailServer: (recipient) => `${recipient} (som driftsleverandøren sender e-post gjennom)`,
  nowhereKnown: 'landet er ikke kjent',
  policyOf: (vendor) => `Personvernerklæring: ${vendor}`,
  noAddress: (vendor) => `${vendor}: egen personvernerklæring, slik ${vendor} offentliggjør den`,
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `Ny kategori av opplysninger: ${kind}.`,
    goneKind: (kind) => `Lagres ikke lenger: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: før «${from}», nå «${to}».`,
    added: (kind, field, what) => `${kind} – ${field}: nytt «${what}».`,
    removed: (kind, field, what) => `${kind} – ${field}: ikke lenger «${what}».`,
    newSection: (heading) => `Nytt avsnitt: «${heading}».`,
    goneSection: (heading) => `Avsnitt fjernet: «${heading}».`,
    reworded: (what) => `Formulert annerledes: «${what}».`,
    rewordedElsewhere:
      'Bare ordlyden på et annet språk ble endret, eller hvilken del som gjelder hvilken app.',
    newLanguages: (names) => `Nå også på disse språkene: ${names}.`,
    goneLanguages: (names) => `Ikke lenger på disse språkene: ${names}.`,
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'analyse',
  marketing: 'markedsføring',
  profiling: 'profilering',
}
