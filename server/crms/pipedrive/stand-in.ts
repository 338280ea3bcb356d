import { scopes } from '../../../sandbox/demo-world.ts'
import { startSandbox } from '../../../sandbox/index.ts'
import type { PhoneNumber } from '../../contacts/numbers.ts'
import { parseE164 } from '../../contacts/numbers.ts'
import { createEgress } from '../../egress/index.ts'
import type { Failure } from '../../failure.ts'
import { failureOf } from '../../failure.ts'
import type { CallToWrite, ContactPage, CrmSession, Feature, Tokens } from '../contract.ts'
import type { Pipedrive, PipedriveOptions } from './index.ts'
import { createPipedrive } from './index.ts'

/** For tests: this adapter, connected to the stand-in for Pipedrive. */

export const redirectUri = 'http://127.0.0.1:3000/apps/pipedrive/callback'
type Sandbox = Awaited<ReturnType<typeof startSandbox>>

export async function connectStandIn(more: Partial<PipedriveOptions> & { scopes?: string[] } = {}) {
  const { scopes: granted = scopes, ...options } = more
  const sandbox = await startSandbox()
  const { host } = new URL(sandbox.url)
  const egress = createEgress({ declared: ['*.pipedrive.com'], privateHosts: [host] })
  const app = { clientId: 'app', clientSecret: 'app secret' }
  sandbox.pipedrive.registerApp({ ...app, callbackUrl: redirectUri, scopes: granted })
  const crm = createPipedrive({
    egress,
    ...app,
    oauthUrl: sandbox.pipedrive.oauthHost,
    retries: { wait: async () => undefined },
    ...options,
  })
  return {
    sandbox,
    crm,
    app,
    egress,
    async close() {
      await egress.close()
      await sandbox.close()
    },
  }
}

/** What the browser brings back from Pipedrive's page. */
export async function codeFor(crm: Pipedrive, userId: number | string, state = 'state'): Promise<string> {
  const page = new URL(crm.oauth.authorizeUrl(state, redirectUri))
  page.searchParams.set('user', String(userId))
  const answer = await fetch(page, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? 'http://nowhere.example')
  return back.searchParams.get('code') ?? ''
}

export interface TestSession extends CrmSession {
  spent: Map<Feature, number>
  tokens: Tokens
  allowances: { left: number; limit: number }[]
  renewals: number
}

export function total(session: TestSession): number {
  return [...session.spent.values()].reduce((sum, tokens) => sum + tokens, 0)
}

/** An installation whose tokens are held here, where the server holds them sealed in its database. */
export async function installed(crm: Pipedrive, userId: number | string): Promise<TestSession> {
  const tokens = await crm.oauth.exchange(await codeFor(crm, userId), redirectUri)
  const session: TestSession = {
    installationId: `installation of ${userId}`,
    connectionId: 'connection',
    organizationId: 'organization',
    userRef: String(userId),
    apiBase: tokens.apiBase,
    tokens,
    spent: new Map(),
    allowances: [],
    renewals: 0,
    accessToken: async () => session.tokens.accessToken,
    async renewed() {
      session.renewals += 1
      session.tokens = await crm.refresh(session.tokens.refreshToken)
      return session.tokens.accessToken
    },
    spend: (feature, price) => session.spent.set(feature, (session.spent.get(feature) ?? 0) + price),
    allowance: (left, limit) => session.allowances.push({ left, limit }),
  }
  return session
}

export async function walk(
  crm: Pipedrive,
  session: CrmSession,
  changedSince?: Date,
): Promise<Pick<ContactPage, 'contacts' | 'companies'> & { pages: number }> {
  const all: Pick<ContactPage, 'contacts' | 'companies'> = { contacts: [], companies: [] }
  let cursor: string | undefined
  let pages = 0
  do {
    const from = {
      ...(cursor === undefined ? {} : { cursor }),
      ...(changedSince === undefined ? {} : { changedSince }),
    }
    const page = await crm.mirror.contacts(session, from)
    all.contacts.push(...page.contacts)
    all.companies.push(...page.companies)
    cursor = page.next
    pages += 1
  } while (cursor !== undefined)
  return { ...all, pages }
}

export async function failureFrom(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work
  } catch (error) {
    const failure = failureOf(error)
    if (failure === undefined) throw error
    return failure
  }
  return undefined
}

export function e164(text: string): PhoneNumber {
  const number = parseE164(text)
  if (number === undefined) throw new Error(`${text} is not E.164`)
  return { kind: 'e164', e164: number, country: undefined }
}

export function aCall(more: Partial<CallToWrite> = {}): CallToWrite {
  return {
    marker: 'RF-7K2Q',
    direction: 'inbound',
    from: e164('+442079460123'),
    to: e164('+420222333444'),
    startedAt: new Date('2026-11-23T06:01:00Z'),
    endedAt: new Date('2026-11-23T06:04:03Z'),
    talkSeconds: 183,
    outcome: 'answered',
    subject: 'Inbound call from +44 20 7946 0123',
    note: 'Answered by Anna',
    words: '',
    result: undefined,
    ownerExternalId: undefined,
    personExternalId: undefined,
    ...more,
  }
}

export type { Sandbox }
