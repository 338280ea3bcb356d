import type { Crm, CrmSession } from 'ringfence/adapter'
import {
  aCallToWrite,
  adapterConformance,
  type CrmStage,
  crmConformance,
  makeFor,
} from 'ringfence/adapter/conformance'
import { adapter } from './index.ts'
import { secret, startStandIn } from './stand-in.ts'

const redirectUri = 'http://127.0.0.1:4000/apps/example-crm/callback'
adapterConformance(adapter)

// Every promise that Ringfence makes of CRMs, checked against the stand-in.
crmConformance({
  title: adapter.title,
  // What it can do of what not every CRM can: no more and no less, so that no part goes untested.
  parts: ['oauth', 'identify'],
  stage,
  call: aCallToWrite,
  // The same request by somebody who does not know the secret.
  forgeries: (request) =>
    [undefined, '', 'guessed', String(request.headers['x-example-signature']).slice(1)].map((signature) => ({
      ...request,
      headers: { 'x-example-signature': signature },
    })),
})

async function stage(): Promise<CrmStage> {
  const standIn = await startStandIn()
  const crm = makeFor(adapter, {
    settings: { URL: standIn.url, CLIENTID: 'app', CLIENTSECRET: secret, TIMEOUTMS: '300' },
    privateHosts: [standIn.host],
  })
  return {
    crm,
    oauth: { code: async () => standIn.code(), redirectUri },
    signIn: () => installed(crm, standIn.code()),
    persons: { add: standIn.addPerson, rename: standIn.renamePerson, remove: standIn.removePerson },
    // It has no copy of contacts that could stumble.
    fault: (kind, on, times) => (on === 'write' ? standIn.fault(kind, times) : undefined),
    expireTokens: standIn.expireTokens,
    held: () => standIn.calls.length,
    writes: standIn.writes,
    idle: async () => undefined,
    uninstall: async () => standIn.uninstall(),
    close: async () => standIn.close(),
  }
}

/** An installation whose tokens are held here, where the server holds them sealed. */
async function installed(crm: Crm, code: string): Promise<CrmSession> {
  if (!crm.oauth) throw new Error('it is signed in to by OAuth')
  let tokens = await crm.oauth.exchange(code, redirectUri)
  return {
    installationId: 'installation',
    connectionId: 'connection',
    organizationId: 'organization',
    userRef: 'u1',
    apiBase: tokens.apiBase,
    accessToken: async () => tokens.accessToken,
    async renewed() {
      tokens = await crm.refresh(tokens.refreshToken)
      return tokens.accessToken
    },
    spend: () => undefined,
    allowance: () => undefined,
  }
}
