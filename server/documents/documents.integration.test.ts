import { describe, expect } from 'vitest'
import { ringfence } from '../../testing/cli.ts'
import type { Client } from '../../testing/client.ts'
import type { Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { AgreementView, DocumentsView, DocumentView } from '../http/shapes.ts'
import { prose } from '../privacy/policy-html.ts'
import { jana } from '../privacy/policy-subject.fixture.ts'
import { signedIn } from '../privacy/receipt-signing.ts'
import type { RecordData } from './shapes.ts'

const it = itWithHub({
  env: {
    RINGFENCE_OPERATOR_NAME: 'Spojka s.r.o.',
    RINGFENCE_OPERATOR_CONTACT: 'privacy@spojka.example',
    RINGFENCE_HOST_NAME: 'Hostitel a.s.',
    RINGFENCE_HOST_COUNTRY: 'CZ',
    RINGFENCE_SMTP_COUNTRY: 'CZ',
    // Whoever sets up approves by hand.
    RINGFENCE_POLICY_APPROVED_BY: '',
  },
})
const petr = { name: 'Petr Svoboda', role: 'data protection officer' }

const list = async (client: Client, language = 'en') =>
  (await client.ok<DocumentsView>('GET', `/api/v1/documents?lang=${language}`)).documents
const documentOf = async (client: Client, name: DocumentView['document'], language = 'en') =>
  (await list(client, language)).find(({ document }) => document === name) as DocumentView
const approve = async (client: Client, name: 'policy' | 'record', by = jana) => {
  const { waiting } = await documentOf(client, name)
  return client.request('POST', `/api/v1/documents/${name}/approval`, {
    body: { ...by, version: waiting?.version ?? 'none' },
  })
}
const record = (client: Client, more = '') =>
  client.ok<RecordData>('GET', `/api/v1/documents/record/data?lang=en${more}`)
/** Spaces that keep a number with its word are spaces to a reader. */
const page = async (client: Client, path: string) =>
  (await client.request('GET', path, { headers: { accept: 'text/html' } })).text.replaceAll('\u00a0', ' ')

/** The hub begins with nothing approved; what comes after it needs a policy. */
async function installed(hub: Hub): Promise<Company> {
  if ((await documentOf(hub.operator, 'policy')).version === undefined) await approve(hub.operator, 'policy')
  return hub.given.organization({ set: 'installed' })
}

describe('a document', () => {
  it('GD-1 L-P.5 takes effect only when a named person has approved what they read', async ({ hub }) => {
    const wish = { name: 'Early', country: 'CZ', timeZone: 'Europe/Prague' }
    const early = await hub.operator.request('POST', '/api/v1/organizations', { body: wish })
    expect(early).toMatchObject({ status: 409, json: { code: 'not-approved' } })
    expect((await hub.client().request('GET', '/privacy/policy')).status).toBe(404)
    const waiting = (await documentOf(hub.operator, 'policy')).waiting
    expect(await page(hub.operator, waiting?.read ?? '')).toContain('nobody has approved this version yet')
    const send = (body: object) => hub.operator.request('POST', '/api/v1/documents/policy/approval', { body })
    expect((await send({ ...jana, version: '000000000000' })).json).toMatchObject({ code: 'conflict' })
    expect((await send({ name: '', role: '', version: waiting?.version })).json).toMatchObject({
      code: 'invalid-input',
    })
    expect((await send({ ...jana, version: waiting?.version })).status).toBe(204)

    const policy = await documentOf(hub.operator, 'policy')
    expect(policy).toMatchObject({ version: waiting?.version, approval: jana })
    expect(policy.waiting).toBeUndefined()
    expect(await page(hub.client(), '/privacy/policy?lang=en')).toMatch(/in force since .*, approved on /)
    expect((await hub.operator.request('POST', '/api/v1/organizations', { body: wish })).status).toBe(201)
    // The name is on record sealed, and nowhere in the open.
    expect(await tablesWith(hub, [jana.name])).toEqual([])
    const shown = await hub.app.policies.approvers(await hub.app.policies.versions())
    const [{ jws } = { jws: '' }] = shown.values()
    expect(signedIn(jws, 'ringfence-approval+jws', [hub.app.receipts.publicKey])).toMatchObject({
      document: 'policy',
      by: jana,
      hash: expect.stringMatching(new RegExp(`^${policy.version}[0-9a-f]{52}$`)),
    })
  })

  it('GD-1 is approved by command as well, which says who', async ({ hub }) => {
    await installed(hub)
    const env = { ...hub.env, RINGFENCE_OPERATOR_NAME: 'Spojka a.s.' }
    const { out, status } = await ringfence(
      env,
      'policy',
      'approve',
      '--by',
      'Petr Svoboda, officer',
      '--json',
    )
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ state: 'in force', isNew: true })
    expect((await documentOf(hub.operator, 'policy')).approval).toMatchObject({ name: 'Petr Svoboda' })
    // This node's program still says what it said, and that waits for approval now.
    expect((await documentOf(hub.operator, 'policy')).waiting?.changes.join()).toContain('Spojka s.r.o.')
    await approve(hub.operator, 'policy')
  })

  it('GD-1 keeps paragraphs of the operator in every version, as its own words', async ({ hub }) => {
    const acme = await installed(hub)
    const put = (client: Client, body: object) =>
      client.request('PUT', '/api/v1/documents/paragraphs', { body })
    const texts = { en: 'Ask us <anything>.\n\nIn person, too.', cs: 'Ptejte se nás.' }
    expect((await put(hub.operator, { document: 'policy', place: 'rights', texts })).status).toBe(204)
    expect(
      (await put(hub.operator, { document: 'agreement', place: 'end', texts: { cs: 'Navíc.' } })).status,
    ).toBe(204)
    expect((await put(hub.operator, { document: 'policy', place: 'nowhere', texts })).json).toMatchObject({
      code: 'invalid-input',
    })
    expect((await put(acme.admin.client, { document: 'policy', place: 'rights', texts })).status).toBe(403)

    // Until somebody approves the version with them, the text stays as it was approved.
    expect(await page(hub.client(), '/privacy/policy?lang=en')).not.toContain('Added by')
    const { waiting } = await documentOf(hub.operator, 'policy')
    expect(waiting).not.toHaveProperty('announcedDays')
    expect(waiting?.changes).toContain('Worded differently: “Your rights, and whom to ask”.')
    await approve(hub.operator, 'policy', petr)
    const [newest] = await hub.app.policies.versions()
    expect(newest?.verdict).toBe('neutral')
    const shown = await page(hub.client(), '/privacy/policy?lang=en')
    expect(shown).toContain('Added by Spojka s.r.o.')
    expect(shown).toContain('<p>Ask us &#60;anything&#62;.</p>\n<p>In person, too.</p>')
    const agreement = await acme.admin.client.ok<AgreementView>('GET', '/api/v1/agreement')
    expect(agreement.blocks).toContainEqual({ own: { by: 'Spojka s.r.o.', text: 'Navíc.', language: 'cs' } })

    // A generated version takes them over.
    await hub.restart()
    expect((await documentOf(hub.operator, 'policy')).waiting).toBeUndefined()
    const places = (await documentOf(hub.operator, 'policy')).places
    expect(places.find(({ place }) => place === 'rights')?.texts).toEqual(texts)
  })
})

describe('the record of processing', () => {
  it('GD-4 L-30.1 is of both kinds for the operator, with every controller and its contact, within ten seconds', async ({
    hub,
  }) => {
    const acme = await installed(hub)
    await acme.admin.client.ok('PUT', '/api/v1/notice-contacts', { addresses: ['privacy@acme.example'] })
    const signal = AbortSignal.timeout(10_000)
    const [data, html] = await Promise.race([
      Promise.all([record(hub.operator), page(hub.operator, '/api/v1/documents/record/page?lang=en')]),
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ])
    expect(data).toMatchObject({ of: 'operator', version: data.hash.slice(0, 12) })
    expect(data.controllers).toContainEqual({
      id: acme.id,
      name: acme.name,
      contacts: ['privacy@acme.example'],
    })
    for (const words of [
      'Spojka s.r.o., contact: privacy@spojka.example',
      'Hostitel a.s. (Czechia)',
      `${acme.name} (Organization ${acme.id.slice(0, 8)})`,
      'privacy@acme.example',
      'Pipedrive – Estonia, within the region',
      'Names of organizations',
      'Draft: nobody has approved this version yet',
    ])
      expect(html).toContain(words)
    // Bitrix24 may be connected, and is not.
    expect(JSON.stringify(data.sections)).not.toContain('Bitrix24 –')
  })

  it('GD-4 L-30.1 changes with a connection, and is the organization’s own for its administrator', async ({
    hub,
  }) => {
    const acme = await installed(hub)
    const { client } = acme.admin
    expect((await approve(client, 'record', petr)).status).toBe(204)
    expect((await approve(hub.operator, 'record')).status).toBe(204)
    const before = await documentOf(client, 'record')
    expect(before).toMatchObject({ approval: petr, mayApprove: true })
    expect(before.waiting).toBeUndefined()
    expect(JSON.stringify(await record(client))).not.toContain('Placetel')
    expect((await record(client)).controllers).toEqual([{ id: acme.id, name: acme.name, contacts: [] }])

    await client.ok('POST', '/api/v1/connections', { side: 'phone', adapter: 'placetel' })
    for (const [who, language, says] of [
      [client, 'en', /recipients: new “Placetel.*Germany, within the region”/],
      [client, 'cs', /příjemci: nově „Placetel.*Německo, v oblasti“/],
      [
        hub.operator,
        'en',
        new RegExp(`${acme.name} – recipients: new “Placetel – Germany, within the region”`),
      ],
    ] as const)
      expect((await documentOf(who, 'record', language)).waiting?.changes.join('\n')).toMatch(says)
    const [{ version = '' } = {}] = before.versions
    const compared = await client.ok<{ differences: string[] }>(
      'GET',
      `/api/v1/documents/record/differences?from=${version}`,
    )
    expect(compared.differences.join()).toContain('Placetel')
    // What was approved stays as it was read.
    expect(JSON.stringify((await record(client, `&version=${version}`)).sections)).not.toContain('Placetel')

    expect((await approve(client, 'record')).status).toBe(204)
    const now = await page(client, '/api/v1/documents/record/page?lang=en')
    expect(now).toContain(`by ${jana.name}, ${jana.role}`)
    expect(now).toMatch(/What changed since the version approved before.*new “Placetel/s)
    expect((await documentOf(client, 'record')).versions.map(({ approval }) => approval.name)).toEqual([
      jana.name,
      petr.name,
    ])
  })

  it('GD-4 shows an organization nothing of another, and an agent nothing', async ({ hub }) => {
    const [acme, other] = [await installed(hub), await installed(hub)]
    const { client } = acme.admin
    const seen = [await record(client), await page(client, '/api/v1/documents/record/page?lang=cs')]
    for (const of of [other.id, other.name]) expect(JSON.stringify(seen)).not.toContain(of)
    expect((await documentOf(client, 'policy')).waiting).toBeUndefined()
    expect((await client.request('GET', '/api/v1/documents/policy/page')).status).toBe(403)
    expect((await approve(client, 'policy')).status).toBe(403)
    const agent = await acme.given.user({ extension: '31' })
    for (const path of ['', '/record/data', '/record/page', '/measures/page'])
      expect((await agent.client.request('GET', `/api/v1/documents${path}`)).status).toBe(403)
    expect((await hub.client().request('GET', '/api/v1/documents')).status).toBe(401)
  })

  it('GD-12 states the measures that a check confirmed in the last 24 hours, and no other', async ({
    hub,
  }) => {
    await installed(hub)
    // The daily one must not come in between.
    await until('no check is about to be made', async () => {
      const jobs = 'graphile_worker._private_jobs'
      await hub.control(`delete from ${jobs} where key = 'check-policy' and locked_at is null`)
      return (await hub.control(`select from ${jobs} where key = 'check-policy'`)).length === 0
    })
    await hub.app.checks.keep({
      holds: false,
      tookMs: 1,
      version: 'x',
      results: [
        { name: 'retention', outcome: 'holds', wrong: [] },
        { name: 'keys', outcome: 'wrong', wrong: ['one is left'] },
      ],
    })
    const states = (html: string) => html.indexOf('Not stated')
    for (const path of ['record', 'measures']) {
      const html = await page(hub.operator, `/api/v1/documents/${path}/page?lang=en`)
      expect(html.indexOf('Nothing is kept past its time')).toBeGreaterThan(
        html.indexOf('Confirmed by the check'),
      )
      expect(html.indexOf('Nothing is kept past its time')).toBeLessThan(states(html))
      expect(html.indexOf('No key is left whose time is over')).toBeGreaterThan(states(html))
      expect(html).not.toContain('one is left')
    }
    expect((await record(hub.operator)).measures.confirmed).toEqual(['Nothing is kept past its time'])
    await hub.control(`update policy_checks set checked_at = checked_at - interval '25 hours'`)
    expect((await record(hub.operator)).measures.confirmed).toEqual([])
    expect((await documentOf(hub.operator, 'measures')).since).toBeUndefined()
  })

  it('names an organization no more once it is deleted, in earlier versions neither', async ({ hub }) => {
    const acme = await installed(hub)
    const { client } = acme.admin
    await client.ok('PUT', '/api/v1/documents/paragraphs', {
      document: 'record',
      place: 'who',
      texts: { en: 'Officer: Karel Needlemaier.' },
    })
    await approve(client, 'record', { name: 'Olga Needlemaier', role: 'partner' })
    expect(JSON.stringify((await record(client)).sections)).toContain('Karel Needlemaier')
    expect(await tablesWith(hub, ['Needlemaier'])).toEqual([])
    expect(
      await hub.control('select from organization_documents where organization_id = $1', [acme.id]),
    ).toHaveLength(2)
    await approve(hub.operator, 'record')
    await hub.operator.ok('DELETE', `/api/v1/organizations/${acme.id}`, { name: acme.name })
    expect(
      await hub.control('select from organization_documents where organization_id = $1', [acme.id]),
    ).toEqual([])
    await approve(hub.operator, 'record')
    const old = (await documentOf(hub.operator, 'record')).versions[1]
    const html = await page(hub.operator, old?.read ?? '')
    expect(html).toContain(`Organization ${acme.id.slice(0, 8)} (deleted since)`)
    expect(html).not.toContain(`${acme.name} (`)
  })
})

describe('a generated document', () => {
  it('L-12.1 L-30.1 is in every language of the notice, by the names that the law has there', async ({
    hub,
  }) => {
    const { client } = (await installed(hub)).admin
    for (const [language, title, processors] of [
      ['en', 'Record of processing activities', 'Processors and sub-processors'],
      ['de', 'Verzeichnis von Verarbeitungstätigkeiten', 'Auftragsverarbeiter'],
      ['cs', 'Záznamy o činnostech zpracování', 'zpracovatelé'],
      ['sl', 'Evidenca dejavnosti obdelave', 'obdelovalci'],
      ['nb', 'Protokoll over behandlingsaktiviteter', 'databehandlere'],
      ['ro', 'Evidența activităților de prelucrare', 'Persoanele împuternicite'],
    ] as const) {
      const at = (document: string) => `/api/v1/documents/${document}/page?lang=${language}`
      const whole = await page(hub.operator, at('record'))
      expect(whole).toContain(`<html lang="${language}">`)
      expect(whole).toContain(`<h1>${title}</h1>`)
      expect(await page(client, at('record'))).toContain(`<h1>${title}`)
      expect(await page(client, at('measures'))).toMatch(/Art\. 32|čl\. 32|člena 32|artikkel 32|art\. 32/)
      expect(await page(hub.client(), `/privacy/sub-processors?lang=${language}`)).toContain(processors)
    }
    const asked = await hub
      .client()
      .request('GET', '/privacy/sub-processors', { headers: { 'accept-language': 'nn,no;q=0.9' } })
    expect(asked.headers.get('content-language')).toBe('nb')
  })

  it('L-P.4 is compared with any other version of it, by whoever may read it', async ({ hub }) => {
    const acme = await installed(hub)
    const { client } = acme.admin
    const at = '/api/v1/documents/record/compare?lang=en'
    expect(await documentOf(client, 'record')).not.toHaveProperty('compare')
    expect(await page(client, at)).toContain('There is only one version')
    await approve(client, 'record', petr)
    await client.ok('POST', '/api/v1/connections', { side: 'phone', adapter: 'placetel' })
    const { compare, versions } = await documentOf(client, 'record')
    const [{ version: first = '' } = {}] = versions
    const draft = await page(client, compare ?? '')
    expect(draft).toContain('as the installation is now, not approved')
    expect(draft).toMatch(/<h2[^>]*>Added \(\d+\)<\/h2>.*new “Placetel/s)

    await approve(client, 'record')
    const [{ version: second = '' } = {}] = (await documentOf(client, 'record')).versions
    const forth = await page(client, `${at}&from=${first}&to=${second}`)
    for (const { name, role } of [jana, petr]) expect(forth).toContain(`by ${name}, ${role}`)
    const back = await page(client, `${at}&from=${second}&to=${first}`)
    expect(back).toMatch(/<h2[^>]*>Removed \(\d+\)<\/h2>.*no longer “Placetel/s)
    const refused = (who: Client, more: string) => who.request('GET', `${at}${more}`)
    expect((await refused(client, '&from=000000000000')).status).toBe(404)
    expect((await refused(hub.client(), '')).status).toBe(401)
    expect((await refused((await acme.given.user({ extension: '32' })).client, '')).status).toBe(403)
    // Those of another organization are none of the operator's.
    expect((await refused(hub.operator, `&from=${first}`)).status).toBe(404)
  })

  it('L-P.4 PD-10 is compared in public where it is the policy, by its approvers inside', async ({ hub }) => {
    const { client } = (await installed(hub)).admin
    const texts = { en: `Comparable ${Date.now()}.` }
    const place = { document: 'policy', place: 'complaint', texts }
    expect((await hub.operator.request('PUT', '/api/v1/documents/paragraphs', { body: place })).status).toBe(
      204,
    )
    await approve(hub.operator, 'policy', petr)
    const all = await page(hub.client(), '/privacy/policy?lang=en')
    expect(all).toContain('<a href="/privacy/policy/compare?lang=en">Compare versions</a>')
    const open = await hub.client().request('GET', '/privacy/policy/compare?lang=en')
    expect(open.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/)
    expect(open.text).toContain(`<ins>Added by Spojka s.r.o.: ${texts.en}</ins>`)
    expect(open.text).toContain('the later one is neutral: both allow the same.')
    expect(open.text).not.toContain(petr.name)
    expect(await page(client, '/api/v1/documents/policy/compare?lang=en')).toContain(`by ${petr.name}`)
    expect((await hub.client().request('GET', '/privacy/policy/compare?from=now')).status).toBe(404)
  })

  it('GD-1 says that only the agreement changed, where it did', async ({ hub }) => {
    await installed(hub)
    const texts = { en: `Only here ${Date.now()}.` }
    await hub.operator.ok('PUT', '/api/v1/documents/paragraphs', {
      document: 'agreement',
      place: 'who',
      texts,
    })
    expect((await documentOf(hub.operator, 'policy')).waiting?.changes).toEqual([
      'Worded differently: “Who receives it”.',
    ])
    const html = await page(hub.operator, '/api/v1/documents/policy/compare?lang=de')
    expect(html).toContain('<h2>Vertrag über die Auftragsverarbeitung</h2>')
    await approve(hub.operator, 'policy')
    const agreed = await page(hub.operator, '/api/v1/documents/agreement/page?lang=sl')
    expect(agreed).toContain('<html lang="sl">')
    expect(agreed).toMatch(/čl[^<]* 28 Splošne uredbe/)
    expect(agreed).toContain(texts.en)
  })
})

describe('the list of sub-processors', () => {
  it('is public and current: who gets what, where, and on which ground', async ({ hub }) => {
    const get = (language: string) => hub.client().request('GET', `/privacy/sub-processors?lang=${language}`)
    const { status, text, headers } = await get('en')
    expect(status).toBe(200)
    expect(headers.get('set-cookie')).toBeNull()
    expect(text).toContain('Host of the servers: Hostitel a.s.')
    expect(text).toContain('place not known; no ground on record, so nothing goes there')
    const id = await hub.operator.ok<{ id: string }>('POST', '/api/v1/transfers', {
      recipient: 'Webex',
      ground: 'clauses',
      country: 'US',
      document: 'DPA 7',
      dated: '2026-05-01',
      assessment: 'TIA 7',
    })
    expect((await get('cs')).text).toContain(
      prose(
        'Spojené státy, na základě standardních smluvních doložek (čl. 46 odst. 2 písm. c) GDPR): DPA 7, 1. května 2026',
      ),
    )
    await hub.operator.ok('DELETE', `/api/v1/transfers/${id.id}`)
    expect((await get('cs')).text).not.toContain('DPA 7')
  })
})
