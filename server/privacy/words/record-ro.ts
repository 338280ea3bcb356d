import { withoutCapital } from './in-sentence.ts'
import type { RecordWords } from './record-words.ts'

export const ro: RecordWords = {
  titles: {
    operator: 'Evidența activităților de prelucrare',
    organization: (name) => `Evidența activităților de prelucrare: ${name}`,
  },
  about: 'Evidența',
  aboutFields: {
    operator: 'administratorul instalației',
    contact: 'datele de contact ale administratorului instalației',
    host: 'furnizorul serverelor',
    region: 'regiunea',
    controller: 'operatorul',
  },
  headings: {
    who: 'A cui este această evidență',
    'as-controller': 'Ce prelucrează administratorul instalației ca operator (art. 30 alin. (1) din RGPD)',
    'as-processor':
      'Ce prelucrează administratorul instalației în numele organizațiilor (art. 30 alin. (2) din RGPD)',
    'sub-processors': 'Alte persoane împuternicite',
    processing: 'Activități de prelucrare (art. 30 alin. (1) din RGPD)',
    processors: 'Persoane împuternicite de operator',
    transfers: 'Transferuri către țări terțe',
    measures: 'Măsuri tehnice și organizatorice',
  },
  sentences: {
    operator: (name, contact) =>
      `Administratorul acestei instalații este ${name}, date de contact: ${contact}.`,
    operatorWithoutContact: (name) =>
      `Administratorul acestei instalații este ${name}; nu a indicat aici date de contact.`,
    operatorUnnamed: 'Administratorul acestei instalații nu este indicat aici.',
    operatorRuns:
      'El asigură funcționarea acestei instalații Ringfence ca persoană împuternicită de organizațiile de mai jos, iar pentru datele de care are el însuși nevoie în acest scop este operator.',
    representative: (who) => `Reprezentantul său în Uniunea Europeană (art. 27 din RGPD) este ${who}.`,
    representativeNotNeeded:
      'Nu are nevoie de un reprezentant în Uniunea Europeană, deoarece își are sediul în Spațiul Economic European (art. 27 din RGPD).',
    noRepresentative: 'Nu a numit aici un reprezentant în Uniunea Europeană (art. 27 din RGPD).',
    officer: (who) => `Responsabilul său cu protecția datelor este ${who}.`,
    noOfficer: 'Nu a numit aici un responsabil cu protecția datelor.',
    jointNamed: 'Operatorii asociați, dacă există, sunt numiți în paragraful de mai jos.',
    noJoint: 'Nu a numit aici un operator asociat.',
    controller: (name) =>
      `Operatorul este ${name}. Această evidență cuprinde ceea ce prelucrează cu ajutorul Ringfence; celelalte prelucrări se găsesc în celelalte evidențe ale sale.`,
    othersNamed:
      'Reprezentantul, responsabilul cu protecția datelor și operatorii asociați, dacă există, sunt numiți în paragraful de mai jos.',
    noOthers:
      'Aici nu sunt numiți un reprezentant, un responsabil cu protecția datelor sau un operator asociat.',
    asController:
      'Fiecare categorie de date, cu scopul și temeiul juridic, cu persoanele vizate, cu destinatarii și cu termenul de ștergere.',
    serversToo:
      'Pe lângă destinatarii indicați la fiecare categorie, și cel care pune la dispoziție serverele are ceea ce este stocat pe ele.',
    backups: (age) =>
      `Ceea ce s-a șters rămâne în copii de rezervă criptate cel mult ${age}; acolo este de necitit de îndată ce este distrusă cheia cu care a fost criptat.`,
    noBackups: 'Programul nu face copii de rezervă.',
    asProcessor:
      'Pentru fiecare organizație: ce activități de prelucrare se desfășoară în numele ei, în măsura în care le folosește, ce date privesc acestea, la ce destinatari ajung și unde se află aceștia. Operatorul este organizația.',
    asProcessorOfNobody:
      'În prezent, administratorul instalației nu prelucrează date în numele niciunei organizații.',
    processing:
      'Fiecare categorie de date, în măsura în care organizația folosește acea parte a aplicației, cu scopul și temeiul juridic, cu persoanele vizate, cu serviciile conectate care o primesc și cu termenul de ștergere. Serviciile care nu sunt conectate nu primesc nimic; persoanele împuternicite de mai jos au ceea ce păstrează.',
    processor: 'El este persoana împuternicită pentru tot ce este arătat aici (art. 28 din RGPD).',
    host: (name, country) => `Serverele sunt puse la dispoziție de ${name}${country ? ` (${country})` : ''}.`,
    hostUnnamed: (country) =>
      `Serverele se află în această țară: ${country}. Cine le pune la dispoziție nu a fost indicat.`,
    hostUnknown:
      'Ale cui sunt serverele, administratorul instalației nu a indicat; dacă sunt ale sale, nu le pune la dispoziție altcineva.',
    noSubProcessors:
      'Centralele telefonice și sistemele CRM nu sunt alte persoane împuternicite: organizația le folosește pe baza unor contracte proprii.',
    ownContracts:
      'Centrala telefonică și sistemul CRM sunt folosite de organizație pe baza unor contracte proprii.',
    transfers: (region) =>
      `Datele se păstrează în această regiune: ${region}. În afara ei sau într-un loc necunoscut ajung date numai pe un temei pe care administratorul instalației l-a consemnat: un contract cu o societate din regiune, o decizie privind caracterul adecvat al nivelului de protecție (art. 45 din RGPD) sau clauze standard de protecție a datelor (art. 46 alin. (2) lit. (c) din RGPD). Orice altă cerere este refuzată de program. Destinatarii din afara regiunii sunt arătați mai sus, la „Țări terțe”, fiecare cu țara și temeiul.`,
    noDerogation: 'Niciun transfer nu se întemeiază pe art. 49 alin. (1) al doilea paragraf din RGPD.',
    measures:
      'Descriere generală a măsurilor tehnice și organizatorice de securitate menționate la art. 32 alin. (1) din RGPD, așa cum o cer art. 30 alin. (1) lit. (g) și alin. (2) lit. (d). Se arată numai ceea ce verificarea zilnică a instalației în funcțiune a confirmat în ultimele 24 de ore.',
    beyondChecks:
      'Ceea ce nicio verificare a unui program nu poate confirma, cum sunt instrucțiunile pentru personal sau încuietorile ușilor, se găsește în paragraful de mai jos, dacă l-a adăugat cineva.',
  },
  fields: {
    name: 'Operatorul',
    contact: 'Date de contact',
    categories: 'Categorii de activități de prelucrare',
    data: 'Categorii de date',
    recipients: 'Destinatari',
    transfers: 'Țări terțe',
  },
  organization: (id) => `Organizația ${id.slice(0, 8)}`,
  deleted: 'ștearsă între timp',
  noContact: 'neintroduse; înștiințările apar în aplicație',
  unnamed: 'neindicat',
  nobody: 'nimeni',
  placed: (country, ground) =>
    ({
      none: `${country ?? 'loc necunoscut'}; fără un temei consemnat, deci nu ajunge nimic acolo`,
      'in-region': country === undefined ? 'în regiune' : `${country}, în regiune`,
      adequacy: `${country ?? ''}, pe baza unei decizii privind caracterul adecvat al nivelului de protecție (art. 45 din RGPD)`,
      clauses: `${country ?? ''}, pe baza unor clauze standard de protecție a datelor (art. 46 alin. (2) lit. (c) din RGPD)`,
    })[ground ?? 'none'],
  noTransfers: 'niciuna',
  confirmed: (at) => `Confirmat de verificarea din ${at}:`,
  noneConfirmed:
    'În ultimele 24 de ore nicio verificare nu a confirmat nimic, de aceea aici nu se arată nimic.',
  notConfirmed: 'Nu se arată, pentru că nu a fost confirmat:',
  changes: {
    inSentence: withoutCapital,
    newKind: (kind) => `Nou în evidență: ${kind}.`,
    goneKind: (kind) => `Nu mai este în evidență: ${kind}.`,
    replaced: (kind, field, from, to) => `${kind} – ${field}: până acum „${from}”, acum „${to}”.`,
    added: (kind, field, what) => `${kind} – ${field}: nou „${what}”.`,
    removed: (kind, field, what) => `${kind} – ${field}: nu mai este „${what}”.`,
    newSection: (heading) => `O secțiune nouă: „${heading}”.`,
    goneSection: (heading) => `O secțiune eliminată: „${heading}”.`,
    reworded: (what) => `Formulat altfel: „${what}”.`,
    rewordedElsewhere: 'S-a schimbat doar formularea într-o altă limbă.',
    newLanguages: (names) => `Acum și în aceste limbi: ${names}.`,
    goneLanguages: (names) => `Nu mai este în aceste limbi: ${names}.`,
  },
}
