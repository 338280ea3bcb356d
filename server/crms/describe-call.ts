import type { CallRecord } from '../calls/call-record.ts'
import { remoteParty } from '../calls/fold.ts'
import { findByNumber, soleMatch } from '../contacts/find-by-number.ts'
import type { Db } from '../database/transaction.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { noteOf, subjectOf } from './call-texts.ts'
import type { CallToWrite } from './contract.ts'
import { dealFor } from './deal-of-call.ts'

/** The call in the CRM's terms. */
export async function describeCall(
  organization: Organization,
  directory: Directory,
  db: Db,
  record: CallRecord,
): Promise<CallToWrite> {
  const { call } = record
  const matches = await findByNumber(
    db,
    {
      keys: organization.keys,
      mirrors: directory.mirrors,
      numbers: directory.numbers,
      ownNumbers: directory.ownNumbers,
    },
    remoteParty(call),
  )
  const person = soleMatch(matches)
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
    ownerExternalId: owner?.externalId,
    personExternalId: person?.externalId,
    deal,
  }
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

/** A short reference that people can read aloud: eight letters and digits without look-alikes, always the same for a call. */
export function markerOf(organization: Organization, callId: string): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  const hash = organization.keys.hash('call marker', callId)
  return `RF-${Array.from(hash.subarray(0, 8), (byte) => letters[byte % 32]).join('')}`
}
