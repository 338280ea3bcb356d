import { demoCallers, scopes } from './demo-world.ts'
import type { Sandbox } from './index.ts'
import { dialTemplate } from './optimcall/commands.ts'

export const demoPhones = ['optimcall', 'placetel', 'webex'] as const
export const demoCrms = ['pipedrive', 'bitrix24'] as const
export type DemoPhone = (typeof demoPhones)[number]
export type DemoCrm = (typeof demoCrms)[number]
export type DemoPair = { phone: DemoPhone; crm: DemoCrm }

type Worker = { id: number; name: string; email: string; extension: string }

/** What the demo needs to know of a company with one telephone system and one CRM. */
export type PairWorld = DemoPair & {
  /** of the account in the CRM, and of that at the telephone system */
  name: string
  app: { clientId: string; clientSecret: string; scopes: string[] }
  anna: Worker
  boris: Worker
  lines: string[]
  /** of the telephone system, where an administrator's key opens it */
  apiKey: string
  /** how a call is asked for, where an administrator sets that */
  dial?: object
}

const line = '+4922129191999'
const callerCount = 8

export const nameOfPair = ({ phone, crm }: DemoPair): string => `${phone}-${crm}`

/** Seeds a company of its own for that pair: two users, a few persons, and a telephone system whose one line rings both. */
export function seedPair(sandbox: Sandbox, pair: DemoPair): PairWorld {
  const name = nameOfPair(pair)
  const people = [
    { name: 'Anna Nováková', email: `anna@${name}.example`, extension: '21' },
    { name: 'Boris Král', email: `boris@${name}.example`, extension: '22' },
  ] as const
  const { app, ids } = crms[pair.crm](sandbox, name, people)
  const apiKey = `key-of-${name}`
  const phone = phones[pair.phone](sandbox, { name, apiKey, people })
  const [anna, boris] = people
  return {
    ...pair,
    name,
    app,
    anna: { ...anna, id: ids[0] ?? 0 },
    boris: { ...boris, id: ids[1] ?? 0 },
    lines: [line],
    apiKey,
    ...phone,
  }
}

type People = readonly Omit<Worker, 'id'>[]

const crms: Record<
  DemoCrm,
  (sandbox: Sandbox, name: string, people: People) => { app: PairWorld['app']; ids: number[] }
> = {
  pipedrive({ pipedrive }, name, people) {
    pipedrive.createCompany({ domain: name, name, country: 'CZ' })
    const ids = people.map(
      ({ extension: _, ...user }, at) => pipedrive.addUser(name, { ...user, admin: at === 0 }).id,
    )
    for (const caller of demoCallers.slice(0, callerCount))
      pipedrive.addPerson(name, {
        name: caller.name,
        owner_id: ids[0] ?? 0,
        phones: [{ value: caller.spelling, label: 'work', primary: true }],
      })
    return { app: { clientId: 'demo-client', clientSecret: 'demo-client-secret', scopes }, ids }
  },
  bitrix24({ bitrix24 }, name, people) {
    const portal = bitrix24.createPortal({
      name,
      users: people.map(({ extension: _, ...user }, at) => ({ ...user, admin: at === 0 })),
      contacts: demoCallers
        .slice(0, callerCount)
        .map((caller) => ({ name: caller.name, phones: [caller.number] })),
    })
    const app = {
      clientId: 'local.demo.1',
      clientSecret: 'demo-portal-secret',
      scopes: ['telephony', 'crm', 'placement', 'user_basic'],
    }
    return { app, ids: [...portal.users.keys()] }
  },
}

const phones: Record<
  DemoPhone,
  (sandbox: Sandbox, account: { name: string; apiKey: string; people: People }) => { dial?: object }
> = {
  optimcall({ optimcall }, { name, apiKey, people }) {
    const tenant = optimcall.createTenant({
      name,
      company: name,
      apiKey,
      mode: 'webhook',
      maxRetries: 20,
      extensions: people.map((user) => ({ number: user.extension, name: user.name })),
      groups: { '20': people.map(({ extension }) => extension) },
      lines: [{ number: line, name: 'Sales', rings: ['20'] }],
      recording: { afterSeconds: 3 },
    })
    return { dial: dialTemplate(tenant) }
  },
  placetel({ placetel }, { name, apiKey, people }) {
    placetel.createAccount({
      name,
      company: name,
      apiKey,
      sipUsers: people.map(({ extension, ...user }) => ({ ...user, did: Number(extension), callerid: line })),
      numbers: [{ number: line, rings: people.map(({ extension }) => Number(extension)) }],
      recording: true,
      recordingAfterSeconds: 3,
    })
    return {}
  },
  webex({ webex }, { name, people }) {
    webex.createOrg({
      name,
      company: name,
      people: people.map((user, at) => ({ ...user, number: `+42022233342${at + 1}` })),
      huntGroups: [{ number: line, name: 'Sales', rings: people.map(({ extension }) => extension) }],
      recording: { afterSeconds: 3 },
    })
    return {}
  },
}
