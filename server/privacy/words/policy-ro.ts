import { withoutCapital } from './in-sentence.ts'
import { joined } from './joined.ts'
import type { FearedUse, PolicyWords } from './policy-words.ts'

export const ro: PolicyWords = {
  title: (phone, crm) =>
    crm
      ? `Politica de confidențialitate Ringfence pentru ${phone ? `${phone} cu ${crm}` : crm}`
      : 'Politica de confidențialitate Ringfence',
  about: 'Aplicația',
  aboutFields: {
    operator: 'Administratorul instalației',
    seat: 'Sediul administratorului instalației',
    contact: 'Datele de contact ale administratorului instalației',
    representative: 'Reprezentantul administratorului instalației',
    officer: 'Responsabilul cu protecția datelor al administratorului instalației',
    phones: 'Centrale telefonice',
    crms: 'Sisteme CRM',
    policies: 'Alte politici',
    backups: 'Vechimea copiilor de rezervă',
    notice: 'Anunțarea prealabilă a unei versiuni care permite mai mult',
  },
  roleFields: {
    operator: 'Administratorul instalației',
    seat: 'Sediul',
    contact: 'Date de contact',
    representative: 'Reprezentantul în Uniune',
    officer: 'Responsabilul cu protecția datelor',
  },
  fields: {
    subjects: 'Persoanele vizate',
    sealed: 'Date păstrate criptat',
    hashed: 'Date păstrate ca amprentă (hash)',
    clear: 'Date păstrate în clar',
    purposes: 'Scopul',
    ground: 'Temeiul juridic',
    keep: 'Durata păstrării',
    ends: 'Păstrarea încetează când',
    recipients: 'Destinatari',
    source: 'Sursa',
    role: 'Operatorul',
    database: 'Locul stocării',
    region: 'Locul',
    sealedBy: 'Criptarea',
  },
  headings: {
    scope: 'La ce se referă această politică',
    roles: 'Cine răspunde',
    data: 'Ce date, în ce scop și cât timp',
    purposes: 'La ce sunt folosite datele și la ce niciodată',
    recordings: 'Înregistrările apelurilor',
    recipients: 'Cine primește date',
    place: 'Unde se află datele',
    protection: 'Cum sunt protejate datele',
    ending: 'Cum încetează păstrarea datelor',
    rights: 'Drepturile dumneavoastră și cui vă adresați',
    objection: 'Dreptul dumneavoastră la opoziție',
    complaint: 'Plângeri',
    obligation: 'Este obligatorie furnizarea datelor?',
    decisions: 'Decizii automatizate',
    consent: 'Utilizarea nu înseamnă consimțământ',
    policies: 'Alte politici',
    versions: 'Versiunile acestei politici',
  },
  sentences: {
    scope: {
      what: 'Ringfence („aplicația”) conectează centrala telefonică a unei societăți cu sistemul CRM al acesteia. Arată cine sună și înscrie fiecare apel în CRM. Această politică se referă la datele cu caracter personal pe care această instalație a aplicației le prelucrează în acest scop; nu se referă la alte date.',
      not: 'Politica nu se referă la ceea ce fac centrala telefonică și sistemul CRM, la rândul lor, cu datele cu caracter personal. Acestea sunt servicii ale altor furnizori, utilizate de societate pe baza unor contracte proprii; fiecare are propria politică. Un apel înscris rămâne în CRM, potrivit regulilor societății.',
      terms:
        'În această politică, „organizația” este societatea care folosește aplicația, „utilizatorii” sunt persoanele care lucrează pentru ea și se conectează la aplicație, „administratorul instalației” este cel care asigură funcționarea acestei instalații, iar „RGPD” este Regulamentul (UE) 2016/679.',
    },
    roles: {
      controller:
        'Operatorul (art. 4 pct. 7 din RGPD) este organizația: ea decide ale cui apeluri sunt prelucrate și în ce scop. Denumirea și datele sale de contact, precum și reprezentantul și responsabilul său cu protecția datelor, dacă îi are, se găsesc în propria sa notă de informare.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'Această instalație este administrată de:'
          : 'Administratorul acestei instalații nu este indicat aici; întrebați organizația cine este.',
      processor:
        'Administratorul instalației prelucrează datele în numele organizației, ca persoană împuternicită de aceasta (art. 4 pct. 8 și art. 28 din RGPD), pe baza acordului pe care organizația îl acceptă înainte de a se copia orice date.',
      operatorKinds:
        'Pentru următoarele date, de care are nevoie ca să asigure funcționarea instalației, administratorul instalației este el însuși operator:',
    },
    data: {
      all: 'Acestea sunt toate datele cu caracter personal pe care le păstrează aplicația. Lista este întocmită din aceleași declarații de care țin seama bazele de date, ștergerea și rețeaua: programul nu pornește dacă o bază de date conține o coloană care nu este declarată.',
      source:
        'Majoritatea acestor date nu provin de la persoanele vizate, ci din centrala telefonică și din CRM; la fiecare categorie este indicată sursa. Nu se preia nimic din surse disponibile public.',
    },
    purposes: {
      inUse:
        'Fiecare categorie de date are scopurile sale, dintr-o listă închisă. Se folosesc acestea și niciun altul:',
      newPurpose:
        'Înainte ca datele să fie prelucrate într-un scop nou, persoanele vizate sunt informate (art. 13 alin. (3) și art. 14 alin. (4) din RGPD): un scop nou înseamnă o nouă versiune a acestei politici și este anunțat așa cum se arată la „Versiunile acestei politici”. Dacă este nevoie de o informare suplimentară, aceasta revine operatorului.',
      reading:
        'Contactele, apelurile și utilizatorii se află în baza de date a organizației lor. Acolo, înainte de fiecare citire, aplicația declară în ce scop citește, iar baza de date însăși refuză datele care nu sunt declarate pentru acel scop. Fac excepție doar ștergerea datelor și verificarea a ceea ce se păstrează.',
      never: ({ never }) =>
        `Niciunul dintre aceste scopuri nu este ${joined(
          never.map((use) => uses[use]),
          ' sau ',
        )}: aplicația nu folosește datele pentru așa ceva.`,
    },
    recordings: {
      attach:
        'Aplicația atașează înregistrarea unui apel la acel apel din CRM numai dacă un administrator al organizației a ales acest lucru. Ea transmite înregistrarea mai departe, bucată cu bucată, pe măsură ce vine din centrala telefonică, și nu păstrează nimic din ea, nici într-o bază de date, nici într-un fișier. Cât timp se păstrează o înregistrare în CRM și în centrala telefonică și dacă apelurile pot fi înregistrate sunt aspecte de care răspunde organizația.',
      refer:
        'Un CRM care nu preia înregistrări de la aplicație, cum este Bitrix24, primește doar o trimitere la ele; înregistrările propriu-zise nu trec atunci prin aplicație. Numai dacă un administrator al organizației a ales acest lucru, aplicația fie comunică sistemului CRM de unde își poate lua propria copie, fie pune acolo un link care, la fiecare clic, duce la înregistrarea din centrala telefonică, și numai pentru cei care au dreptul să o asculte. Adresa înregistrării este cerută abia când este nevoie de ea și nu se păstrează niciodată. Cât timp se păstrează o înregistrare în CRM și în centrala telefonică și dacă apelurile pot fi înregistrate sunt aspecte de care răspunde organizația.',
      none: 'Nu este cazul: cu această centrală telefonică și acest CRM, aplicația nu prelucrează înregistrări.',
    },
    recipients: {
      these: 'Aplicația transmite date acestor destinatari și nimănui altcuiva:',
      refused:
        'Programul refuză o cerere către orice altă adresă și consemnează încercarea. Și cel care găzduiește serverele administratorului instalației are bazele de date la el: a se vedea „Unde se află datele”.',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `Aplicația păstrează datele pe serverele acestei instalații, care se află în această regiune: ${region}. ${
          name === undefined
            ? `${country ? `Se află în această țară: ${country}. ` : ''}Ale cui sunt serverele, administratorul instalației nu a indicat aici; întrebați-l.`
            : `Sunt puse la dispoziție de ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'Un destinatar din afara acestei regiuni sau despre care nu se știe unde se află primește date numai dacă administratorul instalației a consemnat temeiul: un contract cu o societate din regiune, o decizie privind caracterul adecvat al nivelului de protecție (art. 45 din RGPD) sau clauze standard de protecție a datelor (art. 46 alin. (2) lit. (c) din RGPD), însoțite de o evaluare. În caz contrar, programul refuză cererea. Unde se află fiecare destinatar și pe ce temei primește date, aplicația îi arată organizației la „Connections”.',
      vendors:
        'Dacă centrala telefonică și sistemul CRM prelucrează date în afara Spațiului Economic European și pe baza cărei decizii privind caracterul adecvat sau a căror garanții, se arată în propriile lor politici. Contractele cu acestea le are organizația.',
      copy: 'O copie a garanțiilor poate fi cerută: de la administratorul instalației, pentru cele pe baza cărora aplicația însăși transmite date; de la organizație, pentru cele din contractele sale cu centrala telefonică și cu sistemul CRM.',
    },
    protection: {
      sealed:
        'Ceea ce se arată mai sus că este păstrat criptat se criptează cu AES-256-GCM înainte de a ajunge într-o bază de date, cu chei aflate în afara bazelor de date. Ceea ce trebuie regăsit, dar nu și citit, se păstrează ca amprentă (hash), iar numerele de telefon, cu o cheie secretă; acestea sunt date pseudonimizate, deci tot date cu caracter personal.',
      apart:
        'Fiecare organizație are propria bază de date și propriile chei. Un utilizator vede apelurile care îl privesc, iar pe toate numai dacă un administrator permite acest lucru. Jurnalele tehnice ale aplicației nu conțin nume, numere sau adrese.',
    },
    ending: {
      end: 'Din momentul în care durata a expirat, aplicația nu mai arată datele nimănui. Dacă au o cheie proprie, aceasta este distrusă; datele se șterg, iar în noaptea următoare resturile lor sunt înlăturate din fișierele bazei de date.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'Aplicația nu face copii de rezervă. Într-o copie de rezervă a bazelor de date făcută de administratorul instalației, ceea ce a fost criptat cu o cheie distrusă rămâne de necitit; toate celelalte valori și, cât timp organizația folosește aplicația, numele unui utilizator rămân în ea până când administratorul instalației o șterge.'
          : `În fiecare noapte aplicația face o copie de rezervă criptată a bazelor sale de date, fără cheile care deschid datele din ele. O copie de rezervă se păstrează cel mult ${backups}, apoi este ștearsă, iar odată cu ea este distrusă și propria ei cheie. Ceea ce a fost criptat cu o cheie distrusă este de atunci de necitit și în copiile de rezervă; alte valori și, cât timp organizația folosește aplicația, numele unui utilizator rămân în ele în acest răstimp. La restaurarea unei copii, cei ale căror date au fost șterse și tot ce a fost dezinstalat de la realizarea ei sunt înlăturate din nou înainte ca cineva să aibă acces.`,
      receipt:
        'După o dezinstalare rămâne o dovadă. Ea arată ce s-a înlăturat și când și nu numește pe nimeni.',
    },
    rights: {
      intro: 'În condițiile prevăzute de lege, aveți următoarele drepturi:',
      who: 'Adresați-vă organizației cu care ați vorbit la telefon sau pentru care lucrați: ea este operatorul. Administratorul instalației o sprijină și îi transmite cererile pe care le primește, dar nu răspunde în locul ei. Răspunsul este gratuit. Se dă în termen de o lună sau, la cererile complexe, de trei luni, dacă sunteți înștiințat în prima lună (art. 12 alin. (3) și (5) din RGPD).',
      operator: 'Pentru datele al căror operator este administratorul instalației, adresați-vă acestuia.',
      correcting: 'Un nume sau un număr se rectifică în CRM, de unde îl preia aplicația.',
    },
    objection: {
      right:
        'Aveți dreptul să vă opuneți în orice moment, din motive legate de situația particulară în care vă aflați, prelucrării datelor care vă privesc, întemeiate pe un interes legitim (art. 21 alin. (1) din RGPD). Adresați-vă organizației. Ea trebuie atunci să înceteze prelucrarea, cu excepția cazului în care demonstrează motive legitime și imperioase care prevalează asupra intereselor dumneavoastră sau are nevoie de date pentru constatarea, exercitarea sau apărarea unui drept în instanță.',
      kinds:
        'Pe un interes legitim, indicat la fiecare categorie, se întemeiază prelucrarea următoarelor date:',
      none: 'Nu este cazul: aici nu se prelucrează nimic pe baza unui interes legitim.',
    },
    complaint: {
      rule: 'Puteți depune o plângere la o autoritate de supraveghere a protecției datelor, în special în țara în care locuiți, în care lucrați sau în care considerați că a avut loc încălcarea (art. 77 din RGPD). Pentru organizație este competentă autoritatea din țara în care aceasta își are sediul.',
      list: 'Autoritățile din toate țările Spațiului Economic European',
      authority: ({ authority, country }) =>
        authority
          ? `Pentru administratorul instalației${country ? ` (${country})` : ''} este competentă această autoritate: ${authority.name}, ${authority.url}.`
          : 'Ce autoritate este competentă pentru administratorul instalației nu este indicat aici; întrebați-l.',
      court: 'Vă puteți adresa și instanței de judecată (art. 79 din RGPD).',
    },
    obligation: {
      callers:
        'Cei care sună nu sunt obligați nici prin lege, nici prin contract să furnizeze date aplicației: cine își ascunde numărul apare și este înscris ca apelant cu număr ascuns.',
      users:
        'Utilizatorii trebuie să se conecteze prin CRM, deoarece aplicația lucrează pentru persoanele pe care organizația le are în CRM. Nu este o obligație legală; fără conectare și fără datele de mai sus, însă, aplicația nu le poate arăta apelurile.',
    },
    decisions: {
      none: 'Nu este cazul: aplicația nu ia despre nicio persoană o decizie bazată exclusiv pe prelucrarea automată (art. 22 din RGPD). Ea arată apelurile și le înscrie; nu acordă nimănui un punctaj și nu face clasamente.',
    },
    consent: {
      never:
        'Folosirea aplicației, conectarea, un apel sau citirea acestei politici nu sunt considerate niciodată consimțământ pentru ceva. Nimic din cele arătate aici nu se întemeiază pe consimțământ, așa că nu există niciun consimțământ de retras.',
      agreement:
        'Când un administrator acceptă pentru organizație acordul privind prelucrarea datelor, acesta este un contract între organizație și administratorul instalației, nu consimțământul vreunei persoane. Dacă organizația însăși cere un consimțământ celor care sună sau personalului, de exemplu pentru înregistrare, acesta se retrage la organizație, în orice moment și la fel de ușor cum a fost dat; ceea ce s-a făcut până atunci rămâne legal.',
    },
    policies: { own: 'Serviciile pe care le conectează aplicația au propriile politici:' },
    versions: {
      each: 'Orice modificare a acestei politici creează o nouă versiune, cu data la care a fost pusă în vigoare și cu lista modificărilor. O versiune se aplică de la această dată. Versiunile anterioare rămân disponibile. Ce versiune a folosit fiecare organizație și de când este consemnat și li se arată utilizatorilor ei în aplicație.',
      announced: ({ notice }) =>
        `O versiune care permite mai mult decât cea în vigoare – o nouă categorie de date sau un scop nou, un destinatar în plus, o durată mai lungă, o protecție mai slabă – este anunțată cu ${notice} înainte, la începutul acestei politici, în aplicație și prin e-mail la adresele pe care organizația le-a indicat în acest scop, iar nimic din ce este nou în ea nu se face mai devreme. Dacă o versiune permite mai mult, aplicația stabilește comparând declarațiile.`,
    },
  },
  rights: {
    access:
      'să aflați dacă se prelucrează date care vă privesc și să primiți o copie a acestora (dreptul de acces, art. 15 din RGPD)',
    rectification:
      'să obțineți rectificarea datelor inexacte și completarea celor incomplete (dreptul la rectificare, art. 16)',
    erasure: 'să obțineți ștergerea datelor (dreptul la ștergere, art. 17)',
    restriction: 'să obțineți restricționarea prelucrării (dreptul la restricționare, art. 18)',
    portability:
      'să primiți într-un format care poate fi citit automat datele pe care le-ați furnizat, dacă sunt prelucrate pe baza unui contract cu dumneavoastră (dreptul la portabilitate, art. 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'nu este cazul: administratorul instalației își are sediul în Spațiul Economic European (art. 27 din RGPD)'
      : 'nu este numit niciunul aici',
  noOfficer: 'nu este numit niciunul aici',
  nobody: 'nimeni',
  area: 'Spațiul Economic European',
  unnamed: 'neindicat',
  atHosts: (recipient, hosts) => `${recipient} (${hosts.join(', ')})`,
  atConnection: (recipient) => `${recipient} (la adresa introdusă de organizație)`,
  atMailServer: (recipient) => `${recipient} (prin care acesta trimite e-mailuri)`,
  nowhereKnown: 'țara nu este cunoscută',
  policyOf: (vendor) => `Politica de confidențialitate: ${vendor}`,
  noAddress: (vendor) => `${vendor}: politica proprie, așa cum este publicată de ${vendor}`,
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `O nouă categorie de date: ${kind}.`,
    goneKind: (kind) => `Nu se mai păstrează: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: până acum „${from}”, acum „${to}”.`,
    added: (kind, field, what) => `${kind} – ${field}: nou „${what}”.`,
    removed: (kind, field, what) => `${kind} – ${field}: nu mai este „${what}”.`,
    newSection: (heading) => `O secțiune nouă: „${heading}”.`,
    goneSection: (heading) => `O secțiune eliminată: „${heading}”.`,
    reworded: (what) => `Formulat altfel: „${what}”.`,
    rewordedElsewhere:
      'S-a schimbat doar formularea într-o altă limbă sau ce parte se referă la ce aplicație.',
    newLanguages: (names) => `Acum și în aceste limbi: ${names}.`,
    goneLanguages: (names) => `Nu mai este în aceste limbi: ${names}.`,
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'analiza datelor',
  marketing: 'marketingul',
  profiling: 'crearea de profiluri',
}
