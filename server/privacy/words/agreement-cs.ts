import type { AgreementWords } from './agreement-en.ts'

export const cs: AgreementWords = {
  title: 'Než zkopírujeme vaše kontakty',
  opening:
    'Ringfence ukazuje vašim kolegům, kdo volá, a zapisuje každý hovor do vašeho CRM. K tomu zpracovává osobní údaje pro vaši společnost: vaše společnost rozhoduje (správce), provozovatel této instalace provádí (zpracovatel). Zatím nebylo nic zkopírováno.',
  whatHeading: 'Co se uchovává, proč a jak dlouho',
  whoHeading: 'Kdo údaje dostane',
  who: (recipients) => `Pouze: ${recipients}. Požadavek komukoli jinému program odmítne a zaznamená.`,
  endHeading: 'Kdy to končí',
  end: 'Když uživatel aplikaci odinstaluje, zmizí jeho jméno a tokeny. Když ji odinstaluje poslední uživatel vaší společnosti nebo je organizace smazána, klíče se zničí a všechno ostatní zmizí také.',
  yoursHeading: 'Co zůstává u vás',
  yours:
    'Zapsané hovory zůstávají ve vašem CRM podle pravidel vaší společnosti. O tom, zda jsou volající a zaměstnanci informováni, jak žádá zákon, rozhoduje vaše společnost.',
  sentence: (kind, purposes, keep) => `${kind}: uchováváme ${keep}, ${purposes}.`,
}
