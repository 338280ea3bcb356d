import { type ApplyContext, applyEvents } from '../server/calls/apply-event.ts'
import type { CallEvent } from '../server/calls/event.ts'
import { readCall } from '../server/calls/journal.ts'
import { findByNumber } from '../server/contacts/find-by-number.ts'
import { type PhoneNumber, parseReported } from '../server/contacts/numbers.ts'
import { type Installation, openInstallation } from '../server/installation.ts'
import { createLog } from '../server/log.ts'
import { Directories, finderOf } from '../server/organizations/directory.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { readSettings } from '../server/settings.ts'
import { alternate } from './alternate.ts'
import { databaseOf } from './arena.ts'
import type { Effort } from './bench.ts'
import { Telephone } from './calls.ts'
import { type ReadyOrganization, readyOrganization } from './organizations.ts'
import type { Place } from './place.ts'
import { hear } from './recording.ts'
import { medians, type Result } from './report.ts'
import { numberOf, seedContacts } from './seed-contacts.ts'
import { unenforced } from './unenforced.ts'

/** Calls under way at the same time. */
const atATime = 8

/** An organization in which the mix is measured. */
interface Side {
  ready: ReadyOrganization
  organization: Organization
  context: Omit<ApplyContext, 'arrivedAt'>
}

interface HeardCall {
  number: PhoneNumber
  isKnown: boolean
  events: CallEvent[]
}

/**
 * What it costs that `policy/` is enforced, in mixes per second: a number is looked up, an event of its call is stored, the
 * call is read for a screen; three transactions. The fair floor is the same code and the same statements with nothing
 * enforced; the bare floor commits one insert.
 */
export async function policy(place: Place, effort: Effort): Promise<Result[]> {
  const settings = readSettings(await place.installation('ours_policy'))
  const installation = await openInstallation(settings, createLog('silent'))
  try {
    const enforced = await openSide(installation, effort)
    const off = await openSide(installation, effort, unenforced)
    await off.organization.transaction(
      (db) => db.rows('create table bare (call text, event integer, body bytea)'),
      'owner',
    )
    const telephone = new Telephone()
    const round =
      (side: Side, once: (call: HeardCall, event: CallEvent, at: number) => Promise<unknown>) => async () => {
        const calls = Array.from({ length: effort.policyCalls }, (_, at) =>
          heardCall(side, telephone, at, effort.policyContacts),
        )
        const events = calls.reduce((sum, call) => sum + call.events.length, 0)
        const startedAt = performance.now()
        await Promise.all(
          Array.from({ length: atATime }, async () => {
            for (let call = calls.pop(); call; call = calls.pop())
              for (const [at, event] of call.events.entries()) await once(call, event, at)
          }),
        )
        return (events * 1000) / (performance.now() - startedAt)
      }
    const body = Buffer.alloc(400)
    const rates = await alternate(
      {
        ours: round(enforced, (call, event) => mix(enforced, call, event)),
        floor: round(off, (call, event) => mix(off, call, event)),
        bare: round(off, (_call, event, at) =>
          off.organization.transaction(
            (db) =>
              db.rows('insert into bare (call, event, body) values ($1, $2, $3)', [event.call, at, body]),
            'owner',
          ),
        ),
      },
      { rounds: effort.rounds * 3, limitMs: effort.limitMs },
    )
    return [
      {
        name: 'policy',
        unit: '/s',
        ...medians(rates),
        goal: { atLeast: 0.85 },
      },
    ]
  } finally {
    await installation.close()
  }
}

async function openSide(
  installation: Installation,
  effort: Effort,
  change: typeof unenforced = async (_cluster, organization) => organization,
): Promise<Side> {
  const { cluster } = installation
  const ready = await readyOrganization(installation)
  const directory = await new Directories().of(ready.organization)
  const { name } = await databaseOf(installation, ready.organization)
  await ready.organization.transaction((db) => db.rows('delete from persons'), 'owner') // they are sealed
  const organization = await change(cluster, ready.organization, name)
  await seedContacts(cluster.admin(name), organization, ready.crmId, effort.policyContacts)
  return {
    ready,
    organization,
    context: {
      organization,
      connectionId: ready.phoneId,
      finder: finderOf(organization, directory),
      onEnded: async () => undefined, // its job is the same for both
    },
  }
}

async function mix({ organization, context }: Side, call: HeardCall, event: CallEvent): Promise<void> {
  const { finder } = context
  const matches = await organization.transaction(
    (db) => findByNumber(db, finder, call.number),
    'identify the caller',
  )
  if (matches.length > 0 !== call.isKnown) throw new Error('not found, or somebody else was')
  const { record } = await applyEvents({ ...context, arrivedAt: Date.now() }, [event])
  const shown = await organization.transaction(
    (db) => readCall(db, { organization, finder, now: Date.now(), activityUrl: () => undefined }, record.id),
    'show calls to the people they are for',
  )
  if (!shown) throw new Error('a call that was stored is not there')
}

/** Each from another number, so that its hashes are worked out anew; four of five belong to somebody. */
function heardCall({ ready }: Side, telephone: Telephone, at: number, contacts: number): HeardCall {
  const isKnown = at % 5 !== 0
  const person = Math.floor(Math.random() * contacts)
  const from = numberOf(isKnown ? person : contacts + person)
  return {
    number: parseReported(from, { country: ready.organization.country }),
    isKnown,
    events: telephone.call(at % 4, from).bodies.map((body) => hear(ready, body)),
  }
}
