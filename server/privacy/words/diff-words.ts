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
      'new kind': (kind) => `A new category of data is kept: ${kind}.`,
      'gone kind': (kind) => `No longer kept: ${kind}.`,
      'new column': (kind, what) => `${kind}: more is kept: ${what}.`,
      'gone column': (kind, what) => `${kind}: no longer kept: ${what}.`,
      'new field': (_, what) =>
        what === everyOther
          ? 'Data may be passed on or logged without being named singly.'
          : `More is passed on or logged: ${what}.`,
      'gone field': (_, what) =>
        what === everyOther
          ? 'Only data that is named singly is passed on or logged.'
          : `No longer passed on or logged: ${what}.`,
      'new subject': (kind, what) => `${kind}: now also about ${what}.`,
      'gone subject': (kind, what) => `${kind}: no longer about ${what}.`,
      'new purpose': (kind, what) => `${kind}: used for one more purpose: ${what}.`,
      'gone purpose': (kind, what) => `${kind}: no longer used ${what}.`,
      'new recipient': (kind, what) => `${kind}: a new recipient: ${what}.`,
      'gone recipient': (kind, what) => `${kind}: no longer a recipient: ${what}.`,
      'new host': (kind, what) => `${kind}: it may be sent to one more address: ${what}.`,
      'gone host': (kind, what) => `${kind}: no longer sent to the address ${what}.`,
      'new end': (kind, what) => `${kind}: now also deleted when ${what}.`,
      'gone end': (kind, what) => `${kind}: no longer deleted when ${what}.`,
      'new section': (_, what) => `The policy has a new section: ${what}.`,
      'gone section': (_, what) => `A section of the policy is gone: ${what}.`,
      'kept longer': (kind, what) => `${kind}: kept longer, ${what}.`,
      'kept shorter': (kind, what) => `${kind}: kept for a shorter time, ${what}.`,
      'kept otherwise': (kind, what) =>
        `${kind}: now kept ${what}; this cannot be compared with the time until now.`,
      'protection lower': (kind, what) => `${kind}: this can now be read in the database: ${what}.`,
      'protection higher': (kind, what) => `${kind}: this can no longer be read in the database: ${what}.`,
      'protection other': (kind, what) => `${kind}: this is protected in another way: ${what}.`,
      'key lives longer': (kind, what) => `${kind}: the key of this is destroyed later: ${what}.`,
      'key lives shorter': (kind, what) => `${kind}: the key of this is destroyed earlier: ${what}.`,
      'key lives otherwise': (kind, what) =>
        `${kind}: the key of this is destroyed at another moment: ${what}.`,
      'stored with others': (kind) => `${kind}: stored in a database that all organizations share.`,
      'stored apart': (kind) => `${kind}: stored in the organization’s own database.`,
      'stored otherwise': (kind, what) => `${kind}: stored elsewhere: ${what}.`,
      'other ground': (kind, what) => `${kind}: another legal basis: ${what}.`,
      'other role': (kind, what) => `${kind}: somebody else is responsible: ${what}.`,
      'other source': (kind, what) => `${kind}: it comes from elsewhere: ${what}.`,
      'other region': (kind, what) => `${kind}: it is in another place: ${what}.`,
      'other place of recipient': (kind, what) =>
        `${kind}: a recipient is in another place or under other conditions: ${what}.`,
      'other field': (kind, what) =>
        `${kind}: something was changed that this program does not know: ${what}.`,
      'notice shorter': (_, what) =>
        `A version that allows more is announced ${what} ahead, later than until now.`,
      'notice longer': (_, what) =>
        `A version that allows more is announced ${what} ahead, earlier than until now.`,
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
      'new kind': (kind) => `Uchovává se nová kategorie údajů: ${kind}.`,
      'gone kind': (kind) => `Už se neuchovává: ${kind}.`,
      'new column': (kind, what) => `${kind}: uchovává se více: ${what}.`,
      'gone column': (kind, what) => `${kind}: už se neuchovává: ${what}.`,
      'new field': (_, what) =>
        what === everyOther
          ? 'Předávat a zaznamenávat se smějí i údaje, které nejsou jednotlivě vyjmenovány.'
          : `Předává nebo zaznamenává se více: ${what}.`,
      'gone field': (_, what) =>
        what === everyOther
          ? 'Předávají a zaznamenávají se jen jednotlivě vyjmenované údaje.'
          : `Už se nepředává ani nezaznamenává: ${what}.`,
      'new subject': (kind, what) => `${kind}: údaje se nově týkají také těchto osob: ${what}.`,
      'gone subject': (kind, what) => `${kind}: údaje se už netýkají těchto osob: ${what}.`,
      'new purpose': (kind, what) => `${kind}: nový účel: ${what}.`,
      'gone purpose': (kind, what) => `${kind}: účel odpadl: ${what}.`,
      'new recipient': (kind, what) => `${kind}: nový příjemce: ${what}.`,
      'gone recipient': (kind, what) => `${kind}: už není příjemcem: ${what}.`,
      'new host': (kind, what) => `${kind}: údaje se smějí posílat na další adresu: ${what}.`,
      'gone host': (kind, what) => `${kind}: údaje se už neposílají na adresu ${what}.`,
      'new end': (kind, what) => `${kind}: údaje se nově smažou také tehdy, když ${what}.`,
      'gone end': (kind, what) => `${kind}: údaje se už nesmažou tehdy, když ${what}.`,
      'new section': (_, what) => `Zásady mají nový oddíl: ${what}.`,
      'gone section': (_, what) => `Zásady už nemají oddíl: ${what}.`,
      'kept longer': (kind, what) => `${kind}: údaje se uchovávají déle: ${what}.`,
      'kept shorter': (kind, what) => `${kind}: údaje se uchovávají kratší dobu: ${what}.`,
      'kept otherwise': (kind, what) =>
        `${kind}: jiná doba uchování: ${what}; s dosavadní ji nelze porovnat.`,
      'protection lower': (kind, what) => `${kind}: toto je v databázi nově čitelné: ${what}.`,
      'protection higher': (kind, what) => `${kind}: toto už v databázi není čitelné: ${what}.`,
      'protection other': (kind, what) => `${kind}: toto je chráněno jiným způsobem: ${what}.`,
      'key lives longer': (kind, what) => `${kind}: klíč k tomuto se zničí později: ${what}.`,
      'key lives shorter': (kind, what) => `${kind}: klíč k tomuto se zničí dříve: ${what}.`,
      'key lives otherwise': (kind, what) => `${kind}: klíč k tomuto se zničí v jinou chvíli: ${what}.`,
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
        `${kind}: stále se uchovává, ale už se nepovažuje za osobní údaj: ${what}.`,
    },
  },
}
