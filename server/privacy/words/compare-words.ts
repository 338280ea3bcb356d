import type { ChangeGroup } from '../text-changes.ts'
import { compare as de } from './documents-de.ts'
import { compare as nb } from './documents-nb.ts'
import { compare as ro } from './documents-ro.ts'
import { compare as sl } from './documents-sl.ts'
import type { DocumentLanguage } from './languages.ts'

/** Around the differences between any two versions of a document. */
export interface CompareWords {
  title(document: string): string
  /** what leads there */
  link: string
  earlier: string
  later: string
  show: string
  /** the document as it would be made now, where nobody has approved that */
  now: string
  /** `is`: a verdict of `diffWords` */
  verdict(is: string): string
  groups: Readonly<Record<ChangeGroup, string>>
  was: string
  is: string
  same: string
  single: string
}

export const compareWords: Readonly<Record<DocumentLanguage, CompareWords>> = {
  de,
  sl,
  nb,
  ro,
  en: {
    title: (document) => `Compare versions: ${document}`,
    link: 'Compare versions',
    earlier: 'Earlier version',
    later: 'Later version',
    show: 'Compare',
    now: 'as the installation is now, not approved',
    verdict: (is) => `Compared with the earlier version, the later one is ${is}.`,
    groups: { added: 'Added', removed: 'Removed', changed: 'Changed' },
    was: 'Until now',
    is: 'Now',
    same: 'Both versions say the same.',
    single: 'There is only one version, so there is nothing to compare.',
  },
  cs: {
    title: (document) => `Porovnání verzí: ${document}`,
    link: 'Porovnat verze',
    earlier: 'Dřívější verze',
    later: 'Pozdější verze',
    show: 'Porovnat',
    now: 'jak je instalace nyní, neschválená',
    verdict: (is) => `Oproti dřívější verzi je pozdější ${is}.`,
    groups: { added: 'Přibylo', removed: 'Odpadlo', changed: 'Změnilo se' },
    was: 'Dosud',
    is: 'Nově',
    same: 'Obě verze říkají totéž.',
    single: 'Existuje jen jedna verze, není tedy co porovnávat.',
  },
}
