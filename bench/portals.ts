import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startSandboxProcess } from '../demo/processes.ts'
import { type Control, controlOf } from '../demo/set-up.ts'
import { parseE164 } from '../server/contacts/numbers.ts'
import { type Bitrix24, createBitrix24 } from '../server/crms/bitrix24/index.ts'
import type { CallToWrite, CrmSession, PortalVisit } from '../server/crms/contract.ts'
import { createEgress } from '../server/egress/index.ts'
import type { RawRequest } from '../server/phones/contract.ts'
import type { Effort } from './bench.ts'
import { median, type Result } from './report.ts'

const app = { clientId: 'local.bench.1', clientSecret: 'bench' }
const counts = [1, 10, 100]
const outer = '+442079460123'
const line = '+420222333444'

/**
 * Calls that are registered and finished in so many portals at once, as fast as they answer, each portal's few enough that
 * its limit is not reached: what of it is ours, beside the bare requests. A refusal for too many ends it. The portals are a
 * process of their own; each round has fresh ones, because a limit recovers slowly.
 */
export async function portals(effort: Effort): Promise<Result[]> {
  const sandbox = await startSandboxProcess({ port: 0, seed: 1 })
  const control = controlOf(sandbox.url)
  const posts = await listen()
  const egress = createEgress({ declared: [], privateHosts: [new URL(sandbox.url).host] })
  try {
    await control('bitrix24/register-app', {
      ...app,
      installUrl: `${posts.url}/install`,
      handlerUrl: `${posts.url}/app`,
      scopes: ['telephony', 'crm', 'placement', 'user_basic'],
    })
    const crm = createBitrix24({ egress, ...app, oauthUrl: `${sandbox.url}/bitrix24-oauth` })
    const open = opening({ control, crm, posts })
    const results: Result[] = []
    const memory = new Map<number, number>()
    for (const count of counts) {
      const ours: number[] = []
      const floor: number[] = []
      for (let round = 0; round < effort.rounds; round += 1) {
        const [first, second] = [await open(count), await open(count)]
        ours.push(await rate(first, effort.portalCalls, (session, marker) => ourCall(crm, session, marker)))
        memory.set(count, heldBytes() / 1e6)
        floor.push(await rate(second, effort.portalCalls, bareCall))
      }
      results.push({
        name: `portals, ${count}`,
        unit: '/s',
        ours: median(ours),
        floor: median(floor),
        bare: undefined,
        goal: { atLeast: 0.7 },
      })
    }
    await expectNoRefusal(control)
    results.push({
      name: 'portals, memory of 100 : 10',
      unit: 'MB',
      ours: memory.get(100) ?? Number.NaN,
      floor: memory.get(10) ?? Number.NaN,
      bare: undefined,
      goal: { atMost: 1.5 },
    })
    return results
  } finally {
    await egress.close()
    posts.close()
    await sandbox.stop()
  }
}

/** Calls a second over all portals; within one they come one after the other, as a queue of its own has them. */
async function rate(
  sessions: readonly CrmSession[],
  calls: number,
  one: (session: CrmSession, marker: string) => Promise<unknown>,
): Promise<number> {
  const begun = performance.now()
  const each = async (session: CrmSession) => {
    for (let call = 0; call < calls; call += 1) await one(session, `RF-BENCH${call}`)
  }
  await Promise.all(sessions.map(each))
  return (sessions.length * calls * 1000) / (performance.now() - begun)
}

async function ourCall(crm: Bitrix24, session: CrmSession, marker: string): Promise<void> {
  const startedAt = new Date()
  const liveRef = await crm.live.begin(session, {
    marker,
    direction: 'inbound',
    outer,
    line,
    startedAt,
    ownerExternalId: session.userRef,
  })
  const party = (number: string) => ({ kind: 'e164', e164: parseE164(number) }) as CallToWrite['from']
  await crm.writeActivity(session, {
    marker,
    direction: 'inbound',
    from: party(outer),
    to: party(line),
    startedAt,
    endedAt: startedAt,
    talkSeconds: 7,
    outcome: 'answered',
    subject: '',
    note: '',
    words: '',
    result: undefined,
    ownerExternalId: session.userRef,
    personExternalId: undefined,
    liveRef,
  })
}

/** The same two requests, and nothing that asks what they mean. */
async function bareCall(session: CrmSession, marker: string): Promise<void> {
  const auth = await session.accessToken()
  const ask = async (method: string, params: object) => {
    const answer = await fetch(`${session.apiBase}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...params, auth }),
    })
    const { result } = (await answer.json()) as { result?: { CALL_ID: string } }
    if (!result) throw new Error(`${method} was refused`)
    return result.CALL_ID
  }
  const CALL_ID = await ask('telephony.externalCall.register', {
    USER_ID: 1,
    PHONE_NUMBER: outer,
    TYPE: 2,
    LINE_NUMBER: line,
    CALL_START_DATE: new Date().toISOString(),
    EXTERNAL_CALL_ID: marker,
    CRM_CREATE: 0,
    SHOW: 0,
  })
  await ask('telephony.externalCall.finish', { CALL_ID, USER_ID: 1, DURATION: 7, STATUS_CODE: '200' })
}

/** Fresh portals in which the app is installed. */
function opening(parts: { control: Control; crm: Bitrix24; posts: Awaited<ReturnType<typeof listen>> }) {
  const { control, crm, posts } = parts
  let made = 0
  return async (count: number): Promise<CrmSession[]> => {
    const sessions: CrmSession[] = []
    for (let at = 0; at < count; at += 1) {
      made += 1
      const portal = `bench-${made}`
      const users = [{ name: 'Anna Nováková', email: `anna@${portal}.example`, admin: true }]
      await control('bitrix24/create-portal', { name: portal, users })
      await control('bitrix24/install', { portal, userId: 1, clientId: app.clientId })
      await control('bitrix24/finish-install', { portal, clientId: app.clientId })
      const { request, query } = posts.last()
      sessions.push(sessionOf(await crm.portal.readVisit(request, query)))
    }
    return sessions
  }
}

/** With its tokens in hand: how a server keeps them is none of this. */
function sessionOf({ identity, tokens }: PortalVisit): CrmSession {
  return {
    installationId: identity.companyRef,
    connectionId: identity.companyRef,
    organizationId: identity.companyRef,
    userRef: identity.userRef,
    apiBase: tokens.apiBase.replace(/\/$/, ''),
    accessToken: async () => tokens.accessToken,
    renewed: async () => tokens.accessToken,
    spend: () => undefined,
    allowance: () => undefined,
  }
}

async function expectNoRefusal(control: Control): Promise<void> {
  const { requests } = await control<{ requests: { vendor: string; status: number | null }[] }>('ledger')
  const refused = requests.filter(({ vendor, status }) => vendor === 'bitrix24' && status !== 200)
  if (refused.length > 0) throw new Error(`${refused.length} requests were refused`)
}

/** What is really held: without what only waits to be collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

/** Where the portals post their forms. */
async function listen() {
  const arrived: { request: RawRequest; query: Record<string, string> }[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const query = Object.fromEntries(new URL(request.url ?? '/', 'http://ours').searchParams)
      arrived.splice(0, arrived.length, {
        request: { method: request.method ?? '', headers: request.headers, body },
        query,
      })
      response.end('ok')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    last() {
      const [one] = arrived
      if (!one) throw new Error('nothing arrived')
      return one
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}
