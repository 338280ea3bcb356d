import type { Sandbox } from './index.ts'
import { dialTemplate } from './optimcall/commands.ts'
import { Random } from './random.ts'

/** What the demo needs to know of the world it was given. */
export type DemoWorld = {
  company: { domain: string; id: number }
  app: { clientId: string; clientSecret: string; scopes: string[] }
  users: { anna: number; boris: number; cyril: number }
  tenant: string
  line: string
  /** Both public numbers. */
  lines: string[]
  extensions: { anna: string; boris: string; cyril: string; group: string }
  /** Persons with the number each can be called from, in E.164. */
  persons: { id: number; name: string; number: string }[]
  /** How a call is asked for here, as an administrator would set it: the sandbox's own invention. */
  dial: ReturnType<typeof dialTemplate>
  /** A number that belongs to two persons. */
  sharedNumber: string
  /** A number of nobody. */
  unknownNumber: string
}

/** All that Ringfence asks of Pipedrive; `base` is always added. */
export const scopes = [
  'contacts:full',
  'activities:full',
  'phone-integration',
  'users:read',
  'webhooks:full',
  'deals:read',
  'leads:read',
]

type Caller = { name: string; number: string; spelling: string; company?: string }

/** Whom everybody knows. Numbers from ranges kept for fiction where a country has one, else plainly invented. */
export const demoCallers: Caller[] = [
  { name: 'Ada Lovelace', number: '+442079460123', spelling: '020 7946 0123', company: 'Analytical Engines' },
  {
    name: 'Charles Babbage',
    number: '+442079460124',
    spelling: '+44 (0)20 7946 0124',
    company: 'Analytical Engines',
  },
  { name: 'Božena Němcová', number: '+420601000101', spelling: '601 000 101', company: 'Babička s.r.o.' },
  { name: 'Karel Čapek', number: '+420601000102', spelling: '+420 601 000 102', company: 'Robot a.s.' },
  { name: 'Josef Čapek', number: '+420601000103', spelling: '00420 601 000 103', company: 'Robot a.s.' },
  { name: 'Milena Jesenská', number: '+420222000104', spelling: '222 000 104' },
  { name: 'Jan Werich', number: '+420601000105', spelling: '601000105' },
  { name: 'Ľudovít Štúr', number: '+421901000106', spelling: '+421 901 000 106', company: 'Slovo a.s.' },
  { name: 'Hana Meličková', number: '+421901000107', spelling: '00421 901 000 107' },
  { name: 'Erika Mustermann', number: '+493023125001', spelling: '030 23125-001', company: 'Muster GmbH' },
  {
    name: 'Max Mustermann',
    number: '+493023125002',
    spelling: '+49 (0)30 23125 002',
    company: 'Muster GmbH',
  },
  { name: 'Fatima Zahra', number: '+33199005501', spelling: '+33 1 99 00 55 01' },
  { name: 'Grace Hopper', number: '+12025550143', spelling: '(202) 555-0143', company: 'Compiler Inc.' },
  { name: 'Alan Turing', number: '+441632960145', spelling: '01632 960145' },
]

const givenNames = ['Alena', 'Bedřich', 'Dana', 'Emil', 'Gita', 'Hynek', 'Ivana', 'Jiří', 'Klára', 'Leoš']
const familyNames = ['Dvorský', 'Horáková', 'Malý', 'Veselá', 'Zelenka']
const sharedNumber = '+420222000199'

/**
 * Seeds the demo: the company Acme with its users and about sixty persons, and its telephone system. The app's
 * callback URL must be given (or set later with `registerApp`) before anybody can install it.
 */
export function seedDemoWorld(
  sandbox: Sandbox,
  options: { callbackUrl?: string; hookUrl?: string; secret?: string } = {},
): DemoWorld {
  const { pipedrive, optimcall } = sandbox
  const random = new Random(7)
  const app = { clientId: 'demo-client', clientSecret: 'demo-client-secret', scopes }
  pipedrive.registerApp({
    ...app,
    callbackUrl: options.callbackUrl ?? 'http://127.0.0.1:1/pipedrive/callback',
  })
  const company = pipedrive.createCompany({
    domain: 'acme',
    name: 'Acme',
    country: 'CZ',
    plan: 'Lite',
    seats: 3,
  })
  const anna = pipedrive.addUser('acme', {
    name: 'Anna Nováková',
    email: 'anna.novakova@acme.example',
    admin: true,
    language: 'cs',
  })
  const boris = pipedrive.addUser('acme', { name: 'Boris Král', email: 'boris.kral@acme.example' })
  const cyril = pipedrive.addUser('acme', { name: 'Cyril Svoboda', email: 'cyril.svoboda@acme.example' })

  const persons = [...demoCallers, ...invented(random)].map((caller) => ({
    id: addCaller(sandbox, caller, random.pick([anna.id, boris.id])),
    name: caller.name,
    number: caller.number,
  }))
  for (const name of ['Vlasta Burianová', 'Oldřich Nový']) {
    addCaller(sandbox, { name, number: sharedNumber, spelling: '222 000 199', company: 'Divadlo' }, anna.id)
  }

  const { deals } = pipedrive
  const idOf = (name: string) => persons.find((person) => person.name === name)?.id ?? null
  deals.addDeal('acme', { title: 'Difference engine no. 2', person_id: idOf('Ada Lovelace') })
  deals.addDeal('acme', { title: 'Robots, first hundred', person_id: idOf('Karel Čapek') })
  deals.addDeal('acme', { title: 'Robots, spare parts', person_id: idOf('Karel Čapek') })
  deals.addLead('acme', { title: 'Asked about newts', person_id: idOf('Karel Čapek') })
  deals.addDeal('acme', { title: 'Compiler licence', person_id: idOf('Grace Hopper'), status: 'won' })

  const line = '+420222333444'
  const supportLine = '+420222333555'
  const tenant = optimcall.createTenant({
    name: 'acme',
    company: 'acme',
    ...(options.hookUrl === undefined ? {} : { hookUrl: options.hookUrl }),
    ...(options.secret === undefined ? {} : { secret: options.secret }),
    // Switched on from the page; the demo begins with the webhook.
    mode: 'webhook',
    socket: { token: 'demo-security-token' },
    maxRetries: 20,
    retryIntervalSeconds: 1,
    extensions: [
      { number: '21', name: 'Anna Nováková', devices: 2 },
      { number: '22', name: 'Boris Král' },
      { number: '30', name: 'Cyril Svoboda' },
    ],
    groups: { '20': ['21', '22'] },
    lines: [
      { number: line, name: 'Sales', rings: ['20'] },
      { number: supportLine, name: 'Support', rings: ['30'] },
    ],
    recording: { afterSeconds: 3 },
    apiKey: 'demo-api-key',
  })
  const world: DemoWorld = {
    company: { domain: company.domain, id: company.id },
    app,
    users: { anna: anna.id, boris: boris.id, cyril: cyril.id },
    tenant: 'acme',
    line,
    lines: [line, supportLine],
    extensions: { anna: '21', boris: '22', cyril: '30', group: '20' },
    persons,
    dial: dialTemplate(tenant),
    sharedNumber,
    unknownNumber: '+442079460999',
  }
  worlds.set(sandbox, world)
  return world
}

const worlds = new WeakMap<Sandbox, DemoWorld>()

/** The demo world this sandbox was seeded with. Throws when it was not. */
export function demoWorldOf(sandbox: Sandbox): DemoWorld {
  const world = worlds.get(sandbox)
  if (world === undefined) throw new Error('the sandbox has no demo world: call seedDemoWorld first')
  return world
}

function addCaller(sandbox: Sandbox, caller: Caller, ownerId: number): number {
  const { pipedrive } = sandbox
  const organizations = [...pipedrive.company('acme').organizations.values()]
  const existing = organizations.find(({ name }) => name === caller.company)
  const organization =
    caller.company === undefined
      ? undefined
      : (existing ?? pipedrive.addOrganization('acme', { name: caller.company, owner_id: ownerId }))
  const mail = caller.name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')
  return pipedrive.addPerson('acme', {
    name: caller.name,
    owner_id: ownerId,
    org_id: organization?.id ?? null,
    phones: [{ value: caller.spelling, label: 'work', primary: true }],
    emails: [{ value: `${mail}@mail.example`, label: 'work', primary: true }],
  }).id
}

/** Czech persons with numbers in the usual spellings. */
function invented(random: Random): Caller[] {
  const spellings = [
    (n: string) => n,
    (n: string) => `+420 ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
    (n: string) => `${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
    (n: string) => `00420${n}`,
    (n: string) => `+420-${n.slice(0, 3)}-${n.slice(3)}`,
    (n: string) => `tel. ${n.slice(0, 3)}/${n.slice(3)}`,
  ]
  return givenNames
    .flatMap((given) => familyNames.map((family) => `${given} ${family}`))
    .slice(0, 46)
    .map((name, i) => {
      const national = `6020${String(10_200 + i)}`
      return { name, number: `+420${national}`, spelling: random.pick(spellings)(national) }
    })
}
