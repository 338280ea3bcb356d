import { remoteParty } from '../calls/fold.ts'
import type { Db } from '../database/transaction.ts'
import { callHourLivesHours } from '../keys/contract.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { personOf } from './describe-call.ts'
import {
  forgetAndAskAgain,
  keepWaiting,
  markClosing,
  markMaybeSent,
  markSending,
  settleClosed,
  settleOpen,
  showFollowUp,
  stillOpen,
} from './follow-up-changes.ts'
import type { FollowUpFate, FollowUps, FollowUpToWrite } from './follow-up-contract.ts'
import { enqueueFollowUp, type FollowUpRow, followUpById, isUnsettled, lockCaller } from './follow-up-rows.ts'
import { dueOn, followUpNote, followUpSubject } from './follow-up-texts.ts'
import { inTime } from './in-time.ts'
import type { Installation } from './installations.ts'
import { beganBefore, restoredSince } from './maybe-sent.ts'
import { later, stillUnknown, unknownWaitOf } from './next-time.ts'
import { callsOf } from './plan-follow-up.ts'
import type { WriteParts } from './write-parts.ts'

/**
 * The follow-up of a missed caller, from the missed call to the conversation.
 *
 * - `waiting`: nothing was sent; where the caller was reached meanwhile it is `closed` and never sent
 * - `sending`: the intent is committed, the outcome unknown until the CRM says it; after a wait it is looked for by its
 *   marker, and sent again only if it is not there
 * - `open`: it stands in the CRM. Missed again: is it still open there? Reached: is it still ours to close?
 * - `closing`: about to be said done, which may be said twice
 * - `closed`, `failed`; `forgotten`: people closed, changed or deleted it, so it is theirs alone
 */
export async function tendFollowUp(parts: WriteParts, organization: Organization, id: string): Promise<void> {
  const directory = await parts.directoryOf(organization)
  const since = Date.now()
  const step = await organization.transaction(
    (db) => nextStep(parts, { organization, directory, db }, id),
    'follow up missed calls in the CRM',
  )
  if (step.do === 'nothing') return
  if (step.do === 'come back') {
    await enqueueFollowUp(parts.jobs, organization.id, id, step.at)
    return
  }
  if (step.do !== 'show') {
    try {
      await take(parts, { organization, directory, since }, step)
    } catch (error) {
      await keepWaiting(parts, organization, step, error)
    }
  }
  await showFollowUp(parts, organization, id)
}

export interface FollowUpStep {
  do: 'write' | 'ask' | 'close' | 'look'
  row: FollowUpRow
  followUps: FollowUps
  session: ReturnType<WriteParts['installations']['session']>
  installation: Installation
  text: FollowUpToWrite
  tries: number
}
type Step = { do: 'nothing' } | { do: 'show' } | { do: 'come back'; at: Date } | FollowUpStep

interface Looking {
  organization: Organization
  directory: Directory
  db: Db
}

/** Decides under the caller's lock; where something is to be sent the intent is committed with it. */
async function nextStep(parts: WriteParts, at: Looking, id: string): Promise<Step> {
  const { directory, db } = at
  const known = await db.row<{ caller_hash: Buffer }>('select caller_hash from follow_ups where id = $1', [
    id,
  ])
  if (!known) return { do: 'nothing' }
  lockCaller(db, known.caller_hash)
  const row = await followUpById(db, id)
  if (!row || !isUnsettled(row)) return { do: 'nothing' }
  if (row.state === 'waiting' && row.reached_call_id !== null) {
    settleClosed(db, id)
    return { do: 'show' }
  }
  const text = await textOf(parts, at, row)
  const crm = parts.crms.get(directory.connections.get(row.connection_id)?.adapter ?? '')
  if (!text || !crm?.followUps) return { do: 'nothing' }
  const installation = await installationFor(parts, row)
  if (!installation) {
    const next = later(600)
    db.send(`update follow_ups set reason = 'not-installed', next_at = $2 where id = $1`, [id, next])
    return { do: 'come back', at: next }
  }
  const until = row.state === 'sending' ? (row.sent_at?.getTime() ?? 0) + unknownWaitOf(parts) : 0
  if (until > Date.now()) return { do: 'come back', at: new Date(until + 500) }
  const isMaybeThere =
    row.state === 'waiting' &&
    (await restoredSince(db, beganBefore(row.expires_at, callHourLivesHours))) !== undefined
  if (isMaybeThere) await markMaybeSent(db, id)
  else if (row.state === 'waiting') await markSending(db, id, installation.id)
  return {
    do: isMaybeThere ? 'ask' : actionFor(row),
    row,
    followUps: crm.followUps,
    session: parts.installations.session(crm, installation),
    installation,
    text,
    tries: row.tries + 1,
  }
}

function actionFor(row: FollowUpRow): FollowUpStep['do'] {
  if (row.state === 'waiting') return 'write'
  if (row.state === 'sending') return 'ask'
  return row.reached_call_id === null ? 'look' : 'close'
}

/** Whoever sent it asks for it; else the owner, who needs nobody's leave; else whoever installed. */
async function installationFor(parts: WriteParts, row: FollowUpRow): Promise<Installation | undefined> {
  const active = await parts.installations.active(row.connection_id)
  return (
    active.find((one) => one.id === row.written_by) ??
    active.find((one) => one.userRef === row.owner_ref) ??
    active[0]
  )
}

/** @returns undefined once the missed call's week is over */
async function textOf(
  parts: WriteParts,
  { organization, directory, db }: Looking,
  row: FollowUpRow,
): Promise<FollowUpToWrite | undefined> {
  const [record] = await callsOf(organization, db, parts.clock.ms(), { id: row.call_id })
  const caller = record && remoteParty(record.call)
  if (!record || caller?.kind !== 'e164') return undefined
  const { call } = record
  const person = await personOf(organization, directory, db, call)
  return {
    marker: row.marker,
    subject: followUpSubject(organization, caller.e164),
    note: followUpNote(organization, call),
    dueOn: dueOn(new Date(call.endedAt ?? call.startedAt), organization.timeZone),
    since: new Date(call.startedAt),
    ownerExternalId: row.owner_ref ?? undefined,
    personExternalId: person?.externalId,
  }
}

async function take(
  parts: WriteParts,
  { organization, directory, since }: { organization: Organization; directory: Directory; since: number },
  step: FollowUpStep,
): Promise<void> {
  const { row, followUps, session, text } = step
  const writer = step.installation.userRef
  const send = async (from: number) => {
    const written = await followUps.write(inTime(session, from, unknownWaitOf(parts)), text)
    await settleOpen(parts, organization, row.id, { ...written, writer })
  }
  switch (step.do) {
    case 'write':
      return send(since)
    case 'ask': {
      const activityId = await stillUnknown(followUps.find(session, text), step.installation.crm)
      if (activityId !== undefined) return settleOpen(parts, organization, row.id, { activityId, writer })
      const from = Date.now()
      const marked = await organization.transaction(
        (db) => markSending(db, row.id, step.installation.id, unknownWaitOf(parts) / 1000),
        'follow up missed calls in the CRM',
      )
      if (marked) await send(from)
      return
    }
    case 'look':
    case 'close': {
      const fate = await fateOf(step)
      if (fate === 'ours') await close(organization, step)
      else if (fate === 'open') await stillOpen(organization, row)
      else await forgetAndAskAgain(parts, { organization, directory }, row, fate)
    }
  }
}

/** `ours`: it is to be closed, and nobody has done anything else with it. */
async function fateOf({
  row,
  followUps,
  session,
  text,
  do: wanted,
}: FollowUpStep): Promise<FollowUpFate | 'ours'> {
  const written = { activityId: row.activity_id ?? '', subject: text.subject }
  const fate = await followUps.look(session, written)
  if (wanted === 'look') return fate
  return fate === 'open' || (fate === 'done' && row.state === 'closing') ? 'ours' : fate
}

async function close(organization: Organization, step: FollowUpStep): Promise<void> {
  const { row, followUps, session } = step
  await organization.transaction((db) => markClosing(db, row.id), 'follow up missed calls in the CRM')
  await followUps.close(session, row.activity_id ?? '')
  await organization.transaction(async (db) => settleClosed(db, row.id), 'follow up missed calls in the CRM')
}
