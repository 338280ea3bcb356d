import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Loose, type Stage, startStage } from './stage.fixture.ts'

let stage: Stage
const ada = '+442079460123'

beforeEach(async () => {
  stage = await startStage()
  await stage.installed()
  stage.sandbox.bitrix24.set({ rateLimit: false })
})
afterEach(() => stage.close())

const result = async (method: string, params: object = {}) => (await stage.rest(method, params)).body.result

describe('looking for a number', () => {
  test('finds whom it belongs to, with whoever looks after them', async () => {
    expect(await result('telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: ada })).toEqual([
      {
        CRM_ENTITY_TYPE: 'CONTACT',
        CRM_ENTITY_ID: 1,
        ASSIGNED_BY_ID: 2,
        NAME: 'Ada Lovelace',
        ASSIGNED_BY: {
          ID: '2',
          TIMEMAN_STATUS: 'OPENED',
          USER_PHONE_INNER: '22',
          WORK_PHONE: null,
          PERSONAL_PHONE: null,
          PERSONAL_MOBILE: null,
        },
      },
    ])
    expect(
      await result('telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: '+19995550100' }),
    ).toEqual([])
  })

  test('compares digits, or national numbers too when told so', async () => {
    const find = (values: string[], more: object = {}) =>
      result('crm.duplicate.findbycomm', { type: 'PHONE', values, ...more })
    expect(await find(['0044 20 7946 0123', '+12025550143'])).toEqual({ LEAD: [1], CONTACT: [1] })
    expect(await find([ada, '+12025550143'], { entity_type: 'CONTACT' })).toEqual({ CONTACT: [1] })
    expect(await find([`${ada};21`])).toEqual({ CONTACT: [1] })
    stage.sandbox.bitrix24.people.add('acme', 'CONTACT', { name: 'Max', phones: ['+4930123456'] })
    expect(await find(['030 123456'])).toEqual([])
    stage.sandbox.bitrix24.set({ phoneMatch: 'national', nothingFound: '{}' })
    expect(await find(['030 123456'])).toEqual({ CONTACT: [2] })
    expect(await find(['030 1'])).toEqual({})
    expect((await stage.rest('crm.duplicate.findbycomm', {})).body.error).toBe(
      'Communication type is not defined',
    )
  })
})

describe('classic lists', () => {
  test('give numbers only when named, and filter by them exactly', async () => {
    expect((await result('crm.contact.list'))[0].PHONE).toBeUndefined()
    const select = ['ID', 'LAST_NAME', 'PHONE']
    const written = { select, filter: { PHONE: '+44 20 7946 0123' } }
    expect(await result('crm.contact.list', written)).toEqual([
      {
        ID: '1',
        LAST_NAME: 'Lovelace',
        PHONE: [{ ID: expect.any(String), VALUE_TYPE: 'WORK', VALUE: '+44 20 7946 0123', TYPE_ID: 'PHONE' }],
      },
    ])
    expect(await result('crm.contact.list', { select, filter: { PHONE: ada } })).toEqual([])
    expect((await result('crm.company.list', { filter: { '%TITLE': 'engine' } }))[0]).toMatchObject({
      ID: '1',
    })
  })

  test('come in pages of fifty, or quickly without being counted', async () => {
    for (let i = 0; i < 60; i += 1) stage.sandbox.bitrix24.people.add('acme', 'LEAD', { name: `Lead ${i}` })
    const first = (await stage.rest('crm.lead.list')).body
    expect([first.result.length, first.total, first.next]).toEqual([50, 61, 50])
    const last = (await stage.rest('crm.lead.list', { start: 50 })).body
    expect([last.result.length, last.next]).toEqual([11, undefined])
    const quick = (
      await stage.rest('crm.lead.list', { start: -1, order: { ID: 'ASC' }, filter: { '>ID': 50 } })
    ).body
    expect([quick.result.length, quick.total, quick.result[0].ID]).toEqual([11, undefined, '51'])
  })

  test('grow and change by the app, which is told of it like anybody', async () => {
    for (const event of ['ONCRMCONTACTADD', 'ONCRMCONTACTUPDATE', 'ONCRMCONTACTDELETE']) {
      await stage.rest('event.bind', { event, handler: `${stage.appUrl}/event` })
    }
    const fields = {
      NAME: 'Grace',
      LAST_NAME: 'Hopper',
      PHONE: [{ VALUE: '+12025550100', VALUE_TYPE: 'MOBILE' }],
    }
    const id = await result('crm.contact.add', { fields })
    expect(await result('crm.contact.get', { id })).toMatchObject({
      NAME: 'Grace',
      ASSIGNED_BY_ID: '1',
      PHONE: [{ VALUE: '+12025550100', VALUE_TYPE: 'MOBILE' }],
    })
    expect(await result('crm.contact.update', { id, fields: { LAST_NAME: 'Murray Hopper' } })).toBe(true)
    expect(await result('crm.contact.delete', { id })).toBe(true)
    await stage.sandbox.idle()
    expect(stage.events().map((event) => event.event)).toEqual([
      'ONCRMCONTACTADD',
      'ONCRMCONTACTUPDATE',
      'ONCRMCONTACTDELETE',
    ])
    expect(stage.events()[0].data).toEqual({ FIELDS: { ID: String(id) } })
  })
})

test('items come in their own spelling, numbers only with everything', async () => {
  const some = await result('crm.item.list', { entityTypeId: 3, select: ['id', 'lastName'] })
  expect(some).toEqual({ items: [{ id: 1, lastName: 'Lovelace' }] })
  const [all] = (await result('crm.item.list', { entityTypeId: 3, select: ['*'] })).items
  expect(all).toMatchObject({
    companyId: 1,
    hasPhone: 'Y',
    fm: [{ typeId: 'PHONE', value: '+44 20 7946 0123' }],
  })
  const byPhone = await stage.rest('crm.item.list', { entityTypeId: 3, filter: { phone: ada } })
  expect(byPhone).toMatchObject({ status: 400, body: { error: 'INVALID_ARG_VALUE' } })
  const either = { logic: 'OR', 0: { id: 5 }, 1: { '=%lastName': 'Love%' } }
  expect((await result('crm.item.list', { entityTypeId: 3, filter: either })).items).toHaveLength(1)
  expect((await stage.rest('crm.item.get', { entityTypeId: 3, id: 99 })).body.error).toBe('NOT_FOUND')
})

test('comments are kept with whom they are about, under `fields` in lower case', async () => {
  const fields = { ENTITY_ID: 1, ENTITY_TYPE: 'contact', COMMENT: 'https://phone.example/recording/1' }
  expect((await stage.rest('crm.timeline.comment.add', { FIELDS: fields })).status).toBe(400)
  const id = await result('crm.timeline.comment.add', { fields })
  const filter = { ENTITY_ID: 1, ENTITY_TYPE: 'contact' }
  expect(await result('crm.timeline.comment.list', { filter })).toMatchObject([
    { ID: String(id), COMMENT: fields.COMMENT },
  ])
  expect(await result('crm.timeline.comment.delete', { id })).toBe(true)
  expect(await result('crm.timeline.comment.list', { filter })).toEqual([])
})

test('the needle is in names and addresses, wherever they come out', async () => {
  const { startSandbox } = await import('../index.ts')
  const sandbox = await startSandbox({ needle: 'xneedlex' })
  try {
    const bitrix = sandbox.bitrix24
    const users = [{ name: 'Anna Nováková', email: 'anna@acme.example', admin: true }]
    bitrix.createPortal({
      name: 'acme',
      users,
      contacts: [{ name: 'Ada Lovelace', phones: [ada], emails: ['a@b.example'] }],
    })
    const app = { clientId: 'c', clientSecret: 's', scopes: ['crm', 'telephony', 'user_basic'] }
    bitrix.registerApp({
      ...app,
      installUrl: `${sandbox.url}/x`,
      handlerUrl: `${sandbox.url}/x`,
      apiOnly: true,
    })
    await bitrix.install({ portal: 'acme', userId: 1, clientId: 'c' })
    const { access: auth } = bitrix.tokens.issue({ portal: bitrix.portal('acme'), clientId: 'c', userId: 1 })
    const ask = async (method: string, params: object) => {
      const answer = await fetch(`${bitrix.portalUrl('acme')}/rest/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ auth, ...params }),
      })
      return JSON.stringify(((await answer.json()) as Loose).result)
    }
    expect(await ask('user.current', {})).toMatch(/Nováková xneedlex.*anna.xneedlex@/)
    expect(await ask('profile', {})).toContain('xneedlex')
    expect(await ask('crm.contact.get', { id: 1 })).toMatch(/Lovelace xneedlex.*a.xneedlex@b/)
    expect(await ask('crm.item.get', { entityTypeId: 3, id: 1 })).toContain('xneedlex')
    expect(await ask('telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: ada })).toContain(
      'Ada Lovelace xneedlex',
    )
  } finally {
    await sandbox.close()
  }
})
