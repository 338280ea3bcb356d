import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Loose, type Stage, startStage } from './stage.fixture.ts'

let stage: Stage
const ada = '+442079460123'

beforeEach(async () => {
  stage = await startStage()
  await stage.installed()
})
afterEach(() => stage.close())

const incoming = {
  USER_ID: 2,
  PHONE_NUMBER: ada,
  TYPE: 2,
  LINE_NUMBER: '+4930123450',
  EXTERNAL_CALL_ID: 'x-1',
}
const register = (params: object = incoming) => stage.rest('telephony.externalCall.register', params)
const finish = (params: object) => stage.rest('telephony.externalCall.finish', params)
const shown = () => stage.sandbox.bitrix24.cards('acme').shown.map(({ userId }) => userId)

describe('a call registered by the app', () => {
  test('finds who calls, shows a card, and is held once it is finished', async () => {
    const registered = await register()
    expect(registered.body.result).toEqual({
      CALL_ID: expect.stringMatching(/^externalCall\.[0-9a-f]{32}\.\d{10}$/),
      CRM_CREATED_LEAD: null,
      CRM_CREATED_ENTITIES: [],
      CRM_ENTITY_TYPE: 'CONTACT',
      CRM_ENTITY_ID: 1,
    })
    expect(shown()).toEqual([2])
    const { CALL_ID } = registered.body.result
    const finished = await finish({ CALL_ID, USER_ID: 2, DURATION: 95, STATUS_CODE: '200' })
    expect(finished.body.result).toMatchObject({
      CALL_ID,
      EXTERNAL_CALL_ID: 'x-1',
      PORTAL_USER_ID: 2,
      INCOMING: '2',
      CALL_DURATION: 95,
      CALL_START_DATE: {},
      CALL_STATUS: 1,
      CRM_ACTIVITY_ID: 1,
      ID: 1,
    })
    expect(shown()).toEqual([])
    expect(stage.sandbox.bitrix24.cards('acme').history).toMatchObject([
      { userId: 2, change: 'shown', by: 'register' },
      { userId: 2, change: 'hidden', by: 'finish' },
    ])
    expect(stage.sandbox.bitrix24.externalCalls('acme')).toEqual([
      { externalCallId: 'x-1', callIds: [CALL_ID], open: 0, finished: 1, activities: 1, records: 0 },
    ])
    const [activity] = (await stage.rest('crm.activity.list', { filter: { OWNER_TYPE_ID: 3, OWNER_ID: 1 } }))
      .body.result
    expect(activity).toMatchObject({
      ID: '1',
      TYPE_ID: '2',
      DIRECTION: '1',
      COMPLETED: 'Y',
      RESPONSIBLE_ID: '2',
    })
    expect(stage.sandbox.ledger.held()).toMatchObject([
      { company: 'acme', personId: 1, callLogId: CALL_ID, from: ada, to: '+4930123450', duration: '95' },
    ])
  })

  test('is the same call when registered again with the same key, and another with any other', async () => {
    const first = (await register()).body.result.CALL_ID
    expect(
      (await register({ ...incoming, CALL_START_DATE: '2026-11-23T10:00:00+01:00' })).body.result.CALL_ID,
    ).toBe(first)
    // The extension stands for the same user.
    const { USER_ID: _, ...rest } = incoming
    expect((await register({ ...rest, USER_PHONE_INNER: '22' })).body.result.CALL_ID).toBe(first)
    for (const other of [
      { EXTERNAL_CALL_ID: 'x-2' },
      { PHONE_NUMBER: '+44 20 7946 0123' },
      { TYPE: 3 },
      { USER_ID: 1 },
      { LINE_NUMBER: '+4930123451' },
    ]) {
      expect((await register({ ...incoming, ...other })).body.result.CALL_ID).not.toBe(first)
    }
    stage.sandbox.clock.advance(1801)
    expect((await register()).body.result.CALL_ID).not.toBe(first)
  })

  test('is finished once', async () => {
    const { CALL_ID } = (await register()).body.result
    const missed = (await finish({ CALL_ID, USER_ID: 2 })).body.result
    expect(missed).toMatchObject({ CALL_FAILED_CODE: '304', CALL_STATUS: 0 })
    const again = await finish({ CALL_ID, USER_ID: 2 })
    expect(again).toMatchObject({
      status: 400,
      body: { error: 'ERROR_CORE', error_description: expect.stringContaining('Call is not found') },
    })
    stage.sandbox.bitrix24.set({ businessErrorCode: '' })
    expect((await finish({ CALL_ID, USER_ID: 2 })).body.error).toBe('')
    expect((await finish({ CALL_ID: 5, USER_ID: 2 })).body.error).toBe('INVALID_ARGUMENT')
    // A new registration is a new call, unless told otherwise.
    const next = (await register()).body.result.CALL_ID
    expect(next).not.toBe(CALL_ID)
  })

  test('of nobody known is held without an activity, or makes somebody', async () => {
    const unknown = { ...incoming, PHONE_NUMBER: '+12025550199' }
    const plain = (await register(unknown)).body.result
    expect(plain).toMatchObject({ CRM_ENTITY_TYPE: '', CRM_ENTITY_ID: null })
    const finished = (await finish({ CALL_ID: plain.CALL_ID, USER_ID: 2, DURATION: 1 })).body.result
    expect('CRM_ACTIVITY_ID' in finished).toBe(false)
    const made = (await register({ ...unknown, EXTERNAL_CALL_ID: 'x-2', CRM_CREATE: 1 })).body.result
    expect(made).toMatchObject({
      CRM_CREATED_LEAD: 2,
      CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: 2 }],
      CRM_ENTITY_TYPE: 'LEAD',
    })
  })

  test.each([
    [{ USER_ID: undefined }, 'USER_ID or USER_PHONE_INNER should be set'],
    [{ TYPE: 9 }, 'Unknown TYPE'],
    [{ CALL_START_DATE: '23.11.2026' }, 'CALL_START_DATE should be in the ISO-8601 format'],
    [{ PHONE_NUMBER: 'anonymous' }, 'Unsupported phone number format'],
    [{ USER_ID: 99 }, 'User is not found or is not active'],
  ])('is refused with %j', async (change, text) => {
    const answer = await register({ ...incoming, ...change })
    expect(answer).toMatchObject({ status: 400, body: { error: 'ERROR_CORE', error_description: text } })
  })

  test('shows and hides cards of others, but of no call that is over', async () => {
    const { CALL_ID } = (await register({ ...incoming, SHOW: 0 })).body.result
    expect(shown()).toEqual([])
    expect((await stage.rest('telephony.externalcall.show', { CALL_ID, USER_ID: [1, 3] })).body.result).toBe(
      true,
    )
    expect(shown()).toEqual([1, 3])
    expect((await stage.rest('telephony.externalCall.hide', { CALL_ID, USER_ID: 3 })).body.result).toBe(true)
    expect(shown()).toEqual([1])
    await finish({ CALL_ID, USER_ID: 1, DURATION: 5 })
    expect((await stage.rest('telephony.externalCall.show', { CALL_ID })).body.result).toBe(false)
  })

  test('given up by the portal cannot be finished', async () => {
    const { CALL_ID } = (await register()).body.result
    const { bitrix24 } = stage.sandbox
    expect(bitrix24.calls.dropOpen(bitrix24.portal('acme'), 0)).toEqual([CALL_ID])
    expect((await finish({ CALL_ID, USER_ID: 2 })).body.error_description).toContain('Call is not found')
    expect(shown()).toEqual([])
  })

  test('is no business of incoming webhooks', async () => {
    const url = stage.sandbox.bitrix24.createWebhook({ portal: 'acme', userId: 1 })
    const ask = async (method: string) => {
      const answer = await fetch(`${url}${method}`, { method: 'POST' })
      return { status: answer.status, error: ((await answer.json()) as Loose).error }
    }
    expect(await ask('telephony.externalCall.register')).toEqual({ status: 403, error: 'WRONG_AUTH_TYPE' })
    expect(await ask('event.bind')).toEqual({ status: 403, error: 'WRONG_AUTH_TYPE' })
    expect((await ask('user.current')).status).toBe(200)
  })
})

describe('the statistics', () => {
  test('tell by CALL_ID or EXTERNAL_CALL_ID whether a call was finished', async () => {
    const { CALL_ID } = (await register()).body.result
    const ask = async (FILTER: object) => (await stage.rest('voximplant.statistic.get', { FILTER })).body
    expect(await ask({ CALL_ID })).toMatchObject({ result: [], total: 0 })
    await finish({ CALL_ID, USER_ID: 2, DURATION: 95 })
    for (const filter of [
      { CALL_ID },
      { EXTERNAL_CALL_ID: 'x-1' },
      { '>=CALL_START_DATE': '2020-01-01T00:00:00+01:00' },
    ]) {
      expect(await ask(filter)).toMatchObject({
        total: 1,
        result: [
          {
            ID: '1',
            CALL_ID,
            CALL_DURATION: '95',
            CALL_TYPE: '2',
            RECORD_FILE_ID: null,
            CRM_ACTIVITY_ID: '1',
          },
        ],
      })
    }
    expect((await ask({ '!CALL_ID': CALL_ID })).result).toEqual([])
    expect((await ask({ '<CALL_START_DATE': '2020-01-01T00:00:00+01:00' })).result).toEqual([])
  })

  test('take a recording by address, by content and by upload, the last one counts', async () => {
    const { CALL_ID } = (await register()).body.result
    const attach = (params: object) =>
      stage.rest('telephony.externalCall.attachRecord', { CALL_ID, ...params })
    const RECORD_URL = `${stage.appUrl}/record.mp3?id=1`
    expect((await attach({ RECORD_URL })).body.error_description).toContain('not finished yet')
    await finish({ CALL_ID, USER_ID: 2, DURATION: 95 })
    expect((await attach({ RECORD_URL })).body.result).toEqual({ FILE_ID: expect.any(Number) })
    const record = () => stage.sandbox.bitrix24.portal('acme').statistics[0]?.record
    const digest = (text: string) => createHash('sha256').update(text).digest('hex')
    expect(record()).toMatchObject({ name: 'record.mp3', bytes: 5, sha256: digest('sound') })
    await attach({ FILENAME: 'a.wav', FILE_CONTENT: Buffer.from('other').toString('base64') })
    expect(record()).toMatchObject({ name: 'a.wav', sha256: digest('other') })
    const { uploadUrl, fieldName } = (await attach({ FILENAME: 'b.mp3' })).body.result
    const form = new FormData()
    form.set(fieldName, new Blob(['third']), 'b.mp3')
    const uploaded = await fetch(uploadUrl, { method: 'POST', body: form })
    expect(await uploaded.json()).toEqual({ result: { FILE_ID: expect.any(Number) } })
    expect(record()).toMatchObject({ name: 'b.mp3', sha256: digest('third') })
  })

  test.each([
    [{}, 'Required parameters are not set'],
    [{ FILENAME: '' }, 'File name is empty'],
    [{ FILENAME: 'a.ogg' }, 'Wrong file extension'],
    [{ FILENAME: 'a.mp3', FILE_CONTENT: '' }, 'File content is empty.'],
    [{ FILENAME: 'a.mp3', FILE_CONTENT: '%%' }, 'File content is not properly encoded'],
    [{ RECORD_URL: 'gone' }, 'Server returns HTTP error code 404'],
    [{ RECORD_URL: 'moved' }, 'Server returns HTTP error code 302'],
  ])('refuse a recording with %j', async (params: Loose, text) => {
    const { CALL_ID } = (await register()).body.result
    await finish({ CALL_ID, USER_ID: 2, DURATION: 95 })
    if (params.RECORD_URL === 'gone') stage.record = { status: 404, body: '' }
    if (params.RECORD_URL === 'moved') stage.record = { status: 302, body: '', location: '/else.mp3' }
    const given = params.RECORD_URL === undefined ? params : { RECORD_URL: `${stage.appUrl}/record.mp3` }
    const answer = await stage.rest('telephony.externalCall.attachRecord', { CALL_ID, ...given })
    expect(answer).toMatchObject({ status: 400, body: { error_description: expect.stringContaining(text) } })
  })
})

describe('a click on a number', () => {
  const click = () =>
    stage.sandbox.bitrix24.clickToCall({ portal: 'acme', userId: 2, number: '020 7946 0123' })

  test('goes to the app chosen for outgoing calls, with a call made already', async () => {
    await stage.rest('event.bind', { event: 'OnExternalCallStart', handler: `${stage.appUrl}/event` })
    expect(click).toThrow('no app is chosen')
    stage.sandbox.bitrix24.setOutgoing({ portal: 'acme', clientId: 'local.1', line: '+4930123450' })
    const { callId, delivered } = click()
    expect(delivered).toBe(1)
    expect(shown()).toEqual([2])
    await stage.sandbox.idle()
    const [event] = stage.events('ONEXTERNALCALLSTART')
    expect(event.data).toEqual({
      PHONE_NUMBER: '020 7946 0123',
      PHONE_NUMBER_INTERNATIONAL: '+492079460123',
      EXTENSION: '',
      USER_ID: '2',
      CALL_LIST_ID: '0',
      LINE_NUMBER: '+4930123450',
      IS_MOBILE: '0',
      CALL_ID: callId,
      CRM_ENTITY_TYPE: '',
      CRM_ENTITY_ID: '0',
    })
    expect(event.event_handler_id).toBe('1')
    expect(event.auth).toMatchObject({
      user_id: '2',
      member_id: stage.sandbox.bitrix24.portal('acme').memberId,
    })
    expect(event.auth.refresh_token).toBeUndefined()
    // Registering it would make a second call.
    const twice = await register({ ...incoming, PHONE_NUMBER: '020 7946 0123', TYPE: 1 })
    expect(twice.body.result.CALL_ID).not.toBe(callId)
    const finished = await finish({
      CALL_ID: callId,
      USER_ID: 2,
      DURATION: 0,
      STATUS_CODE: '480',
      FAILED_REASON: 'off',
    })
    expect(finished.body.result).toMatchObject({
      CALL_STATUS: 0,
      CALL_FAILED_CODE: '480',
      EXTERNAL_CALL_ID: null,
    })
    const cards = stage.sandbox.bitrix24.cards('acme').shown.map((card) => card.callId)
    expect(cards).not.toContain(callId)
  })

  test('of somebody outside comes without a call and without a user', async () => {
    await stage.rest('event.bind', { event: 'ONEXTERNALCALLBACKSTART', handler: `${stage.appUrl}/event` })
    stage.sandbox.bitrix24.setOutgoing({ portal: 'acme', clientId: 'local.1' })
    stage.sandbox.bitrix24.requestCallback({ portal: 'acme', number: ada, text: 'please' })
    await stage.sandbox.idle()
    const [event] = stage.events()
    expect(event.data).toEqual({
      PHONE_NUMBER: ada,
      TEXT: 'please',
      VOICE: '',
      CRM_ENTITY_TYPE: 'CONTACT',
      CRM_ENTITY_ID: '1',
      LINE_NUMBER: '',
    })
    expect(event.auth.access_token).toBeUndefined()
  })
})

test('external lines are the app’s own, and are refused as documented', async () => {
  const line = (what: string, params: object = {}) => stage.rest(`telephony.externalLine.${what}`, params)
  expect((await line('add', { NUMBER: '+4930123450', NAME: 'Sales' })).body.result).toEqual({ ID: 1 })
  expect((await line('add', { NUMBER: '+4930123450' })).body.error_description).toBe('Line already exists')
  expect((await line('update', { NUMBER: '+4930123450' })).body.error_description).toBe(
    'There are no fields to update',
  )
  expect((await line('update', { NUMBER: '+4930123450', CRM_AUTO_CREATE: 'N' })).body.result).toEqual({
    ID: '1',
  })
  expect((await line('get')).body.result).toEqual([
    { NUMBER: '+4930123450', NAME: 'Sales', CRM_AUTO_CREATE: 'N' },
  ])
  expect((await line('delete', { NUMBER: 'x' })).body.error_description).toBe(
    'Could not find line with number x',
  )
  expect((await line('delete', { NUMBER: '+4930123450' })).body.result).toEqual([])
  expect((await line('add')).body.error_description).toBe('NUMBER should not be empty')
})
