import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setNoticeContacts } from '../server/breaches/contacts.ts'
import { type NotifyParts, notify } from '../server/breaches/notify.ts'
import { Breaches } from '../server/breaches/record.ts'
import { applyEvents } from '../server/calls/apply-event.ts'
import type { CallRecord } from '../server/calls/call-record.ts'
import type { CallEvent } from '../server/calls/event.ts'
import { saveNote } from '../server/calls/note.ts'
import { parseE164, parseReported } from '../server/contacts/numbers.ts'
import { storeLive } from '../server/crms/live-rows.ts'
import { storeIntent } from '../server/crms/make-person.ts'
import { rememberWords } from '../server/crms/note-rows.ts'
import { Portals } from '../server/crms/portals.ts'
import { requestedIdOf, setRequested, storeRequested } from '../server/crms/requested-rows.ts'
import { saveRules } from '../server/crms/rules.ts'
import type { Cluster } from '../server/database/cluster.ts'
import { OrganizationDocuments } from '../server/documents/organization-documents.ts'
import { Spool } from '../server/ingest/spool.ts'
import type { KeyRing } from '../server/keys/index.ts'
import { Directories, type Directory } from '../server/organizations/directory.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { PhoneAccesses } from '../server/phones/accesses.ts'
import { storeLines, storePeople } from '../server/phones/people.ts'
import { orderCorrection } from '../server/privacy/carry-out-correction.ts'
import { storeAddress } from '../server/recordings/ready.ts'

/** Numbers reserved for fiction (Ofcom): nobody's, and in no other value of the demo. */
const ringing = '+442079460321'
const ended = '+442079460987'
const spooled = '+442079460654'
const entering = parseE164('+442079460765')

/** Words that stand nowhere else. */
const written = 'Wants the blue hyacinths on Thursday.'
const entered = 'Hyacinth Thursby'
const leftOut = '+442079460741'
const clicked = '+442079460853'
const lineOfNobody = '+442079460852'
const planted = { accessToken: 'hyacinth-access', refreshToken: 'hyacinth-refresh' }

/** Below the phone system, as its addresses of recordings are, and of no recording. */
const address = '/recording/download?id=5eed00000000000000000001&type=mp3'

/**
 * A call that rings and has not ended, sealed under the hour in which it began, and one that has, under that of its end,
 * with the address of a recording that nobody fetches.
 */
export async function plantCalls(organization: Organization, now: number): Promise<void> {
  const directory = await new Directories().of(organization)
  const context = {
    organization,
    connectionId: phoneOf(directory),
    arrivedAt: now,
    finder: {
      keys: organization.keys,
      mirrors: directory.mirrors,
      numbers: directory.numbers,
      ownNumbers: directory.ownNumbers,
    },
    onEnded: async () => undefined, // nobody writes it into the CRM
  }
  const live = await applyEvents(context, [ring(ringing, now, organization)])
  const began = ring(ended, now - 1_000, organization)
  const over = { ...began, key: 'end', at: now, kind: 'ended', outcome: 'missed', facts: {} } as const
  const { record } = await applyEvents(context, [began, over])
  await organization.transaction(
    (db) => storeAddress(organization, db, record, address),
    'attach the recording in the CRM',
  )
  for (const { id } of [live.record, record]) await plantNote(organization, id, now)
  await organization.transaction(
    (db) => rememberWords(organization, db, record, [written]),
    'log the call in the CRM',
  )
  await plantPerson(organization, directory, now)
  await plantCards(organization, directory, [live.record, record], now)
}

/** A note of each, as a user types one. */
async function plantNote(organization: Organization, callId: string, now: number): Promise<void> {
  const clock = { ms: () => now, now: () => new Date(now) }
  const parts = { clock, amendLater: async () => undefined }
  await saveNote(parts, organization, callId, { text: written, version: 0 })
}

/** Somebody who is to be entered in the CRM and never is. */
async function plantPerson(organization: Organization, directory: Directory, now: number): Promise<void> {
  const crm = connectionOf(directory, 'crm')
  const [userId] = directory.users.keys()
  if (!crm || userId === undefined || entering === undefined) return
  await organization.transaction(
    (db) =>
      storeIntent(organization, db, { connectionId: crm.id, name: entered, number: entering, userId, now }),
    'log the call in the CRM',
  )
}

/** What a CRM is told that opens cards of its own, and a number that somebody has clicked there. */
async function plantCards(
  organization: Organization,
  directory: Directory,
  records: readonly CallRecord[],
  now: number,
): Promise<void> {
  const crm = connectionOf(directory, 'crm')
  const [userId] = directory.users.keys()
  if (!crm) return
  await organization.transaction(async (db) => {
    for (const record of records)
      await storeLive(organization, db, record, {
        connectionId: crm.id,
        state: 'not-shown',
        begunBy: undefined,
        cards: {},
        words: {
          marker: 'RF-PLANTED',
          direction: 'inbound',
          outer: ringing,
          line: undefined,
          startedAt: now,
          ownerExternalId: '1',
        },
      })
    const ref = `planted ${now}`
    const wish = {
      number: clicked,
      e164: clicked,
      ref,
      userRef: '1',
      askedAt: now,
      connectionId: crm.id,
      userId,
    }
    const id = requestedIdOf(organization, crm.id, ref)
    if (await storeRequested(organization, db, id, wish)) setRequested(db, id, { state: 'closed' })
  }, 'log the call in the CRM')
}

/** What a portal proves itself by. */
export async function plantPortal(
  organization: Organization,
  parts: { cluster: Cluster; ring: KeyRing },
): Promise<void> {
  const crm = crmOf(await new Directories().of(organization))
  await new Portals(parts).put({
    organizationId: organization.id,
    connectionId: crm,
    crm: 'rehearsed',
    companyRef: `rehearsed ${organization.id}`,
    applicationToken: 'hyacinth-portal',
  })
}

/** A user's telephone at a phone system that is asked by its API, the access to it, and a line. */
export async function plantTelephones(
  organization: Organization,
  parts: { cluster: Cluster; ring: KeyRing },
): Promise<void> {
  const directory = await new Directories().of(organization)
  const connectionId = phoneOf(directory)
  const [user] = directory.users.values()
  if (!user) throw new Error('There is nobody to rehearse with.')
  await new PhoneAccesses(parts).grant(
    { organizationId: organization.id, connectionId, phone: 'rehearsed', userId: user.id },
    user.connectionId,
    { ...planted, expiresAt: new Date(Date.now() + 3_600_000) },
  )
  await organization.transaction(async (db) => {
    await storePeople(organization, db, connectionId, [
      { userId: user.id, ref: planted.accessToken, extension: '8642' },
    ])
    await storeLines(organization, db, connectionId, [lineOfNobody])
  }, 'show calls to the people they are for')
}

/** A number whose calls an administrator keeps out of the CRM. */
export async function plantRules(organization: Organization): Promise<void> {
  const crm = crmOf(await new Directories().of(organization))
  await saveRules(organization, crm, { leftOutKinds: [], followUps: true, numbers: [leftOut] })
}

/** A correction that no job carries out, of somebody who is not there. */
export async function plantCorrection(organization: Organization): Promise<void> {
  const connectionId = crmOf(await new Directories().of(organization))
  await orderCorrection({ jobs: { add: async () => undefined } }, organization, {
    cause: 'page',
    person: { connectionId, externalId: 'planted' },
    correction: { name: { was: entered, now: written } },
    atCrm: 'person',
  })
}

/** A breach that never was, and what the organization is told of it. Its mail is not queued. */
export async function plantBreach(
  parts: Pick<NotifyParts, 'cluster' | 'organizations' | 'settings' | 'log'> & { ring: KeyRing },
  organization: Organization,
): Promise<void> {
  await setNoticeContacts(organization, ['privacy@hyacinth.example'])
  const breaches = new Breaches(parts)
  const id = await breaches.record({
    known: new Date().toISOString(),
    person: 'Hyacinth Thursby',
    what: { en: 'A rehearsal: nothing happened.' },
    reach: { organizations: [organization.id] },
  })
  await notify({ ...parts, breaches, jobs: { add: async () => undefined }, told: () => undefined }, id)
}

/** A paragraph that an administrator adds to the organization's record of processing. */
export async function plantDocuments(
  parts: Pick<NotifyParts, 'cluster'> & { ring: KeyRing },
  organization: Organization,
): Promise<void> {
  const crm = crmOf(await new Directories().of(organization))
  await new OrganizationDocuments(parts).setParagraph(organization, crm, {
    document: 'record',
    place: 'who',
    texts: { en: 'Our officer is Hyacinth Thursby.' },
  })
}

/** A delivery that found no database and waits sealed in the spool. */
export async function plantSpooled(
  organization: Organization,
  ring_: KeyRing,
  dataFolder: string,
): Promise<void> {
  const spool = await Spool.open({ folder: join(dataFolder, 'spool'), ring: ring_ })
  const now = Date.now()
  await spool.put({
    organizationId: organization.id,
    connectionId: phoneOf(await new Directories().of(organization)),
    arrivedAt: now,
    side: 'phone',
    events: [ring(spooled, now, organization)],
  })
}

function ring(from: string, at: number, organization: Organization): CallEvent {
  return {
    call: randomUUID(),
    key: 'ring',
    at,
    kind: 'started',
    facts: {
      direction: 'inbound',
      from: parseReported(from, { country: organization.country }),
      startedAt: at,
    },
  }
}

function phoneOf(directory: Directory): string {
  const phone = connectionOf(directory, 'phone')
  if (!phone) throw new Error('There is no phone system to rehearse with.')
  return phone.id
}

function crmOf(directory: Directory): string {
  const crm = connectionOf(directory, 'crm')
  if (!crm) throw new Error('There is no CRM to rehearse with.')
  return crm.id
}

function connectionOf({ connections }: Directory, side: 'phone' | 'crm') {
  return [...connections.values()].find((connection) => connection.side === side)
}
