import { afterEach, beforeEach, expect, test } from 'vitest'
import { playDay } from './day.ts'
import { seedDemoWorld } from './demo-world.ts'
import { type Sandbox, startSandbox } from './index.ts'
import { scenarioNames } from './optimcall/scenarios.ts'
import { type Receiver, startReceiver } from './receiver.ts'

let sandbox: Sandbox
let receiver: Receiver

beforeEach(async () => {
  sandbox = await startSandbox()
  receiver = await startReceiver()
})

afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

test('a day has every scenario, loses no event, sends some twice, and lies in the past', async () => {
  seedDemoWorld(sandbox, { hookUrl: `${receiver.url}/hook` })
  const begun = sandbox.clock.now()
  const { calls, kinds } = await playDay({ sandbox, seed: 4, calls: 60, speed: 1500 })
  expect(calls).toHaveLength(60)
  expect(Object.keys(kinds).sort()).toEqual(scenarioNames.filter((name) => name !== 'lost-hang-up').sort())
  const { hooks } = sandbox.ledger
  expect(hooks.every(({ status }) => status === 200)).toBe(true)
  for (const fault of ['duplicate', 'reorder', 'slow']) {
    expect(hooks.some((hook) => hook.fault === fault)).toBe(true)
  }
  for (const call of calls) {
    const events = hooks.filter(({ subject }) => subject === call.id).map(({ event }) => event)
    expect(events).toContain('callStarted')
    expect(events).toContain('callDisconnected')
    expect(Date.parse(call.startTime)).toBeLessThanOrEqual(begun)
  }
  expect(sandbox.ledger.summary()).toMatchObject({ calls: 60, live: 0, activities: 0, strays: 0 })
  expect(sandbox.ledger.summary().lost).toBe(calls.filter(({ expectLog }) => expectLog).length)
})

test('the same seed makes the same day', async () => {
  const days: string[] = []
  for (let i = 0; i < 2; i += 1) {
    sandbox.reset()
    seedDemoWorld(sandbox)
    await playDay({ sandbox, seed: 9, calls: 25, speed: 50_000, withFaults: false })
    days.push(JSON.stringify(sandbox.ledger.calls.map(({ kind, from, to }) => ({ kind, from, to }))))
  }
  expect(days[0]).toBe(days[1])
})

test('the demo world: sixty persons, two of them with one number, and the needle woven in', async () => {
  const woven = await startSandbox({ needle: 'Zyx9' })
  try {
    seedDemoWorld(woven)
    const company = woven.pipedrive.company('acme')
    expect(company.persons.size).toBeGreaterThanOrEqual(60)
    expect(company.organizations.size).toBeGreaterThan(3)
    const app = woven.pipedrive.apps.get('demo-client')
    const found = woven.pipedrive.findUser(101)
    if (app === undefined || found === undefined) throw new Error('not seeded')
    const { access_token: token } = woven.pipedrive.install(app, found.company, found.user)
    const get = async (path: string) => {
      const response = await fetch(`${woven.pipedrive.apiDomain('acme')}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return ((await response.json()) as { data: { name: string; email?: string; emails?: object[] }[] }).data
    }
    const persons = await get('/api/v2/persons?limit=500')
    expect(persons.every(({ name }) => name.includes('Zyx9'))).toBe(true)
    expect(JSON.stringify(persons[0]?.emails)).toContain('Zyx9')
    const users = await get('/api/v1/users')
    expect(users.every(({ name, email }) => name.includes('Zyx9') && email?.includes('Zyx9'))).toBe(true)
    expect(persons.filter((person) => JSON.stringify(person).includes('222 000 199'))).toHaveLength(2)
  } finally {
    await woven.close()
  }
})
