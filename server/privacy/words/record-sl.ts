import { withoutCapital } from './in-sentence.ts'
import type { RecordWords } from './record-words.ts'

export const sl: RecordWords = {
  titles: {
    operator: 'Evidenca dejavnosti obdelave',
    organization: (name) => `Evidenca dejavnosti obdelave: ${name}`,
  },
  about: 'Evidenca',
  aboutFields: {
    operator: 'izvajalec',
    contact: 'kontakt izvajalca',
    host: 'ponudnik strežnikov',
    region: 'območje',
    controller: 'upravljavec',
  },
  headings: {
    who: 'Čigava je ta evidenca',
    'as-controller': 'Kaj izvajalec obdeluje kot upravljavec (člen 30(1) GDPR)',
    'as-processor': 'Kaj izvajalec obdeluje v imenu organizacij (člen 30(2) GDPR)',
    'sub-processors': 'Drugi obdelovalci',
    processing: 'Dejavnosti obdelave (člen 30(1) GDPR)',
    processors: 'Obdelovalci',
    transfers: 'Prenosi v tretje države',
    measures: 'Tehnični in organizacijski ukrepi',
  },
  sentences: {
    operator: (name, contact) => `Izvajalec te namestitve je ${name}, kontakt: ${contact}.`,
    operatorWithoutContact: (name) => `Izvajalec te namestitve je ${name}; kontakta tu ni navedel.`,
    operatorUnnamed: 'Izvajalec te namestitve tu ni naveden.',
    operatorRuns:
      'To namestitev aplikacije Ringfence izvaja kot obdelovalec spodaj navedenih organizacij, za podatke, ki jih za to potrebuje sam, pa je upravljavec.',
    representative: (who) => `Njegov predstavnik v Evropski uniji (člen 27 GDPR) je ${who}.`,
    representativeNotNeeded:
      'Predstavnika v Evropski uniji ne potrebuje, ker ima sedež v Evropskem gospodarskem prostoru (člen 27 GDPR).',
    noRepresentative: 'Predstavnika v Evropski uniji (člen 27 GDPR) tu ni imenoval.',
    officer: (who) => `Njegova pooblaščena oseba za varstvo podatkov je ${who}.`,
    noOfficer: 'Pooblaščene osebe za varstvo podatkov tu ni imenoval.',
    jointNamed: 'Skupni upravljavci, če obstajajo, so navedeni v odstavku spodaj.',
    noJoint: 'Skupnega upravljavca tu ni navedel.',
    controller: (name) =>
      `Upravljavec je ${name}. Ta evidenca zajema, kar obdeluje z aplikacijo Ringfence; kar obdeluje drugače, je v njegovih drugih evidencah.`,
    othersNamed:
      'Predstavnik, pooblaščena oseba za varstvo podatkov in skupni upravljavci, če obstajajo, so navedeni v odstavku spodaj.',
    noOthers: 'Predstavnik, pooblaščena oseba za varstvo podatkov in skupni upravljavec tu niso navedeni.',
    asController:
      'Vsaka vrsta podatkov z namenom in pravno podlago, s posamezniki, na katere se nanaša, z uporabniki podatkov in z rokom za izbris.',
    serversToo:
      'Poleg uporabnikov podatkov, navedenih pri vsaki vrsti, ima to, kar je na strežnikih shranjeno, tudi tisti, ki strežnike zagotavlja.',
    backups: (age) =>
      `Kar je izbrisano, ostane v šifriranih varnostnih kopijah še največ ${age}; neberljivo je tam od trenutka, ko je uničen ključ, s katerim je bilo šifrirano.`,
    noBackups: 'Program ne izdeluje varnostnih kopij.',
    asProcessor:
      'Za vsako organizacijo: katere obdelave se izvajajo v njenem imenu, kolikor jih uporablja, kateri podatki so za to potrebni, katerim uporabnikom podatkov se pošljejo in kje ti so. Upravljavec je organizacija.',
    asProcessorOfNobody: 'Izvajalec trenutno ne obdeluje podatkov v imenu nobene organizacije.',
    processing:
      'Vsaka vrsta podatkov, kolikor organizacija ta del aplikacije uporablja, z namenom in pravno podlago, s posamezniki, na katere se nanaša, s povezanimi storitvami, ki jo prejmejo, in z rokom za izbris. Storitve, ki niso povezane, ne prejmejo ničesar; spodaj navedeni obdelovalci imajo to, kar hranijo.',
    processor: 'Je obdelovalec za vse, kar je tu navedeno (člen 28 GDPR).',
    host: (name, country) => `Strežnike zagotavlja ${name}${country ? ` (${country})` : ''}.`,
    hostUnnamed: (country) =>
      `Strežniki so v tej državi: ${country}. Kdo jih zagotavlja, izvajalec ni navedel.`,
    hostUnknown: 'Čigavi so strežniki, izvajalec ni navedel; če so njegovi, jih ne zagotavlja nihče drug.',
    noSubProcessors:
      'Telefonske centrale in sistemi CRM niso drugi obdelovalci: organizacija jih uporablja na podlagi lastnih pogodb.',
    ownContracts: 'Telefonsko centralo in CRM uporablja organizacija na podlagi lastnih pogodb.',
    transfers: (region) =>
      `Podatki se hranijo na tem območju: ${region}. Zunaj njega ali na kraj, ki ni znan, gredo podatki le na podlagi, ki jo je izvajalec zabeležil: pogodbe s podjetjem na tem območju, sklepa o ustreznosti (člen 45 GDPR) ali standardnih določil o varstvu podatkov (člen 46(2)(c) GDPR). Vsako drugo zahtevo program zavrne. Uporabniki podatkov zunaj območja so zgoraj navedeni pod »Tretje države«, vsak z državo in podlago.`,
    noDerogation: 'Noben prenos ne temelji na drugem pododstavku člena 49(1) GDPR.',
    measures:
      'Splošni opis tehničnih in organizacijskih varnostnih ukrepov iz člena 32(1) GDPR, kakor ga zahtevata člen 30(1)(g) in člen 30(2)(d). Navedeno je le to, kar je dnevno preverjanje delujoče namestitve potrdilo v zadnjih 24 urah.',
    beyondChecks:
      'Česar nobeno preverjanje programa ne more potrditi, na primer navodil zaposlenim ali ključavnic na vratih, je v odstavku spodaj, če ga je kdo dodal.',
  },
  fields: {
    name: 'Upravljavec',
    contact: 'Kontakt',
    categories: 'Vrste obdelave',
    data: 'Vrste podatkov',
    recipients: 'Uporabniki podatkov',
    transfers: 'Tretje države',
  },
  organization: (id) => `Organizacija ${id.slice(0, 8)}`,
  deleted: 'medtem izbrisana',
  noContact: 'ni vnesen; obvestila se pokažejo v aplikaciji',
  unnamed: 'ni navedeno',
  nobody: 'nihče',
  placed: (country, ground) =>
    ({
      none: `${country ?? 'kraj ni znan'}; podlaga ni zabeležena, zato tja ne gre nič`,
      'in-region': country === undefined ? 'na območju' : `${country}, na območju`,
      adequacy: `${country ?? ''}, na podlagi sklepa o ustreznosti (člen 45 GDPR)`,
      clauses: `${country ?? ''}, na podlagi standardnih določil o varstvu podatkov (člen 46(2)(c) GDPR)`,
    })[ground ?? 'none'],
  noTransfers: 'jih ni',
  confirmed: (at) => `Potrjeno s preverjanjem (${at}):`,
  noneConfirmed: 'V zadnjih 24 urah preverjanje ni potrdilo ničesar, zato tu ni nič navedeno.',
  notConfirmed: 'Ni navedeno, ker ni bilo potrjeno:',
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `Novo v evidenci: ${kind}.`,
    goneKind: (kind) => `Ni več v evidenci: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: doslej »${from}«, zdaj »${to}«.`,
    added: (kind, field, what) => `${kind} – ${field}: novo »${what}«.`,
    removed: (kind, field, what) => `${kind} – ${field}: nič več »${what}«.`,
    newSection: (heading) => `Nov razdelek: »${heading}«.`,
    goneSection: (heading) => `Odpravljen razdelek: »${heading}«.`,
    reworded: (what) => `Drugače ubesedeno: »${what}«.`,
    rewordedElsewhere: 'Spremenilo se je le besedilo v drugem jeziku.',
    newLanguages: (names) => `Zdaj tudi v teh jezikih: ${names}.`,
    goneLanguages: (names) => `Nič več v teh jezikih: ${names}.`,
  },
}
