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
    notice: 'Cu cât timp înainte se anunță o versiune care permite mai mult',
  },
  roleFields: {
    operator: 'Administratorul instalației',
    seat: 'Sediul',
    contact: 'Datele de contact',
    representative: 'Reprezentantul în Uniune',
    officer: 'Responsabilul cu protecția datelor',
  },
  fields: {
    subjects: 'Persoanele vizate',
    sealed: 'Date păstrate criptat',
    hashed: 'Date păstrate ca amprentă (hash)',
    clear: 'Date păstrate necriptat',
    purposes: 'Scopul',
    ground: 'Temeiul juridic',
    keep: 'Durata păstrării',
    ends: 'Se șterg când',
    recipients: 'Destinatari',
    source: 'Sursa',
    role: 'Operatorul',
    database: 'Unde se păstrează',
    region: 'Locul',
    sealedBy: 'Criptarea',
  },
  headings: {
    scope: 'La ce se referă această politică',
    roles: 'Cine răspunde',
    data: 'Ce date, în ce scop și cât timp',
    purposes: 'La ce sunt folosite datele și la ce nu sunt folosite niciodată',
    interests: 'Interesele legitime și evaluarea lor',
    recordings: 'Înregistrările apelurilor',
    recipients: 'Cine primește date',
    place: 'Unde se află datele',
    protection: 'Cum sunt protejate datele',
    ending: 'Cum se șterg datele',
    rights: 'Drepturile dumneavoastră și cui vă puteți adresa',
    objection: 'Dreptul dumneavoastră la opoziție',
    complaint: 'Plângeri',
    obligation: 'Este obligatorie furnizarea datelor?',
    decisions: 'Procesul decizional automatizat',
    consent: 'Utilizarea nu înseamnă consimțământ',
    policies: 'Alte politici',
    versions: 'Versiunile acestei politici',
  },
  sentences: {
    scope: {
      what: 'Ringfence („aplicația”) conectează centrala telefonică a unei societăți cu sistemul CRM în care aceasta își ține evidența clienților și a contactelor. Arată cine sună și înscrie fiecare apel în CRM. Această politică se referă la datele cu caracter personal pe care această instalație a aplicației le prelucrează în acest scop, nu și la alte date.',
      not: 'Politica nu se referă la ceea ce fac centrala telefonică și sistemul CRM însele cu datele cu caracter personal. Acestea sunt servicii ale altor furnizori, utilizate de societate pe baza unor contracte proprii; fiecare are propria politică. Un apel înscris rămâne în CRM, potrivit regulilor societății.',
      terms:
        'În această politică, „organizația” este societatea care folosește aplicația, „utilizatorii” sunt persoanele care lucrează pentru ea și se conectează la aplicație, „administratorul instalației” este cel care asigură funcționarea acestei instalații, iar „RGPD” este Regulamentul (UE) 2016/679.',
    },
    roles: {
      controller:
        'Operatorul (art. 4 pct. 7 din RGPD) este organizația: ea decide ale cui apeluri sunt prelucrate și în ce scop. Denumirea și datele ei de contact, precum și, dacă este cazul, reprezentantul și responsabilul ei cu protecția datelor se găsesc în propria ei notă de informare.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'Această instalație este administrată de:'
          : 'Administratorul acestei instalații nu este indicat aici; întrebați organizația cine este.',
      processor:
        'Administratorul instalației prelucrează datele în numele organizației, ca persoană împuternicită de aceasta (art. 4 pct. 8 și art. 28 din RGPD), pe baza acordului pe care organizația îl acceptă înainte de a se copia orice date.',
      operatorKinds:
        'Pentru următoarele categorii de date, de care are nevoie ca să asigure funcționarea instalației, administratorul instalației este el însuși operator:',
    },
    data: {
      all: 'Acestea sunt toate datele cu caracter personal pe care le păstrează aplicația. Lista este întocmită pe baza acelorași reguli după care funcționează bazele de date, ștergerea și rețeaua: programul nu pornește dacă vreo bază de date ar putea conține date cu caracter personal care nu se află pe listă.',
      source:
        'Majoritatea acestor date nu provin de la persoanele vizate, ci din centrala telefonică și din CRM; la fiecare categorie este indicată sursa. Nu se preia nimic din surse disponibile public.',
      device:
        'Pe dispozitivul utilizatorului aplicația stochează un cookie care îl menține autentificat, timp de cel mult douăsprezece ore, iar în timpul configurării unei conexiuni, pentru un sfert de oră, încă unul. Ambele sunt strict necesare (art. 5 alin. (3) din Directiva 2002/58/CE) și nu servesc la nimic altceva. Adresa de la care vine o cerere (adresa IP) este ținută numai în memorie, pentru a limita numărul cererilor; aplicația nu o stochează și nu o consemnează în jurnale.',
    },
    purposes: {
      inUse:
        'Fiecare categorie de date este folosită numai în scopurile indicate la ea. Scopurile provin dintr-o listă închisă; se urmăresc acestea și niciun altul:',
      newPurpose:
        'Înainte ca datele să fie prelucrate într-un scop nou, persoanele vizate sunt informate (art. 13 alin. (3) și art. 14 alin. (4) din RGPD): un scop nou înseamnă o nouă versiune a acestei politici și este anunțat așa cum se arată la „Versiunile acestei politici”. Dacă este nevoie de o informare suplimentară, aceasta revine operatorului.',
      reading:
        'Datele despre contacte, apeluri și utilizatori se află în baza de date a organizației lor. Înainte de a citi ceva acolo, aplicația trebuie să indice scopul, iar baza de date însăși nu furnizează date care nu sunt destinate acelui scop. Fac excepție doar ștergerea datelor și verificarea a ceea ce se păstrează.',
      never: ({ never }) =>
        `Niciunul dintre aceste scopuri nu este ${joined(
          never.map((use) => uses[use]),
          ' sau ',
        )}: aplicația nu folosește datele pentru așa ceva.`,
    },
    interests: {
      kinds:
        'Pe un interes legitim, indicat la fiecare dintre ele, se întemeiază prelucrarea următoarelor categorii de date:',
      weighed:
        'Iată, pe scurt, cum au fost puse în balanță aceste interese cu cele ale persoanelor vizate. Organizația trebuie să verifice dacă acest lucru este valabil și în cazul ei; îi puteți cere evaluarea completă.',
      none: 'Nu este cazul: aici nu se prelucrează nimic pe baza unui interes legitim.',
    },
    recordings: {
      attach:
        'Aplicația atașează înregistrarea unui apel la acel apel din CRM numai dacă un administrator al organizației a ales acest lucru. Ea transmite înregistrarea mai departe fragment cu fragment, pe măsură ce vine din centrala telefonică, și nu păstrează nimic din ea, nici într-o bază de date, nici într-un fișier. Cât timp se păstrează o înregistrare în CRM și în centrala telefonică și dacă apelurile pot fi înregistrate sunt aspecte de care răspunde organizația.',
      refer:
        'Un CRM care nu preia înregistrări de la aplicație, cum este Bitrix24, primește doar o trimitere la ele; înregistrările propriu-zise nu trec atunci prin aplicație. Numai dacă un administrator al organizației a ales acest lucru, aplicația fie comunică sistemului CRM de unde își poate lua propria copie, fie pune acolo un link care, la fiecare clic, duce la înregistrarea din centrala telefonică, însă numai pe cei care au dreptul să o asculte. Până atunci se păstrează numai identificatorul înregistrării în centrala telefonică sau acest link; adresa înregistrării propriu-zise este cerută abia când este nevoie de ea și nu se păstrează niciodată. Cât timp se păstrează o înregistrare în CRM și în centrala telefonică și dacă apelurile pot fi înregistrate sunt aspecte de care răspunde organizația.',
      none: 'Nu este cazul: cu această centrală telefonică și acest CRM, aplicația nu prelucrează înregistrări.',
    },
    recipients: {
      these: 'Aplicația transmite date acestor destinatari și nimănui altcuiva:',
      refused:
        'Programul refuză orice cerere către o altă adresă și consemnează încercarea. Bazele de date se află și la cel care găzduiește serverele administratorului instalației: a se vedea „Unde se află datele”.',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `Aplicația păstrează datele pe serverele acestei instalații, care se află în această regiune: ${region}. ${
          name === undefined
            ? `${country ? `Se află în această țară: ${country}. ` : ''}Administratorul instalației nu a indicat aici ale cui sunt serverele; întrebați-l.`
            : `Sunt puse la dispoziție de ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'Un destinatar din afara acestei regiuni sau despre care nu se știe unde se află primește date numai dacă administratorul instalației a consemnat temeiul: un contract cu o societate din regiune, o decizie privind caracterul adecvat al nivelului de protecție (art. 45 din RGPD) sau clauze standard de protecție a datelor (art. 46 alin. (2) lit. (c) din RGPD), însoțite de o evaluare. În caz contrar, programul refuză cererea. Unde se află acum fiecare destinatar și pe ce temei primește date se arată în această listă:',
      list: 'Alte persoane împuternicite și destinatari, cu țara și temeiul (în engleză)',
      vendors:
        'Dacă centrala telefonică și sistemul CRM prelucrează date în afara Spațiului Economic European și pe baza cărei decizii privind caracterul adecvat al nivelului de protecție sau a căror garanții se arată în propriile lor politici. Contractele cu furnizorii acestora sunt încheiate de organizație.',
      copy: 'Puteți obține o copie a garanțiilor: de la administratorul instalației, pentru cele pe baza cărora aplicația însăși transmite date; de la organizație, pentru cele din contractele sale cu centrala telefonică și cu sistemul CRM.',
    },
    protection: {
      sealed:
        'Ceea ce se arată mai sus că este păstrat criptat se criptează cu AES-256-GCM înainte de a ajunge într-o bază de date, cu chei aflate în afara bazelor de date. Datele care trebuie regăsite, dar nu și citite, se păstrează ca amprentă (hash), adică o valoare calculată din ele, la numerele de telefon cu o cheie secretă; acestea sunt date pseudonimizate, deci tot date cu caracter personal.',
      apart:
        'Fiecare organizație are propria bază de date și propriile chei. Un utilizator vede numai apelurile care îl privesc, cu excepția cazului în care un administrator al organizației îi permite să le vadă pe toate. Jurnalele tehnice ale aplicației nu conțin nume, numere sau adrese.',
    },
    ending: {
      end: 'Din momentul în care a expirat durata de păstrare, aplicația nu mai arată datele nimănui. Dacă au o cheie proprie, aceasta este distrusă; datele se șterg, iar în noaptea următoare ceea ce a mai rămas din ele este înlăturat din fișierele bazei de date.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'Aplicația nu face copii de rezervă. Într-o copie de rezervă a bazelor de date făcută de administratorul instalației, ceea ce a fost criptat cu o cheie distrusă rămâne imposibil de citit; toate celelalte valori și, cât timp organizația folosește aplicația, numele unui utilizator rămân în ea până când administratorul instalației o șterge.'
          : `În fiecare noapte aplicația face o copie de rezervă criptată a bazelor sale de date, fără cheile care deschid datele din ele. O copie de rezervă se păstrează cel mult ${backups}, apoi este ștearsă, iar odată cu ea este distrusă și propria ei cheie. Ceea ce a fost criptat cu o cheie distrusă nu mai poate fi citit de atunci nici în copiile de rezervă; alte valori și, cât timp organizația folosește aplicația, numele unui utilizator rămân în ele până atunci. La restaurarea unei copii, tot ce a fost șters sau dezinstalat de la realizarea ei este înlăturat din nou, înainte ca cineva să aibă acces.`,
      receipt:
        'După o dezinstalare rămâne o dovadă. Ea arată ce s-a înlăturat și când, fără să numească pe nimeni.',
    },
    rights: {
      intro: 'În condițiile prevăzute de lege, aveți următoarele drepturi:',
      who: 'Adresați-vă organizației cu care ați vorbit la telefon sau pentru care lucrați: ea este operatorul. Administratorul instalației o sprijină și îi transmite cererile pe care le primește, dar nu răspunde în locul ei. Organizația răspunde gratuit, cu excepția cazului în care cererea este vădit nefondată sau excesivă, și în termen de o lună; dacă cererea este complexă sau cererile sunt numeroase, termenul poate fi prelungit cu două luni, cu condiția să vă înștiințeze în prima lună, arătând motivele (art. 12 alin. (3) și (5) din RGPD).',
      operator:
        'Pentru datele al căror operator este administratorul instalației, adresați-vă acestuia; pentru răspunsurile lui este valabil același lucru.',
      correcting: 'Un nume sau un număr se rectifică în CRM, de unde îl preia aplicația.',
    },
    objection: {
      right:
        'Aveți dreptul să vă opuneți în orice moment, din motive legate de situația particulară în care vă aflați, prelucrării datelor care vă privesc, atunci când prelucrarea se întemeiază pe un interes legitim (art. 21 alin. (1) din RGPD). Adresați-vă organizației. Ea trebuie atunci să înceteze prelucrarea, cu excepția cazului în care demonstrează motive legitime și imperioase care prevalează asupra intereselor, drepturilor și libertăților dumneavoastră sau are nevoie de date pentru constatarea, exercitarea sau apărarea unui drept în instanță.',
      none: 'Nu este cazul: aici nu se prelucrează nimic pe baza unui interes legitim.',
    },
    complaint: {
      rule: 'Puteți depune o plângere la o autoritate de supraveghere a protecției datelor, în special în țara în care locuiți, în care lucrați sau în care considerați că a avut loc încălcarea (art. 77 din RGPD). Pentru organizație este competentă autoritatea din țara în care aceasta își are sediul; în Germania, cea a landului.',
      list: 'Autoritățile din toate țările Spațiului Economic European',
      authority: ({ authority, country }) =>
        authority
          ? `Pentru administratorul instalației${country ? ` (${country})` : ''} este competentă această autoritate: ${authority.name}, ${authority.url}.`
          : 'Autoritatea competentă pentru administratorul instalației nu este indicată aici; întrebați-l.',
      court: 'Vă puteți adresa și instanței de judecată (art. 79 din RGPD).',
    },
    obligation: {
      callers:
        'Cei care sună nu sunt obligați nici prin lege, nici prin contract să furnizeze date: cine își ascunde numărul apare și este înscris ca apelant cu număr ascuns.',
      users:
        'Utilizatorii trebuie să se conecteze prin CRM, deoarece aplicația lucrează pentru persoanele pe care organizația le are în CRM. Nu este o obligație legală și nici una contractuală față de administratorul instalației; însă fără conectare și fără datele de mai sus aplicația nu le poate arăta apelurile.',
      others:
        'Cine acceptă acordul sau aprobă un document este consemnat odată cu acesta, pentru că documentul nu produce efecte fără o persoană care să răspundă pentru el. Nimeni nu este obligat să indice o adresă pentru înștiințări; fără ea, organizația este înștiințată numai în aplicație.',
    },
    decisions: {
      none: 'Nu este cazul: aplicația nu ia cu privire la nicio persoană o decizie bazată exclusiv pe prelucrarea automată și nu creează profiluri (art. 22 din RGPD). Ea arată apelurile și le înscrie; nu acordă nimănui un punctaj și nu face clasamente.',
    },
    consent: {
      never:
        'Folosirea aplicației, conectarea, un apel sau citirea acestei politici nu sunt considerate niciodată consimțământ pentru ceva. Nimic din cele arătate aici nu se întemeiază pe consimțământ, așa că nu există niciun consimțământ de retras.',
      agreement:
        'Când un administrator al organizației acceptă pentru aceasta acordul privind prelucrarea datelor, acesta este un contract între organizație și administratorul instalației, nu consimțământul vreunei persoane. Dacă organizația însăși cere un consimțământ celor care sună sau personalului, de exemplu pentru înregistrare, acesta se retrage la organizație, în orice moment și la fel de ușor cum a fost dat; ceea ce s-a făcut până atunci rămâne legal.',
    },
    policies: { own: 'Serviciile pe care le conectează aplicația au propriile politici:' },
    versions: {
      each: 'La orice modificare a acestei politici ia naștere o nouă versiune, cu data de la care se aplică și cu lista modificărilor. Versiunile anterioare rămân disponibile. Este consemnat ce versiune se aplică fiecărei organizații și de când, iar utilizatorii ei pot vedea acest lucru în aplicație.',
      announced: ({ notice }) =>
        `O versiune care permite mai mult decât cea în vigoare – o nouă categorie de date sau un scop nou, un destinatar în plus, o durată mai lungă, o protecție mai slabă – este anunțată cu ${notice} înainte, la începutul acestei politici, în aplicație și prin e-mail la adresele pe care organizația le-a indicat în acest scop, iar nimic din ce este nou în ea nu se face mai devreme. Aplicația stabilește dacă o versiune permite mai mult comparând regulile celor două versiuni.`,
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
      'să primiți, într-un format structurat, utilizat în mod curent și care poate fi citit automat, datele pe care le-ați furnizat, dacă sunt prelucrate pe baza unui contract cu dumneavoastră (dreptul la portabilitate, art. 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'nu este cazul: administratorul instalației își are sediul în Spațiul Economic European (art. 27 din RGPD)'
      : 'nu este indicat aici',
  noOfficer: 'nu este indicat aici',
  nobody: 'nimeni',
  area: 'Spațiul Economic European',
  unnamed: 'nu este indicat aici',
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
