import type { App } from '../app.ts'
import { keysOfTyped, parseReported } from '../contacts/numbers.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Directory, DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { dial } from '../phones/dial.ts'
import { subjectOf } from './call-texts.ts'
import type { CallToWrite, CrmEvent, Written } from './contract.ts'
import { markerOf } from './describe-call.ts'
import { liveConnection } from './live-call.ts'
import { afterFailure, later, stillUnknown, unknownWaitOf } from './next-time.ts'
import {
  type RequestedRow,
  readRequested,
  requestedIdOf,
  requestedMs,
  setRequested,
  storeRequested,
} from './requested-rows.ts'

export type RequestParts = Pick<
  App,
  'directories' | 'crms' | 'installations' | 'accesses' | 'jobs' | 'clock' | 'log' | 'phones' | 'egress'
> & { unknownWaitMs?: number | undefined; requestedMs?: number | undefined }

type CallRequested = Extract<CrmEvent, { kind: 'call-requested' }>

/**
 * Somebody clicked a number inside the CRM. The request is kept before anything rings, so that an event told twice rings
 * once, and the call that the CRM has opened is closed even where nothing comes of it.
 */
export async function keepRequested(
  parts: Pick<RequestParts, 'directories' | 'jobs' | 'clock' | 'log'>,
  organization: Organization,
  connectionId: string,
  event: CallRequested,
): Promise<void> {
  const directory = await parts.directories.of(organization)
  if (!directory.agreed) return // nothing is kept before that
  const user = [...directory.users.values()].find(
    (one) => one.connectionId === connectionId && one.externalId === event.userRef,
  )
  const id = requestedIdOf(organization, connectionId, event.ref)
  await organization.transaction(async (db) => {
    const { number, ref, userRef } = event
    const { exact: e164 } = keysOfTyped(number, directory.numbers)
    const wish = { number, e164, ref, userRef, askedAt: parts.clock.ms(), connectionId, userId: user?.id }
    if (!(await storeRequested(organization, db, id, wish))) return
    // Before the commit, and again after it: a job that runs first finds nothing.
    await enqueueRequested(parts, organization.id, id, later(2))
  }, 'place a call')
  await enqueueRequested(parts, organization.id, id, new Date())
}

/** The call that came of it goes into no CRM, so what the CRM has opened for it is closed as not connected. */
export async function releaseRequested(
  parts: Pick<RequestParts, 'jobs'>,
  organization: Organization,
  db: Db,
  requestId: string,
): Promise<void> {
  setRequested(db, requestId, { state: 'closing', tries: 0, reason: 'left-out' })
  // Before the commit: a crash in between leaves a job that finds it taken, and it is released again with the next try.
  await enqueueRequested(parts, organization.id, requestId, later(2))
}

async function enqueueRequested(
  { jobs }: Pick<RequestParts, 'jobs'>,
  organizationId: string,
  requestId: string,
  at: Date,
): Promise<void> {
  await jobs.add(
    'requested-call',
    { organizationId, requestId },
    { key: `requested-call:${requestId}`, at, alone: true },
  )
}

type Step =
  | { do: 'nothing' }
  | { do: 'dial'; row: RequestedRow; user: DirectoryUser }
  | { do: 'come back'; at: Date }
  | { do: 'close'; row: RequestedRow; asked: boolean }

/**
 * Dials once, and waits for the call that the phone system then tells; live-call.ts takes the request for it. Where none
 * comes the CRM is told that nobody was reached.
 */
export async function tendRequested(
  parts: RequestParts,
  organization: Organization,
  id: string,
): Promise<void> {
  const directory = await parts.directories.of(organization)
  const step = await organization.transaction(
    (db) => nextStep(parts, { organization, directory, db }, id),
    'place a call',
  )
  switch (step.do) {
    case 'nothing':
      return
    case 'come back':
      return enqueueRequested(parts, organization.id, id, step.at)
    case 'dial':
      return ring(parts, organization, id, step)
    case 'close':
      return close(parts, { organization, directory }, id, step)
  }
}

async function nextStep(
  parts: RequestParts,
  { organization, directory, db }: { organization: Organization; directory: Directory; db: Db },
  id: string,
): Promise<Step> {
  const row = await readRequested(organization, db, id)
  if (!row) return { do: 'nothing' }
  const user = directory.users.get(row.userId ?? '')
  switch (row.state) {
    case 'asked':
      if (!user) {
        setRequested(db, id, { state: 'closing', reason: 'no-user', tries: 1 })
        return { do: 'close', row, asked: false }
      }
      // Committed before it leaves: a phone that rings twice is worse than one that does not.
      setRequested(db, id, { state: 'dialling' })
      return { do: 'dial', row, user }
    case 'dialling':
    case 'waiting': {
      const until = row.askedAt + (parts.requestedMs ?? requestedMs)
      if (until > parts.clock.ms()) return { do: 'come back', at: later((until - parts.clock.ms()) / 1000) }
      setRequested(db, id, { state: 'closing', reason: 'nothing-came', tries: 1 })
      return { do: 'close', row, asked: false }
    }
    case 'closing':
      setRequested(db, id, { state: 'closing', tries: row.tries + 1 })
      return { do: 'close', row: { ...row, tries: row.tries + 1 }, asked: row.tries > 0 }
    case 'taken':
    case 'closed':
    case 'failed':
      return { do: 'nothing' }
  }
}

async function ring(
  parts: RequestParts,
  organization: Organization,
  id: string,
  { row, user }: Extract<Step, { do: 'dial' }>,
): Promise<void> {
  const why = await dialled(parts, organization, user, row.number)
  const taken = await organization.transaction(async (db) => {
    const now = await readRequested(organization, db, id)
    if (now?.state !== 'dialling') return true // the call was there before the answer was
    setRequested(
      db,
      id,
      why === undefined ? { state: 'waiting' } : { state: 'closing', reason: why, tries: 0 },
    )
    return false
  }, 'place a call')
  if (taken) return
  const until = row.askedAt + (parts.requestedMs ?? requestedMs) - parts.clock.ms()
  await enqueueRequested(parts, organization.id, id, why === undefined ? later(until / 1000) : new Date())
}

/** @returns why it certainly does not ring; undefined: it does, or may */
async function dialled(
  parts: RequestParts,
  organization: Organization,
  user: DirectoryUser,
  number: string,
): Promise<string | undefined> {
  try {
    const answer = await dial(parts, { organization, user }, number)
    return answer.how === 'ringing' ? undefined : answer.why
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    parts.log.warn('request-not-dialled', { code: failure.code })
    return failure.code === 'provider-outcome-unknown' ? undefined : failure.code
  }
}

/** Tells the CRM that the call it has opened came to nothing, so that its card closes; once. */
async function close(
  parts: RequestParts,
  { organization, directory }: { organization: Organization; directory: Directory },
  id: string,
  { row, asked }: Extract<Step, { do: 'close' }>,
): Promise<void> {
  const live = liveConnection(directory, parts.crms)
  const [installation] =
    live?.id === row.connectionId ? await parts.installations.active(row.connectionId) : []
  if (!live || !installation) return
  const session = parts.installations.session(live.crm, installation)
  const call = notConnected(organization, id, row, parts.clock.ms())
  try {
    const found: Written | undefined = asked
      ? await stillUnknown(live.crm.findWritten(session, call), live.crm.name)
      : undefined
    if (!found) await live.crm.writeActivity(session, call)
    await settle(organization, id, { state: 'closed' })
  } catch (error) {
    const failure = failureOf(error)
    const next = failure && afterFailure(failure, row.tries, unknownWaitOf(parts))
    if (!next) throw error
    parts.log.warn('request-not-closed', { code: failure.code, state: next.state })
    const { at, reason } = next
    await settle(organization, id, {
      state: at ? 'closing' : 'failed',
      tries: row.tries,
      reason,
      ...(at ? { nextAt: at } : {}),
    })
    if (at) await enqueueRequested(parts, organization.id, id, at)
  }
}

async function settle(
  organization: Organization,
  id: string,
  to: Parameters<typeof setRequested>[2],
): Promise<void> {
  await organization.transaction(async (db) => setRequested(db, id, to), 'log the call in the CRM')
}

function notConnected(organization: Organization, id: string, row: RequestedRow, now: number): CallToWrite {
  const to = parseReported(row.number, { country: organization.country })
  const startedAt = new Date(row.askedAt)
  return {
    marker: markerOf(organization, id),
    direction: 'outbound',
    from: undefined,
    to,
    startedAt,
    endedAt: new Date(Math.max(now, row.askedAt)),
    talkSeconds: 0,
    outcome: 'failed',
    subject: subjectOf(organization, { direction: 'outbound', from: undefined, to, outcome: 'failed' }),
    note: '',
    words: '',
    result: undefined,
    ownerExternalId: row.userRef,
    personExternalId: undefined,
    liveRef: row.ref,
  }
}
