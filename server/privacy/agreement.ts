import { createHash, randomUUID } from 'node:crypto'
import { type Declaration, declarations } from '../../policy/index.ts'
import type { Organization } from '../organizations/organization.ts'

/** A block of the agreement: a heading or a paragraph. */
export type AgreementBlock = { heading: string } | { text: string }
export interface Agreement {
  version: string
  title: string
  blocks: AgreementBlock[]
}

export interface Acceptance {
  version: string
  acceptedBy: string
  acceptedAt: Date
}

/**
 * What a company agrees to before anything of it is copied, worked out from the declarations: the same words that the
 * database, the jobs and the network enforce. Its version is the hash of its text, so that no two texts share one.
 */
export function currentAgreement(
  language: Organization['language'],
  from: readonly Declaration[] = declarations,
): Agreement {
  const text = words[language]
  const kinds = from.filter((declaration) => declaration.role === 'processor')
  const blocks: AgreementBlock[] = [
    { text: text.opening },
    { heading: text.whatHeading },
    ...kinds.map((declaration) => ({ text: sentenceOf(declaration, language) })),
    { heading: text.whoHeading },
    {
      text: text.who([
        ...new Set(
          kinds.flatMap((kind) =>
            kind.recipients.map((recipient) => text.recipients[recipient.name] ?? recipient.name),
          ),
        ),
      ]),
    },
    { heading: text.endHeading },
    { text: text.end },
    { heading: text.yoursHeading },
    { text: text.yours },
  ]
  const version = createHash('sha256').update(JSON.stringify(blocks)).digest('hex').slice(0, 12)
  return { version, title: text.title, blocks }
}

export async function agreementOf(organization: Organization): Promise<Acceptance | undefined> {
  const row = await organization.transaction((db) =>
    db.row<{ version: string; accepted_by: string; accepted_at: Date }>(
      'select version, accepted_by, accepted_at from agreements order by accepted_at desc, id limit 1',
    ),
  )
  return row && { version: row.version, acceptedBy: row.accepted_by, acceptedAt: row.accepted_at }
}

/** Puts the acceptance on record with the hash of the text that was shown. */
export async function acceptAgreement(
  organization: Organization,
  userId: string,
  agreement: Agreement,
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(agreement.blocks)).digest()
  await organization.transaction((db) =>
    db.rows('insert into agreements (id, version, text_hash, accepted_by) values ($1, $2, $3, $4)', [
      randomUUID(),
      agreement.version,
      hash,
      userId,
    ]),
  )
}

function sentenceOf(declaration: Declaration, language: Organization['language']): string {
  const text = words[language]
  const kind = text.kinds[declaration.kind] ?? declaration.kind
  const purposes = declaration.purposes.map((purpose) => text.purposes[purpose] ?? purpose).join(', ')
  const keep =
    'hours' in declaration.keep
      ? text.hours(declaration.keep.hours, declaration.keep.from)
      : (text.whiles[declaration.keep.while] ?? declaration.keep.while)
  return text.sentence(kind, purposes, keep)
}

interface Words {
  title: string
  opening: string
  whatHeading: string
  whoHeading: string
  who(recipients: string[]): string
  endHeading: string
  end: string
  yoursHeading: string
  yours: string
  kinds: Record<string, string>
  purposes: Record<string, string>
  recipients: Record<string, string>
  whiles: Record<string, string>
  hours(hours: number, from: string): string
  sentence(kind: string, purposes: string, keep: string): string
}

const words: Record<Organization['language'], Words> = {
  en: {
    title: 'Before your contacts are copied',
    opening:
      'Ringfence shows your colleagues who is calling and logs each call in your CRM. To do that it processes personal data for your company: your company decides (controller), the operator of this installation carries out (processor). Nothing has been copied yet.',
    whatHeading: 'What is kept, what for, and how long',
    whoHeading: 'Who receives it',
    who: (recipients) =>
      `Only: ${recipients.join(' and ')}. A request to anybody else is refused by the program and put on record.`,
    endHeading: 'When it ends',
    end: 'When a user uninstalls, that user’s name and tokens go. When the last user of your company has uninstalled, or the organization is deleted, the keys are destroyed and everything else of your company goes.',
    yoursHeading: 'What stays with you',
    yours:
      'Calls that were logged stay in your CRM, under your company’s own rules. Whether your company informs callers and staff as the law asks is for your company to see to.',
    kinds: {
      'call journal': 'Calls: numbers, times, who answered and how the call came out',
      'calls under way': 'The same of calls that have not ended',
      'events waiting': 'The same, as your phone system reports it while our database is away',
      'recording addresses':
        'Only where your company chose it: where your phone system keeps a call’s recording, until it is attached in the CRM. The recording itself is passed on and never kept',
      'contact mirror': 'Your CRM’s persons: names, telephone numbers, and the names of their companies',
      users: 'Your colleagues who sign in: CRM id, name, extension and settings',
      agreements: 'Who of you accepted this agreement, and when',
      'own numbers': 'Your company’s own telephone lines',
      'connection settings': 'Addresses and credentials you give for your phone system',
      installations: 'The tokens with which we act in your CRM',
      'hook secrets': 'The secrets by which your systems prove who they are',
    },
    purposes: {
      'identify the caller': 'to say who is calling',
      'log the call in the CRM': 'to log the call in the CRM',
      'attach the recording in the CRM': 'to attach the recording to the call in the CRM',
      'show calls to the people they are for': 'to show a call to the people it is for',
      'connect the systems': 'to connect the systems',
      'sign in': 'to sign in',
    },
    recipients: { 'the connected phone system': 'your connected phone system', Pipedrive: 'Pipedrive' },
    whiles: {
      'installed by this user': 'while that user has the app installed',
      'installed by anybody of the company': 'while anybody of your company has the app installed',
      'the organization exists': 'while your organization is registered here',
    },
    hours: (hours, from) =>
      `for ${hours / 24} days after the ${from}`.replace('the arrival', 'their arrival'),
    sentence: (kind, purposes, keep) => `${kind}: kept ${keep}, ${purposes}.`,
  },
  cs: {
    title: 'Než zkopírujeme vaše kontakty',
    opening:
      'Ringfence ukazuje vašim kolegům, kdo volá, a zapisuje každý hovor do vašeho CRM. K tomu zpracovává osobní údaje pro vaši společnost: vaše společnost rozhoduje (správce), provozovatel této instalace provádí (zpracovatel). Zatím nebylo nic zkopírováno.',
    whatHeading: 'Co se uchovává, proč a jak dlouho',
    whoHeading: 'Kdo údaje dostane',
    who: (recipients) =>
      `Pouze: ${recipients.join(' a ')}. Požadavek komukoli jinému program odmítne a zaznamená.`,
    endHeading: 'Kdy to končí',
    end: 'Když uživatel aplikaci odinstaluje, zmizí jeho jméno a tokeny. Když ji odinstaluje poslední uživatel vaší společnosti nebo je organizace smazána, klíče se zničí a všechno ostatní zmizí také.',
    yoursHeading: 'Co zůstává u vás',
    yours:
      'Zapsané hovory zůstávají ve vašem CRM podle pravidel vaší společnosti. O tom, zda jsou volající a zaměstnanci informováni, jak žádá zákon, rozhoduje vaše společnost.',
    kinds: {
      'call journal': 'Hovory: čísla, časy, kdo hovor přijal a jak dopadl',
      'calls under way': 'Totéž o hovorech, které ještě neskončily',
      'events waiting': 'Totéž, jak to vaše ústředna hlásí, když je naše databáze nedostupná',
      'recording addresses':
        'Jen pokud si to vaše společnost zvolila: kde vaše ústředna uchovává nahrávku hovoru, dokud nebude připojena v CRM. Samotnou nahrávku jen předáváme a nikdy neuchováváme',
      'contact mirror': 'Osoby z vašeho CRM: jména, telefonní čísla a názvy jejich společností',
      users: 'Vaši kolegové, kteří se přihlásí: identifikátor v CRM, jméno, linka a nastavení',
      agreements: 'Kdo z vás tuto dohodu přijal a kdy',
      'own numbers': 'Vlastní telefonní čísla vaší společnosti',
      'connection settings': 'Adresy a přístupové údaje, které zadáte pro svou ústřednu',
      installations: 'Tokeny, kterými jednáme ve vašem CRM',
      'hook secrets': 'Tajné klíče, kterými se prokazují vaše systémy',
    },
    purposes: {
      'identify the caller': 'abychom řekli, kdo volá',
      'log the call in the CRM': 'abychom hovor zapsali do CRM',
      'attach the recording in the CRM': 'abychom k hovoru v CRM připojili nahrávku',
      'show calls to the people they are for': 'abychom hovor ukázali tomu, komu patří',
      'connect the systems': 'k propojení systémů',
      'sign in': 'k přihlášení',
    },
    recipients: { 'the connected phone system': 'vaše připojená ústředna', Pipedrive: 'Pipedrive' },
    whiles: {
      'installed by this user': 'dokud má tento uživatel aplikaci nainstalovanou',
      'installed by anybody of the company': 'dokud má aplikaci nainstalovanou kdokoli z vaší společnosti',
      'the organization exists': 'dokud je zde vaše organizace registrována',
    },
    hours: (hours, from) =>
      `${hours / 24} ${hours <= 96 ? 'dny' : 'dní'} od ${from === 'end of the call' ? 'konce hovoru' : 'přijetí'}`,
    sentence: (kind, purposes, keep) => `${kind}: uchováváme ${keep}, ${purposes}.`,
  },
}
