import { describe, expect } from 'vitest'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { ErasureView, HeldView } from '../http/shapes.ts'
import type { ErasureReceipt } from './erasure-receipt.ts'
import { isGenuine } from './receipt-signing.ts'

const ada = '+442079460123'

describe('a request of a person', () => {
  it('L-15.1/L-19.1/L-19.2/L-E.1 shows what is held, erases it here and there, and signs who still holds what', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const person = await acme.given.person({ name: 'Ada Lovelace', number: ada })
    const agent = await acme.given.user({ extension: '21' })
    const call = await acme.phone.calls({ from: ada, to: '21' })
    await acme.written(call)
    const desk = await acme.deskOf(agent)
    const { client } = acme.admin

    expect(
      (await agent.client.request('POST', '/api/v1/privacy/person', { body: { number: ada } })).status,
    ).toBe(403)
    const held = await client.ok<HeldView>('POST', '/api/v1/privacy/person', { number: '+44 20 7946 0123' })
    expect(held.persons.map(({ name }) => name)).toEqual(['Ada Lovelace'])
    expect(Object.fromEntries(held.kinds.map(({ kind, total }) => [kind, total]))).toMatchObject({
      'call journal': 2, // the call and its entry in the CRM
      'contact mirror': 2, // the person and the number
    })
    expect(held.kinds.find(({ kind }) => kind === 'call journal')).toMatchObject({
      until: expect.stringMatching(/^\d{4}-/),
      purposes: expect.arrayContaining([expect.any(String)]),
      ground: expect.stringMatching(/./),
      source: expect.stringMatching(/./),
      recipients: expect.arrayContaining([expect.stringContaining('Pipedrive')]),
    })
    // Who really received it, with what is on record of it; and who may have, because not every sending is.
    const way = (kind: string) => held.map.ways.find((one) => one.kind === kind)
    expect(way('call journal')).toEqual({
      kind: 'call journal',
      source: 'phone system',
      received: [
        { recipient: 'the connected phone system' },
        { recipient: 'Pipedrive', recorded: { entries: 1, last: expect.stringMatching(/^\d{4}-/) } },
      ],
    })
    expect(way('contact mirror')).toMatchObject({
      source: 'CRM',
      received: [{ recipient: 'the connected phone system' }, { recipient: 'Pipedrive' }],
    })
    expect(held.map.sources.map(({ id, systems }) => [id, systems])).toEqual([
      ['phone system', ['OptimCall']],
      ['CRM', ['Pipedrive']],
    ])
    expect(held.map.recipients.map(({ id, countries, ground }) => [id, countries, ground])).toEqual([
      ['the connected phone system', ['CZ'], 'in-region'],
      ['Pipedrive', ['EE'], 'in-region'],
    ])

    const erasure = await client.ok<ErasureView>('POST', '/api/v1/privacy/erasures', {
      number: ada,
      atCrm: 'person',
    })
    expect(erasure.levels).toMatchObject({
      unreachable: { at: expect.any(String) },
      unreadable: { at: expect.any(String) },
      files: { by: expect.any(String) },
      backups: { by: expect.any(String) },
    })
    expect(erasure.removed).toMatchObject({ calls: 1, call_logs: 1, persons: 1, person_numbers: 1 })
    await until('the screen was told', async () => desk.events.includes('erased'))
    await until('the CRM has erased', async () => {
      const { erasures } = await client.ok<{ erasures: ErasureView[] }>('GET', '/api/v1/privacy/erasures')
      return erasures[0]?.recipients.every(({ state }) => state !== 'to do') === true
    })
    expect(hub.sandbox.pipedrive.company(acme.domain).persons.get(person.id)?.is_deleted).toBe(true)
    expect(hub.sandbox.ledger.heldFor(call.played)).toEqual([])

    const signed = await client.ok<{ receipt: ErasureReceipt; jws: string }>(
      'GET',
      `/api/v1/privacy/erasures/${erasure.id}/receipt`,
    )
    expect(isGenuine(signed, [hub.app.receipts.publicKey])).toBe(true)
    expect(
      isGenuine({ ...signed, receipt: { ...signed.receipt, id: call.id } }, [hub.app.receipts.publicKey]),
    ).toBe(false)
    expect(signed.receipt.levels).toMatchObject({
      unreachable: { at: expect.any(String) },
      unreadable: { at: expect.any(String) },
      files: { by: expect.any(String) },
      log: { elsewhere: true },
      backups: { by: expect.any(String) },
    })
    expect(signed.receipt.everywhereBy).toBeNull() // the telephone system's own records are people's to erase
    expect(signed.receipt.recipients).toEqual(
      expect.arrayContaining([
        { recipient: 'optimcall', what: 'calls', state: 'by people', count: 1, finalBy: null },
        expect.objectContaining({ recipient: 'pipedrive', what: 'call', state: 'confirmed', count: 1 }),
        expect.objectContaining({ recipient: 'pipedrive', what: 'person', state: 'confirmed', count: 1 }),
      ]),
    )
    const bin = new Date(signed.receipt.recipients.find(({ what }) => what === 'person')?.finalBy ?? 0)
    expect(bin.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000)
    expect(JSON.stringify(signed)).not.toMatch(/Ada|7946/)
    expect(
      await acme.query('select external_id, activity_id from erasure_recipients where state = $1', [
        'confirmed',
      ]),
    ).toEqual([
      { external_id: null, activity_id: null },
      { external_id: null, activity_id: null },
    ])
  })

  it('L-17.4 lets a person come back when the organization lifts the block', async ({ hub }) => {
    const acme = await hub.given.organization()
    const person = await acme.given.person({ name: 'Ada Lovelace', number: ada })
    const { client } = acme.admin
    const { id } = await client.ok<ErasureView>('POST', '/api/v1/privacy/erasures', {
      person: { connectionId: acme.crmId, externalId: String(person.id) },
      atCrm: 'list',
    })
    const [erasure] = (await client.ok<{ erasures: ErasureView[] }>('GET', '/api/v1/privacy/erasures'))
      .erasures
    expect(erasure).toMatchObject({ id, lifted: false, toErase: [{ what: 'person' }] })
    const change = async (name: string) => {
      hub.sandbox.pipedrive.editPerson(acme.domain, person.id, { name })
      await hub.sandbox.idle()
    }
    const stored = () => acme.query('select 1 from persons where external_id = $1', [String(person.id)])
    await change('Ada King')
    expect(await stored()).toEqual([])
    await client.ok('POST', `/api/v1/privacy/erasures/${id}/lift`)
    await change('Ada Byron')
    await until('she is mirrored again', async () => (await stored()).length === 1)
  })
})
