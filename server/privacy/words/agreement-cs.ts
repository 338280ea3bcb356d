import type { AgreementWords } from './agreement-en.ts'

export const cs: AgreementWords = {
  title: 'Než zkopírujeme vaše kontakty',
  opening: (operator) =>
    `Ringfence ukazuje vašim kolegům, kdo volá, a zapisuje každý hovor do vašeho CRM. K tomu zpracovává osobní údaje pro vaši společnost: vaše společnost o zpracování rozhoduje (správce), provozovatel této instalace${operator === undefined ? '' : `, ${operator},`} je provádí (zpracovatel). Toto je smlouva mezi nimi podle čl. 28 obecného nařízení o ochraně osobních údajů (GDPR). Zatím nebylo nic zkopírováno.`,
  whatHeading: 'Co se uchovává, proč a jak dlouho',
  people: (subjects) => `Údaje se týkají těchto osob: ${subjects}.`,
  whoHeading: 'Kdo údaje dostane',
  who: (recipients) => `Pouze: ${recipients}. Požadavek na kohokoli jiného program odmítne a zaznamená.`,
  dutiesHeading: 'K čemu se provozovatel zavazuje',
  duties: (notice) => [
    'Údaje zpracovává jen podle pokynů vaší společnosti, a to i tehdy, mají-li opustit Evropský hospodářský prostor. Pokyny jsou tato smlouva a to, co vaši lidé v aplikaci zadají a zvolí. Ukládá-li provozovateli zákon něco jiného, oznámí to vaší společnosti předem, pokud mu to týž zákon nezakazuje. Má-li některý pokyn za protiprávní, ihned na to upozorní.',
    'Každý, kdo u provozovatele může s údaji přijít do styku, je vázán mlčenlivostí.',
    'Údaje chrání tak, jak vyžaduje čl. 32 GDPR. Která opatření přijal, uvádí aplikace v části Soukromí, Dokumenty tak, jak je potvrdila kontrola.',
    `Vaše společnost obecně souhlasí s tím, že provozovatel zapojí další zpracovatele. Jejich seznam je veřejný (/privacy/sub-processors). Nového dalšího zpracovatele oznámí provozovatel vaší společnosti ${notice} předem; do té doby může vaše společnost u provozovatele vznést námitku, nebo tuto smlouvu ukončit odinstalováním aplikace. Provozovatel zaváže další zpracovatele ke stejným povinnostem a odpovídá za ně vaší společnosti.`,
    'Pomáhá vaší společnosti odpovídat lidem, kteří uplatňují svá práva, a předává jí žádosti, které dostane. Co je o kom uloženo, mohou vaši správci v aplikaci sami zobrazit, opravit a vymazat.',
    'Každé porušení zabezpečení údajů oznámí vaší společnosti bez zbytečného odkladu, v aplikaci a na adresy, které k tomu vaše společnost zadala. Pomáhá jí plnit její vlastní povinnosti podle čl. 32 až 36 GDPR.',
    'Poskytne vaší společnosti vše, co je třeba k doložení, že tyto povinnosti plní, umožní audity, i auditorovi, kterého vaše společnost pověří, a poskytne jim součinnost.',
  ],
  endHeading: 'Kdy to končí',
  end: (backups) =>
    `Tato smlouva platí, dokud provozovatel zpracovává údaje pro vaši společnost. Když některý uživatel aplikaci odinstaluje, smažou se jeho jméno a tokeny. Když ji odinstaluje poslední uživatel vaší společnosti, smaže se všechno kromě nastavení vaší ústředny. Když skončí předplatné nebo je organizace smazána, zničí se všechny klíče a smaže se všechno, co patří vaší společnosti; po skončení předplatného zůstává jen její název, dokud není organizace smazána. Co a kdy bylo smazáno, uvádí potvrzení. Co z toho zůstane v zálohách, zanikne s nimi, nejpozději za ${backups}. Pokud o to vaše společnost předem požádá, provozovatel jí údaje nejprve předá v otevřených formátech.`,
  yoursHeading: 'Co zůstává u vás',
  yours:
    'Zapsané hovory zůstávají ve vašem CRM podle pravidel vaší společnosti. Je na vaší společnosti, aby volající a pracovníky informovala, jak vyžaduje zákon, a aby jejich údaje směla zpracovávat.',
  sentence: (kind, keep, purposes) => `${kind}. Doba uchování: ${keep}. Účel: ${purposes}.`,
  kinds: {
    'call journal': 'Hovory: čísla, časy, kdo hovor přijal, jak dopadl a kterého obchodu se týká',
    'calls under way': 'Totéž o hovorech, které ještě neskončily',
    'events waiting': 'Totéž, jak to hlásí vaše ústředna v době, kdy je naše databáze nedostupná',
    'recording addresses':
      'Kde vaše ústředna uchovává nahrávku hovoru, pokud si vaše společnost zvolila mít nahrávky v CRM; samotnou nahrávku nanejvýš předáváme a nikdy ji neuchováváme',
    'cards of calls':
      'Otevírá-li vaše CRM vlastní kartu: jak tam byl hovor ohlášen, jaký tam má identifikátor a komu je karta otevřená',
    'cards of calls in progress': 'Totéž, dokud hovor neskončil',
    'calls asked for in the CRM':
      'Číslo, na které kolega klikne ve vašem CRM, dokud je jeho telefon nevytočí',
    'call notes': 'Co vaši kolegové k hovoru napíšou a jaký výsledek zvolí',
    'notes under way': 'Totéž, dokud hovor neskončil',
    'persons being made':
      'Jméno a číslo osoby, kterou kolega při hovoru založí ve vašem CRM, dokud je CRM nemá; potom už jen to, že byla založena',
    'follow-ups':
      'Komu má někdo z vás ještě zavolat zpět: který zmeškaný hovor to byl, kdo má volat a úkol ve vašem CRM',
    'numbers left out': 'Čísla, jejichž hovory se podle vašeho správce aplikace do CRM nemají zapisovat',
    'contact mirror': 'Osoby z vašeho CRM: jména, telefonní čísla a názvy jejich společností',
    'dial counts': 'Kolikrát si kdo z vašich kolegů během poslední hodiny vyžádal hovor, nikoli komu volal',
    'open deals':
      'O obchodech a leadech z vašeho CRM jen to, které jsou otevřené a čí jsou; žádný název ani hodnota',
    users: 'Vaši kolegové, kteří se přihlásí: identifikátor v CRM, jméno, linka a nastavení',
    'extensions of users': 'Která linka komu patří',
    'telephones of users':
      'Který telefon vaší ústředny komu patří: jeho identifikátor v ústředně a linka; jména a e-mailové adresy z ústředny jen porovnáváme a nikdy je neuchováváme',
    lines: 'Čísla vaší společnosti, jak je uvádí vaše ústředna, a komu které z nich zvoní',
    'access to the phone system':
      'Tokeny, s nimiž ve vaší ústředně jednáme za každého kolegu, který to povolil',
    agreements: 'Kdo z vás tuto smlouvu přijal a kdy',
    'own numbers': 'Vlastní telefonní čísla vaší společnosti',
    'connection settings': 'Adresy a přístupové údaje, které zadáte pro svou ústřednu',
    installations: 'Tokeny, s nimiž jednáme ve vašem CRM',
    'hook secrets': 'Tajné klíče, kterými se prokazují vaše systémy',
    portals: 'Který portál je vaše CRM a tajný klíč, kterým se nám prokazuje',
    erasures:
      'Že byly něčí údaje vymazány, kdy, kým, kolik záznamů bylo odstraněno a komu to bylo oznámeno; co se má vymazat ve vašem CRM, podle identifikátoru, dokud to tam nevymažeme, a maže-li to tam někdo z vás sám, po dobu uchování záznamu',
    'erased people':
      'Otisky vytvořené tajným klíčem, které brání tomu, aby se vymazané číslo nebo osoba vrátily; nikdo z nich číslo ani jméno nepřečte',
    'documents of the organization':
      'Co vaši správci aplikace přidají do záznamů o činnostech zpracování a které verze těchto záznamů kdo z vás schválil',
    corrections:
      'Že byl údaj o osobě opraven, kdy, kým, ve kterých polích a komu se to oznámilo; identifikátory v CRM do doby, než to mají všichni správně, nebo, jde-li o to, co tam opravují vaši lidé sami, po dobu uchování záznamu',
    'corrections under way': 'Co bylo špatně a jak je to správně, dokud to nemá vaše CRM, nejdéle sedm dní',
  },
}
