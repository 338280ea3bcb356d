import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { scopes } from '../../../sandbox/demo-world.ts'
import { type CrmStage, crmConformance } from '../../../testing/conformance/crm.ts'
import type { RawRequest } from '../../phones/contract.ts'
import { aCall, codeFor, connectStandIn, installed, redirectUri } from './stand-in.ts'

const anna = 101
const boris = 102
const writing = '/api/v1/callLogs'

crmConformance({
  title: 'Pipedrive',
  parts: ['oauth', 'mirror', 'persons', 'amend'],
  stage,
  call: aCall,
  forgeries: (request) => {
    const sent = String(request.headers['authorization'])
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    return [
      undefined,
      '',
      'Basic',
      basic(':'),
      basic('app:wrong'),
      sent.slice(0, -6),
      sent.replace('Basic', 'Bearer'),
    ].map((authorization) => ({ ...request, headers: { ...request.headers, authorization } }))
  },
})

async function stage(): Promise<CrmStage> {
  const { crm, sandbox, app, close } = await connectStandIn({ timeoutMs: 400 })
  sandbox.pipedrive.createCompany({
    domain: 'acme',
    users: [
      { name: 'Anna Nováková', email: 'anna@acme.example', admin: true },
      { name: 'Boris Král', email: 'boris@acme.example' },
    ],
  })
  const listener = await listen()
  return {
    crm,
    oauth: { redirectUri, code: () => codeFor(crm, anna) },
    signIn: () => installed(crm, anna),
    signInColleague: () => installed(crm, boris),
    persons: {
      add: (name, number) =>
        String(sandbox.pipedrive.addPerson('acme', { name, phones: [{ value: number }] }).id),
      rename: (id, name) => void sandbox.pipedrive.editPerson('acme', Number(id), { name }),
      hide: (id) => void sandbox.pipedrive.editPerson('acme', Number(id), { visible_to: 1 }),
      remove: (id) => void sandbox.pipedrive.deletePerson('acme', Number(id)),
    },
    fault: (kind, on, times) =>
      void sandbox.faults.order({
        kind,
        times,
        ...(on === 'write' ? { method: 'POST', path: writing } : { path: '/api/v2/persons*' }),
      }),
    expireTokens: () => sandbox.clock.advance(3700),
    held: () => sandbox.ledger.held().length,
    writes: () =>
      sandbox.ledger.requests.filter(
        ({ method, template }) => method === 'POST' && template.endsWith('/callLogs'),
      ).length,
    idle: () => sandbox.idle(),
    async hooks() {
      const secrets = { user: 'ringfence', password: 'a long and random password' }
      await crm.mirror.makeHooks(await installed(crm, anna), { url: listener.url, ...secrets })
      listener.deliveries.length = 0
      return { deliveries: listener.deliveries, secrets }
    },
    async uninstall() {
      listener.deliveries.length = 0
      sandbox.pipedrive.registerApp({ ...app, scopes, callbackUrl: listener.url })
      await sandbox.pipedrive.uninstall(anna)
      const [request] = listener.deliveries
      if (!request) throw new Error('the uninstall was not told')
      return request
    },
    async close() {
      await close()
      listener.close()
    },
  }
}

/** An address of ours that answers 200 and keeps what came. */
async function listen() {
  const deliveries: RawRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    deliveries.push({ method: request.method ?? '', headers: request.headers, body: Buffer.concat(chunks) })
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/key`
  return { url, deliveries, close: () => server.close() }
}
