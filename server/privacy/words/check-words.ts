import type { CheckName, CheckResult } from '../live-check.ts'
import type { Language } from './words.ts'

/** What a check looks at, as a measure that may be stated where it holds. */
export interface CheckWords {
  outcomes: Readonly<Record<CheckResult['outcome'], string>>
  measures: Readonly<Record<CheckName, string>>
  verdict(holds: boolean): string
}

export const checkWords: Record<Language, CheckWords> = {
  en: {
    outcomes: { holds: 'holds', wrong: 'WRONG', 'not checked': 'not checked' },
    measures: {
      declarations: 'Every kind of data is declared without a contradiction, in words of every language',
      catalogue: 'Every column is declared; time limits, ends and rights in the databases are as declared',
      seals: 'What is declared encrypted is encrypted, by the key that is declared',
      retention: 'Nothing is kept past its time',
      queue: 'Queued work holds only the declared ids and codes',
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
      declarations: 'Každý druh údajů je deklarován bez rozporu a slovy každého jazyka',
      catalogue: 'Každý sloupec je deklarován; lhůty, konce a práva v databázích odpovídají deklaracím',
      seals: 'Co má být podle deklarací šifrováno, šifrováno je, a to deklarovaným klíčem',
      retention: 'Nic se neuchovává déle, než smí',
      queue: 'Čekající úlohy obsahují jen deklarované identifikátory a kódy',
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
