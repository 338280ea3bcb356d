import type { CheckWords } from './check-words.ts'
import type { CompareWords } from './compare-words.ts'
import type { DocumentWords } from './document-words.ts'

export const documents: DocumentWords = {
  approvedBy: (day, name, role) => `aprobată la ${day} de ${name}, ${role}`,
  draft: 'Proiect: nimeni nu a aprobat încă această versiune.',
  made: (at) => `Întocmit pe baza instalației în funcțiune, ${at}.`,
  changed: 'Ce s-a schimbat față de versiunea aprobată anterior',
  measures: 'Descrierea măsurilor tehnice și organizatorice',
  agreement: 'Acordul privind prelucrarea datelor',
  subProcessors: {
    title: 'Alte persoane împuternicite și destinatari',
    opening:
      'Cine primește date pe care Ringfence le prelucrează pe această instalație în numele organizațiilor, unde și pe ce temei. Lista este întocmită din politica de confidențialitate în vigoare, din setări și din temeiurile consemnate; programul refuză o cerere către oricine altcineva.',
    operator:
      'Înainte ca unul dintre aceștia să fie adăugat sau înlocuit, administratorul instalației trebuie să informeze organizațiile, pentru ca acestea să poată formula obiecții (art. 28 alin. (2) din RGPD).',
    headings: {
      operator: 'Persoanele împuternicite ale administratorului instalației',
      services: 'Serviciile proprii ale organizației',
    },
    host: 'Furnizorul serverelor',
    hostUnknown: 'neindicat de administratorul instalației, sau serverele sunt ale acestuia',
    services:
      'Pe acestea le conectează o organizație pe baza unor contracte proprii. Fiecare primește date numai ale organizațiilor care l-au conectat. Un serviciu nou este anunțat odată cu politica de confidențialitate, înainte ca ceva să ajungă acolo.',
    fields: { data: 'Date', purposes: 'Scopurile acestor date', place: 'Unde și pe ce temei' },
    allData:
      'tot ce se păstrează, în cea mai mare parte criptat, așa cum arată politica de confidențialitate',
  },
}

export const checks: CheckWords = {
  outcomes: { holds: 'se confirmă', wrong: 'EROARE', 'not checked': 'neverificat' },
  measures: {
    declarations:
      'Fiecare categorie de date este declarată fără contradicții și descrisă în fiecare limbă a politicii de confidențialitate',
    catalogue:
      'Bazele de date nu au niciun câmp nedeclarat; termenele, ștergerea și drepturile de acces din ele sunt cele declarate',
    seals: 'Ceea ce este declarat criptat este criptat, și anume cu cheia declarată',
    retention: 'Nimic nu se păstrează peste durata sa',
    queue: 'Lucrările care așteaptă să fie executate conțin numai trimiterile declarate pentru ele',
    keys: 'Nu a rămas nicio cheie al cărei termen a expirat',
    uninstalled: 'Nu a rămas nimic de la societățile care au dezinstalat aplicația',
    recipients: 'Numai destinatarii declarați pot fi contactați',
    notice:
      'Politica de confidențialitate publicată este cea după care funcționează programul, iar nicio versiune a ei nu a fost modificată ulterior',
    connections: 'Conexiunile care ies din calculator sunt criptate',
    backups: 'Nicio copie de rezervă nu este mai veche decât s-a declarat',
  },
  verdict: (holds) => (holds ? 'Tot ce s-a verificat se confirmă.' : 'Ceva nu este așa cum s-a declarat.'),
}

export const compare: CompareWords = {
  title: (document) => `Compararea versiunilor: ${document}`,
  link: 'Comparați versiunile',
  earlier: 'Versiunea anterioară',
  later: 'Versiunea ulterioară',
  show: 'Comparați',
  now: 'așa cum este instalația acum, neaprobată',
  verdict: (is) => `Față de versiunea anterioară, cea ulterioară este ${is}.`,
  groups: { added: 'Adăugate', removed: 'Eliminate', changed: 'Modificate' },
  was: 'Până acum',
  is: 'Acum',
  same: 'Ambele versiuni spun același lucru.',
  single: 'Există o singură versiune, deci nu este nimic de comparat.',
}
