import { withoutCapital } from './in-sentence.ts'
import type { RecordWords } from './record-words.ts'

export const cs: RecordWords = {
  titles: {
    operator: 'Záznamy o činnostech zpracování',
    organization: (name) => `Záznamy o činnostech zpracování: ${name}`,
  },
  about: 'Záznamy',
  aboutFields: {
    operator: 'provozovatel',
    contact: 'kontakt na provozovatele',
    host: 'poskytovatel serverů',
    region: 'oblast',
    controller: 'správce',
  },
  headings: {
    who: 'Čí záznamy to jsou',
    'as-controller': 'Co provozovatel zpracovává jako správce (čl. 30 odst. 1 GDPR)',
    'as-processor': 'Co provozovatel zpracovává pro organizace (čl. 30 odst. 2 GDPR)',
    'sub-processors': 'Další zpracovatelé',
    processing: 'Činnosti zpracování (čl. 30 odst. 1 GDPR)',
    processors: 'Zpracovatelé',
    transfers: 'Předávání do třetích zemí',
    measures: 'Technická a organizační opatření',
  },
  sentences: {
    operator: (name, contact) => `Provozovatelem této instalace je ${name}, kontakt: ${contact}.`,
    operatorWithoutContact: (name) => `Provozovatelem této instalace je ${name}; kontakt zde neuvedl.`,
    operatorUnnamed: 'Provozovatel této instalace se zde neuvedl.',
    operatorRuns:
      'Provozuje tuto instalaci Ringfence jako zpracovatel organizací uvedených níže a jako správce toho, co k provozu potřebuje.',
    representative: (who) => `Jeho zástupcem v Evropské unii (čl. 27 GDPR) je ${who}.`,
    representativeNotNeeded:
      'Zástupce v Evropské unii nepotřebuje, protože je usazen v Evropském hospodářském prostoru (čl. 27 GDPR).',
    noRepresentative: 'Zástupce v Evropské unii zde neuvedl (čl. 27 GDPR).',
    officer: (who) => `Jeho pověřencem pro ochranu osobních údajů je ${who}.`,
    noOfficer: 'Pověřence pro ochranu osobních údajů zde neuvedl.',
    jointNamed: 'Společní správci, pokud jsou, jsou uvedeni v odstavci níže.',
    noJoint: 'Společného správce zde neuvedl.',
    controller: (name) =>
      `Správcem je ${name}. Tyto záznamy popisují, co zpracovává prostřednictvím Ringfence; ostatní zpracování má ve svých dalších záznamech.`,
    othersNamed:
      'Zástupce, pověřenec pro ochranu osobních údajů a společní správci, pokud jsou, jsou uvedeni v odstavci níže.',
    noOthers: 'Zástupce, pověřenec pro ochranu osobních údajů ani společný správce zde nejsou uvedeni.',
    asController:
      'Každá kategorie údajů s účely a právním základem, se subjekty údajů, s příjemci a se lhůtou pro výmaz.',
    serversToo:
      'Kromě příjemců uvedených u každé kategorie má to, co je na serverech uloženo, i ten, kdo servery poskytuje.',
    backups: (age) =>
      `Co bylo smazáno, zůstává v šifrovaných zálohách nejvýše ${age}; nečitelné je tam od chvíle, kdy je zničen klíč, kterým to bylo zašifrováno.`,
    noBackups: 'Program nedělá žádné zálohy.',
    asProcessor:
      'U každé organizace: která zpracování se pro ni provádějí, pokud je využívá, které údaje k tomu jsou potřeba, kterým příjemcům jdou a kde ti jsou. Správcem je organizace.',
    asProcessorOfNobody: 'Provozovatel nyní nezpracovává údaje pro žádnou organizaci.',
    processing:
      'Každá kategorie údajů, pokud organizace danou část aplikace využívá, s účely a právním základem, se subjekty údajů, s připojenými službami, které ji dostávají, a se lhůtou pro výmaz. Služby, které připojeny nejsou, nedostávají nic; zpracovatelé uvedení níže mají to, co uchovávají.',
    processor: 'Je zpracovatelem všeho, co je zde uvedeno (čl. 28 GDPR).',
    host: (name, country) => `Servery poskytuje ${name}${country ? ` (${country})` : ''}.`,
    hostUnnamed: (country) => `Servery jsou v této zemi: ${country}. Kdo je poskytuje, provozovatel neuvedl.`,
    hostUnknown: 'Čí servery to jsou, provozovatel neuvedl; jsou-li jeho vlastní, nehostuje je nikdo jiný.',
    noSubProcessors:
      'Ústředny a CRM nejsou dalšími zpracovateli: organizace je používá na základě vlastních smluv.',
    ownContracts: 'Ústřednu a CRM používá organizace na základě vlastních smluv.',
    transfers: (region) =>
      `Údaje se uchovávají v této oblasti: ${region}. Mimo ni nebo na místo, které není známo, jdou údaje jen na základě, který provozovatel zaznamenal: na základě smlouvy se společností v oblasti, rozhodnutí o odpovídající ochraně (čl. 45 GDPR) nebo standardních smluvních doložek (čl. 46 odst. 2 písm. c) GDPR). Každý jiný požadavek program odmítne. Příjemci mimo oblast jsou uvedeni výše v řádku „Třetí země“, každý se zemí a základem.`,
    noDerogation: 'Žádné předání se neopírá o čl. 49 odst. 1 druhý pododstavec GDPR.',
    measures:
      'Obecný popis technických a organizačních bezpečnostních opatření uvedených v čl. 32 odst. 1 GDPR, jak jej požadují čl. 30 odst. 1 písm. g) a odst. 2 písm. d). Uvádí se jen to, co denní kontrola běžící instalace potvrdila v posledních 24 hodinách.',
    beyondChecks:
      'Co žádná kontrola programu potvrdit nemůže, například pokyny zaměstnancům nebo zámky na dveřích, je v odstavci níže, pokud jej někdo doplnil.',
  },
  fields: {
    name: 'Správce',
    contact: 'Kontakt',
    categories: 'Zpracování',
    data: 'Kategorie údajů',
    recipients: 'Příjemci',
    transfers: 'Třetí země',
  },
  organization: (id) => `Organizace ${id.slice(0, 8)}`,
  deleted: 'mezitím smazána',
  noContact: 'nezadán; oznamuje se v aplikaci',
  unnamed: 'neuvedeno',
  nobody: 'nikdo',
  placed: (country, ground) =>
    ({
      none: `${country ?? 'místo není známo'}; bez zaznamenaného základu, takže tam nic nejde`,
      'in-region': `${country === undefined ? 'v oblasti' : `${country}, v oblasti`}`,
      adequacy: `${country ?? ''}, na základě rozhodnutí o odpovídající ochraně (čl. 45 GDPR)`,
      clauses: `${country ?? ''}, na základě standardních smluvních doložek (čl. 46 odst. 2 písm. c) GDPR)`,
    })[ground ?? 'none'],
  noTransfers: 'žádné',
  confirmed: (at) => `Potvrzeno kontrolou ${at}:`,
  noneConfirmed: 'Kontrola v posledních 24 hodinách nic nepotvrdila, proto zde není nic uvedeno.',
  notConfirmed: 'Neuvedeno, protože to nebylo potvrzeno:',
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `V záznamech je nově: ${kind}.`,
    goneKind: (kind) => `V záznamech už není: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: dosud „${from}“, nově „${to}“.`,
    added: (kind, field, what) => `${kind} – ${field}: nově „${what}“.`,
    removed: (kind, field, what) => `${kind} – ${field}: už ne „${what}“.`,
    newSection: (heading) => `Nový oddíl: „${heading}“.`,
    goneSection: (heading) => `Zrušený oddíl: „${heading}“.`,
    reworded: (what) => `Jinak formulováno: „${what}“.`,
    rewordedElsewhere: 'Změnilo se jen znění v jiném jazyce.',
    newLanguages: (names) => `Nové jazyky: ${names}.`,
    goneLanguages: (names) => `Zrušené jazyky: ${names}.`,
  },
}
