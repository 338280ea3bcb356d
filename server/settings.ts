import { isAbsolute, join, relative, resolve } from 'node:path'
import { isWithin } from '../policy/index.ts'
import { failed } from './failure.ts'

/** Everything that may be set from outside, checked once at start. */
export interface Settings {
  host: string
  port: number
  /** where people and vendors reach us, without a trailing slash; undefined: worked out from host and port */
  url: string | undefined
  trustProxy: boolean
  dataFolder: string
  keysFolder: string
  keysCopyFolder: string | undefined
  masterKey: string | undefined
  /** where backups are written, and removed when they are older than declared */
  backupsFolder: string
  databaseUrl: string | undefined
  /** connections to all databases that this node holds at most */
  connections: number
  privateHosts: string[]
  logLevel: LogLevel
  /** who runs this installation, as its policy names them; undefined: it says that nobody is named */
  operator: Operator
  /** "name, role" of who answers for the first version of the documents, where it is not approved by hand */
  approvedBy: string | undefined
  pipedrive: { clientId: string; clientSecret: string; jwtSecret?: string; oauthUrl: string } | undefined
  /** without an app of its own here each portal brings one; undefined: no portal is served */
  bitrix24:
    | { clientId?: string; clientSecret?: string; oauthUrl: string; scriptUrl: string; portalHosts: string[] }
    | undefined
  /** Placetel asks for no app of ours: an administrator's key is all */
  placetel: { url: string }
  webex: { clientId: string; clientSecret: string; url: string } | undefined
  /** adapters of others: names of npm packages, or absolute paths */
  adapters: string[]
  /** what is set for them: everything that begins with RINGFENCE_ADAPTER_ */
  adapterSettings: Readonly<Record<string, string>>
  /** where personal data may be: `EU`, the European Economic Area, or one country (ISO 3166) */
  region: string
  /** whose machines this installation runs on */
  hosting: { name: string | undefined; country: string | undefined }
  /** undefined: no mail is sent */
  mail: MailServer | undefined
}

/** Where people and vendors reach this installation, without a trailing slash. */
export const urlOf = ({ url, host, port }: Settings): string => url ?? `http://${host}:${port}`

/** Who runs an installation; undefined: not told. */
export interface Operator {
  name: string | undefined
  contact: string | undefined
  /** the address of the seat, and its country (ISO 3166) */
  seat?: string | undefined
  country?: string | undefined
  /** in the European Union, where the seat is not (Art. 27 GDPR) */
  representative?: string | undefined
  /** the data protection officer, and how to reach them */
  officer?: string | undefined
  /** the supervisory authority, where the country does not tell it */
  authority?: { name: string; url: string } | undefined
}

/** The relay through which all mail goes. */
export interface MailServer {
  host: string
  port: number
  /** encrypted from the first byte; otherwise the conversation is encrypted before anything is said, but on this machine */
  secure: boolean
  loopback: boolean
  login: { user: string; password: string } | undefined
  /** who writes */
  from: string
  /** of whoever runs it; undefined: not told, or this very machine */
  country: string | undefined
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
const logLevels: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent']

type Environment = Readonly<Record<string, string | undefined>>

/** @throws RingfenceError `setting` with one sentence that says what to set */
export function readSettings(env: Environment = process.env): Settings {
  const dataFolder = resolve(env['RINGFENCE_DATA'] || './data')
  const keysFolder = resolve(env['RINGFENCE_KEYS'] || './keys')
  const inside = relative(dataFolder, keysFolder)
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    refuse(
      'RINGFENCE_KEYS',
      'RINGFENCE_KEYS lies inside RINGFENCE_DATA: choose a folder outside it, because a backup of the data must not contain the keys.',
    )
  }
  const backupsFolder = resolve(env['RINGFENCE_BACKUPS'] || join(dataFolder, '..', 'backups'))
  const keysCopyFolder = env['RINGFENCE_KEYS_COPY'] ? resolve(env['RINGFENCE_KEYS_COPY']) : undefined
  const others = [dataFolder, keysFolder, keysCopyFolder]
  if (others.some((folder) => folder !== undefined && lieTogether(backupsFolder, folder))) {
    refuse(
      'RINGFENCE_BACKUPS',
      'RINGFENCE_BACKUPS lies in or around RINGFENCE_DATA, RINGFENCE_KEYS or RINGFENCE_KEYS_COPY: choose a folder of its own, on another disk if possible, because a backup must survive the data and must not contain the keys.',
    )
  }
  return {
    host: env['HOST'] || '127.0.0.1',
    port: port(env['PORT'] || '4000'),
    url: publicUrl(env['RINGFENCE_URL']),
    trustProxy: yesOrNo('RINGFENCE_TRUST_PROXY', env['RINGFENCE_TRUST_PROXY']),
    dataFolder,
    keysFolder,
    keysCopyFolder,
    masterKey: env['RINGFENCE_MASTER_KEY'] || undefined,
    backupsFolder,
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

/** Is one of them the other, or inside it? */
function lieTogether(one: string, other: string): boolean {
  const contains = (outer: string, inner: string) => {
    const way = relative(outer, inner)
    return way === '' || (!way.startsWith('..') && !isAbsolute(way))
  }
  return contains(one, other) || contains(other, one)
}

function refuse(name: string, sentence: string): never {
  return failed({ code: 'setting', name, sentence })
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
  const entries = (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
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

function yesOrNo(name: string, text: string | undefined): boolean {
  if (!text || ['0', 'false', 'no'].includes(text)) return false
  if (['1', 'true', 'yes'].includes(text)) return true
  return refuse(name, `${name} must be yes or no.`)
}

function adapters(text: string | undefined): string[] {
  const entries = (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
  for (const entry of entries) {
    if (!isAbsolute(entry) && !/^(?:@[a-z0-9._-]+\/)?[a-z0-9][a-z0-9._-]*$/.test(entry))
      refuse(
        'RINGFENCE_ADAPTERS',
        'RINGFENCE_ADAPTERS must be names of npm packages or absolute paths, with commas between them.',
      )
  }
  return [...new Set(entries)]
}

function oneLine(name: string, text: string | undefined): string | undefined {
  const line = text?.trim() || undefined
  if (line && (line.length > 300 || /\p{Cc}/u.test(line)))
    refuse(name, `${name} must be one line of at most 300 characters.`)
  return line
}

function operator(env: Environment): Operator {
  const line = (name: string) => oneLine(name, env[name])
  return {
    name: line('RINGFENCE_OPERATOR_NAME'),
    contact: line('RINGFENCE_OPERATOR_CONTACT'),
    seat: line('RINGFENCE_OPERATOR_SEAT'),
    country: country('RINGFENCE_OPERATOR_COUNTRY', env['RINGFENCE_OPERATOR_COUNTRY']),
    representative: line('RINGFENCE_OPERATOR_REPRESENTATIVE'),
    officer: line('RINGFENCE_OPERATOR_OFFICER'),
    authority: authority(line('RINGFENCE_OPERATOR_AUTHORITY')),
  }
}

/** Its name and the address of its site, with a space between them. */
function authority(text: string | undefined): Operator['authority'] {
  if (text === undefined) return undefined
  const [, name, url] = /^(.+?),? (https:\/\/\S+)$/.exec(text) ?? []
  return name && url
    ? { name, url }
    : refuse(
        'RINGFENCE_OPERATOR_AUTHORITY',
        'RINGFENCE_OPERATOR_AUTHORITY must be the name of a supervisory authority and the https:// address of its site, with a space between them.',
      )
}

function pipedrive(env: Environment): Settings['pipedrive'] {
  const clientId = env['PIPEDRIVE_CLIENT_ID']
  const clientSecret = env['PIPEDRIVE_CLIENT_SECRET']
  const jwtSecret = env['PIPEDRIVE_JWT_SECRET']
  if (!clientId && !clientSecret && !jwtSecret) return undefined
  if (!clientId && !clientSecret)
    refuse(
      'PIPEDRIVE_JWT_SECRET',
      'PIPEDRIVE_JWT_SECRET is set without PIPEDRIVE_CLIENT_ID and PIPEDRIVE_CLIENT_SECRET: set all three, from the Developer Hub.',
    )
  if (!clientId)
    refuse(
      'PIPEDRIVE_CLIENT_ID',
      'PIPEDRIVE_CLIENT_SECRET is set without PIPEDRIVE_CLIENT_ID: set both, from the Developer Hub.',
    )
  if (!clientSecret)
    refuse(
      'PIPEDRIVE_CLIENT_SECRET',
      'PIPEDRIVE_CLIENT_ID is set without PIPEDRIVE_CLIENT_SECRET: set both, from the Developer Hub.',
    )
  const oauthUrl = (env['PIPEDRIVE_OAUTH_URL'] || 'https://oauth.pipedrive.com').replace(/\/$/, '')
  if (!URL.canParse(oauthUrl))
    refuse(
      'PIPEDRIVE_OAUTH_URL',
      'PIPEDRIVE_OAUTH_URL must be an address such as https://oauth.pipedrive.com.',
    )
  return { clientId, clientSecret, oauthUrl, ...(jwtSecret ? { jwtSecret } : {}) }
}

function bitrix24(env: Environment): Settings['bitrix24'] {
  const clientId = env['BITRIX24_CLIENT_ID']
  const clientSecret = env['BITRIX24_CLIENT_SECRET']
  const localApps = yesOrNo('BITRIX24_LOCAL_APPS', env['BITRIX24_LOCAL_APPS'])
  if (!clientId !== !clientSecret)
    refuse(
      clientId ? 'BITRIX24_CLIENT_SECRET' : 'BITRIX24_CLIENT_ID',
      'Of BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET one is missing: set both, from the vendor console, or neither.',
    )
  if (!clientId && !localApps) return undefined
  return {
    ...(clientId && clientSecret ? { clientId, clientSecret } : {}),
    oauthUrl: vendorUrl(env, 'BITRIX24_OAUTH_URL', 'https://oauth.bitrix.info'),
    scriptUrl: `${vendorUrl(env, 'BITRIX24_SCRIPT_URL', 'https://api.bitrix24.com/api/v1')}/`,
    portalHosts: (env['BITRIX24_PORTALS'] ?? '').split(',').flatMap((host) => host.trim() || []),
  }
}

function webex(env: Environment): Settings['webex'] {
  const clientId = env['WEBEX_CLIENT_ID']
  const clientSecret = env['WEBEX_CLIENT_SECRET']
  if (!clientId && !clientSecret) return undefined
  if (!clientId)
    refuse(
      'WEBEX_CLIENT_ID',
      'WEBEX_CLIENT_SECRET is set without WEBEX_CLIENT_ID: set both, from your integration at developer.webex.com.',
    )
  if (!clientSecret)
    refuse(
      'WEBEX_CLIENT_SECRET',
      'WEBEX_CLIENT_ID is set without WEBEX_CLIENT_SECRET: set both, from your integration at developer.webex.com.',
    )
  return { clientId, clientSecret, url: vendorUrl(env, 'WEBEX_URL', 'https://webexapis.com') }
}

/** Where a vendor's API is: the vendor itself, or what takes its place. Without a slash at its end. */
function vendorUrl(env: Environment, name: string, vendor: string): string {
  const text = (env[name] || vendor).replace(/\/+$/, '')
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash)
    refuse(name, `${name} must be an address such as ${vendor}.`)
  return text
}

const isLoopback = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

function mail(env: Environment): MailServer | undefined {
  const [text, from] = [env['RINGFENCE_SMTP_URL'], env['RINGFENCE_MAIL_FROM']?.trim()]
  if (!text && !from) return undefined
  if (!text)
    return refuse(
      'RINGFENCE_SMTP_URL',
      'RINGFENCE_MAIL_FROM is set without RINGFENCE_SMTP_URL: set both, or neither and no mail is sent.',
    )
  const url = URL.parse(text)
  const empty = (part: string | undefined) => !part || part === '/'
  if (
    !url ||
    !/^smtps?:$/.test(url.protocol) ||
    !url.hostname ||
    !empty(url.pathname) ||
    url.search ||
    url.hash
  )
    return refuse(
      'RINGFENCE_SMTP_URL',
      'RINGFENCE_SMTP_URL must look like smtps://user:password@mail.example:465, or smtp:// with port 587, without path or query.',
    )
  if (!url.username !== !url.password)
    return refuse(
      'RINGFENCE_SMTP_URL',
      'RINGFENCE_SMTP_URL has a user without a password, or a password without a user: give both, or neither.',
    )
  if (!from || !/^[^\s@<>,;:"\p{Cc}]+@[^\s@<>,;:"\p{Cc}]+$/u.test(from))
    return refuse(
      'RINGFENCE_MAIL_FROM',
      'RINGFENCE_SMTP_URL needs RINGFENCE_MAIL_FROM, the address that mail is sent from, such as ringfence@operator.example.',
    )
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    loopback: isLoopback(url.hostname),
    login: url.username
      ? { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
      : undefined,
    from,
    country: country('RINGFENCE_SMTP_COUNTRY', env['RINGFENCE_SMTP_COUNTRY']),
  }
}

/** What is stored is stored where the machines are: they have to be in the region. */
function place(env: Environment): Pick<Settings, 'region' | 'hosting'> {
  const region = country('RINGFENCE_REGION', env['RINGFENCE_REGION']) ?? 'EU'
  const hosting = {
    name: oneLine('RINGFENCE_HOST_NAME', env['RINGFENCE_HOST_NAME']),
    country: country('RINGFENCE_HOST_COUNTRY', env['RINGFENCE_HOST_COUNTRY']),
  }
  if (hosting.country !== undefined && !isWithin(hosting.country, region))
    refuse(
      'RINGFENCE_HOST_COUNTRY',
      'RINGFENCE_HOST_COUNTRY lies outside RINGFENCE_REGION (default EU, the European Economic Area): run Ringfence within the region, or declare the region it is run in.',
    )
  return { region, hosting }
}

function country(name: string, text: string | undefined): string | undefined {
  const code = text?.trim().toUpperCase() || undefined
  if (code === undefined || /^[A-Z]{2}$/.test(code)) return code
  return refuse(
    name,
    `${name} must be two letters, such as CZ${name === 'RINGFENCE_REGION' ? ', or EU' : ''}.`,
  )
}
