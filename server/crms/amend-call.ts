import { remoteParty } from '../calls/fold.ts'
import { showNews } from '../calls/show-news.ts'
import { findByNumber } from '../contacts/find-by-number.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { type Directory, finderOf } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { lockCall } from './call-log-rows.ts'
import type { Amended, Amendment, Crm, Written } from './contract.ts'
import { inTime } from './in-time.ts'
import type { Installation } from './installations.ts'
import { logIdOf } from './live-ref.ts'
import { afterFailure, later, unknownWaitOf } from './next-time.ts'
import { readNoteRow, rememberWords, wordsOf } from './note-rows.ts'
import type { WriteParts } from './write-parts.ts'

type Step =
  | { do: 'nothing' }
  | { do: 'come back'; at: Date }
  | { do: 'left'; why: string }
  | {
      do: 'amend'
      crm: Crm
      amend: NonNullable<Crm['amend']>
      installation: Installation
      written: Written
      amendment: Amendment
      /** of the note that is sent */
      version: number
      tries: number
    }

interface AmendedRow {
  state: string
  connection_id: string
  written_by: string | null
  external_id: string | null
  activity_id: string | null
  unlinked: boolean
}

/**
 * Takes into the CRM what became known of a call after it was written: what users wrote, and a person who has its number
 * now. Never overwrites what people changed there (docs/decisions/0020-amend-without-overwriting.md).
 *
 * No marker is needed: the change is worked out from what stands there. Which words of ours may stand there is committed
 * before each change leaves, so whoever comes after an unknown outcome recognises them, once no late effect can follow.
 */
export async function amendCall(
  parts: WriteParts,
  organization: Organization,
  callId: string,
): Promise<void> {
  const directory = await parts.directoryOf(organization)
  const since = Date.now()
  const step = await organization.transaction(
    (db) => nextStep(parts, organization, directory, db, callId),
    'log the call in the CRM',
  )
  switch (step.do) {
    case 'nothing':
      return
    case 'come back':
      return enqueueAmend(parts.jobs, organization.id, callId, step.at)
    case 'left':
      await leave(organization, callId, step.why)
      return showNews(parts, organization, callId, 'log the call in the CRM')
    case 'amend':
      await carryOut(parts, organization, callId, step, since)
      return showNews(parts, organization, callId, 'log the call in the CRM')
  }
}

/** A person asks for another try of a note that waits or was refused. */
export async function retryAmend(
  parts: Pick<WriteParts, 'jobs'>,
  organization: Organization,
  callId: string,
): Promise<void> {
  const row = await organization.transaction(
    (db) =>
      db.row(
        `update call_notes set state = 'idle', reason = null, next_at = null where id = $1 and state in ('failed', 'waiting')
       returning id`,
        [callId],
      ),
    'log the call in the CRM',
  )
  if (row) await enqueueAmend(parts.jobs, organization.id, callId, new Date())
}

/** One change of a call at a time; typed again meanwhile, it waits anew. */
export async function enqueueAmend(
  jobs: Jobs,
  organizationId: string,
  callId: string,
  at: Date,
): Promise<void> {
  await jobs.add('amend-call', { organizationId, callId }, { key: `amend-call:${callId}`, at, alone: true })
}

async function nextStep(
  parts: WriteParts,
  organization: Organization,
  directory: Directory,
  db: Db,
  callId: string,
): Promise<Step> {
  const record = await lockCall(parts.clock, organization, db, callId)
  if (!record) return { do: 'nothing' }
  const row = await db.row<AmendedRow>(
    `select state, connection_id, written_by, external_id, activity_id, unlinked_hash is not null as unlinked
     from call_logs where call_id = $1`,
    [callId],
  )
  if (row?.state !== 'written') return { do: 'nothing' } // its writing takes along what is there, and asks again afterwards
  const noted = await readNoteRow(organization, db, callId)
  if (noted?.state === 'sending' && noted.sentAt) {
    const until = noted.sentAt.getTime() + unknownWaitOf(parts)
    if (until > Date.now()) return { do: 'come back', at: new Date(until + 500) }
  }
  const due = noted !== undefined && noted.version > noted.crmVersion
  const person = row.unlinked
    ? await onlyPerson(organization, directory, db, remoteParty(record.call))
    : undefined
  if (noted?.state === 'left' || (!due && person === undefined)) return { do: 'nothing' }
  const crm = parts.crms.get(directory.connections.get(row.connection_id)?.adapter ?? '')
  // Where a call is known by the CRM's id of it, its activity is found by that.
  if (row.activity_id === null && !crm?.live) return { do: 'left', why: 'entry-unknown' }
  if (crm && !crm.amend) return { do: 'left', why: 'cannot' }
  // What is left there belongs to the user who wrote it: their token can surely change it.
  const installations = await parts.installations.active(row.connection_id)
  const installation = installations.find((one) => one.id === row.written_by) ?? installations[0]
  await db.rows('insert into call_notes (id, expires_at) values ($1, $2) on conflict (id) do nothing', [
    callId,
    record.expiresAt,
  ])
  if (!crm?.amend || !installation) {
    const at = later(600)
    db.send(`update call_notes set state = 'waiting', reason = 'not-installed', next_at = $2 where id = $1`, [
      callId,
      at,
    ])
    return { do: 'come back', at }
  }
  const text = wordsOf(organization, noted?.note)
  if (due) await rememberWords(organization, db, record, [...noted.ours, text])
  await db.rows(
    `update call_notes set state = 'sending', sent_at = now(), tries = tries + 1, reason = null, next_at = null where id = $1`,
    [callId],
  )
  return {
    do: 'amend',
    crm,
    amend: crm.amend,
    installation,
    written: {
      logId: await logIdOf(organization, db, callId, row.external_id),
      activityId: row.activity_id ?? undefined,
    },
    amendment: {
      ...(due ? { words: { text, ours: [...noted.ours, text] } } : {}),
      ...(person === undefined ? {} : { personExternalId: person }),
    },
    version: noted?.version ?? 0,
    tries: (noted?.tries ?? 0) + 1,
  }
}

/** The only one who surely has this number. Of several nobody is chosen. */
async function onlyPerson(
  organization: Organization,
  directory: Directory,
  db: Db,
  number: ReturnType<typeof remoteParty>,
): Promise<string | undefined> {
  const found = await findByNumber(db, finderOf(organization, directory), number)
  const exact = found.filter((match) => match.why === 'exact')
  return exact.length === 1 ? exact[0]?.externalId : undefined
}

async function carryOut(
  parts: WriteParts,
  organization: Organization,
  callId: string,
  step: Extract<Step, { do: 'amend' }>,
  since: number,
): Promise<void> {
  try {
    // What was read there is not to be written back long afterwards: people go on meanwhile.
    const session = inTime(
      parts.installations.session(step.crm, step.installation),
      since,
      unknownWaitOf(parts),
    )
    const amended = await step.amend(session, step.written, step.amendment)
    await settle(parts, organization, callId, step, amended)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code === 'provider-rejected' && failure.status === 404) {
      // People removed it there: nothing is put back.
      await leave(organization, callId, 'entry-gone')
      return
    }
    const next = failure && afterFailure(failure, step.tries, unknownWaitOf(parts))
    if (!next) throw error
    parts.log.warn('call-not-amended', { callId, code: failure.code, state: next.state })
    await organization.transaction(
      (db) =>
        db.rows(
          `update call_notes set state = $2, reason = $3, next_at = $4, sent_at = case when $2 = 'sending' then sent_at end
         where id = $1`,
          [callId, next.state, next.reason, next.at ?? null],
        ),
      'log the call in the CRM',
    )
    if (next.at) await enqueueAmend(parts.jobs, organization.id, callId, next.at)
  }
}

async function settle(
  parts: WriteParts,
  organization: Organization,
  callId: string,
  { version, amendment }: Extract<Step, { do: 'amend' }>,
  { person }: Amended,
): Promise<void> {
  await organization.transaction(async (db) => {
    // Of what we ever sent only this may stand there now: earlier words are not kept, they may have been put right.
    const record = amendment.words && (await lockCall(parts.clock, organization, db, callId))
    if (record && amendment.words) await rememberWords(organization, db, record, [amendment.words.text])
    await db.rows(
      `update call_notes set crm_version = greatest(crm_version, $2), state = 'idle', sent_at = null, tries = 0, reason = null,
              next_at = null where id = $1`,
      [callId, amendment.words ? version : 0],
    )
    // Somebody is linked, by us or by people, and that is how it stays. Who has gone may be entered again.
    if (person === 'linked' || person === 'somebody-else')
      await db.rows('update call_logs set unlinked_hash = null where call_id = $1', [callId])
  }, 'log the call in the CRM')
}

/** Nothing is to be done in the CRM any more; what was written stays here for as long as the call does. */
async function leave(organization: Organization, callId: string, why: string): Promise<void> {
  await organization.transaction(
    (db) =>
      db.rows(
        `update call_notes set state = 'left', reason = $2, sent_at = null, next_at = null where id = $1`,
        [callId, why],
      ),
    'log the call in the CRM',
  )
}
