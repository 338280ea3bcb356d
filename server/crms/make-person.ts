import { findByNumber, type Match } from '../contacts/find-by-number.ts'
import type { E164 } from '../contacts/numbers.ts'
import { storeContacts } from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import { failed, failureOf } from '../failure.ts'
import { arrivalHourLivesHours, hourOf } from '../keys/contract.ts'
import { uuidFrom } from '../keys/uuid.ts'
import { type Directory, finderOf } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Contact, Crm, NewPersons } from './contract.ts'
import { inTime } from './in-time.ts'
import type { Installation } from './installations.ts'
import { enqueueLinks } from './link-calls.ts'
import { beganBefore, restoredSince } from './maybe-sent.ts'
import { holdMirror, mirrorOf } from './mirror-row.ts'
import { afterFailure, later, stillUnknown, unknownWaitOf } from './next-time.ts'
import { crmConnection } from './parts.ts'
import type { WriteParts } from './write-parts.ts'

const hourMs = 3_600_000

interface PersonRow {
  state: 'waiting' | 'sending' | 'made' | 'failed'
  connection_id: string
  number_hash: Buffer
  person_sealed: Buffer | null
  asked_by: string
  written_by: string | null
  sent_at: Date | null
  tries: number
  expires_at: Date
}

interface Wanted {
  name: string
  number: E164
}

const placeOf = (row: string) => ({ table: 'new_persons', column: 'person_sealed', row })

/**
 * A user enters somebody from a number nobody knows. The intent is committed under an id that follows from the number, so
 * two requests, of two people or in two windows, are one person; a job does the rest.
 * Whoever has the number already, as far as we know, is left as they are.
 * @throws RingfenceError `forbidden` where the CRM cannot, `not-found` where none is connected
 */
export async function askForPerson(
  parts: Pick<WriteParts, 'crms' | 'installations' | 'jobs' | 'clock'>,
  organization: Organization,
  directory: Directory,
  wish: Wanted & { userId: string },
): Promise<void> {
  const connection = crmConnection(directory)
  const crm = connection && parts.crms.get(connection.adapter)
  if (!connection || !crm) return failed({ code: 'not-found', what: 'connection' })
  if (!crm.persons) return failed({ code: 'forbidden', needs: 'a CRM in which persons can be entered' })
  const acting = await actingFor(parts, directory, connection.id, wish.userId)
  const id = newPersonIdOf(organization, connection.id, wish.number)
  await organization.transaction(async (db) => {
    const known = exactly(await lookUp(organization, directory, db, wish.number))
    if (known.length > 0) return
    // Before the commit, and again after it: a job that runs first finds nothing.
    await enqueueMake(parts, organization.id, id, later(2))
    await storeIntent(organization, db, {
      ...wish,
      connectionId: connection.id,
      actingRef: acting?.userRef,
      now: parts.clock.ms(),
    })
  }, 'log the call in the CRM')
  await enqueueMake(parts, organization.id, id, new Date())
}

/** The same number at the same CRM is the same row, whoever asks first. */
export const newPersonIdOf = (organization: Organization, connectionId: string, number: E164): string =>
  uuidFrom(organization.keys.hash('new person', `${connectionId}|${number}`))

/** Who asks second finds the first and changes nothing. */
export async function storeIntent(
  organization: Organization,
  db: Db,
  wish: Wanted & { connectionId: string; userId: string; actingRef?: string | undefined; now: number },
): Promise<void> {
  const { name, number, connectionId, now } = wish
  const id = newPersonIdOf(organization, connectionId, number)
  const hour = hourOf(now)
  const sealed = organization.keys.seal(placeOf(id), JSON.stringify({ name, number } satisfies Wanted), {
    by: 'arrival hour',
    hour,
  })
  await db.rows(
    `insert into new_persons (id, connection_id, number_hash, person_sealed, asked_by, acting_ref, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update
       set person_sealed = excluded.person_sealed, asked_by = excluded.asked_by, acting_ref = excluded.acting_ref,
           expires_at = excluded.expires_at, state = 'waiting', tries = 0, reason = null, next_at = null, sent_at = null
       where new_persons.state in ('made', 'failed')`, // who was made and has gone, or could not be, is made anew
    [
      id,
      connectionId,
      organization.keys.hash('call number', number),
      sealed,
      wish.userId,
      wish.actingRef ?? null,
      new Date((hour + 1 + arrivalHourLivesHours) * hourMs),
    ],
  )
}

type Step =
  | { do: 'nothing' }
  | { do: 'known'; numberHash: Buffer }
  | { do: 'come back'; at: Date }
  | {
      do: 'send' | 'ask'
      crm: Crm
      persons: NewPersons
      installation: Installation
      row: PersonRow
      wanted: Wanted
      owner: string
      tries: number
    }

/**
 * Enters the person, exactly once: before each request the intent is committed; after an unknown outcome the CRM is asked
 * for the number, once no late effect can follow, and only if nobody has it the request is sent again.
 */
export async function makePerson(parts: WriteParts, organization: Organization, id: string): Promise<void> {
  const directory = await parts.directoryOf(organization)
  let since = Date.now()
  const step = await organization.transaction(
    (db) => nextStep(parts, organization, directory, db, id),
    'log the call in the CRM',
  )
  if (step.do === 'nothing') return
  if (step.do === 'come back') return enqueueMake(parts, organization.id, id, step.at)
  if (step.do === 'known') return showCalls(parts, organization, step.numberHash)
  try {
    const session = parts.installations.session(step.crm, step.installation)
    const found =
      step.do === 'ask'
        ? await stillUnknown(step.persons.find(session, step.wanted.number), step.crm.name)
        : step.crm.mirror
          ? undefined
          : await step.persons.find(session, step.wanted.number) // nothing here tells who is there already
    if (step.do === 'ask') since = Date.now()
    if (!found && step.do === 'ask' && !(await markAgain(parts, organization, id, step))) return
    const contact =
      found ??
      (await step.persons.create(inTime(session, since, unknownWaitOf(parts)), {
        name: step.wanted.name,
        number: step.wanted.number,
        ownerExternalId: step.owner,
      }))
    await settle(parts, organization, id, step.row, contact)
  } catch (error) {
    const failure = failureOf(error)
    const next = failure && afterFailure(failure, step.tries, unknownWaitOf(parts))
    if (!next) throw error
    parts.log.warn('person-not-made', { code: failure.code, state: next.state })
    await organization.transaction(
      (db) =>
        db.rows(
          `update new_persons set state = $2, reason = $3, next_at = $4, sent_at = case when $2 = 'sending' then sent_at end
         where id = $1 and state = 'sending'`,
          [id, next.state, next.reason, next.at ?? null],
        ),
      'log the call in the CRM',
    )
    if (next.at) await enqueueMake(parts, organization.id, id, next.at)
  }
  await showCalls(parts, organization, step.row.number_hash)
}

async function nextStep(
  parts: WriteParts,
  organization: Organization,
  directory: Directory,
  db: Db,
  id: string,
): Promise<Step> {
  const row = await db.row<PersonRow>(
    `select state, connection_id, number_hash, person_sealed, asked_by, written_by, sent_at, tries, expires_at from new_persons
     where id = $1 for update`,
    [id],
  )
  if (!row?.person_sealed || (row.state !== 'waiting' && row.state !== 'sending')) return { do: 'nothing' }
  if (row.state === 'sending' && row.sent_at) {
    const until = row.sent_at.getTime() + unknownWaitOf(parts)
    if (until > Date.now()) return { do: 'come back', at: new Date(until + 500) }
  }
  const wanted = JSON.parse(organization.keys.open(placeOf(id), row.person_sealed)) as Wanted
  // Somebody entered them in the CRM meanwhile, or the CRM told us of our own before we heard the answer.
  if (exactly(await lookUp(organization, directory, db, wanted.number)).length > 0) {
    db.send(`update new_persons set state = 'made', person_sealed = null, sent_at = null where id = $1`, [id])
    return { do: 'known', numberHash: row.number_hash }
  }
  const crm = parts.crms.get(directory.connections.get(row.connection_id)?.adapter ?? '')
  const acting = await actingFor(parts, directory, row.connection_id, row.asked_by, row.written_by)
  if (!crm?.persons || !acting) {
    const at = later(600)
    db.send(`update new_persons set reason = 'not-installed', next_at = $2 where id = $1`, [id, at])
    return { do: 'come back', at }
  }
  const owner = directory.users.get(row.asked_by)?.externalId ?? acting.userRef
  const tries = row.tries + 1
  const step = { crm, persons: crm.persons, installation: acting, row, wanted, owner, tries }
  if (row.state === 'sending') return { do: 'ask', ...step }
  if (await restoredSince(db, beganBefore(row.expires_at, arrivalHourLivesHours))) {
    await db.rows(
      `update new_persons set state = 'sending', sent_at = 'epoch', reason = null, next_at = null where id = $1`,
      [id],
    )
    return { do: 'ask', ...step }
  }
  await markSending(db, id, acting)
  return { do: 'send', ...step }
}

async function markSending(db: Db, id: string, { id: installationId, userRef }: Installation): Promise<void> {
  await db.rows(
    `update new_persons set state = 'sending', sent_at = now(), written_by = $2, acting_ref = $3, tries = tries + 1,
            reason = null, next_at = null where id = $1`,
    [id, installationId, userRef],
  )
}

/** @returns false when another worker was faster */
async function markAgain(
  parts: WriteParts,
  organization: Organization,
  id: string,
  { installation }: Extract<Step, { do: 'send' | 'ask' }>,
): Promise<boolean> {
  return organization.transaction(async (db) => {
    const mine = await db.row(
      `select 1 from new_persons where id = $1 and state = 'sending' and sent_at < now() - make_interval(secs => $2)
       for update`,
      [id, unknownWaitOf(parts) / 1000],
    )
    if (mine) await markSending(db, id, installation)
    return mine !== undefined
  }, 'log the call in the CRM')
}

/** Known from here on: in the mirror, and at the calls of that number that were written without anybody. */
async function settle(
  parts: WriteParts,
  organization: Organization,
  id: string,
  row: PersonRow,
  contact: Contact,
): Promise<void> {
  const mirror = mirrorOf(organization, row.connection_id)
  await organization.transaction(async (db) => {
    if (await holdMirror(db, row.connection_id)) {
      await storeContacts(db, mirror, [contact])
      await enqueueLinks(parts, organization, db, [row.number_hash])
    }
    await db.rows(
      `update new_persons set state = 'made', person_sealed = null, sent_at = null, next_at = null, reason = null where id = $1`,
      [id],
    )
  }, 'log the call in the CRM')
}

/** With the user's own access where they have installed, because the CRM then says who it was; else an administrator's. */
async function actingFor(
  parts: Pick<WriteParts, 'installations'>,
  directory: Directory,
  connectionId: string,
  userId: string,
  sentBy?: string | null,
): Promise<Installation | undefined> {
  const active = await parts.installations.active(connectionId)
  const userRef = directory.users.get(userId)?.externalId
  return active.find((one) => one.id === sentBy) ?? active.find((one) => one.userRef === userRef) ?? active[0]
}

const lookUp = (organization: Organization, directory: Directory, db: Db, e164: E164): Promise<Match[]> =>
  findByNumber(db, finderOf(organization, directory), { kind: 'e164', e164, country: undefined })

const exactly = (matches: readonly Match[]): Match[] => matches.filter((match) => match.why === 'exact')

/** One person at a time; nobody makes two of one number. */
export async function enqueueMake(
  { jobs }: Pick<WriteParts, 'jobs'>,
  organizationId: string,
  personId: string,
  at: Date,
): Promise<void> {
  await jobs.add(
    'make-person',
    { organizationId, personId },
    { key: `make-person:${personId}`, at, alone: true },
  )
}

/** The calls of that number, on every screen that shows one. */
async function showCalls(parts: WriteParts, organization: Organization, numberHash: Buffer): Promise<void> {
  const calls = await organization.transaction(
    (db) =>
      db.rows<{ id: string }>(
        `update calls set version = version + 1 where id = any(array(
         select id from calls where remote_hash = $1 order by arrival desc limit 20)) returning id`,
        [numberHash],
      ),
    'log the call in the CRM',
  )
  for (const { id } of calls) await parts.show(organization, id)
}
