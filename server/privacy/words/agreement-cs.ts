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
    'Pomáhá vaší společnosti odpovídat lidem, kteří uplatňují svá práva, a předává jí žádosti, které dostane. Co je o kom uloženo, mohou vaši lidé v aplikaci sami zobrazit a vymazat; jména a čísla opravují v CRM.',
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
}
