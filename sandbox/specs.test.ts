import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scopes } from './demo-world.ts'
import { type Sandbox, startSandbox } from './index.ts'
import { scenarioNames } from './optimcall/scenarios.ts'
import { routes } from './pipedrive/api.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { type Specs, specsFromEnvironment } from './specs.ts'

const specs = await specsFromEnvironment()
const title =
  specs === undefined
    ? 'official descriptions absent (set RINGFENCE_VENDOR_SPECS)'
    : 'the official descriptions'

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

/** The scopes page is newer than the description, which still names `admin` alone for webhooks. */
const newerScopes = ['webhooks:read', 'webhooks:full']

describe.skipIf(specs === undefined)(title, () => {
  const described = specs as Specs

  test('every endpoint has the described price and scopes', () => {
    for (const route of routes) {
      const path = `/api/v${route.version}${route.template.replaceAll(':id', '1')}`
      const operation = described.operation(route.method, path)
      expect({ path, tokens: route.tokens }).toEqual({ path, tokens: operation?.tokens })
      const missing = route.scopes.filter(
        (scope) => !newerScopes.includes(scope) && !operation?.scopes.includes(scope),
      )
      // users:read lists users; the description's other way, admin, is accepted too.
      expect({ path, missing: missing.filter((scope) => scope !== 'admin') }).toEqual({ path, missing: [] })
    }
  })

  test('every answer of Pipedrive validates', async () => {
    const { ask, seen } = asker(described)
    await ask('GET', '/api/v1/users/me', 200)
    await ask('GET', '/api/v1/users', 200)
    await ask('GET', '/api/v1/users/101', 200)
    await ask('GET', '/api/v1/activityTypes', 200)
    await ask('GET', '/api/v2/organizations', 200)
    await ask('GET', '/api/v2/organizations/1', 200)
    await ask('GET', '/api/v2/personFields', 200)
    await ask('GET', '/api/v2/persons?limit=1', 200)
    await ask('GET', '/api/v2/persons?sort_by=update_time&updated_since=2020-01-01T00:00:00Z', 200)
    const person = await ask('POST', '/api/v2/persons', 200, {
      name: 'Grace Hopper',
      org_id: 1,
      phones: [{ value: '+12025550143', label: 'mobile', primary: true }],
    })
    const personPath = `/api/v2/persons/${idOf(person)}`
    await ask('GET', personPath, 200)
    await ask('PATCH', personPath, 200, { name: 'Grace Murray Hopper' })
    await ask('GET', '/api/v2/persons/search?term=grace&fields=name', 200)
    const { deals } = sandbox.pipedrive
    const deal = deals.addDeal('acme', { title: 'Compiler', person_id: Number(idOf(person)) })
    const lead = deals.addLead('acme', { title: 'Nanoseconds', person_id: Number(idOf(person)) })
    await ask('GET', '/api/v2/deals?status=open&limit=500&sort_by=id&sort_direction=asc', 200)
    await ask('GET', `/api/v2/deals/${deal.id}`, 200)
    await ask('GET', '/api/v1/leads?limit=500&start=0', 200)
    await ask('GET', `/api/v1/leads/${lead.id}`, 200)

    const log = await ask('POST', '/api/v1/callLogs', 200, {
      to_phone_number: '+420222333444',
      from_phone_number: '+12025550143',
      outcome: 'connected',
      start_time: '2026-11-23 06:01:00',
      end_time: '2026-11-23 06:04:03',
      duration: '183',
      person_id: idOf(person),
      deal_id: deal.id,
      note: '<p>Answered</p>',
    })
    const logPath = `/api/v1/callLogs/${idOf(log)}`
    await ask('GET', '/api/v1/callLogs?start=0&limit=50', 200)
    await ask('GET', logPath, 200)
    await ask('POST', `${logPath}/recordings`, 200, recording())
    await ask('POST', `${logPath}/recordings`, 409, recording())
    await ask('DELETE', logPath, 200)
    await ask('DELETE', logPath, 410)
    await ask('GET', '/api/v1/callLogs/none', 404)

    await ask('GET', '/api/v2/activities', 200)
    const activity = await ask('POST', '/api/v2/activities', 200, {
      subject: 'Call',
      type: 'call',
      due_date: '2026-11-23',
      due_time: '06:01',
      done: true,
      participants: [{ person_id: idOf(person), primary: true }],
    })
    const activityPath = `/api/v2/activities/${idOf(activity)}`
    await ask('GET', activityPath, 200)
    await ask('PATCH', activityPath, 200, { note: '<p>Edited</p>' })
    await ask('DELETE', activityPath, 200)
    await ask('DELETE', personPath, 200)

    const hook = await ask('POST', '/api/v1/webhooks', 201, {
      subscription_url: `${receiver.url}/hook`,
      event_action: '*',
      event_object: 'person',
      name: 'persons',
      version: '2.0',
      http_auth_user: 'u',
      http_auth_password: 'p',
    })
    await ask('GET', '/api/v1/webhooks', 200)
    await ask('DELETE', `/api/v1/webhooks/${idOf(hook)}`, 200)
    await ask('DELETE', `/api/v1/webhooks/${idOf(hook)}`, 404)

    const all = routes.map((route) => `${route.method} /api/v${route.version}${route.template}`)
    expect([...seen].sort()).toEqual(all.sort())
    expect(sandbox.ledger.requestViolations).toEqual([])
  })

  test('wrong answers and events are found', () => {
    const answer = (data: unknown, path = '/api/v2/persons/1') =>
      described.checkResponse({ method: 'GET', path, status: 200, body: { success: true, data } })
    expect(answer({ id: 1, name: 'Ada' })).toEqual([])
    expect(answer({ id: '1', name: 'Ada' })).not.toEqual([])
    expect(answer({ id: 1, nam: 'Ada' })).not.toEqual([])
    expect(answer({ id: 1, phones: [{ value: '1', kind: 'work' }] })).not.toEqual([])
    expect(answer([{ id: '1' }], '/api/v1/callLogs')).not.toEqual([])
    const event = { name: 'callStarted', eventTime: '2026-11-23T09:15:00Z', totalLength: 0 }
    expect(described.checkEvent(event)).toEqual([])
    expect(described.checkEvent({ ...event, totalLength: '0' })).not.toEqual([])
    expect(described.checkEvent({ ...event, callOutcome: 'answered' })).not.toEqual([])
    expect(described.checkEvent({ ...event, eventTime: 'now' })).not.toEqual([])
  })

  test('a request that does not fit is written down', async () => {
    const { ask } = asker(described)
    await ask('POST', '/api/v1/callLogs', 400, { outcome: 'busy', wrong: 1 }, { unchecked: true })
    await ask('GET', '/api/v2/persons?what=1', 400, undefined, { unchecked: true })
    const messages = sandbox.ledger.requestViolations.map(({ path, message }) => `${path}: ${message}`)
    expect(messages.join('\n')).toMatch(/callLogs.*to_phone_number[\s\S]*wrong[\s\S]*what is not described/)
  })

  test.each(scenarioNames)('every event of %s validates', async (name) => {
    sandbox.optimcall.createTenant({
      name: 'acme',
      hookUrl: `${receiver.url}/hook`,
      extensions: [{ number: '21', name: 'Anna Nováková', devices: 2 }, { number: '22' }, { number: '30' }],
      groups: { '20': ['21', '22'] },
      lines: [{ number: '+420222333444', name: 'Sales' }],
      recording: { afterSeconds: 5 },
    })
    await sandbox.optimcall.play(name, { outer: '+442079460123', speed: 100_000 })
    await sandbox.idle()
    expect(receiver.received.length).toBeGreaterThan(1)
    for (const { body } of receiver.received) {
      expect({ event: body['name'], wrong: described.checkEvent(body) }).toEqual({
        event: body['name'],
        wrong: [],
      })
    }
  })
})

function recording(): FormData {
  const form = new FormData()
  form.set('file', new Blob(['sound'], { type: 'audio/mpeg' }), 'call.mp3')
  return form
}

function idOf(answer: { data: unknown }): string | number {
  return (answer.data as { id: string | number }).id
}

/** Asks the stand-in with a token of its admin, and holds every answer against the description. */
function asker(described: Specs) {
  const { pipedrive } = sandbox
  pipedrive.registerApp({
    clientId: 'client',
    clientSecret: 'secret',
    callbackUrl: `${receiver.url}/callback`,
    scopes,
  })
  pipedrive.createCompany({
    domain: 'acme',
    users: [{ name: 'Anna Nováková', email: 'anna@acme.example', admin: true }],
  })
  pipedrive.addOrganization('acme', { name: 'Analytical Engines', address: 'London' })
  pipedrive.addPerson('acme', {
    name: 'Ada Lovelace',
    phones: [{ value: '020 7946 0123' }],
    emails: [{ value: 'ada@mail.example' }],
  })
  pipedrive.addPerson('acme', { name: 'Ada', org_id: 1 })
  const app = pipedrive.apps.get('client')
  const found = pipedrive.findUser(101)
  if (app === undefined || found === undefined) throw new Error('not set up')
  const { access_token: token } = pipedrive.install(app, found.company, found.user)
  const seen = new Set<string>()

  async function ask(
    method: string,
    path: string,
    status: number,
    body?: object,
    { unchecked = false } = {},
  ) {
    const isForm = body instanceof FormData
    const response = await fetch(pipedrive.apiDomain('acme') + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const answer = (await response.json()) as { data: unknown }
    expect({ method, path, status: response.status }).toEqual({ method, path, status })
    const noted = sandbox.ledger.requests.at(-1)
    seen.add(`${method} ${noted?.template}`)
    if (!unchecked) {
      const [plain = ''] = path.split('?')
      const wrong = described.checkResponse({ method, path: plain, status, body: answer })
      expect({ method, path, wrong }).toEqual({ method, path, wrong: [] })
    }
    return answer
  }
  return { ask, seen }
}
