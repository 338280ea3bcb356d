import type { CallRecord } from '../calls/call-record.ts'
import { type Call, remoteParty } from '../calls/fold.ts'
import type { Note } from '../calls/note.ts'
import { findByNumber, type Match, soleMatch } from '../contacts/find-by-number.ts'
import type { Db } from '../database/transaction.ts'
import { type Directory, finderOf } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { noteOf, subjectOf } from './call-texts.ts'
import type { CallToWrite } from './contract.ts'
import { dealFor } from './deal-of-call.ts'
import { wordsOf } from './note-rows.ts'

/** The call in the CRM's terms. */
export async function describeCall(
  organization: Organization,
  directory: Directory,
  db: Db,
  record: CallRecord,
  note: Note | undefined,
): Promise<CallToWrite> {
  const { call } = record
  const person = await personOf(organization, directory, db, call)
  const owner = ownerOf(directory, record)
  const deal = await dealFor(db, record, person)
  return {
    marker: markerOf(organization, record.id),
    direction: call.direction === 'outbound' ? 'outbound' : 'inbound',
    from: call.direction === 'outbound' ? (call.shownAs ?? call.from) : call.from,
    to: call.to,
    startedAt: new Date(call.startedAt),
    endedAt: new Date(call.endedAt ?? call.startedAt),
    talkSeconds: call.talkSeconds ?? 0,
    outcome: call.outcome ?? 'missed',
    subject: subjectOf(organization, call),
    note: noteOf(organization, call, { answeredBy: owner?.name, guessed: person?.why === 'maybe' }),
    words: wordsOf(organization, note),
    result: note?.result?.outcome,
    ownerExternalId: owner?.externalId,
    personExternalId: person?.externalId,
    deal,
  }
}

/** The person whom this call concerns, if the mirror knows exactly one. */
export async function personOf(
  organization: Organization,
  directory: Directory,
  db: Db,
  call: Call,
): Promise<Match | undefined> {
  return soleMatch(await findByNumber(db, finderOf(organization, directory), remoteParty(call)))
}

/** Whose call it was: who answered; else who made it; else the first that rang. */
function ownerOf(directory: Directory, { call }: CallRecord) {
  const parties = [
    call.direction === 'inbound' ? call.answeredBy : call.from,
    ...call.legs
      .filter((leg) => leg.joinedAt !== undefined && leg.role !== 'caller')
      .map((leg) => leg.party)
      .reverse(),
    ...call.legs.filter((leg) => leg.role !== 'caller').map((leg) => leg.party),
  ]
  for (const party of parties) {
    const id = party?.kind === 'extension' ? directory.extensions.get(party.digits) : undefined
    const user = id === undefined ? undefined : directory.users.get(id)
    if (user) return user
  }
  return undefined
}

/** By which a call and a person entered later meet; undefined where there is no outer number. */
export function numberHashOf(organization: Organization, { call }: CallRecord): Buffer | undefined {
  const number = remoteParty(call)
  return number?.kind === 'e164' ? organization.keys.hash('call number', number.e164) : undefined
}

/** A short reference that people can read aloud: eight letters and digits without look-alikes, always the same for a call. */
export function markerOf(
  organization: Organization,
  id: string,
  label: 'call marker' | 'follow-up marker' = 'call marker',
): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  const hash = organization.keys.hash(label, id)
  return `RF-${Array.from(hash.subarray(0, 8), (byte) => letters[byte % 32]).join('')}`
}
