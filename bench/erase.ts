import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealFacts } from '../server/calls/call-record.ts'
import { numberHash } from '../server/contacts/erased.ts'
import type { E164 } from '../server/contacts/numbers.ts'
import { writeDurably } from '../server/keys/durable-files.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { erase } from '../server/privacy/erase.ts'
import { entryOf } from '../server/privacy/person-subject.ts'
import { deletingOrder, personCondition, personWays } from '../server/privacy/person-ways.ts'
import type { Effort } from './bench.ts'
import { openCompany } from './company.ts'
import type { Place } from './place.ts'
import { median, quantile, type Result } from './report.ts'

const rowsOfOne = 1_000
const others = 4_000
/** Unreachable and unreadable within this time. */
const promisedSeconds = 2

/**
 * Erases one person with 1,000 rows, spread over a day, beside 4,000 calls of others in the same hours: until nothing
 * of them can be reached or read (E2). The fair floor deletes the same rows, reads and writes the same rows of others
 * with the bytes they have, and writes as many files as durably; the bare floor only deletes.
 */
export async function eraseOne(place: Place, effort: Effort): Promise<Result[]> {
  const company = await openCompany(place, 'ours_erase', { persons: Math.min(effort.persons, 20_000) })
  const scratch = await mkdtemp(join(tmpdir(), 'ringfence-bench-'))
  try {
    const { cluster, ring, organizations } = company.server.app
    const organization = await organizations.get(company.organizationId)
    await plant(organization, company.phoneId, '+420601999999' as E164, others)
    const times = { ours: [] as number[], floor: [] as number[], bare: [] as number[] }
    const began = performance.now()
    for (let round = 0; round < effort.rounds * 5; round++) {
      if (round >= 2 && performance.now() - began > effort.limitMs) break
      for (const who of ['ours', 'floor', 'bare'] as const) {
        const number = `+4206010${String(round * 10 + who.length).padStart(5, '0')}` as E164 // written as one
        await plant(organization, company.phoneId, number, rowsOfOne / 2)
        const at = performance.now()
        if (who === 'ours') {
          const subject = { numbers: [number], persons: [], shared: [] }
          await erase({ cluster, ring }, organization, await entryOf(organization, subject), {
            cause: 'page',
            persons: [],
          })
        } else {
          await onlyDelete(organization, number)
          if (who === 'floor') await sameElse(organization, scratch)
        }
        times[who].push((performance.now() - at) / 1000)
      }
    }
    const rate = (seconds: readonly number[]) => rowsOfOne / median(seconds)
    return [
      {
        name: 'erase, rows of one person',
        unit: '/s',
        ours: rate(times.ours),
        floor: rate(times.floor),
        bare: rate(times.bare),
        goal: { atLeast: 0.7 },
      },
      {
        name: 'erase, unreadable, p95',
        unit: 's',
        ours: quantile(times.ours, 0.95),
        floor: promisedSeconds,
        bare: undefined,
        goal: { atMost: 1 },
      },
    ]
  } finally {
    await rm(scratch, { recursive: true, force: true })
    await company.close()
  }
}

/** Ended calls with their entries in the CRM: two rows each. */
async function plant(organization: Organization, connectionId: string, number: E164, calls: number) {
  const now = Date.now()
  const rows = Array.from({ length: calls }, (_, index) => {
    const id = randomUUID()
    const endBase = now - ((index * 7_919) % (24 * 3_600)) * 1_000
    const firstAt = endBase - 60_000
    const from = { value: { kind: 'e164' as const, e164: number, country: undefined }, stage: 1, at: firstAt }
    const facts = { knowledge: { firstAt, facts: { from }, legs: {} }, firstArrival: firstAt, endBase }
    return { id, sealed: sealFacts(organization, id, facts), at: new Date(endBase) }
  })
  const expires = new Date(Math.ceil((now + 20 * 3_600_000) / 3_600_000) * 3_600_000)
  await organization.transaction(async (db) => {
    await db.rows(
      `insert into calls (id, connection_id, state, remote_hash, facts_sealed, last_event_at, expires_at)
       select id, $1, 'ended', $2, sealed, at, $3 from unnest($4::uuid[], $5::bytea[], $6::timestamptz[]) as n (id, sealed, at)`,
      [
        connectionId,
        numberHash(organization.keys, number),
        expires,
        rows.map((row) => row.id),
        rows.map((row) => row.sealed),
        rows.map((row) => row.at),
      ],
    )
    await db.rows(
      `insert into call_logs (call_id, connection_id, state, marker, expires_at)
       select id, $1, 'left-out', 'bench', $2 from unnest($3::uuid[]) as n (id)`,
      [connectionId, expires, rows.map((row) => row.id)],
    )
  }, 'owner')
}

async function onlyDelete(organization: Organization, number: string): Promise<void> {
  const keys = { hashes: [numberHash(organization.keys, number)], persons: [] }
  await organization.transaction(async (db) => {
    const tables = await personWays(db)
    for (const table of deletingOrder(tables)) {
      const condition = personCondition(tables, table, keys)
      if (condition) await db.rows(`delete from ${table} where ${condition.sql}`, condition.values)
    }
  }, 'owner')
}

/** The rest of the same statements and files, with fixed values. */
async function sameElse(organization: Organization, scratch: string): Promise<void> {
  await organization.transaction(async (db) => {
    const rows = await db.rows<{ id: string; facts_sealed: Buffer }>(
      'select id, facts_sealed from calls order by id limit 5000 for update',
    )
    await db.rows(
      `update calls set facts_sealed = n.sealed from unnest($1::uuid[], $2::bytea[]) as n (id, sealed) where calls.id = n.id`,
      [rows.map((row) => row.id), rows.map((row) => row.facts_sealed)],
    )
  }, 'owner')
  // the ledger; then ring and organization for new keys, and again for the old ones' end
  for (let file = 0; file < 5; file++) await writeDurably(scratch, `file-${file}`, randomBytes(32_768))
}
