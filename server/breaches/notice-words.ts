import type { Language } from '../privacy/words/words.ts'

/** What stands in a notice besides what the operator wrote and `policy/` says. */
export interface NoticeWords {
  subject: string
  followUpSubject(number: number): string
  opening(organization: string): string
  followUp(number: number, first: string): string
  headings: Record<
    'what' | 'when' | 'data' | 'people' | 'consequences' | 'measures' | 'open' | 'contact' | 'duties',
    string
  >
  began(at: string): string
  ended(at: string): string
  known(at: string): string
  unknown: string
  beganUnknown: string
  endedUnknown: string
  /** a number that could not be counted */
  uncounted: string
  records(kind: string, records: string): string
  within(kind: string): string
  people(group: string, number: string): string
  reports(count: string): string
  approximate: string
  duties: readonly string[]
  reference(id: string): string
  operatorUnnamed: string
}

export const noticeWords: Record<Language, NoticeWords> = {
  en: {
    subject: 'Notice of a personal data breach (Art. 33(2) GDPR)',
    followUpSubject: (number) =>
      `Follow-up ${number} to the notice of a personal data breach (Art. 33(2) GDPR)`,
    opening: (organization) =>
      `We process personal data for ${organization} with Ringfence. As the processor we inform you of a breach of the protection of that data (Art. 33(2) GDPR). You are the controller: whether the supervisory authority and the people concerned have to be told is for you to decide.`,
    followUp: (number, first) =>
      `This is follow-up ${number} to our notice of ${first}. It replaces what was said before.`,
    headings: {
      what: 'What happened',
      when: 'When',
      data: 'Which data of yours, and approximately how many records',
      people: 'Whose data, and approximately how many people',
      consequences: 'Likely consequences',
      measures: 'What was done, and what will be done',
      open: 'What is not known yet',
      contact: 'Whom to ask',
      duties: 'What the law asks of you',
    },
    began: (at) => `It began on ${at}.`,
    ended: (at) => `It ended on ${at}.`,
    known: (at) => `We became aware of it on ${at}.`,
    unknown: 'This is not known yet. We are looking into it and will tell you as soon as we know.',
    beganUnknown: 'When it began is not known yet.',
    endedUnknown: 'It has not ended, or when it ended is not known yet.',
    uncounted: 'number not known yet',
    records: (kind, records) => `${kind}: ${records}`,
    within: (kind) => `${kind}: among the records above`,
    people: (group, number) => `${group}: ${number}`,
    reports: (count) =>
      `In that time ${count} reports of calls reached us. Calls are deleted after a week; those that are deleted by now are not in the numbers above.`,
    approximate: 'The numbers were counted in your database at the time of this notice.',
    duties: [
      'If the breach is likely to be a risk to people, notify your supervisory authority within 72 hours (Art. 33(1) GDPR). Your time runs from the moment you learn of it, which is when you receive this notice. What you do not know yet may follow.',
      'If the risk is likely to be high, tell the people concerned without undue delay (Art. 34 GDPR).',
      'Document the breach in any case (Art. 33(5) GDPR). You may keep this notice for that.',
    ],
    reference: (id) => `Reference: ${id}`,
    operatorUnnamed: 'the operator of this installation',
  },
  cs: {
    subject: 'Oznámení o porušení zabezpečení osobních údajů (čl. 33 odst. 2 GDPR)',
    followUpSubject: (number) =>
      `Doplnění č. ${number} oznámení o porušení zabezpečení osobních údajů (čl. 33 odst. 2 GDPR)`,
    opening: (organization) =>
      `Pomocí aplikace Ringfence zpracováváme osobní údaje pro organizaci ${organization}. Jako zpracovatel vám oznamujeme porušení zabezpečení těchto údajů (čl. 33 odst. 2 GDPR). Správcem jste vy: o tom, zda je třeba informovat dozorový úřad a dotčené osoby, rozhodujete vy.`,
    followUp: (number, first) =>
      `Toto je doplnění č. ${number} našeho oznámení ze dne ${first}. Nahrazuje, co v něm bylo uvedeno.`,
    headings: {
      what: 'Co se stalo',
      when: 'Kdy',
      data: 'Kterých vašich údajů se to týká a přibližně kolika záznamů',
      people: 'Čí jsou to údaje a přibližně kolika osob se to týká',
      consequences: 'Pravděpodobné důsledky',
      measures: 'Co jsme udělali a co ještě uděláme',
      open: 'Co zatím nevíme',
      contact: 'Koho se ptát',
      duties: 'Co po vás žádá zákon',
    },
    began: (at) => `Začalo to ${at}.`,
    ended: (at) => `Skončilo to ${at}.`,
    known: (at) => `Dozvěděli jsme se o tom ${at}.`,
    unknown: 'Zatím to nevíme. Zjišťujeme to a sdělíme vám to, jakmile to budeme vědět.',
    beganUnknown: 'Kdy to začalo, zatím nevíme.',
    endedUnknown: 'Zatím to neskončilo, nebo ještě nevíme, kdy to skončilo.',
    uncounted: 'počet zatím neznáme',
    records: (kind, records) => `${kind}: ${records}`,
    within: (kind) => `${kind}: v záznamech uvedených výše`,
    people: (group, number) => `${group}: ${number}`,
    reports: (count) =>
      `Počet hlášení o hovorech, která k nám v té době přišla: ${count}. Hovory se po týdnu mažou; ty, které už jsou smazané, v počtech výše nejsou.`,
    approximate: 'Počty byly zjištěny ve vaší databázi v době tohoto oznámení.',
    duties: [
      'Pokud je pravděpodobné, že porušení znamená riziko pro práva a svobody osob, ohlaste je do 72 hodin dozorovému úřadu (čl. 33 odst. 1 GDPR). Lhůta vám běží od chvíle, kdy se o porušení dozvíte, tedy od doručení tohoto oznámení. Co zatím nevíte, můžete doplnit později.',
      'Pokud je pravděpodobné riziko vysoké, informujte bez zbytečného odkladu i dotčené osoby (čl. 34 GDPR).',
      'Porušení v každém případě zdokumentujte (čl. 33 odst. 5 GDPR). Můžete k tomu použít toto oznámení.',
    ],
    reference: (id) => `Značka: ${id}`,
    operatorUnnamed: 'provozovatel této instalace',
  },
}
