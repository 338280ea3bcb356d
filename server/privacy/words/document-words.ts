import { documents as de } from './documents-de.ts'
import { documents as nb } from './documents-nb.ts'
import { documents as ro } from './documents-ro.ts'
import { documents as sl } from './documents-sl.ts'
import type { DocumentLanguage } from './languages.ts'

/** What stands around generated documents: what state they are in, and who approved them. */
export interface DocumentWords {
  approvedBy(day: string, name: string, role: string): string
  /** nobody has approved what is shown */
  draft: string
  made(at: string): string
  changed: string
  measures: string
  agreement: string
  subProcessors: {
    title: string
    opening: string
    /** of the operator's own */
    operator: string
    headings: Readonly<Record<'operator' | 'services', string>>
    host: string
    hostUnknown: string
    services: string
    fields: Readonly<Record<'data' | 'purposes' | 'place', string>>
    allData: string
  }
}

export const documentWords: Readonly<Record<DocumentLanguage, DocumentWords>> = {
  de,
  sl,
  nb,
  ro,
  en: {
    approvedBy: (day, name, role) => `approved on ${day} by ${name}, ${role}`,
    draft: 'Draft: nobody has approved this version yet.',
    made: (at) => `Made from the running installation on ${at}.`,
    changed: 'What changed since the version approved before',
    measures: 'Statement of technical and organisational measures',
    agreement: 'Agreement on processing',
    subProcessors: {
      title: 'Sub-processors and recipients',
      opening:
        'Who receives data that Ringfence handles for organizations on this installation, where, and on which ground. The list is made from the privacy policy in force, from the settings and from the grounds on record; the program refuses a request to anybody else.',
      operator:
        'Before one of these is added or replaced, the operator has to tell the organizations, so that they can object (Art. 28(2) GDPR).',
      headings: {
        operator: 'Processors and sub-processors of the operator',
        services: 'Services of the organization’s own',
      },
      host: 'Host of the servers',
      hostUnknown: 'the operator has not said who, or hosts them itself',
      services:
        'An organization connects these on contracts of its own. Each receives data only of the organizations that have connected it. A new one is announced with the privacy policy before anything goes there.',
      fields: { data: 'Data', purposes: 'Purposes of this data', place: 'Where, and on which ground' },
      allData: 'everything that is kept, mostly encrypted, as the privacy policy says',
    },
  },
  cs: {
    approvedBy: (day, name, role) => `schváleno ${day}: ${name}, ${role}`,
    draft: 'Návrh: tuto verzi zatím nikdo neschválil.',
    made: (at) => `Vytvořeno z běžící instalace ${at}.`,
    changed: 'Co se změnilo od dříve schválené verze',
    measures: 'Přehled technických a organizačních opatření',
    agreement: 'Smlouva o zpracování',
    subProcessors: {
      title: 'Další zpracovatelé a příjemci',
      opening:
        'Kdo dostává údaje, se kterými Ringfence na této instalaci pracuje pro organizace, kde a na jakém základě. Seznam se tvoří z platných zásad ochrany osobních údajů, z nastavení a ze zaznamenaných základů; požadavek na kohokoli jiného program odmítne.',
      operator:
        'Než některý z nich přibude nebo se změní, musí to provozovatel organizacím oznámit, aby mohly vznést námitku (čl. 28 odst. 2 GDPR).',
      headings: {
        operator: 'Zpracovatelé a další zpracovatelé provozovatele',
        services: 'Služby samotné organizace',
      },
      host: 'Poskytovatel serverů',
      hostUnknown: 'provozovatel neuvedl, kdo to je, nebo je provozuje sám',
      services:
        'Tyto služby připojuje organizace na základě vlastních smluv. Každá dostává údaje jen těch organizací, které ji připojily. Nová se oznamuje spolu se zásadami, dříve než k ní něco půjde.',
      fields: { data: 'Údaje', purposes: 'Účely těchto údajů', place: 'Kde a na jakém základě' },
      allData: 'vše, co se uchovává, většinou šifrovaně, jak říkají zásady ochrany osobních údajů',
    },
  },
}
