import { randomBytes } from 'node:crypto'
import { describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import { it } from '../../testing/it.ts'
import type { AgreementView } from '../http/shapes.ts'
import { documentLanguages } from './words/languages.ts'

const needle = `needle${randomBytes(5).toString('hex')}`

describe('the agreement', () => {
  it('PD-1 comes first: before it nothing of the company is asked for or copied', async ({ hub }) => {
    const acme = await hub.given.organization({
      set: 'installed',
      persons: [{ name: `Ada ${needle}`, phones: [{ value: '+442079460123' }] }],
    })
    await hub.restart() // nor does a start begin to copy
    const copies = () =>
      hub.crm.requests.filter(
        ({ company, template }) =>
          company === acme.domain && /persons|organizations|webhooks|personFields/.test(template),
      )

    expect(copies()).toEqual([])
    for (const table of ['persons', 'companies', 'person_numbers'])
      expect(await acme.query(`select from ${table}`)).toEqual([])
    expect(hub.sandbox.pipedrive.company(acme.domain).webhooks.size).toBe(0)
    expect(await acme.admin.client.ok('GET', '/api/v1/session')).toMatchObject({
      agreement: 'waiting-for-you',
    })

    await acme.accept()
    expect(copies().length).toBeGreaterThan(0)
    expect(await acme.query('select from persons')).toHaveLength(1)
    expect(await acme.admin.client.ok('GET', '/api/v1/session')).toMatchObject({ agreement: 'accepted' })
  })

  it('PD-1 is accepted by an administrator, and by nobody else', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const boris = hub.sandbox.pipedrive.addUser(acme.domain, {
      name: 'Boris Král',
      email: `boris@${acme.domain}.example`,
    })
    const agent = hub.client()
    await agent.signIn('/apps/pipedrive/install', boris.id)
    const { version } = await agent.ok<AgreementView>('GET', '/api/v1/agreement')

    const refused = await agent.request('POST', '/api/v1/agreement/accept', { body: { version } })
    expect(refused.status).toBe(403)
    expect(await acme.query('select from agreements')).toEqual([])
    expect(await agent.ok('GET', '/api/v1/session')).toMatchObject({
      agreement: 'waiting-for-an-administrator',
    })
  })

  it('PD-1 is accepted in the version that was shown, and that is on record', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const stale = await acme.admin.client.request('POST', '/api/v1/agreement/accept', {
      body: { version: 'an-older-one' },
    })
    expect(stale.status).toBe(409)
    expect(await acme.query('select from agreements')).toEqual([])

    const shown = await acme.admin.client.ok<AgreementView>('GET', '/api/v1/agreement')
    await acme.accept()
    expect(await acme.admin.client.ok('GET', '/api/v1/agreement')).toMatchObject({
      version: shown.version,
      acceptedBy: acme.admin.name,
    })
    await acme.admin.client.ok('POST', '/api/v1/agreement/accept', { version: shown.version })
    const records = await acme.query('select version, accepted_by, length(text_hash) as hash from agreements')
    expect(records).toEqual([{ version: shown.version, accepted_by: acme.admin.id, hash: 32 }])
  })

  it('GD-1 L-12.1 is read and accepted in a language of its own, whatever the app speaks', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const { client } = acme.admin
    const read = (language: string) => client.ok<AgreementView>('GET', `/api/v1/agreement?lang=${language}`)
    const { languages } = await client.ok<AgreementView>('GET', '/api/v1/agreement')
    expect(languages).toEqual(documentLanguages)
    const all = await Promise.all(languages.map(read))
    expect(all.map(({ language }) => language)).toEqual(languages)
    // In each the same, in words of its own.
    expect(new Set(all.map(({ blocks }) => blocks.length)).size).toBe(1)
    expect(new Set(all.flatMap(({ blocks }) => blocks.map((block) => JSON.stringify(block)))).size).toBe(
      all.flatMap(({ blocks }) => blocks).length,
    )
    const romanian = await read('ro')
    await client.ok('POST', '/api/v1/agreement/accept', { version: romanian.version })
    expect(await acme.query('select version from agreements')).toEqual([{ version: romanian.version }])
  })

  it('names every kind of data that is processed for the company', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const { blocks } = await acme.admin.client.ok<AgreementView>('GET', '/api/v1/agreement')
    const text = JSON.stringify(blocks)
    for (const said of ['telephone numbers', 'who answered', 'CRM id', '7 days', 'Pipedrive', 'phone system'])
      expect(text).toContain(said)
  })
})

describe('a user who signs in', () => {
  it('PD-1 leaves no e-mail in any table, and no name in clear', async ({ hub }) => {
    const acme = await hub.given.organization()
    const { id } = hub.sandbox.pipedrive.addUser(acme.domain, {
      name: `Boris ${needle}`,
      email: `boris.${needle}@${acme.domain}.example`,
    })
    await hub.client().signIn('/apps/pipedrive/install', id)
    expect((await acme.users()).map(({ name }) => name)).toContain(`Boris ${needle}`)

    const [token = ''] = acme.admin.client.cookies.values()
    expect(await tablesWith(hub, [`boris.${needle}`, `@${acme.domain}.example`])).toEqual([])
    expect(await tablesWith(hub, [needle, token, acme.secret])).toEqual([])
    // The search finds what does stand in clear.
    expect(await tablesWith(hub, [acme.name])).toEqual([`${hub.databases.control}.public.organizations`])
    expect(hub.log.raw.join('')).not.toContain(needle)
  })
})
