import { setTimeout as sleep } from 'node:timers/promises'
import type { Egress, RetryOptions } from '../../egress/index.ts'
import type { AppCredentials, Crm } from '../contract.ts'
import { portalOf } from './addresses.ts'
import { amend } from './amend.ts'
import { createClient } from './client.ts'
import { Homes } from './homes.ts'
import { identify } from './identify.ts'
import { Limits } from './limits.ts'
import { liveCallsOf } from './live.ts'
import { createOAuth } from './oauth.ts'
import { personsOf } from './persons.ts'
import { companyOf, receive } from './receive.ts'
import { referToRecording } from './recording.ts'
import { setUp, unbindEvents } from './set-up.ts'
import { findWritten } from './statistics.ts'
import { readUsers } from './users.ts'
import { readRenewal, readVisit } from './visit.ts'
import { writeActivity } from './write-activity.ts'

export interface Bitrix24Options {
  egress: Egress
  /** the app of this installation; without it every portal brings an app of its own */
  clientId?: string | undefined
  clientSecret?: string | undefined
  /** https://oauth.bitrix.info, or the address of what stands in its place */
  oauthUrl?: string | undefined
  /** `host` or `host:port` of portals on a company's own servers; portals of the cloud need not be named */
  portalHosts?: readonly string[]
  /** by which a page of ours speaks with the portal around it */
  scriptUrl?: string
  /** for one request, from look-up to last byte; default 20 s */
  timeoutMs?: number
  retries?: RetryOptions
  now?: () => Date
}

export type Bitrix24 = ReturnType<typeof createBitrix24>

/**
 * Bitrix24 as a CRM: an app inside a portal, REST methods, telephony of the kind "external call".
 *
 * What it has not: a mirror (nothing of a portal is copied), deals of our choosing (the portal binds them itself), entries
 * that could be removed again. UNVERIFIED things stand behind one function each and are named there.
 */
export function createBitrix24(options: Bitrix24Options) {
  const { egress, timeoutMs = 20_000, retries = {}, now = () => new Date() } = options
  const oauthUrl = (options.oauthUrl ?? 'https://oauth.bitrix.info').replace(/\/+$/, '')
  const places = { oauthUrl, portalHosts: options.portalHosts ?? [] }
  const app = appOf(options)
  const homes = new Homes()
  const limits = new Limits({ now, wait: retries.wait ?? sleep })
  const oauth = createOAuth({ egress, app, places, homes, timeoutMs, now })
  const client = createClient({ egress, limits, homes, places, timeoutMs, retries })
  const visits = { client, oauth, limits, places, app, now }
  return {
    name: 'bitrix24',
    title: 'Bitrix24',
    portal: {
      hostScript: options.scriptUrl ?? 'https://api.bitrix24.com/api/v1/',
      readVisit: (request, query, own?) => readVisit(visits, request, query, own),
      readRenewal: (request, own?) => readRenewal(visits, request, own),
      companyOf,
      receive,
      setUp: (session, wished) => setUp(client, session, wished),
      takeDown: (session) => unbindEvents(client, session),
      ancestorOf: (apiBase) => new URL(portalOf(apiBase)).origin,
    },
    live: liveCallsOf(client),
    persons: personsOf(client, now),
    identify: (session, number) => identify(client, session, number),
    refresh: oauth.refresh,
    users: (session) => readUsers(client, session),
    writeActivity: (session, call) => writeActivity(client, session, call),
    findWritten: (session, call) => findWritten(client, session, call),
    amend: (session, written, amendment) => amend(client, session, written, amendment),
    referToRecording: (session, written, recording) => referToRecording(client, session, written, recording),
    // UNVERIFIED that a call has a page of its own: it opens in the card of whoever it was with
    activityUrl: () => undefined,
  } satisfies Crm
}

function appOf({ clientId, clientSecret }: Bitrix24Options): AppCredentials | undefined {
  return clientId && clientSecret ? { clientId, clientSecret } : undefined
}
