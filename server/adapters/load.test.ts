import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declarations, joinAdapters } from '../../policy/index.ts'
import { failureOf } from '../failure.ts'
import { currentAgreement } from '../privacy/agreement.ts'
import { allowedHosts } from '../privacy/allowed-hosts.ts'
import { currentPolicy } from '../privacy/policy-content.ts'
import type { Adapter, AdapterParts, PhoneAdapter } from './contract.ts'
import { loadAdapters } from './load.ts'
import { makeAdapters } from './make.ts'
import { partsFor } from './parts.ts'

let folder: string
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringfence-adapters-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const good = `{
  apiVersion: 1, kind: 'phone', name: 'acme', title: 'Acme',
  declaration: { data: ['call journal'], hosts: [{ host: 'api.acme.example', region: 'CZ' }], sends: { 'GET /calls': [] } },
  create: () => ({ name: 'acme', title: 'Acme', abilities: {}, settings: {}, receive() {} }),
}`
async function file(source: string): Promise<string> {
  count += 1
  const path = join(folder, `adapter-${count}.mjs`)
  await writeFile(path, source)
  return path
}
const exporting = (change: string) => file(`export const adapter = Object.assign(${good}, ${change})`)

/** The sentence that stops the start, or what was loaded. */
async function start(adapters: string[], region = 'EU'): Promise<string> {
  try {
    const loaded = await loadAdapters({ adapters, region })
    makeAdapters(loaded, { adapterSettings: {}, privateHosts: [] })
    return `loaded ${loaded.map(({ name }) => name).join(', ')}`
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code !== 'setting') throw error
    return failure.sentence
  }
}

describe('adapters of others', () => {
  it('are loaded by the path of a file or of a package', async () => {
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ exports: { '.': { import: './entry.mjs' } } }),
    )
    await writeFile(join(folder, 'entry.mjs'), `export const adapter = ${good}`)
    expect(await start([folder])).toBe('loaded acme')
    expect(
      await start([
        await exporting(
          `{ name: 'other', title: 'Other', create: () => ({ name: 'other', title: 'Other', abilities: {}, settings: {}, receive() {} }) }`,
        ),
        folder,
      ]),
    ).toBe('loaded other, acme')
  })

  it.for([
    ['apiVersion: 2', /is made for version 2 of the adapter API, and this is version 1\.$/],
    ['apiVersion: undefined', /is made for version \(none\)/],
    [`kind: 'fax'`, /is not of the right shape: look at "kind"/],
    [`name: 'Acme!'`, /look at "name"/],
    [`create: 7`, /look at "create"/],
    [`name: 'optimcall'`, /wants to be called "optimcall" \(Acme\), which Ringfence is already\.$/],
    [`name: 'pipedrive'`, /"pipedrive"/],
    [`title: 'Pipedrive'`, /has the title of a recipient that policy\/ declares, "Pipedrive"\.$/],
    [`declaration: { data: ['call journal'], hosts: ['api.acme.example'] }`, /look at "declaration\.hosts/],
    [
      `declaration: { data: ['call journal'], hosts: [{ host: '*.com', region: 'CZ' }] }`,
      /declaration\.hosts/,
    ],
    [`declaration: { data: ['call journal'], hosts: [{ host: '*', region: 'CZ' }] }`, /declaration\.hosts/],
    [`declaration: { data: [], hosts: 'connection' }`, /declaration\.data/],
    [
      `declaration: { data: ['sessions'], hosts: 'connection' }`,
      /declares data that may not go to a phone system, "sessions": possible are call journal/,
    ],
    [
      `declaration: { data: ['call journal'], hosts: [{ host: 'api.acme.example', region: 'US' }] }`,
      /sends data to api\.acme\.example in US, outside the region EU \(RINGFENCE_REGION\), and declares no ground/,
    ],
    [
      `declaration: { data: ['call journal'], hosts: 'connection', sends: { 'GET /persons/{person id}': [] } }`,
      /look at "declaration\.sends" \(names \{person id\} in an address, which is neither an id nor a form\)/,
    ],
    [
      `declaration: { data: ['call journal'], hosts: [{ host: 'api.acme.example', region: 'CZ' }] }`,
      /names hosts and declares nothing under "sends" for them\.$/,
    ],
    [
      `kind: 'crm', declaration: { data: ['call journal'], hosts: 'connection' }`,
      /declares nothing under "sends", and a CRM is asked\.$/,
    ],
    [
      `declaration: { data: ['call journal'], hosts: 'connection' }, create: () => ({ name: 'acme', title: 'Acme', abilities: {}, settings: {}, receive() {}, api: {} })`,
      /makes something with "api" and declares no operation of it under "sends"\.$/,
    ],
    [
      `create: () => ({ name: 'acme', title: 'Acme', abilities: {}, settings: {}, receive() {}, listening: {} })`,
      /listens without "says"/,
    ],
    [`create() { throw new Error('no URL') }`, /^The adapter acme cannot be made \(no URL\)\.$/],
    [`create: () => ({ name: 'another' })`, /makes something of another name/],
    [`create: () => ({ name: 'acme', title: 'Acme' })`, /makes something without "abilities"\.$/],
  ] as const)('BX-8 BX-9 stop the start with one sentence: %s', async ([change, sentence]) => {
    expect(await start([await exporting(`{ ${change} }`)])).toMatch(sentence)
  })

  it('stop the start when they cannot be found, read or told apart', async () => {
    expect(await start(['ringfence-adapter-of-nobody'])).toMatch(/is not there: install it with npm/)
    expect(await start([join(folder, 'nowhere')])).toMatch(/nowhere is not there\.$/)
    expect(await start([await file('export const adaptor = {}')])).toMatch(/exports no object "adapter"\.$/)
    expect(await start([await file('throw new Error("on loading")')])).toMatch(
      /cannot be loaded \(on loading\)/,
    )
    const [one, two] = [await exporting('{}'), await exporting('{}')]
    expect(await start([one, two])).toContain(`which ${one} is already`)
  })

  it('BX-9 may send data outside the region on a ground, which the policy tells', async () => {
    const hosts = `[{ host: '*.acme.example', region: 'CH', transferGround: 'adequacy decision' }]`
    const path = await exporting(
      `{ declaration: { data: ['call journal', 'hook secrets'], hosts: ${hosts}, sends: { 'GET /calls': [] } } }`,
    )
    expect(await start([path])).toBe('loaded acme')
    const joined = joinAdapters(declarations, await loadAdapters({ adapters: [path], region: 'EU' }))

    expect(allowedHosts(joined)).toEqual([...allowedHosts(), '*.acme.example'].sort())
    const operator = { name: undefined, contact: undefined }
    const { texts } = currentPolicy({ operator, phones: [{ title: 'Acme' }], crms: [] }, joined)
    expect(JSON.stringify(texts.en)).toContain(
      'Acme, where it is the connected phone system; its servers: Switzerland (on an adequacy decision) (*.acme.example)',
    )
    expect(JSON.stringify(texts.cs)).toContain('Švýcarsko (na základě rozhodnutí o odpovídající ochraně)')
    expect(JSON.stringify(currentAgreement('en', joined))).toContain('Acme, where it is')
    expect(
      joined.flatMap(({ kind, recipients }) =>
        recipients.some(({ name }) => name === 'Acme') ? [kind] : [],
      ),
    ).toEqual(['call journal', 'hook secrets'])
  })

  it('PD-11 reach the hosts they declare and no other, whatever they allow themselves', async () => {
    const seen: AdapterParts[] = []
    const adapter: Pick<PhoneAdapter, 'kind' | 'name' | 'title' | 'declaration' | 'settings'> = {
      kind: 'phone',
      name: 'acme-voice',
      title: 'Acme',
      declaration: {
        data: ['call journal'],
        hosts: [{ host: 'api.acme.example', region: 'EU' }],
        sends: { 'GET /calls': ['?since={count}'], 'GET /calls/{call id}': [] },
        ids: { 'call id': 'uuid' },
      },
      settings: ['URL'],
    }
    const refused: string[] = []
    const wish = (environment: Record<string, string>, privateHosts: string[] = []) => {
      const parts = partsFor(adapter as Adapter, environment, {
        privateHosts,
        resolve: async () => [{ address: '192.0.2.1', family: 4 }],
        record: ({ host, why }) => refused.push(`${host} ${why}`),
      })
      seen.push(parts)
      return parts
    }
    const ask = (parts: AdapterParts, url: string) =>
      parts.egress
        .request({ url, method: 'GET', provider: 'acme', allow: ['elsewhere.example'], timeoutMs: 200 })
        .catch(() => undefined)
    const own = wish({
      RINGFENCE_ADAPTER_ACME_VOICE_URL: 'http://127.0.0.1:9',
      RINGFENCE_ADAPTER_OTHER_URL: 'x',
    })
    expect(own.settings).toEqual({ URL: 'http://127.0.0.1:9' })
    await ask(own, 'https://elsewhere.example/')
    await ask(own, 'https://127.0.0.1:9/')
    expect(refused).toEqual(['elsewhere.example undeclared', '127.0.0.1:9 undeclared'])
    // A stand-in that the operator named twice takes the place of a host.
    await ask(
      wish({ RINGFENCE_ADAPTER_ACME_VOICE_URL: 'http://127.0.0.1:9' }, ['127.0.0.1:9']),
      'http://127.0.0.1:9/calls?since=1',
    )
    expect(refused).toHaveLength(2)
    await ask(own, 'https://api.acme.example/calls?number=1')
    await ask(own, 'https://api.acme.example/people')
    await ask(own, 'https://api.acme.example/calls/+442079460123')
    expect(refused.slice(2)).toEqual(Array(3).fill('api.acme.example field'))
    for (const { egress } of seen) await egress.close()
  })
})
