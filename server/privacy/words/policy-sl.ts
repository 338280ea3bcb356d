import { withoutCapital } from './in-sentence.ts'
import { joined } from './joined.ts'
import type { FearedUse, PolicyWords } from './policy-words.ts'

export const sl: PolicyWords = {
  title: (phone, crm) =>
    crm
      ? `Politika zasebnosti aplikacije Ringfence za ${phone ? `${phone} v povezavi s CRM ${crm}` : crm}`
      : 'Politika zasebnosti aplikacije Ringfence',
  about: 'Aplikacija',
  aboutFields: {
    operator: 'Izvajalec',
    seat: 'Sedež izvajalca',
    contact: 'Kontaktni podatki izvajalca',
    representative: 'Predstavnik izvajalca',
    officer: 'Pooblaščena oseba izvajalca za varstvo podatkov',
    phones: 'Telefonske centrale',
    crms: 'Sistemi CRM',
    policies: 'Druge politike',
    backups: 'Starost varnostnih kopij',
    notice: 'Koliko prej se napove različica, ki dovoljuje več',
  },
  roleFields: {
    operator: 'Izvajalec',
    seat: 'Sedež',
    contact: 'Kontaktni podatki',
    representative: 'Predstavnik v Uniji',
    officer: 'Pooblaščena oseba za varstvo podatkov',
  },
  fields: {
    subjects: 'Na koga se nanašajo',
    sealed: 'Šifrirano shranjeni podatki',
    hashed: 'Podatki, shranjeni kot zgoščena vrednost',
    clear: 'Berljivo shranjeni podatki',
    purposes: 'Namen',
    ground: 'Pravna podlaga',
    keep: 'Rok hrambe',
    ends: 'Izbrišejo se, ko',
    recipients: 'Uporabniki podatkov',
    source: 'Vir',
    role: 'Upravljavec',
    database: 'Kje so shranjeni',
    region: 'Kraj',
    sealedBy: 'Šifriranje',
  },
  headings: {
    scope: 'Kaj ureja ta politika',
    roles: 'Kdo je odgovoren',
    data: 'Kateri podatki, čemu in kako dolgo',
    purposes: 'Za kaj se podatki uporabljajo in za kaj nikoli',
    interests: 'Zakoniti interesi in njihovo tehtanje',
    recordings: 'Posnetki klicev',
    recipients: 'Kdo prejme podatke',
    place: 'Kje so podatki',
    protection: 'Kako so podatki zavarovani',
    ending: 'Kako se podatki izbrišejo',
    rights: 'Vaše pravice in na koga se lahko obrnete',
    objection: 'Vaša pravica do ugovora',
    complaint: 'Pritožbe',
    obligation: 'Ali morate podatke zagotoviti?',
    decisions: 'Avtomatizirano sprejemanje odločitev',
    consent: 'Uporaba ni privolitev',
    policies: 'Druge politike',
    versions: 'Različice te politike',
  },
  sentences: {
    scope: {
      what: 'Ringfence (»aplikacija«) povezuje telefonsko centralo podjetja z njegovim sistemom CRM, v katerem podjetje vodi svoje stranke in stike. Pokaže, kdo kliče, in vsak klic vpiše v CRM. Ta politika velja za osebne podatke, ki jih ta namestitev aplikacije za to obdeluje, in za nobene druge.',
      not: 'Ne velja za to, kar z osebnimi podatki počneta sama telefonska centrala in CRM. To so storitve drugih ponudnikov, ki jih podjetje uporablja na podlagi lastnih pogodb; vsaka ima svojo politiko. Vpisani klic ostane v sistemu CRM po pravilih podjetja.',
      terms:
        'V tej politiki je »organizacija« podjetje, ki uporablja aplikacijo, »uporabniki« so ljudje, ki zanjo delajo in se v aplikacijo prijavljajo, »izvajalec« je tisti, ki zagotavlja delovanje te namestitve, »GDPR« pa je Splošna uredba o varstvu podatkov, Uredba (EU) 2016/679.',
    },
    roles: {
      controller:
        'Upravljavec (člen 4(7) GDPR) je organizacija: odloča o tem, čigavi klici se obdelujejo in s kakšnim namenom. Njeno ime in kontaktni podatki ter njen predstavnik in pooblaščena oseba za varstvo podatkov, če ju ima, so navedeni v njenem lastnem obvestilu o obdelavi osebnih podatkov.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'Delovanje te namestitve zagotavlja:'
          : 'Izvajalec te namestitve tu ni naveden; kdo je, vam pove organizacija.',
      processor:
        'Izvajalec obdeluje podatke za organizacijo kot njen obdelovalec (člen 4(8) in člen 28 GDPR) na podlagi pogodbe, ki jo organizacija sprejme, preden se kar koli prekopira.',
      operatorKinds:
        'Za naslednje vrste podatkov, ki jih potrebuje za delovanje namestitve, je upravljavec izvajalec sam:',
    },
    data: {
      all: 'To so vsi osebni podatki, ki jih aplikacija hrani. Seznam nastane iz istih opredelitev, po katerih se ravnajo podatkovne zbirke, brisanje in omrežje: program se ne zažene, če bi katera od podatkovnih zbirk lahko vsebovala osebne podatke, ki na njem niso navedeni.',
      source:
        'Večina teh podatkov ne izvira neposredno od posameznikov, na katere se nanašajo, temveč iz telefonske centrale in sistema CRM; pri vsaki vrsti je naveden vir. Iz javno dostopnih virov se ne prevzema nič.',
      device:
        'V uporabnikovi napravi aplikacija shrani piškotek, zaradi katerega uporabnik ostane prijavljen največ dvanajst ur, med vzpostavljanjem povezave pa za četrt ure še enega. Oba sta nujno potrebna (člen 5(3) Direktive 2002/58/ES) in nimata drugega namena. Naslov, s katerega pride zahteva (naslov IP), je le v delovnem pomnilniku, da se omeji število zahtev; aplikacija ga ne shrani in ne zapiše v dnevnik.',
    },
    purposes: {
      inUse:
        'Vsaka vrsta podatkov se uporablja le za namene, ki so pri njej navedeni. Nameni so z zaprtega seznama; v uporabi so ti in nobeni drugi:',
      newPurpose:
        'Preden se podatki obdelujejo za nov namen, so posamezniki, na katere se nanašajo, o tem obveščeni (člena 13(3) in 14(4) GDPR): nov namen pomeni novo različico te politike in se napove tako, kot je opisano v razdelku »Različice te politike«. Če je treba obvestiti še drugače, je to naloga upravljavca.',
      reading:
        'Podatki o stikih, klicih in uporabnikih so v podatkovni zbirki njihove organizacije. Preden aplikacija v njej kar koli prebere, mora navesti namen, podatkovna zbirka pa sama ne izda podatkov, ki za ta namen niso predvideni. Izjemi sta le brisanje podatkov in preverjanje tega, kar se hrani.',
      never: ({ never }) =>
        `Nobeden od teh namenov ni ${joined(
          never.map((use) => uses[use]),
          ' ali ',
        )}: za to aplikacija podatkov ne uporablja.`,
    },
    interests: {
      kinds:
        'Na podlagi zakonitega interesa, ki je naveden pri vsaki od njih, se obdelujejo te vrste podatkov:',
      weighed:
        'Tako so bili, na kratko, ti interesi pretehtani glede na interese posameznikov, na katere se podatki nanašajo. Organizacija mora preveriti, ali to velja tudi v njenem primeru; celotno oceno lahko zahtevate pri njej.',
      none: 'Ni relevantno: na podlagi zakonitega interesa se tu ne obdeluje nič.',
    },
    recordings: {
      attach:
        'Aplikacija posnetek klica priloži temu klicu v sistemu CRM le, če je skrbnik organizacije tako izbral. Posnetek posreduje po delih, kakor prihaja iz telefonske centrale, in od njega ne obdrži ničesar, ne v podatkovni zbirki ne v datoteki. Kako dolgo se posnetek hrani v sistemu CRM in v telefonski centrali ter ali se klici sploh smejo snemati, je stvar organizacije.',
      refer:
        'Sistem CRM, ki od aplikacije posnetkov ne prevzema, na primer Bitrix24, aplikacija nanje le napoti; sami posnetki takrat ne gredo skoznjo. Le če je skrbnik organizacije tako izbral, aplikacija sistemu CRM bodisi sporoči, kje si lahko vzame svojo kopijo, bodisi tam pusti povezavo, ki ob vsakem kliku vodi do posnetka v telefonski centrali, a samo za tiste, ki ga smejo poslušati. Dokler to ni opravljeno, se hrani le oznaka posnetka v telefonski centrali ali ta povezava; naslov samega posnetka aplikacija ugotovi šele, ko ga potrebuje, in ga nikoli ne hrani. Kako dolgo se posnetek hrani v sistemu CRM in v telefonski centrali ter ali se klici sploh smejo snemati, je stvar organizacije.',
      none: 'Ni relevantno: s to telefonsko centralo in tem sistemom CRM aplikacija posnetkov ne obdeluje.',
    },
    recipients: {
      these: 'Aplikacija pošilja podatke tem uporabnikom podatkov in nikomur drugemu:',
      refused:
        'Pošiljanje na kateri koli drug naslov program zavrne in poskus zabeleži. Podatkovne zbirke ima pri sebi tudi tisti, ki izvajalcu zagotavlja strežnike: glej »Kje so podatki«.',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `Aplikacija hrani podatke na strežnikih te namestitve, ki so na tem območju: ${region}. ${
          name === undefined
            ? `${country ? `So v tej državi: ${country}. ` : ''}Čigavi so strežniki, izvajalec tu ni navedel; vprašajte ga.`
            : `Zagotavlja jih ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'Uporabnik podatkov zunaj tega območja ali tak, za katerega ni znano, kje je, prejme podatke le, če je izvajalec zabeležil podlago za to: pogodbo s podjetjem na tem območju, sklep o ustreznosti (člen 45 GDPR) ali standardna določila o varstvu podatkov (člen 46(2)(c) GDPR) z oceno prenosa. Sicer program pošiljanje zavrne. Kje je zdaj kateri uporabnik podatkov in na kateri podlagi podatke prejema, je navedeno na tem seznamu:',
      list: 'Drugi obdelovalci in uporabniki podatkov z državo in podlago (v angleščini)',
      vendors:
        'Ali telefonska centrala in CRM podatke obdelujeta zunaj Evropskega gospodarskega prostora in na podlagi katerega sklepa o ustreznosti ali katerih zaščitnih ukrepov, je navedeno v njunih politikah. Pogodbe z njunima ponudnikoma je sklenila organizacija.',
      copy: 'Kopijo zaščitnih ukrepov je mogoče zahtevati: od izvajalca, če na njihovi podlagi podatke pošilja aplikacija sama; od organizacije, če so del njenih pogodb s telefonsko centralo in sistemom CRM.',
    },
    protection: {
      sealed:
        'Kar je zgoraj navedeno kot šifrirano shranjeno, se šifrira z AES-256-GCM, preden pride v podatkovno zbirko, in sicer s ključi, ki so zunaj podatkovnih zbirk. Kar je treba znova najti, ni pa treba brati, se hrani kot zgoščena vrednost, torej kot vrednost, ki se iz tega izračuna, pri telefonskih številkah s skrivnim ključem; to so psevdonimizirani in torej še vedno osebni podatki.',
      apart:
        'Vsaka organizacija ima svojo podatkovno zbirko in svoje ključe. Uporabnik vidi klice, ki se nanašajo nanj, vse klice pa le, če mu to dovoli skrbnik. Dnevniške datoteke aplikacije ne vsebujejo imen, številk ali naslovov.',
    },
    ending: {
      end: 'Od trenutka, ko poteče rok hrambe, aplikacija podatkov ne pokaže nikomur več. Če imajo svoj ključ, se ta uniči; podatki se izbrišejo, naslednjo noč pa se njihovi ostanki odstranijo iz datotek podatkovne zbirke.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'Aplikacija ne izdeluje varnostnih kopij. V varnostni kopiji podatkovnih zbirk, ki jo naredi izvajalec, ostane neberljivo, kar je bilo šifrirano z uničenim ključem; vse druge vrednosti in, dokler organizacija aplikacijo uporablja, ime uporabnika ostanejo v njej, dokler je izvajalec ne izbriše.'
          : `Vsako noč aplikacija naredi šifrirano varnostno kopijo svojih podatkovnih zbirk brez ključev, ki odpirajo podatke v njih. Varnostna kopija se hrani največ ${backups}, nato se izbriše, z njo pa se uniči tudi njen lastni ključ. Kar je bilo šifrirano z uničenim ključem, je od takrat neberljivo tudi v varnostnih kopijah; druge vrednosti in, dokler organizacija aplikacijo uporablja, ime uporabnika ostanejo v njih do takrat. Ob obnovi iz varnostne kopije se, preden kdor koli dobi dostop, znova odstrani vse, kar je bilo od njenega nastanka izbrisano ali odstranjeno.`,
      receipt:
        'Po odstranitvi aplikacije ostane potrdilo. V njem je navedeno, kaj je bilo odstranjeno in kdaj; nikogar ne imenuje.',
    },
    rights: {
      intro: 'Pod pogoji, ki jih določa zakonodaja, imate te pravice:',
      who: 'Obrnite se na organizacijo, s katero ste telefonirali ali za katero delate: ta je upravljavec. Izvajalec ji pomaga in ji preda zahteve, ki jih prejme, ne odgovarja pa namesto nje. Organizacija odgovori brezplačno, razen če je zahteva očitno neutemeljena ali pretirana, in v enem mesecu; pri zapletenih ali številnih zahtevah lahko traja dva meseca dlje, če vas o tem in o razlogih obvesti v prvem mesecu (člen 12(3) in (5) GDPR).',
      operator:
        'Glede podatkov, katerih upravljavec je izvajalec, se obrnite nanj; za njegove odgovore velja enako.',
      correcting: 'Ime ali številka se popravi v sistemu CRM, od koder ju aplikacija prevzema.',
    },
    objection: {
      right:
        'Na podlagi razlogov, povezanih z vašim posebnim položajem, imate pravico, da kadar koli ugovarjate obdelavi podatkov, ki se nanašajo na vas in se obdelujejo na podlagi zakonitega interesa (člen 21(1) GDPR). Obrnite se na organizacijo. Ta mora nato z obdelavo prenehati, razen če dokaže nujne legitimne razloge, ki prevladajo nad vašimi interesi, pravicami in svoboščinami, ali če podatke potrebuje za uveljavljanje, izvajanje ali obrambo pravnih zahtevkov.',
      none: 'Ni relevantno: na podlagi zakonitega interesa se tu ne obdeluje nič.',
    },
    complaint: {
      rule: 'Pritožbo lahko vložite pri nadzornem organu za varstvo podatkov, zlasti v državi, v kateri živite, v kateri delate ali v kateri je po vašem mnenju prišlo do kršitve (člen 77 GDPR). Za organizacijo je pristojen organ države, v kateri ima sedež; v Nemčiji organ zvezne dežele.',
      list: 'Nadzorni organi vseh držav Evropskega gospodarskega prostora',
      authority: ({ authority, country }) =>
        authority
          ? `Za izvajalca${country ? ` (${country})` : ''} je pristojen ta organ: ${authority.name}, ${authority.url}.`
          : 'Kateri organ je pristojen za izvajalca, tu ni navedeno; vprašajte izvajalca.',
      court: 'Obrnete se lahko tudi na sodišče (člen 79 GDPR).',
    },
    obligation: {
      callers:
        'Kdor kliče, podatkov ni dolžan zagotoviti ne po zakonu ne po pogodbi: kdor svojo številko skrije, je prikazan in vpisan kot klicatelj s skrito številko.',
      users:
        'Uporabniki se morajo prijaviti prek sistema CRM, ker aplikacija dela za ljudi, ki jih ima organizacija v svojem sistemu CRM. Tega ne zahteva ne zakon ne njihova pogodba z izvajalcem; brez prijave in brez zgoraj navedenih podatkov pa jim aplikacija klicev ne more pokazati.',
      others:
        'Kdor sprejme pogodbo ali odobri dokument, se ob tem zabeleži, ker brez nekoga, ki zanju odgovarja, ne začneta veljati. Naslova za obvestila ni treba vpisati nikomur; brez njega je organizacija obveščena le v aplikaciji.',
    },
    decisions: {
      none: 'Ni relevantno: aplikacija o nikomer ne sprejema odločitev zgolj z avtomatizirano obdelavo in ne oblikuje profilov (člen 22 GDPR). Klice prikazuje in vpisuje; nikogar ne ocenjuje in ne razvršča.',
    },
    consent: {
      never:
        'Uporaba aplikacije, prijava, klic ali branje te politike nikoli ne velja za privolitev v kar koli. Nič od tu navedenega ne temelji na privolitvi, zato ni privolitve, ki bi jo bilo mogoče preklicati.',
      agreement:
        'Ko skrbnik za organizacijo sprejme pogodbo o obdelavi podatkov, je to pogodba med organizacijo in izvajalcem in ne privolitev katere koli osebe. Če organizacija sama prosi klicatelje ali zaposlene za privolitev, na primer v snemanje, se ta prekliče pri organizaciji, kadar koli in enako enostavno, kot je bila dana; kar se je zgodilo dotlej, ostane zakonito.',
    },
    policies: { own: 'Storitve, ki jih aplikacija povezuje, imajo svoje politike:' },
    versions: {
      each: 'Z vsako spremembo te politike nastane nova različica z datumom, od katerega velja, in s seznamom sprememb. Prejšnje različice ostanejo na voljo. Zabeleženo je, katera različica za katero organizacijo velja in od kdaj; njeni uporabniki to vidijo v aplikaciji.',
      announced: ({ notice }) =>
        `Različica, ki dovoljuje več od veljavne – novo vrsto podatkov ali nov namen, dodatnega uporabnika podatkov, daljši rok, šibkejše varstvo –, se napove ${notice} vnaprej, na vrhu te politike, v aplikaciji in po e-pošti na naslove, ki jih je organizacija za to vpisala, in nič od tega, kar je v njej novega, se ne zgodi prej. Ali različica dovoljuje več, odloči aplikacija s primerjavo opredelitev.`,
    },
  },
  rights: {
    access:
      'izvedeti, ali se obdelujejo podatki, ki se nanašajo na vas, in dobiti njihovo kopijo (pravica dostopa, člen 15 GDPR)',
    rectification:
      'doseči popravek netočnih in dopolnitev nepopolnih podatkov (pravica do popravka, člen 16)',
    erasure: 'doseči izbris podatkov (pravica do izbrisa, člen 17)',
    restriction: 'doseči omejitev njihove obdelave (pravica do omejitve obdelave, člen 18)',
    portability:
      'prejeti podatke, ki ste jih posredovali, v strukturirani, splošno uporabljani in strojno berljivi obliki, če se obdelujejo na podlagi pogodbe z vami (pravica do prenosljivosti podatkov, člen 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'ni relevantno: izvajalec ima sedež v Evropskem gospodarskem prostoru (člen 27 GDPR)'
      : 'tu ni naveden',
  noOfficer: 'tu ni navedena',
  nobody: 'nihče',
  area: 'Evropski gospodarski prostor',
  unnamed: 'ni navedeno',
  atHosts: (recipient, hosts) => `${recipient} (${hosts.join(', ')})`,
  atConnection: (recipient) => `${recipient} (na naslovu, ki ga je vnesla organizacija)`,
  atMailServer: (recipient) => `${recipient} (prek katerega izvajalec pošilja e-pošto)`,
  nowhereKnown: 'država ni znana',
  policyOf: (vendor) => `Politika zasebnosti: ${vendor}`,
  noAddress: (vendor) => `${vendor}: lastna politika, kakor jo ${vendor} objavlja`,
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `Nova vrsta podatkov: ${kind}.`,
    goneKind: (kind) => `Ne hrani se več: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: doslej »${from}«, zdaj »${to}«.`,
    added: (kind, field, what) => `${kind} – ${field}: novo »${what}«.`,
    removed: (kind, field, what) => `${kind} – ${field}: ne več »${what}«.`,
    newSection: (heading) => `Nov razdelek: »${heading}«.`,
    goneSection: (heading) => `Črtan razdelek: »${heading}«.`,
    reworded: (what) => `Drugače ubesedeno: »${what}«.`,
    rewordedElsewhere:
      'Spremenilo se je le besedilo v drugem jeziku ali to, na katero aplikacijo se kateri del nanaša.',
    newLanguages: (names) => `Zdaj tudi v teh jezikih: ${names}.`,
    goneLanguages: (names) => `Ne več v teh jezikih: ${names}.`,
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'analitika',
  marketing: 'trženje',
  profiling: 'oblikovanje profilov',
}
