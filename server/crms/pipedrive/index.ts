import type { Egress, RetryOptions } from '../../egress/index.ts'
import type { Crm } from '../contract.ts'
import { amend } from './amend.ts'
import { attachRecording } from './attach-recording.ts'
import { canSee } from './can-see.ts'
import { createClient } from './client.ts'
import { readContacts } from './contacts.ts'
import { correctPerson } from './correct-person.ts'
import { createPerson, findPerson } from './create-person.ts'
import { readDeals, readDealTitles } from './deals.ts'
import { binDays, findTwins, removePerson, removeWritten } from './find-twins.ts'
import { findWritten } from './find-written.ts'
import { followUpsOf } from './follow-ups.ts'
import { checkHooks, makeHooks, removeHooks } from './hooks.ts'
import { linkDeal } from './link-deal.ts'
import { createOAuth } from './oauth.ts'
import { Pauses } from './pauses.ts'
import { receive } from './receive.ts'
import { SetUpMemory } from './set-up-memory.ts'
import { readSignedToken } from './signed-token.ts'
import { readUninstall } from './uninstall.ts'
import { activityUrl, frameAncestors, personUrl } from './urls.ts'
import { readIdentity, readUsers } from './users.ts'
import { writeActivity } from './write-activity.ts'

export interface PipedriveOptions {
  egress: Egress
  clientId: string
  clientSecret: string
  /** with which tokens of frames are signed; without one of their own Pipedrive signs them with the client secret */
  jwtSecret?: string
  /** https://oauth.pipedrive.com, or the address of what stands in its place */
  oauthUrl: string
  /** for one request, from look-up to last byte; default 20 s */
  timeoutMs?: number
  /** how long a recording may stand still on its way; default as for any upload */
  uploadIdleMs?: number
  retries?: RetryOptions
  now?: () => Date
}

export type Pipedrive = ReturnType<typeof createPipedrive>

/** Pipedrive as a CRM: an OAuth app, API v1 and v2, webhooks v2, call logs. Pipedrive's "organization" is our company. */
export function createPipedrive(options: PipedriveOptions) {
  const { egress, clientId, clientSecret, timeoutMs = 20_000, retries = {}, now = () => new Date() } = options
  const oauthUrl = options.oauthUrl.replace(/\/+$/, '')
  const { authorizeUrl, exchange, refresh, revoke } = createOAuth({
    egress,
    clientId,
    clientSecret,
    oauthUrl,
    timeoutMs,
    now,
  })
  const jwtSecret = options.jwtSecret ?? clientSecret
  const memory = new SetUpMemory()
  const pauses = new Pauses(now)
  const client = createClient({
    egress,
    pauses,
    oauthUrl,
    timeoutMs,
    retries,
  })
  return {
    name: 'pipedrive',
    title: 'Pipedrive',
    policyUrl: 'https://www.pipedrive.com/en/privacy',
    frames: {
      ancestors: frameAncestors(oauthUrl),
      readSigned: (token) => readSignedToken(token, jwtSecret, now()),
    },
    oauth: {
      authorizeUrl,
      exchange,
      async identity(session) {
        const identity = await readIdentity(client, session)
        memory.learnCompany(session.apiBase, identity.companyRef)
        return identity
      },
      readUninstall: (request) => readUninstall(request, { clientId, clientSecret }),
    },
    mirror: {
      contacts: (session, from) => readContacts(client, memory, session, from),
      canSee: (session, externalId) => canSee(client, session, externalId),
      makeHooks: (session, hook) => makeHooks(client, memory, session, hook),
      checkHooks: (session, hooks) => checkHooks(client, session, hooks),
      removeHooks: (session, ids) => removeHooks(client, session, ids),
      receive: (request, secrets) => receive(memory, request, secrets),
      personUrl,
    },
    deals: {
      open: (session, cursor) => readDeals(client, session, cursor),
      titles: (session, deals) => readDealTitles(client, session, deals),
      link: (session, activityId, deal) => linkDeal(client, session, activityId, deal),
    },
    persons: {
      create: (session, person) => createPerson(client, memory, session, person),
      find: (session, number) => findPerson(client, memory, session, number),
    },
    followUps: followUpsOf(client),
    twins: {
      find: (sessions, asked) => findTwins(client, sessions, asked),
      remove: (session, written) => removeWritten(client, session, written),
    },
    refresh,
    revoke,
    users: (session) => readUsers(client, session),
    writeActivity: (session, call) => writeActivity(client, session, call),
    findWritten: (session, call) => findWritten(client, session, call),
    amend: (session, written, amendment) => amend(client, session, written, amendment),
    attachRecording: (session, logId, recording) =>
      attachRecording({ egress, pauses, oauthUrl, idleMs: options.uploadIdleMs }, session, logId, recording),
    requests: {
      binDays,
      correct: (session, externalId, correction) =>
        correctPerson(client, memory, session, externalId, correction),
      erase: (session, externalId) => removePerson(client, session, externalId),
      removeWritten: (session, written) => removeWritten(client, session, written),
    },
    activityUrl,
  } satisfies Crm
}
