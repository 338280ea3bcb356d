import type { AgreementWords } from './agreement-en.ts'

export const ro: AgreementWords = {
  title: 'Înainte de a vă copia contactele',
  opening: (operator) =>
    `Ringfence le arată colegilor dumneavoastră cine sună și înscrie fiecare apel în sistemul dumneavoastră CRM. În acest scop prelucrează date cu caracter personal pentru societatea dumneavoastră: societatea decide asupra prelucrării (operator), iar administratorul acestei instalații${operator === undefined ? '' : `, ${operator},`} o efectuează (persoană împuternicită de operator). Acesta este acordul dintre cele două părți, potrivit art. 28 din Regulamentul general privind protecția datelor (RGPD). Încă nu s-a copiat nimic.`,
  whatHeading: 'Ce se păstrează, în ce scop și cât timp',
  people: (subjects) => `Datele se referă la: ${subjects}.`,
  whoHeading: 'Cine primește datele',
  who: (recipients) =>
    `Numai: ${recipients}. O cerere către oricine altcineva este refuzată de program și consemnată.`,
  dutiesHeading: 'La ce se obligă administratorul instalației',
  duties: (notice) => [
    'Prelucrează datele numai pe baza instrucțiunilor societății dumneavoastră, inclusiv atunci când datele ar urma să părăsească Spațiul Economic European. Instrucțiunile sunt acest acord și ceea ce introduc și aleg oamenii dumneavoastră în aplicație. Dacă legea îl obligă la altceva, îi comunică acest lucru societății dinainte, cu excepția cazului în care acea lege interzice comunicarea. Dacă apreciază că o instrucțiune încalcă legea, semnalează imediat acest lucru.',
    'Oricine poate veni în contact cu datele la administratorul instalației este obligat la confidențialitate.',
    'Protejează datele așa cum cere art. 32 din RGPD. Ce măsuri ia se arată în aplicație, la Confidențialitate, Documente, așa cum le-a confirmat o verificare.',
    `Societatea dumneavoastră acordă o autorizație generală pentru ca administratorul instalației să recruteze alte persoane împuternicite. Care sunt acestea este public (/privacy/sub-processors). Despre una nouă, administratorul instalației informează societatea cu ${notice} înainte; până atunci, societatea poate formula obiecții la acesta sau poate pune capăt acordului dezinstalând aplicația. Administratorul instalației impune celorlalte persoane împuternicite aceleași obligații și răspunde pentru ele față de societate.`,
    'Sprijină societatea dumneavoastră să răspundă persoanelor care își exercită drepturile și îi transmite cererile pe care le primește. Ceea ce se păstrează despre cineva, administratorii dumneavoastră pot vedea, rectifica și șterge ei înșiși în aplicație.',
    'Notifică societății dumneavoastră orice încălcare a securității datelor, fără întârzieri nejustificate, în aplicație și la adresele pe care societatea le-a introdus în acest scop. O sprijină în îndeplinirea propriilor obligații prevăzute la art. 32-36 din RGPD.',
    'Pune la dispoziția societății dumneavoastră tot ce este necesar pentru a demonstra respectarea acestor obligații, permite audituri, inclusiv ale unui auditor mandatat de societate, și contribuie la ele.',
  ],
  endHeading: 'Când încetează',
  end: (backups) =>
    `Acest acord este valabil cât timp cineva din societatea dumneavoastră are aplicația instalată. Când un utilizator o dezinstalează, numele și tokenurile lui se șterg. Când ultimul utilizator al societății a dezinstalat-o, abonamentul încetează sau organizația este ștearsă, cheile sunt distruse și tot ce mai este al societății se șterge; o dovadă arată ce și când. Ceea ce se mai află în copiile de rezervă rămâne acolo cel mult ${backups} și dispare odată cu ele. Dacă societatea cere acest lucru dinainte, administratorul instalației îi predă mai întâi datele în formate deschise.`,
  yoursHeading: 'Ce rămâne la dumneavoastră',
  yours:
    'Apelurile înscrise rămân în sistemul dumneavoastră CRM, potrivit regulilor societății. Societatea dumneavoastră trebuie să se asigure că apelanții și personalul sunt informați așa cum cere legea și că are dreptul să le prelucreze datele.',
  sentence: (kind, keep, purposes) => `${kind}. Durata păstrării: ${keep}. Scopul: ${purposes}.`,
  kinds: {
    'call journal':
      'Apeluri: numere, ore, cine a răspuns, cum s-a încheiat apelul și la ce oportunitate se referă',
    'calls under way': 'Aceleași date despre apelurile care nu s-au încheiat',
    'events waiting':
      'Aceleași date, așa cum le comunică centrala dumneavoastră telefonică atunci când baza noastră de date nu poate fi accesată',
    'recording addresses':
      'Unde păstrează centrala dumneavoastră telefonică înregistrarea unui apel, dacă societatea a ales să aibă înregistrări în CRM; înregistrarea însăși este cel mult transmisă mai departe, niciodată păstrată',
    'cards of calls':
      'Dacă sistemul dumneavoastră CRM deschide o fișă proprie: cum a fost anunțat acolo un apel, identificatorul lui acolo și la cine este deschisă fișa',
    'cards of calls in progress': 'Aceleași date, cât timp apelul nu s-a încheiat',
    'calls asked for in the CRM':
      'Un număr pe care un coleg face clic în sistemul dumneavoastră CRM, până când telefonul lui l-a apelat',
    'call notes': 'Ce scriu colegii dumneavoastră despre un apel și rezultatul pe care îl aleg',
    'notes under way': 'Aceleași date, cât timp apelul nu s-a încheiat',
    'persons being made':
      'Numele și numărul unei persoane pe care un coleg o înregistrează în CRM în urma unui apel, până când CRM-ul le are; apoi numai faptul că s-a făcut',
    'follow-ups':
      'Apelanți fără răspuns pe care unul dintre dumneavoastră trebuie încă să îi sune înapoi: despre ce apel pierdut este vorba, cine trebuie să sune și sarcina din CRM',
    'numbers left out': 'Numere ale căror apeluri administratorul dumneavoastră nu le vrea în CRM',
    'contact mirror':
      'Persoanele din sistemul dumneavoastră CRM: nume, numere de telefon și denumirile societăților lor',
    'dial counts': 'De câte ori a cerut fiecare coleg un apel în ultima oră; nu și pe cine a sunat',
    'open deals':
      'Dintre oportunitățile și leadurile din CRM, numai care sunt deschise și ale cui sunt; fără titlu, fără valoare',
    users:
      'Colegii dumneavoastră care se conectează: identificatorul din CRM, numele, interiorul și setările',
    'extensions of users': 'Ce interior aparține cui',
    'telephones of users':
      'Ce telefon din centrala dumneavoastră telefonică aparține cui: identificatorul lui acolo și interiorul; numele și adresele de e-mail de acolo sunt comparate și nu se păstrează niciodată',
    lines: 'Numerele societății dumneavoastră, așa cum le ține centrala telefonică, și la cine sună fiecare',
    'access to the phone system':
      'Tokenurile cu care acționăm în centrala dumneavoastră telefonică pentru fiecare coleg care a permis acest lucru',
    agreements: 'Cine dintre dumneavoastră a acceptat acest acord și când',
    'own numbers': 'Numerele de telefon proprii ale societății dumneavoastră',
    'connection settings': 'Adresele și datele de acces pe care le indicați pentru centrala telefonică',
    installations: 'Tokenurile cu care acționăm în sistemul dumneavoastră CRM',
    'hook secrets': 'Cheile secrete cu care sistemele dumneavoastră dovedesc cine sunt',
    portals:
      'Ce portal este sistemul dumneavoastră CRM și cheia secretă cu care acesta dovedește că el este cel care comunică cu noi',
    erasures:
      'Faptul că cineva a fost șters, când, de către cine, cât s-a înlăturat și cine a fost înștiințat; ce trebuie șters în sistemul dumneavoastră CRM, cu identificatorul său, până când l-am șters acolo, iar dacă oamenii dumneavoastră îl șterg ei înșiși acolo, la fel de mult ca evidența',
    'erased people':
      'Amprente (hash) calculate cu o cheie secretă, care împiedică revenirea unui număr șters sau a unei persoane șterse; din ele nimeni nu poate citi un număr sau un nume',
    'documents of the organization':
      'Ce adaugă administratorii dumneavoastră la evidența activităților de prelucrare și cine dintre dumneavoastră a aprobat ce versiune a ei',
    corrections:
      'Faptul că ceva despre o persoană a fost rectificat, când, de către cine, în ce câmpuri și cine a fost înștiințat; identificatori din CRM până când toți au datele corecte sau, dacă oamenii dumneavoastră le rectifică ei înșiși acolo, la fel de mult ca evidența',
    'corrections under way':
      'Ce a fost greșit și ce este corect, până când sistemul dumneavoastră CRM are datele corecte, cel mult șapte zile',
  },
}
