import { joined } from './joined.ts'
import type { FearedUse, PolicyWords, Said } from './policy-words.ts'

export const cs: PolicyWords = {
  title: ({ phones, crms }) =>
    phones && crms
      ? `Zásady ochrany osobních údajů aplikace Ringfence pro ${phones} a ${crms}`
      : 'Zásady ochrany osobních údajů aplikace Ringfence',
  about: 'Aplikace',
  aboutFields: {
    operator: 'provozovatel',
    contact: 'kontakt na provozovatele',
    phones: 'ústředny',
    crms: 'CRM',
    policies: 'další zásady',
    notice: 'oznámení předem u verze, která dovoluje více',
  },
  fields: {
    subjects: 'Čí údaje',
    sealed: 'Údaje uložené šifrovaně',
    hashed: 'Údaje uložené jako otisk',
    clear: 'Údaje uložené čitelně',
    purposes: 'Účel',
    ground: 'Právní základ',
    keep: 'Doba uchování',
    ends: 'Uchování skončí, když',
    recipients: 'Kdo je dostane',
    source: 'Odkud pocházejí',
    role: 'Správce',
    database: 'Uložení',
    region: 'Místo',
    sealedBy: 'Čím jsou šifrovány',
  },
  headings: {
    scope: 'Na co se tyto zásady vztahují',
    roles: 'Kdo odpovídá',
    data: 'Jaké údaje, k čemu a jak dlouho',
    purposes: 'K čemu údaje slouží a k čemu nikdy',
    recordings: 'Nahrávky hovorů',
    recipients: 'Kdo údaje dostává',
    place: 'Kde údaje jsou',
    protection: 'Jak jsou údaje chráněny',
    ending: 'Jak údaje zanikají',
    rights: 'Vaše práva a na koho se obrátit',
    objection: 'Vaše právo vznést námitku',
    complaint: 'Stížnosti',
    obligation: 'Je nutné údaje poskytnout?',
    decisions: 'Automatizovaná rozhodnutí',
    consent: 'Používání není souhlas',
    policies: 'Další zásady',
    versions: 'Verze těchto zásad',
  },
  prose: (said) => ({
    scope: [
      `Ringfence (dále jen „aplikace“) propojuje telefonní ústřednu společnosti${said.phones && ` (${said.phones})`} s jejím CRM${said.crms && ` (${said.crms})`}. Ukazuje, kdo volá, a zapisuje každý hovor do CRM. Tyto zásady se vztahují na osobní údaje, které k tomu tato instalace aplikace zpracovává, a na žádné jiné.`,
      'Nevztahují se na to, co s osobními údaji dělá sama ústředna a samo CRM. Jsou to služby jiných poskytovatelů, které společnost používá na základě vlastních smluv, a každá má své vlastní zásady. Hovor, který byl zapsán, zůstává v CRM podle pravidel společnosti.',
      '„Organizací“ se zde rozumí společnost, která aplikaci používá, „uživateli“ lidé, kteří pro ni pracují a do aplikace se přihlašují, a „provozovatelem“ ten, kdo provozuje tuto instalaci.',
    ],
    roles: [
      'Správcem (čl. 4 odst. 7 GDPR) je organizace: rozhoduje o tom, čí hovory se zpracovávají a k čemu. Její název a kontakt, jejího zástupce a pověřence pro ochranu osobních údajů, pokud je má, uvádí její vlastní informace o zpracování osobních údajů.',
      `${operatorIs(said.operator)} Údaje zpracovává pro organizaci jako její zpracovatel (čl. 4 odst. 8 a čl. 28 GDPR) na základě smlouvy, kterou organizace přijímá dříve, než se cokoli zkopíruje.`,
      ...(said.operatorKinds
        ? [
            `U těchto údajů, které potřebuje k provozu instalace, je správcem sám provozovatel: ${said.operatorKinds}.`,
          ]
        : []),
    ],
    data: [
      'Toto jsou všechny osobní údaje, které aplikace uchovává. Seznam vzniká z týchž deklarací, kterými se řídí databáze, mazání i síť: program se nespustí, pokud je v databázi sloupec, který v nich není uveden. Nic se nepřebírá z veřejně přístupných zdrojů.',
    ],
    purposes: [
      'Každý druh údajů má své účely z uzavřeného seznamu. Používají se tyto a žádné jiné:',
      { list: said.purposes },
      'Nový účel by znamenal novou verzi těchto zásad a byl by uveden mezi jejími změnami.',
      'Kontakty, hovory a uživatelé jsou v databázi své organizace. Aplikace v ní před každým čtením uvede, k jakému účelu čte, a databáze sama odmítne údaje, které k tomuto účelu nejsou určeny. Výjimkou je jen mazání údajů a kontrola toho, co se uchovává.',
      ...(said.never.length > 0
        ? [
            `Žádný z těchto účelů není ${joined(
              said.never.map((use) => uses[use]),
              ' ani ',
            )}: k tomu aplikace údaje nepoužívá.`,
          ]
        : []),
    ],
    recordings: [
      'Aplikace připojuje nahrávku hovoru k tomuto hovoru v CRM jen tehdy, když si to zvolil správce aplikace v organizaci. Nahrávku předává po částech tak, jak přichází z ústředny, a nic z ní neuchovává, ani v databázi, ani v souboru. Jak dlouho je nahrávka uložena v CRM a v ústředně a zda se hovory vůbec smějí nahrávat, je věcí organizace.',
    ],
    recipients: [
      'Aplikace posílá údaje těmto příjemcům a nikomu jinému:',
      { list: said.recipients },
      'Požadavek na jakoukoli jinou adresu program odmítne a pokus zaznamená. Databáze má u sebe i ten, kdo provozovateli poskytuje servery: viz „Kde údaje jsou“.',
    ],
    place: [
      hostedBy(said),
      'Příjemce mimo tento region nebo příjemce, o němž není známo, kde je, dostane údaje jen tehdy, když k tomu provozovatel zaznamenal důvod: smlouvu se společností v regionu, rozhodnutí o odpovídající ochraně, nebo standardní smluvní doložky s posouzením. Jinak program požadavek odmítne. Který příjemce je kde a z jakého důvodu údaje dostává, ukazuje aplikace organizaci na stránce Připojení.',
      'Zda ústředna a CRM zpracovávají údaje mimo Evropský hospodářský prostor a na základě jakého rozhodnutí o odpovídající ochraně nebo jakých záruk, uvádějí jejich vlastní zásady. Smlouvy s nimi má organizace a lze ji požádat o kopii těchto záruk.',
    ],
    protection: [
      'Údaje, o nichž je výše uvedeno, že jsou uloženy šifrovaně, se zašifrují algoritmem AES-256-GCM dříve, než se dostanou do databáze, a to klíči, které jsou mimo databáze. Co je třeba znovu najít, ale není třeba číst, je uloženo jako otisk, u telefonních čísel s tajným klíčem; to jsou pseudonymní, a tedy stále osobní údaje.',
      'Každá organizace má vlastní databázi a vlastní klíče. Uživatel vidí hovory, které se ho týkají, a všechny hovory jen tehdy, když to povolil správce aplikace. Provozní záznamy aplikace neobsahují jména, čísla ani adresy.',
    ],
    ending: [
      'Od okamžiku, kdy doba uchování uplyne, aplikace údaje nikomu neukáže. Jejich klíč, pokud mají vlastní, se zničí, údaje se smažou a následující noc se jejich zbytky odstraní ze souborů databáze.',
      'Aplikace nevytváří zálohy. V záloze databází, kterou vytvoří provozovatel, zůstává to, co bylo zašifrováno zničeným klíčem, nečitelné; všechny ostatní hodnoty, a dokud organizace aplikaci používá, i jméno uživatele, v ní zůstávají, dokud ji provozovatel nesmaže.',
      'Po odinstalování zůstává potvrzení. Uvádí, co bylo odstraněno a kdy, a nikoho nejmenuje.',
    ],
    rights: [
      'Za podmínek stanovených zákonem máte tato práva:',
      {
        list: [
          'dozvědět se, zda se údaje o vás zpracovávají, a dostat jejich kopii (čl. 15 GDPR)',
          'dát opravit nesprávné údaje (čl. 16)',
          'dát údaje vymazat (čl. 17)',
          'dát omezit jejich zpracování (čl. 18)',
          'získat údaje, které jste poskytli, ve strojově čitelné podobě, pokud se zpracovávají na základě smlouvy s vámi (čl. 20)',
        ],
      },
      `Obraťte se na organizaci, se kterou jste telefonovali nebo pro kterou pracujete: ta je správcem. Provozovatel jí pomáhá a žádost, kterou dostane, jí předá, ale neodpovídá místo ní. ${said.operatorKinds ? 'Ve věci údajů, u nichž je správcem provozovatel, se obraťte na provozovatele. ' : ''}Jméno nebo číslo se opravuje v CRM, odkud je aplikace přebírá.`,
    ],
    objection: said.interestKinds
      ? [
          `Na základě oprávněného zájmu se zpracovávají tyto údaje: ${said.interestKinds}. Proti tomu můžete z důvodů týkajících se vaší konkrétní situace kdykoli vznést námitku (čl. 21 odst. 1 GDPR). Obraťte se na organizaci.`,
        ]
      : ['Neuplatní se: na základě oprávněného zájmu se zde nic nezpracovává.'],
    complaint: [
      'Můžete podat stížnost u dozorového úřadu pro ochranu osobních údajů, zejména v zemi Evropské unie, kde žijete, kde pracujete nebo kde podle vás došlo k porušení zákona (čl. 77 GDPR). Můžete se také obrátit na soud.',
    ],
    obligation: [
      'Nikdo, kdo volá, nemusí aplikaci poskytovat údaje: kdo skryje své číslo, zobrazí se a zapíše jako volající se skrytým číslem. Uživatelé se musejí přihlásit přes CRM; bez toho a bez údajů uvedených výše jim aplikace nemůže hovory ukazovat.',
    ],
    decisions: [
      'Aplikace o nikom nerozhoduje výhradně automatizovaně (čl. 22 GDPR). Hovory ukazuje a zapisuje; nikoho nehodnotí ani neřadí do pořadí.',
    ],
    consent: [
      'Používání aplikace, přihlášení, volání ani čtení těchto zásad se nikdy nepovažuje za souhlas s čímkoli. Nic z toho, co je zde uvedeno, se nezakládá na souhlasu, takže není žádný souhlas, který by bylo možné odvolat.',
      'Když správce aplikace přijme za organizaci smlouvu o zpracování údajů, je to smlouva mezi organizací a provozovatelem, nikoli souhlas kterékoli osoby. Pokud organizace sama žádá volající nebo pracovníky o souhlas, například s nahráváním, odvolává se u ní.',
    ],
    policies: ['Služby, které aplikace propojuje, mají své vlastní zásady:'],
    versions: [
      'Každá změna těchto zásad vytvoří novou verzi s datem, kdy byla uvedena v platnost, a se seznamem změn. Verze platí od tohoto data. Dřívější verze zůstávají k přečtení. Kterou verzi každá organizace používala a od kdy, je zaznamenáno a její uživatelé to vidí v aplikaci.',
      `Verze, která dovoluje více než verze platná – nový druh údajů nebo účel, dalšího příjemce, delší dobu, menší ochranu – se oznamuje ${said.notice} předem, a to v záhlaví těchto zásad i v aplikaci. Nic z toho, co je v ní nové, se do té doby neděje. Zda verze dovoluje více, rozhoduje aplikace porovnáním prohlášení.`,
    ],
  }),
  nobody: 'nikdo',
  area: 'Evropský hospodářský prostor',
  unnamed: 'neuvedeno',
  atHosts: (recipient, hosts) => `${recipient} (${hosts.join(', ')})`,
  atConnection: (recipient) => `${recipient} (na adrese, kterou zadala organizace)`,
  atMailServer: (recipient) => `${recipient} (přes který provozovatel posílá e-maily)`,
  policyOf: (vendor) => `Zásady ochrany osobních údajů: ${vendor}`,
  noAddress: (vendor) => `${vendor}: vlastní zásady, jak je ${vendor} zveřejňuje`,
  changes: {
    newKind: (kind) => `Nový druh údajů: ${kind}.`,
    goneKind: (kind) => `Už se neuchovává: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: dosud „${from}“, nyní „${to}“.`,
    added: (kind, field, what) => `${kind} – ${field}: nově „${what}“.`,
    removed: (kind, field, what) => `${kind} – ${field}: už ne „${what}“.`,
    newSection: (heading) => `Nový oddíl: „${heading}“.`,
    goneSection: (heading) => `Zrušený oddíl: „${heading}“.`,
    reworded: (what) => `Jinak formulováno: „${what}“.`,
    rewordedElsewhere: 'Změnila se pouze formulace v jiném jazyce.',
  },
}

const uses: Record<FearedUse, string> = {
  analytics: 'analytika',
  marketing: 'marketing',
  profiling: 'profilování',
}

function operatorIs({ name, contact }: { name: string | undefined; contact: string | undefined }): string {
  if (name === undefined) return 'Provozovatel této instalace zde není uveden; kdo to je, sdělí organizace.'
  return contact === undefined
    ? `Provozovatelem této instalace je ${name}; kontakt zde neuvádí.`
    : `Provozovatelem této instalace je ${name}, kontakt: ${contact}.`
}

function hostedBy({ hosting: { name, country }, region }: Said): string {
  const where = `Aplikace uchovává údaje na serverech této instalace, které jsou v tomto regionu: ${region}.`
  if (name === undefined)
    return `${where} ${country ? `Jsou v této zemi: ${country}. ` : ''}Čí servery to jsou, zde provozovatel neuvedl; zeptejte se ho.`
  return `${where} Provozuje je ${name}${country ? ` (${country})` : ''}.`
}
