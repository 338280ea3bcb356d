import { everyOther } from '../diff-fields.ts'
import type { Reason } from '../differences.ts'
import type { Verdict } from '../policy-diff.ts'
import { diff as de } from './around-de.ts'
import { diff as nb } from './around-nb.ts'
import { diff as ro } from './around-ro.ts'
import { diff as sl } from './around-sl.ts'
import type { DocumentLanguage } from './languages.ts'

/** Why a version is less restrictive, or stricter, in a sentence each. `kind` and `what` are in words already. */
export interface DiffWords {
  verdicts: Readonly<Record<Verdict, string>>
  ways: Readonly<Record<'less restrictive' | 'stricter', string>>
  days(count: number): string
  reasons: Readonly<Record<Reason, (kind: string, what: string) => string>>
}

export const diffWords: Record<DocumentLanguage, DiffWords> = {
  de,
  sl,
  nb,
  ro,
  en: {
    verdicts: {
      'less restrictive': 'less restrictive',
      stricter: 'stricter',
      neutral: 'neutral: both allow the same',
    },
    ways: { 'less restrictive': 'allows more', stricter: 'allows less' },
    days: (count) => (count === 1 ? '1 day' : `${count} days`),
    reasons: {
      'new kind': (kind) => `A new kind of data is kept: ${kind}.`,
      'gone kind': (kind) => `No longer kept: ${kind}.`,
      'new column': (kind, what) => `${kind}: more is kept: ${what}.`,
      'gone column': (kind, what) => `${kind}: no longer kept: ${what}.`,
      'new field': (_, what) =>
        what === everyOther
          ? 'Fields may be passed on or written down without being named.'
          : `More is passed on or written down: ${what}.`,
      'gone field': (_, what) =>
        what === everyOther
          ? 'Only single named fields are passed on or written down.'
          : `No longer passed on or written down: ${what}.`,
      'new subject': (kind, what) => `${kind}: now also about ${what}.`,
      'gone subject': (kind, what) => `${kind}: no longer about ${what}.`,
      'new purpose': (kind, what) => `${kind}: used for one thing more: ${what}.`,
      'gone purpose': (kind, what) => `${kind}: no longer used ${what}.`,
      'new recipient': (kind, what) => `${kind}: somebody new receives it: ${what}.`,
      'gone recipient': (kind, what) => `${kind}: no longer received by ${what}.`,
      'new host': (kind, what) => `${kind}: it may be sent to one address more: ${what}.`,
      'gone host': (kind, what) => `${kind}: no longer sent to the address ${what}.`,
      'new end': (kind, what) => `${kind}: it also ends when ${what}.`,
      'gone end': (kind, what) => `${kind}: it no longer ends when ${what}.`,
      'new section': (_, what) => `The policy has a new section: ${what}.`,
      'gone section': (_, what) => `The policy has no section any more: ${what}.`,
      'kept longer': (kind, what) => `${kind}: kept longer, ${what}.`,
      'kept shorter': (kind, what) => `${kind}: kept for a shorter time, ${what}.`,
      'kept otherwise': (kind, what) =>
        `${kind}: kept ${what}, which cannot be compared with how long until now.`,
      'protection lower': (kind, what) => `${kind}: this is readable in the database now: ${what}.`,
      'protection higher': (kind, what) => `${kind}: this is no longer readable in the database: ${what}.`,
      'protection other': (kind, what) => `${kind}: this is protected in another way: ${what}.`,
      'key lives longer': (kind, what) => `${kind}: the key of this is destroyed later: ${what}.`,
      'key lives shorter': (kind, what) => `${kind}: the key of this is destroyed earlier: ${what}.`,
      'key lives otherwise': (kind, what) =>
        `${kind}: the key of this is destroyed at another moment: ${what}.`,
      'stored with others': (kind) => `${kind}: stored in a database that all organizations share.`,
      'stored apart': (kind) => `${kind}: stored in the organization’s own database.`,
      'stored otherwise': (kind, what) => `${kind}: stored elsewhere: ${what}.`,
      'other ground': (kind, what) => `${kind}: another legal ground: ${what}.`,
      'other role': (kind, what) => `${kind}: somebody else is responsible: ${what}.`,
      'other source': (kind, what) => `${kind}: it comes from elsewhere: ${what}.`,
      'other region': (kind, what) => `${kind}: it is in another place: ${what}.`,
      'other place of recipient': (kind, what) =>
        `${kind}: a recipient is in another place or under other conditions: ${what}.`,
      'other field': (kind, what) =>
        `${kind}: something was changed that this program does not know: ${what}.`,
      'notice shorter': (_, what) =>
        `A version that allows more is announced ${what} ahead, which is shorter.`,
      'notice longer': (_, what) => `A version that allows more is announced ${what} ahead, which is longer.`,
      'backups longer': (_, what) => `Backups are kept longer, ${what} at most.`,
      'backups shorter': (_, what) => `Backups are kept for a shorter time, ${what} at most.`,
      'called not personal': (kind, what) =>
        `${kind}: still kept, but no longer called personal data: ${what}.`,
    },
  },
  cs: {
    verdicts: {
      'less restrictive': 'méně přísná',
      stricter: 'přísnější',
      neutral: 'beze změny rozsahu: obě dovolují totéž',
    },
    ways: { 'less restrictive': 'dovoluje více', stricter: 'dovoluje méně' },
    days: (count) => `${count} ${count === 1 ? 'den' : count < 5 && count > 0 ? 'dny' : 'dní'}`,
    reasons: {
      'new kind': (kind) => `Uchovává se nový druh údajů: ${kind}.`,
      'gone kind': (kind) => `Už se neuchovává: ${kind}.`,
      'new column': (kind, what) => `${kind}: uchovává se více: ${what}.`,
      'gone column': (kind, what) => `${kind}: už se neuchovává: ${what}.`,
      'new field': (_, what) =>
        what === everyOther
          ? 'Předávat a zapisovat se smí i údaje, které nejsou vyjmenovány.'
          : `Předává nebo zapisuje se více: ${what}.`,
      'gone field': (_, what) =>
        what === everyOther
          ? 'Předávají a zapisují se jen jednotlivé vyjmenované údaje.'
          : `Už se nepředává ani nezapisuje: ${what}.`,
      'new subject': (kind, what) => `${kind}: nově se týká také těchto osob: ${what}.`,
      'gone subject': (kind, what) => `${kind}: už se netýká těchto osob: ${what}.`,
      'new purpose': (kind, what) => `${kind}: nový účel: ${what}.`,
      'gone purpose': (kind, what) => `${kind}: účel odpadl: ${what}.`,
      'new recipient': (kind, what) => `${kind}: údaje dostává někdo nový: ${what}.`,
      'gone recipient': (kind, what) => `${kind}: údaje už nedostává: ${what}.`,
      'new host': (kind, what) => `${kind}: údaje se smějí posílat na další adresu: ${what}.`,
      'gone host': (kind, what) => `${kind}: údaje se už neposílají na adresu ${what}.`,
      'new end': (kind, what) => `${kind}: údaje končí také tehdy, když ${what}.`,
      'gone end': (kind, what) => `${kind}: údaje už nekončí tehdy, když ${what}.`,
      'new section': (_, what) => `Zásady mají nový oddíl: ${what}.`,
      'gone section': (_, what) => `Zásady už nemají oddíl: ${what}.`,
      'kept longer': (kind, what) => `${kind}: údaje se uchovávají déle: ${what}.`,
      'kept shorter': (kind, what) => `${kind}: údaje se uchovávají kratší dobu: ${what}.`,
      'kept otherwise': (kind, what) =>
        `${kind}: údaje se uchovávají ${what}, což nelze porovnat s dosavadní dobou.`,
      'protection lower': (kind, what) => `${kind}: toto je v databázi nově čitelné: ${what}.`,
      'protection higher': (kind, what) => `${kind}: toto už v databázi není čitelné: ${what}.`,
      'protection other': (kind, what) => `${kind}: toto je chráněno jiným způsobem: ${what}.`,
      'key lives longer': (kind, what) => `${kind}: klíč k tomuto se ničí později: ${what}.`,
      'key lives shorter': (kind, what) => `${kind}: klíč k tomuto se ničí dříve: ${what}.`,
      'key lives otherwise': (kind, what) => `${kind}: klíč k tomuto se ničí v jinou chvíli: ${what}.`,
      'stored with others': (kind) => `${kind}: údaje jsou v databázi společné všem organizacím.`,
      'stored apart': (kind) => `${kind}: údaje jsou ve vlastní databázi organizace.`,
      'stored otherwise': (kind, what) => `${kind}: údaje jsou uloženy jinde: ${what}.`,
      'other ground': (kind, what) => `${kind}: jiný právní základ: ${what}.`,
      'other role': (kind, what) => `${kind}: za údaje odpovídá někdo jiný: ${what}.`,
      'other source': (kind, what) => `${kind}: údaje pocházejí odjinud: ${what}.`,
      'other region': (kind, what) => `${kind}: údaje jsou na jiném místě: ${what}.`,
      'other place of recipient': (kind, what) =>
        `${kind}: příjemce je na jiném místě nebo za jiných podmínek: ${what}.`,
      'other field': (kind, what) => `${kind}: změnilo se něco, co tento program nezná: ${what}.`,
      'notice shorter': (_, what) =>
        `Verze, která dovoluje více, se oznamuje ${what} předem, tedy později než dosud.`,
      'notice longer': (_, what) =>
        `Verze, která dovoluje více, se oznamuje ${what} předem, tedy dříve než dosud.`,
      'backups longer': (_, what) => `Zálohy se uchovávají déle, nejvýše ${what}.`,
      'backups shorter': (_, what) => `Zálohy se uchovávají kratší dobu, nejvýše ${what}.`,
      'called not personal': (kind, what) =>
        `${kind}: stále se uchovává, ale už se neoznačuje za osobní údaj: ${what}.`,
    },
  },
}
