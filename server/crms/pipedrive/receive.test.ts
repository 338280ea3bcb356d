import { describe, expect, it } from 'vitest'
import { failureOf } from '../../failure.ts'
import { receive } from './receive.ts'
import { SetUpMemory } from './set-up-memory.ts'

const secrets = { user: 'ringfence', password: 'a long and random password' }
const authorization = `Basic ${Buffer.from(`${secrets.user}:${secrets.password}`).toString('base64')}`

const meta = {
  action: 'change',
  entity: 'person',
  company_id: '8087566',
  correlation_id: '43cb94f3',
  entity_id: '8',
  id: '7c812ffd-0000-4000-8000-000000000001',
  is_bulk_edit: false,
  timestamp: '2026-11-24T15:18:35.616Z',
  type: 'application',
  user_id: '12415231',
  version: '2.0',
  attempt: 1,
  host: 'acme.pipedrive.com',
  permitted_user_ids: ['123', '456'],
}
const data = {
  id: 8,
  name: 'Ada Lovelace',
  first_name: 'Ada',
  org_id: 1,
  owner_id: 12415231,
  phones: [{ label: 'work', value: '020 7946 0123', primary: true }],
  emails: [],
  label: null,
  visible_to: '7',
  add_time: '2026-11-24T13:18:55Z',
  update_time: '2026-11-24T15:18:35Z',
  custom_fields: {},
}

const send = (
  body: unknown,
  headers: Record<string, string> = { authorization },
  memory = new SetUpMemory(),
) =>
  receive(
    memory,
    { method: 'POST', headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
    secrets,
  )

function failureFrom(work: () => unknown) {
  try {
    work()
  } catch (error) {
    return failureOf(error)
  }
  return undefined
}

describe('a webhook of Pipedrive', () => {
  it('brings a changed person', () => {
    expect(send({ meta, data, previous: { name: 'Ada' } })).toEqual([
      {
        kind: 'contact-changed',
        eventId: meta.id,
        contact: {
          externalId: '8',
          name: 'Ada Lovelace',
          companyExternalId: '1',
          ownerExternalId: '12415231',
          shared: true,
          numbers: ['020 7946 0123'],
          updatedAt: '2026-11-24T15:18:35.000Z',
        },
      },
    ])
  })

  it('reads visibility and custom numbers by what was last read of the company', () => {
    const field = '9f1c2ad1b0c54f1e8b6f0c3b7a5d4e2f1a0b9c8d'
    const delivery = {
      meta,
      data: { ...data, visible_to: '3', custom_fields: { [field]: '+44 7700 900123' } },
      previous: {},
    }
    const memory = new SetUpMemory()
    const before = send(delivery, { authorization }, memory)
    memory.remember('https://acme.pipedrive.com', { phoneFields: [field], visibilityGroups: false })
    const after = send(delivery, { authorization }, memory)
    expect(before[0]).toMatchObject({ contact: { shared: false, numbers: ['020 7946 0123'] } })
    expect(after[0]).toMatchObject({
      contact: { shared: true, numbers: ['020 7946 0123', '+44 7700 900123'] },
    })
  })

  it('says that a person is gone, and into whom they were merged', () => {
    const gone = { ...meta, action: 'delete' }
    expect(send({ meta: gone, data: null, previous: data })).toEqual([
      { kind: 'contact-gone', externalId: '8', eventId: meta.id },
    ])
    expect(send({ meta: { ...gone, merged_to_id: '9' }, data: null, previous: data })).toEqual([
      { kind: 'contact-gone', externalId: '8', mergedInto: '9', eventId: meta.id },
    ])
  })

  it('brings companies', () => {
    const entity = { ...meta, entity: 'organization', entity_id: '5' }
    expect(send({ meta: entity, data: { id: 5, name: 'Analytical Engines' }, previous: null })).toEqual([
      { kind: 'company-changed', company: { externalId: '5', name: 'Analytical Engines' }, eventId: meta.id },
    ])
    expect(send({ meta: { ...entity, action: 'delete' }, data: null, previous: { id: 5 } })).toEqual([
      { kind: 'company-gone', externalId: '5', eventId: meta.id },
    ])
  })

  it('brings a removed user, whose events have no id of their own', () => {
    const user = { ...meta, entity: 'user', id: '12415231', timestamp: 1_796_000_000 }
    const removed = { id: '12415231', name: 'Anna', email: 'anna@acme.example', active_flag: false }
    const [event] = send({ meta: user, data: removed, previous: { active_flag: true } })
    const [later] = send({ meta: { ...user, timestamp: 1_796_000_009 }, data: removed, previous: {} })
    expect(event).toMatchObject({ kind: 'user-changed', user: { externalId: '12415231', active: false } })
    expect(later?.eventId).not.toBe(event?.eventId)
  })

  it.each([
    ['another entity', { meta: { ...meta, entity: 'deal' }, data: {}, previous: {} }],
    ['another action', { meta: { ...meta, action: 'archive' }, data, previous: {} }],
    ['a person without phones', { meta, data: { ...data, phones: undefined }, previous: {} }],
    ['a person without an id', { meta, data: { name: 'x' }, previous: {} }],
  ])('is acknowledged when it brings nothing we can use: %s', (_, body) => {
    expect(send(body)).toEqual([])
  })

  it.each([
    ['no credentials', {}],
    ['another password', { authorization: `Basic ${Buffer.from('ringfence:wrong').toString('base64')}` }],
    ['a cut password', { authorization: authorization.slice(0, -4) }],
    ['another scheme', { authorization: authorization.replace('Basic', 'Bearer') }],
  ])('is refused with %s, before it is read', (_, headers) => {
    expect(failureFrom(() => send('{{{', headers as Record<string, string>))).toEqual({
      code: 'unauthorized',
    })
  })

  it.each([['{{{'], ['[]'], [{ v: 1, event: 'updated.person', current: data }]])(
    'is refused when it is no delivery: %j',
    (body) => {
      expect(failureFrom(() => send(body))).toEqual({
        code: 'invalid-input',
        field: 'body',
        rule: 'webhook-v2',
      })
    },
  )
})
