import { withoutCapital } from './in-sentence.ts'
import { joined } from './joined.ts'
import type { FearedUse, PolicyWords } from './policy-words.ts'

export const sl: PolicyWords = {
  title: (phone, crm) =>
    crm
      ? `Politika zasebnosti aplikacije Ringfence za ${phone ? `${phone} in ${crm}` : crm}`
      : 'Politika zasebnosti aplikacije Ringfence',
  about: 'Aplikacija',
  aboutFields: {
    operator: 'Izvajalec',
    seat: 'Sedež izvajalca',
    contact: 'Kontakt izvajalca',
    representative: 'Predstavnik izvajalca',
    officer: 'Pooblaščena oseba izvajalca za varstvo podatkov',
    phones: 'Telefonske centrale',
    crms: 'Sistemi CRM',
    policies: 'Druge politike',
    backups: 'Starost varnostnih kopij',
    notice: 'Napoved različice, ki dovoljuje več',
  },
  roleFields: {
    operator: 'Izvajalec',
    seat: 'Sedež',
    contact: 'Kontakt',
    representative: 'Predstavnik v Uniji',
    officer: 'Pooblaščena oseba za varstvo podatkov',
  },
  fields: {
    subjects: 'Čigavi podatki',
    sealed: 'Šifrirano shranjeni podatki',
    hashed: 'Podatki, shranjeni kot zgoščena vrednost',
    clear: 'Berljivo shranjeni podatki',
    purposes: 'Namen',
    ground: 'Pravna podlaga',
    keep: 'Čas hrambe',
    ends: 'Hramba se konča, ko',
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
    purposes: 'Čemu se podatki uporabljajo in čemu nikoli',
    recordings: 'Posnetki klicev',
    recipients: 'Kdo prejme podatke',
    place: 'Kje so podatki',
    protection: 'Kako so podatki zavarovani',
    ending: 'Kako se hramba konča',
    rights: 'Vaše pravice in na koga se obrnete',
    objection: 'Vaša pravica do ugovora',
    complaint: 'Pritožbe',
    obligation: 'Ali je podatke treba zagotoviti?',
    decisions: 'Avtomatizirano sprejemanje odločitev',
    consent: 'Uporaba ni privolitev',
    policies: 'Druge politike',
    versions: 'Različice te politike',
  },
  sentences: {
    scope: {
      what: 'Ringfence (»aplikacija«) povezuje telefonsko centralo podjetja z njegovim sistemom CRM. Pokaže, kdo kliče, in vsak klic vpiše v CRM. Ta politika velja za osebne podatke, ki jih ta namestitev aplikacije za to obdeluje, in za nobene druge.',
      not: 'Ne velja za to, kar z osebnimi podatki počneta telefonska centrala in CRM sama. To so storitve drugih ponudnikov, ki jih podjetje uporablja na podlagi lastnih pogodb; vsaka ima svojo politiko. Vpisani klic ostane v sistemu CRM po pravilih podjetja.',
      terms:
        'V tej politiki je »organizacija« podjetje, ki uporablja aplikacijo, »uporabniki« so ljudje, ki zanjo delajo in se v aplikacijo prijavljajo, »izvajalec« je tisti, ki to namestitev izvaja, »GDPR« pa je Uredba (EU) 2016/679.',
    },
    roles: {
      controller:
        'Upravljavec (člen 4(7) GDPR) je organizacija: odloča o tem, čigavi klici se obdelujejo in čemu. Njeno ime in kontaktne podatke ter njenega predstavnika in pooblaščeno osebo za varstvo podatkov, če ju ima, navaja njeno lastno obvestilo o obdelavi osebnih podatkov.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'To namestitev izvaja:'
          : 'Izvajalec te namestitve tu ni naveden; kdo je, vam pove organizacija.',
      processor:
        'Izvajalec obdeluje podatke za organizacijo kot njen obdelovalec (člen 4(8) in člen 28 GDPR) na podlagi pogodbe, ki jo organizacija sprejme, preden se karkoli prekopira.',
      operatorKinds:
        'Za naslednje podatke, ki jih potrebuje za delovanje namestitve, je upravljavec izvajalec sam:',
    },
    data: {
      all: 'To so vsi osebni podatki, ki jih aplikacija hrani. Seznam nastane iz istih opredelitev, po katerih se ravnajo podatkovne zbirke, brisanje in omrežje: program se ne zažene, če je v podatkovni zbirki stolpec, ki v njih ni opredeljen.',
      source:
        'Večine teh podatkov ne dajo posamezniki sami, temveč izvirajo iz telefonske centrale in sistema CRM; pri vsaki vrsti je naveden vir. Iz javno dostopnih virov se ne prevzema nič.',
    },
    purposes: {
      inUse: 'Vsaka vrsta podatkov ima svoje namene z zaprtega seznama. Uporabljajo se ti in nobeni drugi:',
      newPurpose:
        'Preden se podatki obdelujejo za nov namen, so posamezniki, na katere se nanašajo, o tem obveščeni (člena 13(3) in 14(4) GDPR): nov namen pomeni novo različico te politike in se napove tako, kot je opisano v razdelku »Različice te politike«. Če je treba obvestiti še drugače, je to naloga upravljavca.',
      reading:
        'Stiki, klici in uporabniki so v podatkovni zbirki svoje organizacije. Aplikacija v njej pred vsakim branjem navede, za kateri namen bere, podatkovna zbirka pa sama zavrne podatke, ki za ta namen niso opredeljeni. Izjemi sta le brisanje podatkov in preverjanje tega, kar se hrani.',
      never: ({ never }) =>
        `Nobeden od teh namenov ni ${joined(
          never.map((use) => uses[use]),
          ' ali ',
        )}: za to aplikacija podatkov ne uporablja.`,
    },
    recordings: {
      attach:
        'Aplikacija posnetek klica priloži temu klicu v sistemu CRM le, če je skrbnik organizacije tako izbral. Posnetek posreduje po delih, kakor prihaja iz telefonske centrale, in od njega ne obdrži ničesar, ne v podatkovni zbirki ne v datoteki. Kako dolgo se posnetek hrani v sistemu CRM in v telefonski centrali ter ali se klici sploh smejo snemati, je stvar organizacije.',
      refer:
        'Sistem CRM, ki od aplikacije posnetkov ne prevzema, na primer Bitrix24, aplikacija nanje le napoti; sami posnetki takrat ne gredo skoznjo. Le če je skrbnik organizacije tako izbral, aplikacija sistemu CRM bodisi sporoči, kje si lahko vzame svojo kopijo, bodisi tam pusti povezavo, ki ob vsakem kliku vodi do posnetka v telefonski centrali, a samo za tiste, ki ga smejo poslušati. Naslov posnetka ugotovi šele, ko ga potrebuje, in ga nikoli ne hrani. Kako dolgo se posnetek hrani v sistemu CRM in v telefonski centrali ter ali se klici sploh smejo snemati, je stvar organizacije.',
      none: 'Ni relevantno: s to telefonsko centralo in tem sistemom CRM aplikacija posnetkov ne obdeluje.',
    },
    recipients: {
      these: 'Aplikacija pošilja podatke tem uporabnikom podatkov in nikomur drugemu:',
      refused:
        'Zahtevo na kateri koli drug naslov program zavrne in poskus zabeleži. Podatkovne zbirke ima pri sebi tudi tisti, ki izvajalcu zagotavlja strežnike: glej »Kje so podatki«.',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `Aplikacija hrani podatke na strežnikih te namestitve, ki so na tem območju: ${region}. ${
          name === undefined
            ? `${country ? `So v tej državi: ${country}. ` : ''}Čigavi so strežniki, izvajalec tu ni navedel; vprašajte ga.`
            : `Zagotavlja jih ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'Uporabnik podatkov zunaj tega območja ali tak, za katerega ni znano, kje je, prejme podatke le, če je izvajalec za to zabeležil podlago: pogodbo s podjetjem na tem območju, sklep o ustreznosti (člen 45 GDPR) ali standardna določila o varstvu podatkov (člen 46(2)(c) GDPR) z oceno. Sicer program zahtevo zavrne. Kje je kateri uporabnik podatkov in na kateri podlagi podatke prejme, aplikacija organizaciji pokaže na strani »Connections«.',
      vendors:
        'Ali telefonska centrala in CRM podatke obdelujeta zunaj Evropskega gospodarskega prostora in na podlagi katerega sklepa o ustreznosti ali katerih zaščitnih ukrepov, navajata v svojih politikah. Pogodbe z njima ima organizacija.',
      copy: 'Kopijo zaščitnih ukrepov je mogoče zahtevati: od izvajalca, če na njihovi podlagi podatke pošilja aplikacija sama; od organizacije, če so del njenih pogodb s telefonsko centralo in sistemom CRM.',
    },
    protection: {
      sealed:
        'Kar je zgoraj navedeno kot šifrirano shranjeno, se šifrira z AES-256-GCM, preden pride v podatkovno zbirko, in sicer s ključi, ki so zunaj podatkovnih zbirk. Kar je treba znova najti, ni pa treba brati, se hrani kot zgoščena vrednost, pri telefonskih številkah s skrivnim ključem; to so psevdonimizirani in torej še vedno osebni podatki.',
      apart:
        'Vsaka organizacija ima svojo podatkovno zbirko in svoje ključe. Uporabnik vidi klice, ki se nanašajo nanj, vse klice pa le, če mu to dovoli skrbnik. Dnevniške datoteke aplikacije ne vsebujejo imen, številk ali naslovov.',
    },
    ending: {
      end: 'Od trenutka, ko čas hrambe poteče, aplikacija podatkov ne pokaže nikomur več. Če imajo svoj ključ, se ta uniči; podatki se izbrišejo, naslednjo noč pa se njihovi ostanki odstranijo iz datotek podatkovne zbirke.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'Aplikacija ne izdeluje varnostnih kopij. V varnostni kopiji podatkovnih zbirk, ki jo naredi izvajalec, ostane neberljivo, kar je bilo šifrirano z uničenim ključem; vse druge vrednosti in, dokler organizacija aplikacijo uporablja, ime uporabnika ostanejo v njej, dokler je izvajalec ne izbriše.'
          : `Vsako noč aplikacija naredi šifrirano varnostno kopijo svojih podatkovnih zbirk brez ključev, ki odpirajo podatke v njih. Varnostna kopija se hrani največ ${backups}, nato se izbriše, z njo pa se uniči tudi njen lastni ključ. Kar je bilo šifrirano z uničenim ključem, je od takrat neberljivo tudi v varnostnih kopijah; druge vrednosti in, dokler organizacija aplikacijo uporablja, ime uporabnika ostanejo v njih ta čas. Ob obnovi iz varnostne kopije se, preden kdor koli dobi dostop, znova odstranijo vsi, ki so bili od njenega nastanka izbrisani, in vse, kar je bilo odstranjeno.`,
      receipt:
        'Po odstranitvi aplikacije ostane potrdilo. Pove, kaj je bilo odstranjeno in kdaj, in ne imenuje nikogar.',
    },
    rights: {
      intro: 'Pod pogoji, ki jih določa zakonodaja, imate te pravice:',
      who: 'Obrnite se na organizacijo, s katero ste telefonirali ali za katero delate: ta je upravljavec. Izvajalec ji pomaga in ji preda zahtevo, ki jo prejme, ne odgovarja pa namesto nje. Odgovor je brezplačen. Dobite ga v enem mesecu, pri zapletenih zahtevah v treh, če ste o tem obveščeni v prvem (člen 12(3) in (5) GDPR).',
      operator: 'Glede podatkov, katerih upravljavec je izvajalec, se obrnite na izvajalca.',
      correcting: 'Ime ali številka se popravi v sistemu CRM, od koder ju aplikacija prevzema.',
    },
    objection: {
      right:
        'Na podlagi razlogov, povezanih z vašim posebnim položajem, lahko kadar koli ugovarjate obdelavi podatkov, ki se nanašajo na vas, na podlagi zakonitega interesa (člen 21(1) GDPR). Obrnite se na organizacijo. Ta mora nato z obdelavo prenehati, razen če dokaže nujne legitimne razloge, ki prevladajo nad vašimi interesi, ali če podatke potrebuje za pravne zahtevke.',
      kinds: 'Na podlagi zakonitega interesa, ki je pri vsaki vrsti naveden, se obdelujejo ti podatki:',
      none: 'Ni relevantno: na podlagi zakonitega interesa se tu ne obdeluje nič.',
    },
    complaint: {
      rule: 'Pritožbo lahko vložite pri nadzornem organu za varstvo podatkov, zlasti v državi, v kateri živite, v kateri delate ali v kateri je po vašem mnenju prišlo do kršitve (člen 77 GDPR). Za organizacijo je pristojen organ države, v kateri ima sedež.',
      list: 'Nadzorni organi vseh držav Evropskega gospodarskega prostora',
      authority: ({ authority, country }) =>
        authority
          ? `Za izvajalca${country ? ` (${country})` : ''} je pristojen ta organ: ${authority.name}, ${authority.url}.`
          : 'Kateri organ je pristojen za izvajalca, ta tu ni navedel; vprašajte ga.',
      court: 'Obrnete se lahko tudi na sodišče (člen 79 GDPR).',
    },
    obligation: {
      callers:
        'Kdor kliče, aplikaciji podatkov ni dolžan zagotoviti ne po zakonu ne po pogodbi: kdor svojo številko skrije, je prikazan in vpisan kot klicatelj s skrito številko.',
      users:
        'Uporabniki se morajo prijaviti prek sistema CRM, ker aplikacija dela za ljudi, ki jih ima organizacija v svojem sistemu CRM. Zakon tega ne zahteva; brez prijave in brez zgoraj navedenih podatkov pa jim aplikacija klicev ne more pokazati.',
    },
    decisions: {
      none: 'Ni relevantno: aplikacija o nikomer ne sprejema odločitev zgolj z avtomatizirano obdelavo (člen 22 GDPR). Klice prikazuje in vpisuje; nikogar ne ocenjuje in ne razvršča.',
    },
    consent: {
      never:
        'Uporaba aplikacije, prijava, klic ali branje te politike nikoli ne velja za privolitev v karkoli. Nič od tu navedenega ne temelji na privolitvi, zato ni privolitve, ki bi jo bilo mogoče preklicati.',
      agreement:
        'Ko skrbnik za organizacijo sprejme pogodbo o obdelavi podatkov, je to pogodba med organizacijo in izvajalcem in ne privolitev katere koli osebe. Če organizacija sama prosi klicatelje ali zaposlene za privolitev, na primer v snemanje, se ta prekliče pri organizaciji, kadar koli in enako enostavno, kot je bila dana; kar se je zgodilo dotlej, ostane zakonito.',
    },
    policies: { own: 'Storitve, ki jih aplikacija povezuje, imajo svoje politike:' },
    versions: {
      each: 'Vsaka sprememba te politike ustvari novo različico z datumom, ko je začela veljati, in s seznamom sprememb. Različica velja od tega datuma. Prejšnje različice ostanejo na voljo. Katero različico je organizacija uporabljala in od kdaj, je zabeleženo in njeni uporabniki to vidijo v aplikaciji.',
      announced: ({ notice }) =>
        `Različica, ki dovoljuje več od veljavne – novo vrsto podatkov ali nov namen, dodatnega uporabnika podatkov, daljši čas, manj varstva –, se napove ${notice} vnaprej, na vrhu te politike, v aplikaciji in po e-pošti na naslove, ki jih je organizacija za to vpisala, in nič od tega, kar je v njej novega, se ne zgodi prej. Ali različica dovoljuje več, odloči aplikacija s primerjavo opredelitev.`,
    },
  },
  rights: {
    access:
      'izvedeti, ali se obdelujejo podatki o vas, in dobiti njihovo kopijo (pravica dostopa, člen 15 GDPR)',
    rectification:
      'doseči popravek netočnih in dopolnitev nepopolnih podatkov (pravica do popravka, člen 16)',
    erasure: 'doseči izbris podatkov (pravica do izbrisa, člen 17)',
    restriction: 'doseči omejitev njihove obdelave (pravica do omejitve obdelave, člen 18)',
    portability:
      'prejeti podatke, ki ste jih posredovali, v strojno berljivi obliki, če se obdelujejo na podlagi pogodbe z vami (pravica do prenosljivosti podatkov, člen 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'ni relevantno: izvajalec ima sedež v Evropskem gospodarskem prostoru (člen 27 GDPR)'
      : 'tu ni imenovan nihče',
  noOfficer: 'tu ni imenovan nihče',
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
    goneKind: (kind) => `Se ne hrani več: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: doslej »${from}«, zdaj »${to}«.`,
    added: (kind, field, what) => `${kind} – ${field}: novo »${what}«.`,
    removed: (kind, field, what) => `${kind} – ${field}: nič več »${what}«.`,
    newSection: (heading) => `Nov razdelek: »${heading}«.`,
    goneSection: (heading) => `Odpravljen razdelek: »${heading}«.`,
    reworded: (what) => `Drugače ubesedeno: »${what}«.`,
    rewordedElsewhere:
      'Spremenilo se je le besedilo v drugem jeziku ali to, na katero aplikacijo se kateri del nanaša.',
    newLanguages: (names) => `Zdaj tudi v teh jezikih: ${names}.`,
    goneLanguages: (names) => `Nič več v teh jezikih: ${names}.`,
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'analitika',
  marketing: 'trženje',
  profiling: 'oblikovanje profilov',
}
