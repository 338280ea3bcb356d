import type { CheckName, CheckResult } from '../live-check.ts'
import { checks as de } from './documents-de.ts'
import { checks as nb } from './documents-nb.ts'
import { checks as ro } from './documents-ro.ts'
import { checks as sl } from './documents-sl.ts'
import type { DocumentLanguage } from './languages.ts'

/** What a check looks at, as a measure that may be stated where it holds. */
export interface CheckWords {
  outcomes: Readonly<Record<CheckResult['outcome'], string>>
  measures: Readonly<Record<CheckName, string>>
  verdict(holds: boolean): string
}

export const checkWords: Readonly<Record<DocumentLanguage, CheckWords>> = {
  de,
  sl,
  nb,
  ro,
  en: {
    outcomes: { holds: 'holds', wrong: 'WRONG', 'not checked': 'not checked' },
    measures: {
      declarations:
        'Every category of data is declared without a contradiction and described in every language of the policy',
      catalogue:
        'The databases have no field that is not declared; time limits, ends and access rights in them are as declared',
      seals: 'What is declared encrypted is encrypted, by the key that is declared',
      retention: 'Nothing is kept past its time',
      queue: 'Work that waits to be done carries only the references declared for it',
      keys: 'No key is left whose time is over',
      uninstalled: 'Nothing is left of companies that uninstalled the app',
      recipients: 'Only declared recipients can be reached',
      notice: 'The published policy is the one that the program goes by, and no version of it was changed',
      connections: 'Connections that leave the machine are encrypted',
      backups: 'Backups are no older than declared',
    },
    verdict: (holds) => (holds ? 'Everything that was checked holds.' : 'Something is not as declared.'),
  },
  cs: {
    outcomes: { holds: 'platí', wrong: 'CHYBA', 'not checked': 'nekontrolováno' },
    measures: {
      declarations: 'Každá kategorie údajů je deklarována bez rozporu a popsána v každém jazyce zásad',
      catalogue:
        'V databázích není žádné pole, které by nebylo deklarováno; lhůty, konce a přístupová práva v nich odpovídají deklaracím',
      seals: 'Co má být podle deklarací šifrováno, šifrováno je, a to deklarovaným klíčem',
      retention: 'Nic se neuchovává déle, než smí',
      queue: 'Práce, která čeká na provedení, nese jen odkazy, které jsou pro ni deklarovány',
      keys: 'Nezbyl žádný klíč, jehož doba uplynula',
      uninstalled: 'Po společnostech, které aplikaci odinstalovaly, nic nezbylo',
      recipients: 'Dosažitelní jsou jen deklarovaní příjemci',
      notice: 'Zveřejněné zásady jsou ty, kterými se program řídí, a žádná jejich verze nebyla změněna',
      connections: 'Spojení, která opouštějí tento stroj, jsou šifrovaná',
      backups: 'Zálohy nejsou starší, než je deklarováno',
    },
    verdict: (holds) => (holds ? 'Vše, co bylo zkontrolováno, platí.' : 'Něco neodpovídá deklaracím.'),
  },
}
