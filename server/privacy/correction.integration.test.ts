import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { CorrectionView, HeldView } from '../http/shapes.ts'
import { enqueueCorrection, orderCorrection } from './carry-out-correction.ts'
import type { CorrectionReceipt } from './correction-receipt.ts'
import { correctionOf } from './correction-wish.ts'
import { readKeys } from './key-reading.ts'
import { isGenuine } from './receipt-signing.ts'
import { sealedRows } from './sealed-rows.ts'

const ada = '+442079460123'
const wrong = '+44 20 7946 0199'
const right = '+44 20 7946 0188'

const listed = async (acme: Company): Promise<CorrectionView[]> =>
  (await acme.admin.client.ok<{ corrections: CorrectionView[] }>('GET', '/api/v1/privacy/corrections'))
    .corrections

const outcome = (acme: Company) =>
  until('the CRM has an outcome', async () => {
    const found = (await listed(acme))[0]?.recipients.find(({ what }) => what === 'person')
    return found && found.state !== 'to do' ? found : undefined
  })

const changesOf = (hub: Hub, acme: Company) =>
  hub.sandbox.ledger.requests.filter(
    ({ method, template, company }) =>
      method === 'PATCH' && template.includes('/persons/') && company === acme.domain,
  )

/** What can still be opened of the organization and holds one of these. */
async function readable(hub: Hub, acme: Company, needles: readonly string[]): Promise<string[]> {
  const keys = await readKeys(hub.app.settings.keysFolder, hub.app.settings.masterKey)
  return (await sealedRows(hub.app, hub.app.settings.dataFolder)).flatMap(
    ({ organizationId, place, sealed }) => {
      const plain = organizationId === acme.id ? (keys.open(acme.id, place, sealed)?.toString() ?? '') : ''
      return needles.some((needle) => plain.includes(needle)) ? [`${place.table}.${place.column}`] : []
    },
  )
}

let company: Company | undefined

/** Somebody with a number that is theirs and one that is not; one company for all, whose earlier persons are done with. */
async function companyWithAda(hub: Hub) {
  const acme = company ?? (await hub.given.organization())
  company = acme
  const person = await acme.given.person({
    name: 'Ada Lovelace',
    number: ada,
    phones: [
      { value: ada, label: 'work', primary: true },
      { value: wrong, label: 'home' },
    ],
  })
  const ref = { connectionId: acme.crmId, externalId: String(person.id) }
  const correct = (body: object) =>
    acme.admin.client.request('POST', '/api/v1/privacy/corrections', { body: { person: ref, ...body } })
  const inCrm = () => {
    const found = hub.sandbox.pipedrive.company(acme.domain).persons.get(person.id)
    return { name: found?.name, phones: found?.phones }
  }
  const inMirror = async () =>
    (await acme.admin.client.ok<HeldView>('POST', '/api/v1/privacy/person', { person: ref })).persons
  return { acme, person, ref, correct, inCrm, inMirror }
}

const both = { name: 'Ada King', numbers: [{ was: wrong, now: right }], atCrm: 'person' }

describe('a request to put something right', () => {
  it('L-16.1/L-19.1 changes it here and in the CRM, leaves the old value nowhere, and signs what came of it', async ({
    hub,
  }) => {
    const { acme, ref, correct, inCrm, inMirror } = await companyWithAda(hub)
    const agent = await acme.given.user({ extension: '21' })
    const call = await acme.phone.calls({ from: ada, to: '21' })
    await acme.written(call)
    await agent.client.ok('PUT', `/api/v1/calls/${call.id}/note`, {
      note: 'Ada Lovelace wants the engine',
      version: 0,
    })
    const desk = await acme.deskOf(agent)
    await acme.phone.rings({ from: ada, to: '21' })
    expect(await inMirror()).toMatchObject([{ numbers: expect.arrayContaining([wrong]), corrects: true }])

    const asAgent = { body: { person: ref, ...both } }
    expect((await agent.client.request('POST', '/api/v1/privacy/corrections', asAgent)).status).toBe(403)
    expect((await correct(both)).status).toBe(200)

    expect(await inMirror()).toMatchObject([{ name: 'Ada King' }])
    expect((await inMirror())[0]?.numbers.toSorted()).toEqual([ada, right].toSorted())
    await until('the screen was told', async () => desk.events.includes('erased'))
    const { calls } = await agent.client.ok<{ calls: unknown[] }>('GET', '/api/v1/calls')
    expect(JSON.stringify(calls)).toContain('Ada King')
    expect(JSON.stringify(calls)).not.toContain('Ada Lovelace')
    expect(await outcome(acme)).toMatchObject({
      recipient: 'Pipedrive',
      state: 'confirmed',
      count: 1,
      finalBy: expect.any(String),
    })
    expect(inCrm()).toEqual({
      name: 'Ada King',
      phones: [
        { value: ada, label: 'work', primary: true },
        { value: right, label: 'home', primary: false },
      ],
    })
    expect(changesOf(hub, acme)).toHaveLength(1)
    await until('the note follows', async () =>
      [...hub.sandbox.pipedrive.company(acme.domain).activities.values()].some(({ note }) =>
        note?.includes('Ada King wants the engine'),
      ),
    )
    await hub.sandbox.idle()
    expect(await readable(hub, acme, [wrong, '7946 0199'])).toEqual([])
    await until('the old name is nowhere', async () => {
      const left = await readable(hub, acme, ['Ada Lovelace'])
      return left.length === 0
    })

    const [correction] = await listed(acme)
    const signed = await acme.admin.client.ok<{ receipt: CorrectionReceipt; jws: string }>(
      'GET',
      `/api/v1/privacy/corrections/${correction?.id}/receipt`,
    )
    expect(isGenuine(signed, [hub.app.receipts.publicKey])).toBe(true)
    expect(signed.receipt).toMatchObject({
      fields: ['name', 'number'],
      levels: { unreachable: { at: expect.any(String) }, files: { by: expect.any(String) } },
      everywhereBy: null, // the note in the CRM is looked after by people
    })
    expect(signed.receipt.recipients).toEqual(
      expect.arrayContaining([
        { recipient: 'optimcall', what: 'calls', state: 'stays', count: 1, finalBy: null },
        { recipient: 'pipedrive', what: 'call', state: 'stays', count: 1, finalBy: null },
        { recipient: 'pipedrive', what: 'call', state: 'by people', count: 1, finalBy: null },
        expect.objectContaining({ recipient: 'pipedrive', what: 'person', state: 'confirmed' }),
      ]),
    )
    expect(correction?.toCorrect).toEqual([{ what: 'call', url: expect.stringMatching(/^http/) }])
    expect(JSON.stringify([signed, await acme.query('select * from corrections')])).not.toMatch(/Ada|7946/)
  })

  it('L-16.1 is done once when the answer is lost, the CRM is away, or the server dies after the order', async ({
    hub,
  }) => {
    const { acme, ref, inCrm, inMirror } = await companyWithAda(hub)
    const organization = await acme.organization()
    const before = changesOf(hub, acme).length
    const path = '/api/v2/persons/*'
    hub.sandbox.faults.order({ kind: '503', method: 'GET', path, times: 20 })
    const id = await orderCorrection(hub.app, organization, {
      cause: 'page',
      person: ref,
      correction: await correctionOf(organization, { person: ref, ...both }),
      atCrm: 'person',
    })
    expect(await inMirror()).toMatchObject([{ name: 'Ada Lovelace' }]) // died here

    await enqueueCorrection(hub.app.jobs, acme.id, id, new Date())
    await until('it waits', async () => {
      const [row] = await acme.query<{ tries: number }>('select tries from correction_changes')
      return row?.tries === 1
    })
    expect(await inMirror()).toMatchObject([{ name: 'Ada King' }])
    expect(inCrm()).toMatchObject({ name: 'Ada Lovelace' })
    expect((await listed(acme))[0]?.recipients).toContainEqual(
      expect.objectContaining({ what: 'person', state: 'to do' }),
    )

    hub.sandbox.faults.clear()
    hub.sandbox.faults.order({ kind: 'lost-answer', method: 'PATCH', path, times: 1 })
    await enqueueCorrection(hub.app.jobs, acme.id, id, new Date())
    expect(await outcome(acme)).toMatchObject({ state: 'confirmed' })
    expect(inCrm()).toMatchObject({ name: 'Ada King' })
    expect(changesOf(hub, acme)).toHaveLength(before + 1)
    expect(await acme.query('select person_external_id from corrections where id = $1', [id])).toEqual([
      { person_external_id: null },
    ])
    expect(await acme.query('select 1 from correction_changes')).toEqual([])
  })

  it('says clearly what cannot be, and loses nothing', async ({ hub }) => {
    const { acme, person, ref, correct, inMirror, inCrm } = await companyWithAda(hub)
    const refusal = async (body: object) => {
      const { status, json } = await correct(body)
      return { status, ...(json as object) }
    }
    const list = { atCrm: 'list' }
    const before = (await listed(acme)).length
    expect(await refusal({ ...list, name: ' ' })).toMatchObject({ status: 400, field: 'name' })
    expect(await refusal({ ...list, name: 'Ada Lovelace' })).toMatchObject({ status: 400, field: 'changes' })
    expect(
      await refusal({
        ...list,
        numbers: [
          { was: ada, now: ada },
          { was: wrong, now: 'somewhere' },
        ],
      }),
    ).toMatchObject({ status: 400, field: 'numbers.1' })
    expect(await refusal({ ...list, numbers: [{ was: right, now: ada }] })).toMatchObject({ status: 409 })
    expect(await refusal({ ...list, name: 'A', person: { ...ref, externalId: '999999' } })).toMatchObject({
      status: 404,
    })
    expect(await listed(acme)).toHaveLength(before)

    // a number that is somebody else's too stays theirs
    await acme.given.person({ name: 'Ben Barnaby', number: wrong })
    hub.sandbox.pipedrive.set({ patchAddsToLists: true })
    await correct(both)
    expect(await outcome(acme)).toMatchObject({ state: 'by people', reason: 'not-taken' })
    hub.sandbox.pipedrive.set({ patchAddsToLists: false })
    expect(inCrm().phones).toHaveLength(4) // what the CRM has is what the mirror shows
    expect(await inMirror()).toMatchObject([{ name: 'Ada King' }])
    const held = await acme.admin.client.ok<HeldView>('POST', '/api/v1/privacy/person', { number: wrong })
    expect(held.persons.map(({ name }) => name)).toContain('Ben Barnaby')

    // ordered while the CRM is away, and asked when something is different there
    const ordered = async (name: string, meanwhile: () => void) => {
      hub.sandbox.faults.order({ kind: '503', method: 'GET', path: '/api/v2/persons/*', times: 20 })
      expect((await correct({ name, atCrm: 'person' })).status).toBe(200)
      expect((await correct({ name: 'Ada', ...list })).json).toMatchObject({ what: 'correction' }) // one at a time
      meanwhile()
      hub.sandbox.faults.clear()
      await enqueueCorrection(hub.app.jobs, acme.id, (await listed(acme))[0]?.id ?? '', new Date())
      const came = await outcome(acme)
      expect((await listed(acme))[0]?.toCorrect.map(({ what }) => what)).toContain('person')
      return came
    }
    const app = hub.sandbox.pipedrive.apps.get('test-client')
    const scopes = app?.scopes ?? []
    const may = (granted: string[]) => {
      if (app) app.scopes = granted
    }
    const readOnly = scopes.map((scope) => (scope === 'contacts:full' ? 'contacts:read' : scope))
    expect(await ordered('Ada Byron', () => may(readOnly))).toMatchObject({
      state: 'refused',
      reason: 'no-right',
    })
    expect(inCrm().name).toBe('Ada King')
    may(scopes)
    const remove = () => hub.sandbox.pipedrive.deletePerson(acme.domain, person.id)
    expect(await ordered('Augusta', remove)).toMatchObject({ state: 'refused', reason: 'gone' })
  })
})
