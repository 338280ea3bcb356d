import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Egress } from '../../egress/index.ts'
import { createEgress } from '../../egress/index.ts'
import type { CrmSession } from '../contract.ts'
import { createClient } from './client.ts'
import { endpoints } from './endpoints.ts'
import { Pauses } from './pauses.ts'
import { failureFrom } from './stand-in.ts'

interface Answer {
  status: number
  body: string
  type?: string
  headers?: Record<string, string>
}

let server: Server | undefined
let egress: Egress | undefined
afterEach(async () => {
  await egress?.close()
  server?.closeAllConnections()
  await new Promise((done) => server?.close(done) ?? done(undefined))
})

/** A host that gives these answers in turn, the last one for ever, and notes which token came. */
async function answering(...answers: Answer[]) {
  const tokens: (string | undefined)[] = []
  const listening = createServer((request, response) => {
    const {
      status,
      body,
      type = 'application/json',
      headers = {},
    } = answers[Math.min(tokens.length, answers.length - 1)] ?? { status: 500, body: '' }
    tokens.push(request.headers.authorization)
    response.writeHead(status, { 'content-type': type, ...headers }).end(body)
  })
  server = listening
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const host = `127.0.0.1:${(listening.address() as AddressInfo).port}`
  egress = createEgress({ declared: [], privateHosts: [host] })
  let now = Date.parse('2026-11-23T12:00:00Z')
  const client = createClient({
    egress,
    pauses: new Pauses(() => new Date(now)),
    oauthUrl: `http://${host}`,
    timeoutMs: 5000,
    retries: { attempts: 1 },
  })
  let spent = 0
  const session: CrmSession = {
    installationId: 'i',
    connectionId: 'c',
    organizationId: 'o',
    userRef: '101',
    apiBase: `http://${host}`,
    accessToken: async () => 'old',
    renewed: async () => 'new',
    spend: (_, tokensSpent) => {
      spent += tokensSpent
    },
    allowance: () => undefined,
  }
  const answer = z.object({ data: z.object({ id: z.number() }) })
  return {
    get: () => client(session, { endpoint: endpoints.me, answer, feature: 'check' }),
    post: () => client(session, { endpoint: endpoints.addCallLog, body: {}, answer, feature: 'call log' }),
    tokens,
    spent: () => spent,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

const good = {
  status: 200,
  body: '{"success":true,"data":{"id":1,"email":"ada@acme.example"},"additional_data":null}',
}
const refused = (status: number) => ({
  status,
  body: '{"success":false,"error":"unauthorized access","errorCode":401}',
})

describe('a request to Pipedrive', () => {
  it('keeps only what was declared', async () => {
    const { get } = await answering(good)
    expect(await get()).toEqual({ data: { id: 1 } })
  })

  it('is made once more with a new token, and not a third time', async () => {
    const once401 = await answering(refused(401), good)
    await once401.get()
    expect(once401.tokens).toEqual(['Bearer old', 'Bearer new'])
    expect(once401.spent()).toBe(4)
    await egress?.close()
    const always = await answering(refused(401))
    expect(await failureFrom(always.post())).toEqual({
      code: 'provider-refused',
      provider: 'pipedrive',
      status: 401,
    })
    expect(always.tokens.length).toBe(2)
  })

  it.each([
    [402, '{"success":false,"error":"Required suites missing"}', 'provider-refused'],
    [403, '{"success":false,"error":"Scope and URL mismatch","errorCode":403}', 'provider-refused'],
    [404, '{"success":false}', 'provider-rejected'],
    [400, 'not even JSON', 'provider-rejected'],
    [410, '{"success":false}', 'provider-rejected'],
    [422, '{"success":false}', 'provider-rejected'],
    [302, '', 'provider-rejected'],
  ])('answered %i %s fails as it is meant', async (status, body, code) => {
    const { get } = await answering({ status, body })
    expect(await failureFrom(get())).toEqual({ code, provider: 'pipedrive', status })
  })

  it.each([
    ['500', { status: 500, body: '{}' }],
    ['503 with a page', { status: 503, body: '<html>', type: 'text/html' }],
    ['a shape nobody knows', { status: 200, body: '{"success":true,"data":[]}' }],
    ['half an answer', { status: 200, body: '{"succ' }],
  ])('answered %s may have changed something only if it was to change something', async (_, answer) => {
    const { get, post } = await answering(answer)
    expect(await failureFrom(get())).toMatchObject({ code: 'provider-unavailable' })
    expect(await failureFrom(post())).toEqual({ code: 'provider-outcome-unknown', provider: 'pipedrive' })
  })

  it('answered by the firewall is not repeated for an hour', async () => {
    const page = { status: 403, body: '<!DOCTYPE html><title>Access denied</title>', type: 'text/html' }
    const { get, post, tokens, pass } = await answering(page, good)
    expect(await failureFrom(get())).toMatchObject({ code: 'provider-unavailable', retryAfterSeconds: 3600 })
    pass(3599)
    expect(await failureFrom(post())).toMatchObject({ code: 'provider-unavailable', retryAfterSeconds: 1 })
    expect(tokens.length).toBe(1)
    pass(1)
    expect(await get()).toEqual({ data: { id: 1 } })
  })

  it('PD-7 is paid for when it fails too, and not when it was never made', async () => {
    const { get, post, spent } = await answering({ status: 429, body: '{}' })
    await failureFrom(get())
    expect(spent()).toBe(2)
    await failureFrom(post())
    expect(spent()).toBe(2)
  })
})
