import type { DataMapView } from '../../server/http/shapes.ts'

type Kind = DataMapView['kinds'][number]

/** id, in English, in Czech, about whom, source, recipients and purposes by their places below, how long */
type Row = [string, string, string, Kind['about'], Kind['source'], string, number | string, string]
const company = 'installed by anybody of the company'
const user = 'installed by this user'
const phone = 'the phone of this user is connected'
const registered = 'the organization exists'

/** As many as there really are: how they stand together is what is looked at. */
const rows: Row[] = [
  ['calls', 'Calls', 'Hovory', 'people', 'phone system', '012345', 168, '041235'],
  ['under way', 'Calls in progress', 'Probíhající hovory', 'people', 'phone system', '', 48, '04'],
  [
    'waiting',
    'Reports of calls that wait for the database',
    'Hlášení o hovorech, která čekají na databázi',
    'people',
    'phone system',
    '',
    48,
    '041',
  ],
  ['recordings', 'Where a recording lies', 'Umístění nahrávky', 'people', 'phone system', '012345', 168, '2'],
  ['cards', 'Cards of calls in the CRM', 'Karty hovorů v CRM', 'people', 'phone system', '45', 168, '124'],
  [
    'open cards',
    'Cards of calls in progress',
    'Karty probíhajících hovorů',
    'people',
    'phone system',
    '45',
    48,
    '1',
  ],
  ['asked for', 'Calls asked for in the CRM', 'Hovory vyžádané v CRM', 'people', 'CRM', '012345', 48, '51'],
  ['notes', 'Notes and results of calls', 'Poznámky a výsledky hovorů', 'people', 'the user', '3', 168, '41'],
  [
    'open notes',
    'Notes on calls in progress',
    'Poznámky k probíhajícím hovorům',
    'people',
    'the user',
    '',
    48,
    '4',
  ],
  ['persons', 'Persons entered from a call', 'Osoby založené z hovoru', 'people', 'the user', '3', 48, '041'],
  [
    'follow-ups',
    'Missed callers to be called back',
    'Zmeškaní volající, kterým se má zavolat zpět',
    'people',
    'phone system',
    '3',
    168,
    '34',
  ],
  ['left out', 'Numbers left out', 'Vynechaná čísla', 'people', 'the user', '', company, '13'],
  ['mirror', 'Copy of the CRM’s contacts', 'Kopie kontaktů z CRM', 'people', 'CRM', '0123', company, '04135'],
  ['counts', 'Counts of calls asked for', 'Počty vyžádaných hovorů', 'users', 'Ringfence', '', user, '5'],
  ['deals', 'Open deals', 'Otevřené obchody', 'people', 'CRM', '3', company, '41'],
  ['users', 'Users of the app', 'Uživatelé aplikace', 'users', 'CRM', '012345', user, '4157'],
  ['extensions', 'Extensions of users', 'Linky uživatelů', 'users', 'the user', '012345', user, '4157'],
  ['telephones', 'Telephones of users', 'Telefony uživatelů', 'users', 'phone system', '012', phone, '4125'],
  ['agreements', 'Acceptance of the agreement', 'Přijetí smlouvy', 'users', 'the user', '', company, '6'],
  [
    'own numbers',
    'The organization’s own numbers',
    'Vlastní čísla organizace',
    'users',
    'the user',
    '',
    registered,
    '0',
  ],
  ['lines', 'Lines', 'Telefonní čísla ústředny', 'users', 'phone system', '', company, '04'],
  [
    'settings',
    'Settings of connections',
    'Nastavení připojení',
    'users',
    'the user',
    '012',
    registered,
    '625',
  ],
  ['installations', 'Access to the CRM', 'Přístup do CRM', 'users', 'CRM', '345', user, '671'],
  [
    'accesses',
    'Access to the phone system',
    'Přístup k ústředně',
    'users',
    'phone system',
    '012',
    phone,
    '652',
  ],
  [
    'secrets',
    'Secrets of notifications',
    'Tajné klíče oznámení',
    'users',
    'Ringfence',
    '012345',
    registered,
    '6',
  ],
  ['portals', 'Portals', 'Portály', 'users', 'CRM', '', company, '67'],
  ['sessions', 'Sign-ins', 'Přihlášení', 'operator', 'the user', '', 12, '7'],
  ['accounts', 'Names of organizations', 'Názvy organizací', 'operator', 'the operator', '', registered, '8'],
  ['erasures', 'Records of erasures', 'Záznamy o výmazech', 'people', 'the user', '3', 26_280, '9'],
  ['erased', 'Marks of erased people', 'Značky vymazaných osob', 'people', 'Ringfence', '', company, '9014'],
  [
    'contacts',
    'Addresses for notices of a breach',
    'Adresy pro oznámení o porušení zabezpečení',
    'operator',
    'the user',
    '6',
    company,
    'a',
  ],
  [
    'notices',
    'Notices of a breach',
    'Oznámení o porušení zabezpečení',
    'operator',
    'the operator',
    '6',
    registered,
    'a',
  ],
  [
    'breaches',
    'The record of breaches',
    'Záznamy o porušení zabezpečení',
    'operator',
    'the operator',
    '',
    43_800,
    'a',
  ],
]

const words = {
  en: {
    sources: ['the connected phone system', 'the CRM', 'the user', 'the operator', 'made by the app itself'],
    recipients: ['the connected phone system', 'the company’s Bitrix24 portal', 'the operator’s mail server'],
    purposes: [
      'to say who is calling',
      'to log the call in the CRM',
      'to attach the recording to the call in the CRM',
      'to have missed callers called back',
      'to show a call to the people it is for',
      'to place a call that a user asks for',
      'to connect the systems',
      'to sign in',
      'to run this installation',
      'to carry out requests of the people concerned',
      'to tell of a breach of the protection of personal data',
    ],
    fields: ['Whose data', 'Encrypted', 'Purposes', 'Legal ground', 'Kept', 'Ends earlier when', 'Where'],
    subjects: 'people who call or are called',
    sealed:
      'the numbers and extensions of everybody involved, the times, who answered and how the call came out',
    ground: 'Art. 6(1)(f) GDPR, a legitimate interest in knowing who calls when answering',
    kept: 'for 7 days after the end of the call',
    ends: [
      'the last user of the organization uninstalls the app',
      'the organization is deleted from this installation',
    ],
    stored: 'in the organization’s own database',
  },
  cs: {
    sources: ['připojená ústředna', 'CRM', 'uživatel', 'provozovatel', 'vytváří je sama aplikace'],
    recipients: ['připojená ústředna', 'portál Bitrix24 vaší firmy', 'poštovní server provozovatele'],
    purposes: [
      'abychom zjistili, kdo volá',
      'abychom hovor zapsali do CRM',
      'abychom k hovoru v CRM připojili nahrávku',
      'abychom připomněli, komu zavolat zpět',
      'abychom hovor ukázali tomu, komu je určen',
      'abychom spojili hovor, o který uživatel požádá',
      'k propojení systémů',
      'k přihlášení',
      'k provozu této instalace',
      'k vyřízení žádostí dotčených osob',
      'k oznámení porušení zabezpečení osobních údajů',
    ],
    fields: ['Čí údaje', 'Šifrované', 'Účely', 'Právní základ', 'Doba uchování', 'Dřívější konec', 'Kde'],
    subjects: 'lidé, kteří volají nebo jsou voláni',
    sealed: 'čísla a linky všech účastníků, časy, kdo hovor přijal a jak dopadl',
    ground: 'čl. 6 odst. 1 písm. f) GDPR, oprávněný zájem vědět při přijetí hovoru, kdo volá',
    kept: '7 dní od konce hovoru',
    ends: ['poslední uživatel organizace aplikaci odinstaluje', 'organizace se z této instalace vymaže'],
    stored: 'v databázi samotné organizace',
  },
} as const

const sourceIds = ['phone system', 'CRM', 'the user', 'the operator', 'Ringfence'] as const
const recipientIds = ['phone', 'Placetel', 'Webex', 'Pipedrive', 'Bitrix24', 'portal', 'mail'] as const

/** An organization with OptimCall and Pipedrive; for the operator also what others have. */
export function dataMap(language: 'en' | 'cs', scope: DataMapView['scope']): DataMapView {
  const said = words[language]
  const all = scope === 'installation'
  const names = [
    said.recipients[0],
    'Placetel',
    'Webex',
    'Pipedrive',
    'Bitrix24',
    said.recipients[1],
    said.recipients[2],
  ]
  const systems = [
    ['OptimCall'],
    all ? ['Placetel'] : [],
    [],
    ['Pipedrive'],
    ...(all ? [['Bitrix24'], ['Bitrix24']] : [[], []]),
    [],
  ]
  const countries = [['CZ'], ['DE'], ['US'], ['EE'], [], [], []]
  const crms = all ? ['Bitrix24', 'Pipedrive'] : ['Pipedrive']
  const phones = all ? ['OptimCall', 'Placetel'] : ['OptimCall']
  return {
    scope,
    region: 'EU',
    host: { name: 'Hostitel a.s.', country: 'CZ' },
    purposes: said.purposes.map((name, at) => ({ id: `p${at.toString(16)}`, name })),
    sources: sourceIds.map((id, at) => ({
      id,
      name: said.sources[at] ?? '',
      systems: id === 'phone system' ? phones : id === 'CRM' ? crms : [],
      connected: true,
    })),
    kinds: rows.map(([id, en, cs, about, source, recipients, keep, purposes]) => ({
      id,
      name: language === 'en' ? en : cs,
      about,
      source,
      recipients: [...recipients].map((at) => recipientIds[Number(at)] ?? ''),
      purposes: [...purposes].map((at) => `p${at}`),
      connected: true,
      keep: typeof keep === 'number' ? { hours: keep } : { while: keep },
      facts: [
        [said.subjects],
        [said.sealed],
        [...purposes].map((at) => said.purposes[Number.parseInt(at, 16)] ?? ''),
        [said.ground],
        [said.kept],
        said.ends,
        [said.stored],
      ].map((items, at) => ({ field: `${at}`, name: said.fields[at] ?? '', items: [...items] })),
    })),
    recipients: recipientIds.map((id, at) => ({
      id,
      name: names[at] ?? '',
      systems: systems[at] ?? [],
      connected: id === 'mail' || (systems[at] ?? []).length > 0,
      countries: countries[at] ?? [],
      ...(id === 'Webex'
        ? { ground: 'clauses' as const, document: 'Clauses 2021/914, module 3, no. 17, 2026-09-01' }
        : (countries[at] ?? []).length > 0 || id === 'mail'
          ? { ground: 'in-region' as const }
          : {}),
      hosts: id === 'Pipedrive' ? ['oauth.pipedrive.com', 'api.pipedrive.com', '*.pipedrive.com'] : [],
    })),
  }
}
