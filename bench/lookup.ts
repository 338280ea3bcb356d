import pg from 'pg'
import { type Finder, findByNumber } from '../server/contacts/find-by-number.ts'
import { type NumberContext, type PhoneNumber, parseReported } from '../server/contacts/numbers.ts'
import type { Target } from '../server/database/connections.ts'
import { inTransaction } from '../server/database/transaction.ts'
import { openInstallation } from '../server/installation.ts'
import { createLog } from '../server/log.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { purposeRoles } from '../server/privacy/purposes.ts'
import { readSettings } from '../server/settings.ts'
import { alternate } from './alternate.ts'
import { databaseOf } from './arena.ts'
import type { Effort } from './bench.ts'
import { emptyMirror } from './organizations.ts'
import type { Place } from './place.ts'
import type { Statement } from './recording.ts'
import { medians, type Result } from './report.ts'
import { numberOf, seedContacts } from './seed-contacts.ts'

/** Transactions that look up at the same time. */
const atATime = 4

/**
 * "Who is calling?" among many contacts, look-ups per second. One after the other inside long transactions, so that
 * nothing but the look-up is measured; the floor sends the same select with hashes worked out before.
 */
export async function lookup(place: Place, effort: Effort): Promise<Result[]> {
  const env = await place.installation('lookup')
  const installation = await openInstallation(readSettings(env), createLog('silent'))
  try {
    const organization = await installation.organizations.create({
      name: 'Bench',
      country: 'CZ',
      timeZone: 'Europe/Prague',
    })
    const mirror = await emptyMirror(organization)
    const database = await databaseOf(installation, organization)
    await seedContacts(installation.cluster.admin(database.name), organization, mirror, effort.contacts)
    const numbers: NumberContext = { country: organization.country }
    const finder: Finder = {
      keys: organization.keys,
      mirrors: [mirror],
      numbers,
      ownNumbers: new Set(),
    }
    const role = purposeRoles(installation.cluster.control.target.database)['identify the caller']
    const sample = () => someNumbers(effort, numbers)
    const ours = async () => {
      const shares = split(sample())
      return perSecond(effort.lookups, () =>
        Promise.all(
          shares.map((share) =>
            organization.transaction(async (db) => {
              for (const number of share) await findByNumber(db, finder, number)
            }, 'identify the caller'),
          ),
        ),
      )
    }
    const floor = async () => {
      const shares = split(await selectsOf(organization, finder, sample()))
      const clients = await Promise.all(shares.map(() => connected(database.app, role)))
      const rate = await perSecond(effort.lookups, () =>
        Promise.all(
          shares.map((share, at) => {
            const client = clients[at]
            if (!client) throw new Error('unreachable: a client for each share')
            return inTransaction(client, async (db) => {
              for (const { sql, values } of share) await db.rows(sql, values)
            })
          }),
        ),
      )
      await Promise.all(clients.map((client) => client.end()))
      return rate
    }
    const rates = await alternate({ ours, floor }, { rounds: effort.rounds, limitMs: effort.limitMs })
    return [
      {
        name: 'lookup',
        unit: '/s',
        ...medians(rates),
        bare: undefined,
        goal: { atLeast: 0.7 },
      },
    ]
  } finally {
    await installation.close()
  }
}

/** Four of five belong to somebody. */
function someNumbers(effort: Effort, context: NumberContext): PhoneNumber[] {
  return Array.from({ length: effort.lookups }, (_, at) => {
    const person = Math.floor(Math.random() * effort.contacts)
    return parseReported(numberOf(at % 5 === 0 ? effort.contacts + person : person), context)
  })
}

/** The select of each look-up with its values, as our own code sends it. */
async function selectsOf(
  organization: Organization,
  finder: Finder,
  numbers: readonly PhoneNumber[],
): Promise<Statement[]> {
  const selects: Statement[] = []
  const noting = {
    rows: async <R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> => {
      selects.push({ sql, values: [...values] })
      return []
    },
    row: async () => undefined,
    send: () => undefined,
  }
  for (const number of numbers) await findByNumber(noting, finder, number)
  if (selects.length !== numbers.length) throw new Error(`${organization.id} was not asked for every number`)
  return selects
}

async function connected(target: Target, role: string): Promise<pg.Client> {
  const { host, port, user, password, database } = target
  const client = new pg.Client({ host, port, user, password, database, pipeline: true })
  await client.connect()
  await client.query(`set role ${pg.escapeIdentifier(role)}`)
  return client
}

function split<T>(all: readonly T[]): T[][] {
  return Array.from({ length: atATime }, (_, share) => all.filter((_, at) => at % atATime === share))
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (count * 1000) / (performance.now() - startedAt)
}
