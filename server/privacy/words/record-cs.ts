import { withoutCapital } from './in-sentence.ts'
import type { RecordSaid, RecordWords } from './record-words.ts'

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
  prose: {
    who: (said) => [
      said.organization
        ? `Správcem je ${said.organization.name}. Tyto záznamy popisují, co zpracovává prostřednictvím Ringfence; ostatní zpracování má ve svých dalších záznamech.`
        : `${operatorIs(said)} Provozuje tuto instalaci Ringfence jako zpracovatel organizací uvedených níže a jako správce toho, co k provozu potřebuje.`,
      ...(said.organization ? [] : standingFor(said)),
      said.othersNamed
        ? 'Další, kdo správce zastupují, pokud jsou, jsou uvedeni v odstavci níže.'
        : 'Žádný společný správce ani nikdo další, kdo by správce zastupoval, zde není uveden.',
    ],
    'as-controller': () => [
      'Každý druh údajů s účely, s tím, koho se údaje týkají, kdo je dostává a kdy končí.',
    ],
    'as-processor': ({ organizations }) => [
      organizations === 0
        ? 'Provozovatel nyní nezpracovává údaje pro žádnou organizaci.'
        : 'U každé organizace: co se pro ni dělá, kterým příjemcům její údaje jdou a kde ti jsou. Správcem je organizace.',
    ],
    'sub-processors': (said) => [
      hostedBy(said),
      'Ústředny a CRM nejsou dalšími zpracovateli: organizace je používá na základě vlastních smluv.',
    ],
    processing: () => [
      'Každý druh údajů s účely, s tím, koho se údaje týkají, které připojené služby je dostávají a kdy končí. Služby, které připojeny nejsou, nedostávají nic.',
    ],
    processors: (said) => [
      `${operatorIs(said)} Je zpracovatelem všeho, co je zde uvedeno (čl. 28 GDPR). ${hostedBy(said)}`,
      'Ústřednu a CRM používá organizace na základě vlastních smluv.',
    ],
    transfers: ({ region }) => [
      `Údaje se uchovávají v této oblasti: ${region}. Mimo ni nebo na místo, které není známo, jdou údaje jen na základě, který provozovatel zaznamenal; každý jiný požadavek program odmítne. Základy jsou uvedeny u příjemců výše.`,
    ],
    measures: () => [
      'Obecný popis podle čl. 30 odst. 1 písm. g) a odst. 2 písm. d). Uvádí se jen to, co denní kontrola běžící instalace potvrdila v posledních 24 hodinách.',
    ],
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

function standingFor({ operator: { representative, officer } }: RecordSaid): string[] {
  return [
    ...(representative === undefined
      ? []
      : [`Jeho zástupcem v Evropské unii (čl. 27 GDPR) je ${representative}.`]),
    officer === undefined
      ? 'Pověřence pro ochranu osobních údajů zde neuvedl.'
      : `Jeho pověřencem pro ochranu osobních údajů je ${officer}.`,
  ]
}

function operatorIs({ operator: { name: own, contact, seat } }: RecordSaid): string {
  const name = own === undefined || seat === undefined ? own : `${own}, ${seat}`
  if (name === undefined) return 'Provozovatel této instalace se zde neuvedl.'
  return contact === undefined
    ? `Provozovatelem této instalace je ${name}; kontakt zde neuvedl.`
    : `Provozovatelem této instalace je ${name}, kontakt: ${contact}.`
}

function hostedBy({ hosting: { name, country } }: RecordSaid): string {
  if (name === undefined && country === undefined)
    return 'Čí servery to jsou, provozovatel neuvedl; jsou-li jeho vlastní, nehostuje je nikdo jiný.'
  return `Servery provozuje ${name ?? 'někdo, koho provozovatel neuvedl'}${country ? ` (${country})` : ''}.`
}
