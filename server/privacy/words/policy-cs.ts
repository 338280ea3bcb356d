import { withoutCapital } from './in-sentence.ts'
import { joined } from './joined.ts'
import type { FearedUse, PolicyWords } from './policy-words.ts'

export const cs: PolicyWords = {
  title: (phone, crm) =>
    crm
      ? `Zásady ochrany osobních údajů aplikace Ringfence pro ${phone ? `${phone} ve spojení s ${crm}` : crm}`
      : 'Zásady ochrany osobních údajů aplikace Ringfence',
  about: 'Aplikace',
  aboutFields: {
    operator: 'Provozovatel',
    seat: 'Sídlo provozovatele',
    contact: 'Kontakt na provozovatele',
    representative: 'Zástupce provozovatele',
    officer: 'Pověřenec provozovatele pro ochranu osobních údajů',
    phones: 'Ústředny',
    crms: 'CRM',
    policies: 'Další zásady',
    backups: 'Stáří záloh',
    notice: 'Předstih, s nímž se oznamuje verze, která dovoluje více',
  },
  roleFields: {
    operator: 'Provozovatel',
    seat: 'Sídlo',
    contact: 'Kontakt',
    representative: 'Zástupce v Unii',
    officer: 'Pověřenec pro ochranu osobních údajů',
  },
  fields: {
    subjects: 'Čí údaje',
    sealed: 'Údaje uložené šifrovaně',
    hashed: 'Údaje uložené jako otisk',
    clear: 'Údaje uložené čitelně',
    purposes: 'Účel',
    ground: 'Právní základ',
    keep: 'Doba uchování',
    ends: 'Smažou se, když',
    recipients: 'Příjemci',
    source: 'Zdroj',
    role: 'Správce',
    database: 'Kde jsou uloženy',
    region: 'Místo',
    sealedBy: 'Šifrování',
  },
  headings: {
    scope: 'Na co se tyto zásady vztahují',
    roles: 'Kdo odpovídá',
    data: 'Jaké údaje, k čemu a jak dlouho',
    purposes: 'K čemu údaje slouží a k čemu nikdy',
    interests: 'Oprávněné zájmy a jejich posouzení',
    recordings: 'Nahrávky hovorů',
    recipients: 'Kdo údaje dostává',
    place: 'Kde údaje jsou',
    protection: 'Jak jsou údaje chráněny',
    ending: 'Jak se údaje mažou',
    rights: 'Vaše práva a na koho se obrátit',
    objection: 'Vaše právo vznést námitku',
    complaint: 'Stížnosti',
    obligation: 'Je nutné údaje poskytnout?',
    decisions: 'Automatizované rozhodování',
    consent: 'Používání není souhlas',
    policies: 'Další zásady',
    versions: 'Verze těchto zásad',
  },
  sentences: {
    scope: {
      what: 'Ringfence (dále jen „aplikace“) propojuje telefonní ústřednu společnosti s jejím CRM, tedy systémem, ve kterém společnost vede své zákazníky a kontakty. Ukazuje, kdo volá, a zapisuje každý hovor do CRM. Tyto zásady se vztahují na osobní údaje, které k tomu tato instalace aplikace zpracovává, a na žádné jiné.',
      not: 'Nevztahují se na to, co s osobními údaji dělají samy ústředna a CRM. Jsou to služby jiných poskytovatelů, které společnost používá na základě vlastních smluv, a každá má své vlastní zásady. Zapsaný hovor zůstává v CRM podle pravidel společnosti.',
      terms:
        '„Organizací“ se zde rozumí společnost, která aplikaci používá, „uživateli“ lidé, kteří pro ni pracují a do aplikace se přihlašují, „provozovatelem“ ten, kdo provozuje tuto instalaci, a „GDPR“ nařízení (EU) 2016/679.',
    },
    roles: {
      controller:
        'Správcem (čl. 4 bod 7 GDPR) je organizace: rozhoduje o tom, čí hovory se zpracovávají a za jakým účelem. Její název a kontaktní údaje a také jejího zástupce a pověřence pro ochranu osobních údajů, pokud je má, uvádějí její vlastní informace o zpracování osobních údajů.',
      operator: ({ operatorNamed }) =>
        operatorNamed
          ? 'Tuto instalaci provozuje:'
          : 'Provozovatel této instalace zde není uveden; kdo jím je, vám sdělí organizace.',
      processor:
        'Provozovatel zpracovává údaje pro organizaci jako její zpracovatel (čl. 4 bod 8 a čl. 28 GDPR) na základě smlouvy, kterou organizace přijímá dříve, než se cokoli zkopíruje.',
      operatorKinds:
        'U těchto kategorií údajů, které potřebuje k provozu instalace, je správcem sám provozovatel:',
    },
    data: {
      all: 'Toto jsou všechny osobní údaje, které aplikace uchovává. Seznam vzniká z týchž pravidel, kterými se řídí databáze, mazání i síť: program se nespustí, pokud by některá databáze mohla obsahovat osobní údaje, které v něm nejsou uvedeny.',
      source:
        'Většina těchto údajů nepochází přímo od subjektů údajů, ale z ústředny a z CRM; zdroj je uveden u každé kategorie. Z veřejně dostupných zdrojů se nepřebírá nic.',
      device:
        'V zařízení uživatele ukládá aplikace soubor cookie, který ho udržuje přihlášeného nejvýše dvanáct hodin, a při zřizování připojení ještě jeden na čtvrt hodiny. Oba jsou nezbytně nutné (čl. 5 odst. 3 směrnice 2002/58/ES) a k ničemu jinému neslouží. Adresa, ze které přichází požadavek (IP adresa), se drží jen v paměti, aby bylo možné omezit počet požadavků; aplikace ji neukládá ani nezaznamenává.',
    },
    purposes: {
      inUse:
        'Každá kategorie údajů se používá jen k účelům, které jsou u ní uvedeny. Účely se vybírají z uzavřeného seznamu; používají se tyto a žádné jiné:',
      newPurpose:
        'Než se údaje použijí k novému účelu, jsou o tom subjekty údajů informovány (čl. 13 odst. 3 a čl. 14 odst. 4 GDPR): nový účel znamená novou verzi těchto zásad a oznamuje se tak, jak je popsáno v oddílu „Verze těchto zásad“. Je-li třeba informovat ještě jinak, je to povinností správce.',
      reading:
        'Údaje o kontaktech, hovorech a uživatelích jsou v databázi jejich organizace. Než v ní aplikace cokoli přečte, musí uvést účel, a databáze sama odmítne vydat údaje, které k tomuto účelu nejsou určeny. Výjimkou je jen mazání údajů a kontrola toho, co se uchovává.',
      never: ({ never }) =>
        `Žádný z těchto účelů není ${joined(
          never.map((use) => uses[use]),
          ' ani ',
        )}: k tomu aplikace údaje nepoužívá.`,
    },
    interests: {
      kinds:
        'Na základě oprávněného zájmu, který je u každé z nich uveden, se zpracovávají tyto kategorie údajů:',
      weighed:
        'Takto, stručně řečeno, byly tyto zájmy poměřeny se zájmy subjektů údajů. Organizace musí posoudit, zda to platí i v jejím případě; celé posouzení si u ní můžete vyžádat.',
      none: 'Neuplatní se: na základě oprávněného zájmu se zde nic nezpracovává.',
    },
    recordings: {
      attach:
        'Aplikace připojuje nahrávku hovoru k tomuto hovoru v CRM jen tehdy, když si to zvolil správce aplikace v organizaci. Nahrávku předává po částech tak, jak přichází z ústředny, a nic z ní neuchovává, ani v databázi, ani v souboru. Jak dlouho je nahrávka uložena v CRM a v ústředně a zda se hovory vůbec smějí nahrávat, je věcí organizace.',
      refer:
        'CRM, které od aplikace nahrávky nepřebírá, například Bitrix24, na ně aplikace jen odkáže; samotné nahrávky pak aplikací neprocházejí. Jen tehdy, když si to zvolil správce aplikace v organizaci, aplikace buď CRM sdělí, kde si může stáhnout vlastní kopii, nebo do něj uloží odkaz, který při každém kliknutí vede k nahrávce v ústředně, a to jen toho, kdo ji smí slyšet. Dokud se tak nestane, uchovává se jen identifikátor nahrávky v ústředně nebo tento odkaz; adresu samotné nahrávky aplikace zjišťuje, až když je potřeba, a nikdy ji neuchovává. Jak dlouho je nahrávka uložena v CRM a v ústředně a zda se hovory vůbec smějí nahrávat, je věcí organizace.',
      none: 'Neuplatní se: s touto ústřednou a tímto CRM aplikace s nahrávkami nic nedělá.',
    },
    recipients: {
      these: 'Aplikace předává údaje těmto příjemcům a nikomu jinému:',
      refused:
        'Požadavek na jakoukoli jinou adresu program odmítne a pokus zaznamená. Databáze má u sebe i ten, kdo provozovateli poskytuje servery: viz „Kde údaje jsou“.',
    },
    place: {
      hosted: ({ hosting: { name, country }, region }) =>
        `Aplikace uchovává údaje na serverech této instalace, které jsou v tomto regionu: ${region}. ${
          name === undefined
            ? `${country ? `Jsou v této zemi: ${country}. ` : ''}Čí servery to jsou, zde provozovatel neuvedl; zeptejte se ho.`
            : `Provozuje je ${name}${country ? ` (${country})` : ''}.`
        }`,
      outside:
        'Příjemce mimo tento region nebo příjemce, o němž není známo, kde je, dostane údaje jen tehdy, když k tomu provozovatel zaznamenal základ: smlouvu se společností v regionu, rozhodnutí o odpovídající ochraně (čl. 45 GDPR), nebo standardní smluvní doložky (čl. 46 odst. 2 písm. c) GDPR) s posouzením. Jinak program požadavek odmítne. Kde který příjemce právě je a na jakém základě údaje dostává, uvádí tento seznam:',
      list: 'Další zpracovatelé a příjemci, se zemí a základem předání',
      vendors:
        'Zda ústředna a CRM zpracovávají údaje mimo Evropský hospodářský prostor a na základě jakého rozhodnutí o odpovídající ochraně nebo jakých záruk, uvádějí jejich vlastní zásady. Smlouvy s nimi má organizace.',
      copy: 'O kopii záruk můžete požádat: provozovatele, jde-li o záruky, na jejichž základě předává údaje sama aplikace; organizaci, jde-li o záruky v jejích smlouvách s ústřednou a s CRM.',
    },
    protection: {
      sealed:
        'Údaje, o nichž je výše uvedeno, že jsou uloženy šifrovaně, se zašifrují algoritmem AES-256-GCM dříve, než se dostanou do databáze, a to klíči, které jsou mimo databáze. Co je třeba znovu najít, ale není třeba číst, je uloženo jako otisk (hash), tedy hodnota, která se z údaje vypočítá, u telefonních čísel s tajným klíčem; to jsou pseudonymizované, a tedy stále osobní údaje.',
      apart:
        'Každá organizace má vlastní databázi a vlastní klíče. Uživatel vidí hovory, které se ho týkají, a všechny hovory jen tehdy, když mu to povolí správce aplikace. Provozní záznamy aplikace neobsahují jména, čísla ani adresy.',
    },
    ending: {
      end: 'Od okamžiku, kdy uplyne doba uchování, aplikace údaje nikomu neukáže. Mají-li vlastní klíč, zničí se; údaje se smažou a následující noc se jejich zbytky odstraní ze souborů databáze.',
      backups: ({ backups }) =>
        backups === undefined
          ? 'Aplikace nevytváří zálohy. V záloze databází, kterou vytvoří provozovatel, zůstává to, co bylo zašifrováno zničeným klíčem, nečitelné; všechny ostatní hodnoty a také, dokud organizace aplikaci používá, jméno uživatele v ní zůstávají, dokud ji provozovatel nesmaže.'
          : `Každou noc aplikace vytvoří šifrovanou zálohu svých databází bez klíčů, které otevírají údaje v nich. Záloha se smaže nejpozději za ${backups} a s ní se zničí i její vlastní klíč. Co bylo zašifrováno zničeným klíčem, je od té chvíle nečitelné i v zálohách; ostatní hodnoty a také, dokud organizace aplikaci používá, jméno uživatele v nich zůstávají, dokud není smazána záloha. Při obnově ze zálohy se znovu odstraní vše, co bylo od jejího pořízení vymazáno nebo odinstalováno, a to dříve, než k obnoveným údajům kdokoli získá přístup.`,
      receipt: 'Po odinstalování zůstává potvrzení. Uvádí, co bylo odstraněno a kdy, a nikoho nejmenuje.',
    },
    rights: {
      intro: 'Za podmínek, které stanoví právní předpisy, máte tato práva:',
      who: 'Obraťte se na organizaci, se kterou jste telefonovali nebo pro kterou pracujete: ta je správcem. Provozovatel jí pomáhá a žádost, kterou dostane, jí předá, ale neodpovídá místo ní. Organizace odpovídá bezplatně, ledaže je žádost zjevně nedůvodná nebo nepřiměřená, a do jednoho měsíce; je-li žádost složitá nebo je-li žádostí mnoho, může to trvat o dva měsíce déle, pokud vám to i s důvody oznámí v prvním měsíci (čl. 12 odst. 3 a 5 GDPR).',
      operator:
        'Ve věci údajů, u nichž je správcem provozovatel, se obraťte na provozovatele; pro jeho odpovědi platí totéž.',
      correcting: 'Jméno nebo číslo se opravuje v CRM, odkud je aplikace přebírá.',
    },
    objection: {
      right:
        'Máte právo z důvodů týkajících se vaší konkrétní situace kdykoli vznést námitku proti zpracování údajů, které se vás týkají, na základě oprávněného zájmu (čl. 21 odst. 1 GDPR). Obraťte se na organizaci. Ta pak musí se zpracováním přestat, ledaže prokáže závažné oprávněné důvody, které převažují nad vašimi zájmy nebo právy a svobodami, nebo údaje potřebuje pro určení, výkon nebo obhajobu právních nároků.',
      none: 'Neuplatní se: na základě oprávněného zájmu se zde nic nezpracovává.',
    },
    complaint: {
      rule: 'Můžete podat stížnost u dozorového úřadu pro ochranu osobních údajů, zejména v zemi, kde žijete, kde pracujete nebo kde podle vás došlo k porušení předpisů (čl. 77 GDPR). Pro organizaci je příslušný úřad země, ve které je usazena, v Německu úřad spolkové země.',
      list: 'Úřady všech zemí Evropského hospodářského prostoru',
      authority: ({ authority, country }) =>
        authority
          ? `Pro provozovatele${country ? ` (${country})` : ''} je příslušný tento úřad: ${authority.name}, ${authority.url}.`
          : 'Který úřad je příslušný pro provozovatele, zde není uvedeno; zeptejte se provozovatele.',
      court: 'Můžete se také obrátit na soud (čl. 79 GDPR).',
    },
    obligation: {
      callers:
        'Žádný zákon ani smlouva neukládají volajícím, aby aplikaci poskytovali údaje: kdo skryje své číslo, zobrazí se a zapíše jako volající se skrytým číslem.',
      users:
        'Uživatelé se musejí přihlásit přes CRM, protože aplikace pracuje pro lidi, které má organizace ve svém CRM. Nevyžaduje to zákon ani jejich smlouva s provozovatelem; bez přihlášení a bez údajů uvedených výše jim však aplikace nemůže hovory ukazovat.',
      others:
        'Kdo přijme smlouvu nebo schválí dokument, je u nich zaznamenán, protože bez osoby, která za ně odpovídá, nezačnou platit. Adresu pro oznámení nemusí zadat nikdo; bez ní se organizace oznámení dozví jen v aplikaci.',
    },
    decisions: {
      none: 'Neuplatní se: aplikace o nikom nerozhoduje výhradně automatizovaně a neprovádí profilování (čl. 22 GDPR). Hovory ukazuje a zapisuje; nikoho nehodnotí ani neřadí do pořadí.',
    },
    consent: {
      never:
        'Používání aplikace, přihlášení, volání ani čtení těchto zásad se nikdy nepovažuje za souhlas s čímkoli. Nic z toho, co je zde uvedeno, se nezakládá na souhlasu, takže není co odvolávat.',
      agreement:
        'Když správce aplikace přijme za organizaci smlouvu o zpracování údajů, je to smlouva mezi organizací a provozovatelem, nikoli souhlas kterékoli osoby. Pokud organizace sama žádá volající nebo pracovníky o souhlas, například s nahráváním, odvolává se tento souhlas u ní, a to kdykoli a stejně snadno, jako byl dán; co se dělo do té doby, zůstává zákonné.',
    },
    policies: { own: 'Služby, které aplikace propojuje, mají své vlastní zásady:' },
    versions: {
      each: 'Každou změnou těchto zásad vzniká nová verze s datem, od kterého platí, a se seznamem změn. Dřívější verze si lze i nadále přečíst. Kterou verzi každá organizace používala a od kdy, je zaznamenáno a její uživatelé to vidí v aplikaci.',
      announced: ({ notice }) =>
        `Verze, která dovoluje více než platná verze – novou kategorii údajů nebo nový účel, dalšího příjemce, delší dobu, slabší ochranu –, se oznamuje ${notice} předem, a to v záhlaví těchto zásad, v aplikaci a e-mailem na adresy, které k tomu organizace zadala. Nic z toho, co je v ní nové, se do té doby neděje. Zda verze dovoluje více, určuje aplikace porovnáním pravidel obou verzí.`,
    },
  },
  rights: {
    access:
      'dozvědět se, zda se zpracovávají údaje, které se vás týkají, a získat jejich kopii (právo na přístup, čl. 15 GDPR)',
    rectification: 'dosáhnout opravy nepřesných a doplnění neúplných údajů (právo na opravu, čl. 16)',
    erasure: 'dosáhnout výmazu údajů (právo na výmaz, čl. 17)',
    restriction: 'dosáhnout omezení jejich zpracování (právo na omezení zpracování, čl. 18)',
    portability:
      'získat údaje, které jste poskytli, ve strukturovaném, běžně používaném a strojově čitelném formátu, pokud se zpracovávají na základě smlouvy s vámi (právo na přenositelnost údajů, čl. 20)',
  },
  noRepresentative: ({ established }) =>
    established
      ? 'neuplatní se: provozovatel je usazen v Evropském hospodářském prostoru (čl. 27 GDPR)'
      : 'zde není uveden',
  noOfficer: 'zde není uveden',
  nobody: 'nikdo',
  area: 'Evropský hospodářský prostor',
  unnamed: 'neuvedeno',
  atHosts: (recipient, hosts) => `${recipient} (${hosts.join(', ')})`,
  atConnection: (recipient) => `${recipient} (na adrese, kterou zadala organizace)`,
  atMailServer: (recipient) => `${recipient} (přes který provozovatel posílá e-maily)`,
  nowhereKnown: 'země není známa',
  policyOf: (vendor) => `Zásady ochrany osobních údajů: ${vendor}`,
  noAddress: (vendor) => `${vendor}: vlastní zásady, jak je ${vendor} zveřejňuje`,
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `Nová kategorie údajů: ${kind}.`,
    goneKind: (kind) => `Už se neuchovává: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: dosud „${from}“, nyní „${to}“.`,
    added: (kind, field, what) => `${kind} – ${field}: nově „${what}“.`,
    removed: (kind, field, what) => `${kind} – ${field}: už ne „${what}“.`,
    newSection: (heading) => `Nový oddíl: „${heading}“.`,
    goneSection: (heading) => `Zrušený oddíl: „${heading}“.`,
    reworded: (what) => `Jinak formulováno: „${what}“.`,
    rewordedElsewhere:
      'Změnila se pouze formulace v jiném jazyce nebo to, které aplikace se která část týká.',
    newLanguages: (names) => `Nově také v těchto jazycích: ${names}.`,
    goneLanguages: (names) => `Už ne v těchto jazycích: ${names}.`,
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'analytika',
  marketing: 'marketing',
  profiling: 'profilování',
}
