import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from './index.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ retryScale: 0.5 })
})
afterAll(() => sandbox.close())

async function post(name: string, body: object) {
  const answer = await fetch(`${sandbox.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as unknown }
}

test.each([
  ['pipedrive', { dailyHeaders: false }, { codeSeconds: 7 }, { retryScale: 0.5 }],
  ['placetel', { errorBody: 'json' }, { rateLimit: { burst: 1, perSecond: 1 } }, { setupSeconds: 30 }],
  ['webex', { orgLevelCalls: true }, { codeSeconds: 7 }, { linkSeconds: 10_800 }],
  ['bitrix24', { rateLimit: false }, { eventDelayMs: 7 }, { eventTokens: true }],
])('settings of %s that are not named stay as they are', async (vendor, first, second, never) => {
  expect(await post(`${vendor}/settings`, first)).toMatchObject({ status: 200, body: first })
  const all = { ...first, ...second, ...never }
  expect(await post(`${vendor}/settings`, second)).toMatchObject({ status: 200, body: all })
  expect((await post(`${vendor}/settings`, { noSuchSetting: 1 })).status).toBe(400)
  expect((await post(`${vendor}/settings`, { codeSeconds: 'soon' })).status).toBe(400)
  expect(await post(`${vendor}/settings`, {})).toMatchObject({ status: 200, body: all })
})

test.each(['faults', 'placetel/faults', 'webex/faults'])('%s are ordered and cancelled', async (prefix) => {
  const order = { kind: 'lost-answer', times: 2 }
  const { body } = await post(`${prefix}/order`, order)
  const view = async () => (await fetch(`${sandbox.url}/control/${prefix}`)).json()
  expect(await view()).toMatchObject([{ ...(body as object), order, left: 2, hits: 0 }])
  expect((await post(`${prefix}/order-download`, { kind: 'no such' })).status).toBe(400)
  expect((await post(`${prefix}/cancel`, body as object)).status).toBe(200)
  expect(await view()).toEqual([])
})
