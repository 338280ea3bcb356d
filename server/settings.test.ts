import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ringfence } from '../testing/cli.ts'
import { failureOf } from './failure.ts'
import { readSettings } from './settings.ts'

/** What a person reads when this is set. */
function sentenceFor(env: Record<string, string>): string {
  try {
    readSettings(env)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code === 'setting') return failure.sentence
    throw error
  }
  return ''
}

const wrong: [Record<string, string>, RegExp][] = [
  [{ PORT: '80a' }, /^PORT must be a whole number/],
  [{ PORT: '-1' }, /^PORT must be a whole number/],
  [{ PORT: '65536' }, /^PORT must be a whole number/],
  [{ RINGFENCE_URL: 'ringfence.example' }, /^RINGFENCE_URL must start with https/],
  [{ RINGFENCE_URL: 'http://ringfence.example' }, /^RINGFENCE_URL must start with https/],
  [{ RINGFENCE_URL: 'ftp://127.0.0.1' }, /^RINGFENCE_URL must start with https/],
  [{ RINGFENCE_URL: 'https://user@ringfence.example' }, /^RINGFENCE_URL must be an address without/],
  [{ RINGFENCE_URL: 'https://ringfence.example/?a=b' }, /^RINGFENCE_URL must be an address without/],
  [
    { RINGFENCE_DATA: '/srv/rf', RINGFENCE_KEYS: '/srv/rf/keys' },
    /^RINGFENCE_KEYS lies inside RINGFENCE_DATA/,
  ],
  [{ RINGFENCE_DATA: '/srv/rf', RINGFENCE_KEYS: '/srv/rf' }, /^RINGFENCE_KEYS lies inside RINGFENCE_DATA/],
  [{ RINGFENCE_DATA: '/srv/rf', RINGFENCE_KEYS: '/srv/rf/../rf/k' }, /^RINGFENCE_KEYS lies inside/],
  [
    { RINGFENCE_DATA: '/srv/rf', RINGFENCE_BACKUPS: '/srv/rf/backups' },
    /^RINGFENCE_BACKUPS lies in or around/,
  ],
  [{ RINGFENCE_KEYS: '/srv/k', RINGFENCE_BACKUPS: '/srv' }, /^RINGFENCE_BACKUPS lies in or around/],
  [{ RINGFENCE_KEYS_COPY: '/srv/c', RINGFENCE_BACKUPS: '/srv/c' }, /^RINGFENCE_BACKUPS lies in or around/],
  [{ RINGFENCE_TRUST_PROXY: 'perhaps' }, /^RINGFENCE_TRUST_PROXY must be yes or no/],
  [{ RINGFENCE_OPERATOR_NAME: 'Spojka\ns.r.o.' }, /^RINGFENCE_OPERATOR_NAME must be one line/],
  [{ RINGFENCE_OPERATOR_CONTACT: 'x'.repeat(301) }, /^RINGFENCE_OPERATOR_CONTACT must be one line/],
  [{ DATABASE_URL: 'mysql://root@localhost/ringfence' }, /^DATABASE_URL must look like postgres:/],
  [{ DATABASE_URL: 'postgres://localhost' }, /^DATABASE_URL must look like postgres:/],
  [{ DATABASE_URL: 'not an address' }, /^DATABASE_URL must look like postgres:/],
  [{ RINGFENCE_CONNECTIONS: '19' }, /^RINGFENCE_CONNECTIONS must be a whole number from 20 to 100/],
  [{ RINGFENCE_CONNECTIONS: '101' }, /^RINGFENCE_CONNECTIONS must be a whole number from 20 to 100/],
  [
    { RINGFENCE_CONNECTIONS: 'many', DATABASE_URL: 'postgres://localhost/ringfence' },
    /^RINGFENCE_CONNECTIONS must be a whole number from 20 to 1000/,
  ],
  [{ RINGFENCE_PRIVATE_HOSTS: 'pbx.acme.example' }, /^RINGFENCE_PRIVATE_HOSTS must be host:port pairs/],
  [{ RINGFENCE_PRIVATE_HOSTS: 'https://pbx.local:1' }, /^RINGFENCE_PRIVATE_HOSTS must be host:port pairs/],
  [{ RINGFENCE_PRIVATE_HOSTS: 'acme@pbx.local:1' }, /^RINGFENCE_PRIVATE_HOSTS must be .* organization-id@/],
  [{ RINGFENCE_LOG_LEVEL: 'loud' }, /^RINGFENCE_LOG_LEVEL must be one of debug, info/],
  [{ RINGFENCE_SMTP_URL: 'relay.operator.example' }, /^RINGFENCE_SMTP_URL must look like smtps:/],
  [{ RINGFENCE_SMTP_URL: 'https://mail.example' }, /^RINGFENCE_SMTP_URL must look like smtps:/],
  [{ RINGFENCE_SMTP_URL: 'smtp://mail.example/?tls=no' }, /^RINGFENCE_SMTP_URL must look like smtps:/],
  [{ RINGFENCE_SMTP_URL: 'smtps://me@mail.example' }, /^RINGFENCE_SMTP_URL has a user without a password/],
  [{ RINGFENCE_SMTP_URL: 'smtps://mail.example' }, /^RINGFENCE_SMTP_URL needs RINGFENCE_MAIL_FROM/],
  [
    { RINGFENCE_SMTP_URL: 'smtps://mail.example', RINGFENCE_MAIL_FROM: 'Ringfence' },
    /^RINGFENCE_SMTP_URL needs RINGFENCE_MAIL_FROM/,
  ],
  [{ RINGFENCE_REGION: 'Europe' }, /^RINGFENCE_REGION must be two letters, such as CZ, or EU/],
  [{ RINGFENCE_HOST_COUNTRY: 'US' }, /^RINGFENCE_HOST_COUNTRY lies outside RINGFENCE_REGION/],
  [{ RINGFENCE_REGION: 'CH', RINGFENCE_HOST_COUNTRY: 'DE' }, /^RINGFENCE_HOST_COUNTRY lies outside/],
  [{ RINGFENCE_HOST_COUNTRY: 'Czechia' }, /^RINGFENCE_HOST_COUNTRY must be two letters/],
  [{ RINGFENCE_OPERATOR_COUNTRY: 'Czechia' }, /^RINGFENCE_OPERATOR_COUNTRY must be two letters/],
  [
    { RINGFENCE_OPERATOR_AUTHORITY: 'LfDI' },
    /^RINGFENCE_OPERATOR_AUTHORITY must be the name .* and the https/,
  ],
  [{ RINGFENCE_MAIL_FROM: 'a@operator.example' }, /^RINGFENCE_MAIL_FROM is set without RINGFENCE_SMTP_URL/],
  [{ PIPEDRIVE_CLIENT_ID: 'id' }, /^PIPEDRIVE_CLIENT_ID is set without PIPEDRIVE_CLIENT_SECRET/],
  [{ PIPEDRIVE_CLIENT_SECRET: 'secret' }, /^PIPEDRIVE_CLIENT_SECRET is set without PIPEDRIVE_CLIENT_ID/],
  [{ PIPEDRIVE_JWT_SECRET: 'secret' }, /^PIPEDRIVE_JWT_SECRET is set without PIPEDRIVE_CLIENT_ID and/],
  [
    { PIPEDRIVE_CLIENT_ID: 'id', PIPEDRIVE_JWT_SECRET: 'secret' },
    /^PIPEDRIVE_CLIENT_ID is set without PIPEDRIVE_CLIENT_SECRET/,
  ],
  [
    { PIPEDRIVE_CLIENT_ID: 'id', PIPEDRIVE_CLIENT_SECRET: 's', PIPEDRIVE_OAUTH_URL: 'nowhere' },
    /^PIPEDRIVE_OAUTH_URL must be an address/,
  ],
  [{ PLACETEL_URL: 'nowhere' }, /^PLACETEL_URL must be an address such as https:/],
  [{ WEBEX_CLIENT_ID: 'an-id' }, /^WEBEX_CLIENT_ID is set without WEBEX_CLIENT_SECRET: set both/],
  [{ WEBEX_CLIENT_SECRET: 'a-secret' }, /^WEBEX_CLIENT_SECRET is set without WEBEX_CLIENT_ID: set both/],
  [
    { WEBEX_CLIENT_ID: 'an-id', WEBEX_CLIENT_SECRET: 'a-secret', WEBEX_URL: 'webex?' },
    /^WEBEX_URL must be an address such as https:/,
  ],
]

describe('a wrong setting', () => {
  it.each(wrong)('is refused with one sentence that names it: %j', (env, sentence) => {
    const said = sentenceFor(env)
    expect(said).toMatch(sentence)
    expect(said).toMatch(/^[A-Z][^\n]*\.$/)
    for (const value of Object.values(env)) {
      // What was set may be a secret.
      if (value.length > 6 && !sentence.source.includes(value)) expect(said).not.toContain(value)
    }
  })
})

describe('without any setting', () => {
  it('everything has a safe value', () => {
    expect(readSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      url: undefined,
      trustProxy: false,
      databaseUrl: undefined,
      privateHosts: [],
      logLevel: 'info',
      connections: 60,
      pipedrive: undefined,
      placetel: { url: 'https://api.placetel.de' },
      webex: undefined,
    })
  })

  it('an empty value counts as none', () => {
    const names = ['HOST', 'PORT', 'RINGFENCE_URL', 'RINGFENCE_DATA', 'DATABASE_URL', 'RINGFENCE_LOG_LEVEL']
    expect(readSettings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readSettings({}))
  })

  it('frames inside Pipedrive have a secret of their own only where one is set', () => {
    const app = { PIPEDRIVE_CLIENT_ID: 'id', PIPEDRIVE_CLIENT_SECRET: 'of the app' }
    expect(readSettings({ ...app, PIPEDRIVE_JWT_SECRET: '' }).pipedrive).not.toHaveProperty('jwtSecret')
    expect(readSettings({ ...app, PIPEDRIVE_JWT_SECRET: 'own' }).pipedrive).toMatchObject({
      clientSecret: 'of the app',
      jwtSecret: 'own',
    })
  })

  it('a private host may be everybody’s or one organization’s', () => {
    const hosts = ['pbx.local:8443', '[fd00::1]:443', '0198f3c2-7d1e-7000-8000-00000000ac3e@10.0.0.7:80']
    expect(readSettings({ RINGFENCE_PRIVATE_HOSTS: hosts.join(', ') }).privateHosts).toEqual(hosts)
  })

  it('GD-13 the authority may be named where the operator’s country does not tell it', () => {
    const { operator } = readSettings({
      RINGFENCE_OPERATOR_AUTHORITY: 'Die Landesbeauftragte, Musterstadt https://lfd.example/start',
    })
    expect(operator.authority).toEqual({
      name: 'Die Landesbeauftragte, Musterstadt',
      url: 'https://lfd.example/start',
    })
  })

  it('an address is kept without its last slash', () => {
    expect(readSettings({ RINGFENCE_URL: 'https://ringfence.example/' }).url).toBe(
      'https://ringfence.example',
    )
  })
})

describe('a start that cannot be', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringfence-test-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const places = () => ({ RINGFENCE_DATA: join(folder, 'data'), RINGFENCE_KEYS: join(folder, 'keys') })

  it('ends with the sentence alone, and with a status that says so', async () => {
    const { status, out, complaint } = await ringfence({ ...places(), PORT: 'abc' }, 'start')
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(complaint).toBe('PORT must be a whole number from 0 to 65535.\n')
  })

  it('says that the database does not answer', async () => {
    const env = { ...places(), DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/none' }
    const { status, out, complaint } = await ringfence(env, 'start')
    expect(status).toBe(1)
    expect(complaint).toBe('The database does not answer: start it, or check DATABASE_URL.\n')
    expect(out).not.toContain('secret-word')
  })

  it('says which command there is not', async () => {
    const { status, complaint } = await ringfence(places(), 'restart')
    expect(status).toBe(1)
    expect(complaint).toBe('There is no command "restart": ringfence --help shows all.\n')
  })
})

describe('Bitrix24', () => {
  it('is served with an app of this installation, or of each portal, or not at all', () => {
    const of = (env: Record<string, string>) => readSettings(env).bitrix24
    expect(of({})).toBeUndefined()
    expect(of({ BITRIX24_LOCAL_APPS: 'yes', BITRIX24_PORTALS: 'crm.acme.example, ' })).toEqual({
      oauthUrl: 'https://oauth.bitrix.info',
      scriptUrl: 'https://api.bitrix24.com/api/v1/',
      portalHosts: ['crm.acme.example'],
    })
    const app = { BITRIX24_CLIENT_ID: 'app.1', BITRIX24_CLIENT_SECRET: 's' }
    expect(of(app)).toMatchObject({ clientId: 'app.1', clientSecret: 's' })
    expect(() => of({ BITRIX24_CLIENT_ID: 'app.1' })).toThrow()
  })
})
