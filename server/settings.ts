import { isAbsolute } from 'node:path'
import { type Folders, folders } from './settings/folders.ts'
import { type MailServer, mail } from './settings/mail.ts'
import { type Operator, operator, type Place, place } from './settings/operator.ts'
import { type Environment, isLoopback, listOf, oneLine, refuse, vendorUrl, yesOrNo } from './settings/read.ts'
import {
  type Bitrix24App,
  bitrix24,
  type PipedriveApp,
  pipedrive,
  type WebexApp,
  webex,
} from './settings/vendors.ts'

/** Everything that may be set from outside, checked once at start. */
export interface Settings extends Folders, Place {
  host: string
  port: number
  /** where people and vendors reach us, without a trailing slash; undefined: worked out from host and port */
  url: string | undefined
  trustProxy: boolean
  masterKey: string | undefined
  databaseUrl: string | undefined
  /** connections to all databases that this node holds at most */
  connections: number
  privateHosts: string[]
  logLevel: LogLevel
  /** who runs this installation, as its policy names them; undefined: it says that nobody is named */
  operator: Operator
  /** "name, role" of who answers for the first version of the documents, where it is not approved by hand */
  approvedBy: string | undefined
  pipedrive: PipedriveApp | undefined
  /** undefined: no portal is served */
  bitrix24: Bitrix24App | undefined
  /** Placetel asks for no app of ours: an administrator's key is all */
  placetel: { url: string }
  webex: WebexApp | undefined
  /** adapters of others: names of npm packages, or absolute paths */
  adapters: string[]
  /** what is set for them: everything that begins with RINGFENCE_ADAPTER_ */
  adapterSettings: Readonly<Record<string, string>>
  /** undefined: no mail is sent */
  mail: MailServer | undefined
}

/** Where people and vendors reach this installation, without a trailing slash. */
export const urlOf = ({ url, host, port }: Settings): string => url ?? `http://${host}:${port}`

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
const logLevels: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent']

/** @throws RingfenceError `setting` with one sentence that says what to set */
export function readSettings(env: Environment = process.env): Settings {
  return {
    host: env['HOST'] || '127.0.0.1',
    port: port(env['PORT'] || '4000'),
    url: publicUrl(env['RINGFENCE_URL']),
    trustProxy: yesOrNo('RINGFENCE_TRUST_PROXY', env['RINGFENCE_TRUST_PROXY']),
    ...folders(env),
    masterKey: env['RINGFENCE_MASTER_KEY'] || undefined,
    databaseUrl: databaseUrl(env['DATABASE_URL']),
    connections: connections(env['RINGFENCE_CONNECTIONS'] || '60', env['DATABASE_URL']),
    privateHosts: privateHosts(env['RINGFENCE_PRIVATE_HOSTS']),
    logLevel: logLevel(env['RINGFENCE_LOG_LEVEL'] || 'info'),
    operator: operator(env),
    approvedBy: oneLine('RINGFENCE_POLICY_APPROVED_BY', env['RINGFENCE_POLICY_APPROVED_BY']),
    pipedrive: pipedrive(env),
    bitrix24: bitrix24(env),
    placetel: { url: vendorUrl(env, 'PLACETEL_URL', 'https://api.placetel.de') },
    webex: webex(env),
    adapters: adapters(env['RINGFENCE_ADAPTERS']),
    adapterSettings: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) =>
        name.startsWith('RINGFENCE_ADAPTER_') && value ? [[name, value]] : [],
      ),
    ),
    ...place(env),
    mail: mail(env),
  }
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65_535) refuse('PORT', 'PORT must be a whole number from 0 to 65535.')
  return value
}

function publicUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  const url = URL.parse(text)
  const loopback = url !== null && isLoopback(url.hostname)
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))) {
    refuse(
      'RINGFENCE_URL',
      'RINGFENCE_URL must start with https:// (http:// is accepted for this machine only).',
    )
  }
  if (url.search || url.hash || url.username)
    refuse('RINGFENCE_URL', 'RINGFENCE_URL must be an address without user, query or fragment.')
  return url.href.replace(/\/$/, '')
}

function databaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) {
    refuse('DATABASE_URL', 'DATABASE_URL must look like postgres://user:password@host:port/database.')
  }
  return text
}

/** The embedded server accepts 120; some of these are for the job queue, and some for whoever looks at it by hand. */
function connections(text: string, ownServer: string | undefined): number {
  const value = Number(text)
  const most = ownServer ? 1_000 : 100
  if (!/^\d+$/.test(text) || value < 20 || value > most)
    refuse('RINGFENCE_CONNECTIONS', `RINGFENCE_CONNECTIONS must be a whole number from 20 to ${most}.`)
  return value
}

function privateHosts(text: string | undefined): string[] {
  const entries = listOf(text)
  for (const entry of entries) {
    if (!/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@)?(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/i.test(entry)) {
      refuse(
        'RINGFENCE_PRIVATE_HOSTS',
        'RINGFENCE_PRIVATE_HOSTS must be host:port pairs with commas between them, such as pbx.local:8443, each with organization-id@ before it where only that organization may reach it.',
      )
    }
  }
  return entries
}

function logLevel(text: string): LogLevel {
  if (!logLevels.includes(text))
    refuse('RINGFENCE_LOG_LEVEL', `RINGFENCE_LOG_LEVEL must be one of ${logLevels.join(', ')}.`)
  return text as LogLevel
}

function adapters(text: string | undefined): string[] {
  const entries = listOf(text)
  for (const entry of entries) {
    if (!isAbsolute(entry) && !/^(?:@[a-z0-9._-]+\/)?[a-z0-9][a-z0-9._-]*$/.test(entry))
      refuse(
        'RINGFENCE_ADAPTERS',
        'RINGFENCE_ADAPTERS must be names of npm packages or absolute paths, with commas between them.',
      )
  }
  return [...new Set(entries)]
}
