import { openFacts, recordFrom } from '../calls/call-record.ts'
import type { Call } from '../calls/fold.ts'
import { leftOutBecause } from '../calls/fold.ts'
import { lockCalls } from '../calls/lock-calls.ts'
import { showNews } from '../calls/show-news.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { RecordedCall } from '../phones/contract.ts'
import type { AskedPhone } from '../phones/parts.ts'
import type { AttachParts } from './attach.ts'
import { enqueueAttach, factsWhileKept, storeAddress } from './ready.ts'
import { sessionFor } from './session.ts'

/**
 * Phone systems that tell of no recording are asked for it: soon after the call, then less and less often for about an
 * hour. In seconds.
 */
export const findWaits: readonly number[] = [30, 30, 60, 120, 240, 480, 960, 1800]
const personSeconds = 300

export interface FindParts extends AttachParts {
  /** see `findWaits` */
  findWaits: readonly number[]
}

interface Row {
  state: string
  reason: string | null
  tries: number
  /** it was found before */
  located: boolean
  connection_id: string
  version: number
  facts_sealed: Buffer
  expires_at: Date
}

type Next =
  | { state: 'waiting'; why: string; seconds: number; tries: number }
  | { state: 'left'; why: string }
  | { state: 'found'; id: string }

/**
 * A call was written, or is left out: is there a recording to look for? Asked again it sees to it that it is looked for:
 * whoever asked first may have been killed before anybody was told to.
 */
export async function planFinding(
  parts: FindParts,
  organization: Organization,
  callId: string,
): Promise<void> {
  const { connections } = await parts.directoryOf(organization)
  const planned = await organization.transaction(async (db) => {
    lockCalls(db, [callId])
    const row = await db.row<
      Omit<Row, 'state' | 'reason' | 'tries' | 'located'> & { log_state: string | null; planned: boolean }
    >(
      `select c.connection_id, c.version, c.facts_sealed, c.expires_at, l.state as log_state, r.id is not null as planned
       from calls c left join call_logs l on l.call_id = c.id left join recordings r on r.id = c.id
       where c.id = $1 and c.state = 'ended' and (r.id is null or (r.state = 'waiting' and r.address_sealed is null))`,
      [callId],
    )
    if (row?.planned) return true
    const connection = connections.get(row?.connection_id ?? '')
    const source = connection && parts.phones.get(connection.adapter)?.recordings
    if (!row || !connection || !source?.find || !source.attaches(connection.settings)) return false
    if (row.log_state === 'left-out') return false
    const { call } = recordFrom(
      { ...row, id: callId },
      openFacts(organization, callId, row.facts_sealed, parts.clock.ms()),
    )
    if (leftOutBecause(call) || !call.talkSeconds) return false
    const made = await db.row(
      `insert into recordings (id, reason, next_at, expires_at) values ($1, 'phone-searching', now(), $2)
       on conflict (id) do nothing returning id`,
      [callId, row.expires_at],
    )
    if (made) db.send('update calls set version = version + 1 where id = $1', [callId])
    return made !== undefined
  }, 'attach the recording in the CRM')
  if (!planned) return
  await enqueueFind(parts, organization.id, callId, parts.findWaits[0] ?? 0)
  await parts.show(organization, callId)
}

/**
 * Asks the phone system whether it has the recording of this call. What it is found by is kept sealed as an address is;
 * where several fit equally none is taken, and people are told.
 */
export async function findRecording(
  parts: FindParts,
  organization: Organization,
  callId: string,
): Promise<void> {
  const { connections } = await parts.directoryOf(organization)
  const row = await organization.transaction(
    (db) =>
      db.row<Row>(
        `select r.state, r.reason, r.tries, r.address_sealed is not null as located, c.connection_id, c.version, c.facts_sealed,
                c.expires_at
         from recordings r join calls c on c.id = r.id where r.id = $1`,
        [callId],
      ),
    'attach the recording in the CRM',
  )
  const connection = connections.get(row?.connection_id ?? '')
  const phone = connection && parts.phones.get(connection.adapter)
  if (row?.state !== 'waiting' || !connection || !phone?.api) return
  // Whoever found it may have been killed before it was handed on.
  if (row.located) return enqueueAttach(parts, organization.id, callId, { at: new Date() })
  const facts = factsWhileKept(parts, organization, callId, row.facts_sealed)
  if (!facts) return
  const record = recordFrom({ ...row, id: callId }, facts)
  const asked = { organization, connection, phone, api: phone.api }
  const next = await ask(parts, asked, {
    call: record.call,
    vendorCall: facts.vendorCall ?? '',
    tries: row.tries,
  })
  if (next.state === 'found') {
    const kept = await organization.transaction(
      (db) => storeAddress(organization, db, record, next.id),
      'attach the recording in the CRM',
    )
    if (kept) await enqueueAttach(parts, organization.id, callId, { at: new Date() })
    await parts.show(organization, callId)
    return
  }
  await organization.transaction(
    (db) =>
      db.rows(
        `update recordings set state = $2, reason = $3, next_at = now() + make_interval(secs => $4), tries = coalesce($5, tries)
         where id = $1 and state = 'waiting' and address_sealed is null`,
        [
          callId,
          next.state,
          next.why,
          next.state === 'waiting' ? next.seconds : null,
          next.state === 'waiting' ? next.tries : 0,
        ],
      ),
    'attach the recording in the CRM',
  )
  if (next.state === 'waiting') await enqueueFind(parts, organization.id, callId, next.seconds)
  if (next.state !== 'waiting' || next.why !== row.reason)
    await showNews(parts, organization, callId, 'attach the recording in the CRM')
}

async function ask(
  parts: FindParts,
  asked: AskedPhone,
  of: { call: Call; vendorCall: string; tries: number },
): Promise<Next> {
  const source = asked.phone.recordings
  if (!source?.find || !source.attaches(asked.connection.settings))
    return { state: 'left', why: 'not-chosen' }
  const again = (why: string, seconds: number): Next => ({ state: 'waiting', why, seconds, tries: of.tries })
  try {
    const session = await sessionFor(parts, asked, of.call)
    if (!session) return { state: 'left', why: 'phone-not-connected' }
    const found = await source.find(session, recordedCall(of))
    if (found.state === 'found') return found
    if (found.state === 'doubtful') return { state: 'left', why: 'phone-doubtful' }
    const tries = of.tries + 1
    const seconds = parts.findWaits[tries]
    if (found.state === 'none' || seconds === undefined) return { state: 'left', why: 'phone-none' }
    return { state: 'waiting', why: 'phone-searching', seconds, tries }
  } catch (error) {
    const failure = failureOf(error)
    switch (failure?.code) {
      case 'provider-unavailable':
        return again('phone-away', Math.max(60, failure.retryAfterSeconds))
      case 'provider-refused':
        return again('phone-refused', personSeconds)
      case 'provider-rejected':
        return { state: 'left', why: 'phone-none' }
      default:
        throw error
    }
  }
}

function recordedCall({ call, vendorCall }: { call: Call; vendorCall: string }): RecordedCall {
  return {
    call: vendorCall,
    direction: call.direction ?? 'inbound',
    from: call.direction === 'outbound' ? (call.shownAs ?? call.from) : call.from,
    to: call.to,
    startedAt: new Date(call.startedAt),
    endedAt: new Date(call.endedAt ?? call.startedAt),
    talkSeconds: call.talkSeconds ?? 0,
  }
}

/** As with transfers: one of an organization at a time, so that a slow phone system holds up its own only. */
async function enqueueFind(
  { jobs }: Pick<AttachParts, 'jobs'>,
  organizationId: string,
  callId: string,
  seconds: number,
): Promise<void> {
  await jobs.add(
    'find-recording',
    { organizationId, callId },
    {
      key: `find-recording:${callId}`,
      at: new Date(Date.now() + seconds * 1000),
      queue: `recordings:${organizationId}`,
    },
  )
}
