import { createHash, randomUUID } from 'node:crypto'
import { breachRecord } from '../../policy/breaches.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import { ReceiptSigner, signedIn } from '../privacy/receipt-signing.ts'
import {
  type BreachEntry,
  type BreachFacts,
  breachFacts,
  type MoreFacts,
  type SignedEntry,
  signedEntry,
} from './facts.ts'

/** A breach as its entries tell it. */
export interface Breach {
  id: string
  facts: BreachFacts
  closed: boolean
  entries: readonly { signed: SignedEntry; jws: string }[]
  /** every entry is there, in its place, and signed by this installation */
  genuine: boolean
}

interface EntryRow {
  id: string
  breach_id: string
  entry_sealed: Buffer
}

/**
 * The record of breaches (Art. 33(5) GDPR). It only grows: the database refuses a change, each entry is signed as
 * receipts are and names the one before, and the installation's key seals it.
 */
export class Breaches {
  readonly #control: Cluster['control']
  readonly #ring: KeyRing
  readonly #signer: ReceiptSigner

  constructor({ cluster, ring }: { cluster: Cluster; ring: KeyRing }) {
    this.#control = cluster.control
    this.#ring = ring
    this.#signer = new ReceiptSigner(ring)
  }

  /** @returns the id of the breach */
  async record(facts: BreachFacts): Promise<string> {
    const id = randomUUID()
    await this.#control.transaction((db) => this.#append(db, id, [], { kind: 'recorded', facts }))
    return id
  }

  /** @throws RingfenceError `not-found` */
  addFacts(id: string, more: MoreFacts): Promise<void> {
    return this.#change(id, ({ facts }) => ({
      kind: 'more known',
      facts: breachFacts.parse({ ...facts, ...more }),
    }))
  }

  close(id: string, reason: string): Promise<void> {
    return this.#change(id, () => ({ kind: 'closed', reason }))
  }

  /**
   * Writes down that organizations are told, in the transaction that makes the notices: there is none that is not on
   * record.
   */
  async noteNotices(
    id: string,
    make: (db: Db, breach: Breach) => Promise<Extract<BreachEntry, { kind: 'notified' }>>,
  ): Promise<void> {
    await this.#control.transaction(async (db) => {
      const breach = await this.#locked(db, id)
      await this.#append(db, id, breach.entries, await make(db, breach))
    })
  }

  /** @throws RingfenceError `not-found` */
  async get(id: string): Promise<Breach> {
    const rows = await this.#control.transaction((db) => entriesOf(db, id))
    return this.#breach(id, rows)
  }

  /** The latest known first. */
  async list(): Promise<Breach[]> {
    const rows = await this.#control.transaction((db) =>
      db.rows<EntryRow>('select id, breach_id, entry_sealed from breach_entries order by breach_id, number'),
    )
    const byBreach = Map.groupBy(rows, (row) => row.breach_id)
    return [...byBreach]
      .map(([id, entries]) => this.#breach(id, entries))
      .sort((a, b) => Date.parse(b.facts.known) - Date.parse(a.facts.known))
  }

  async #change(id: string, entry: (breach: Breach) => BreachEntry): Promise<void> {
    await this.#control.transaction(async (db) => {
      const breach = await this.#locked(db, id)
      if (breach.closed) failed({ code: 'conflict', with: 'a breach that is closed' })
      await this.#append(db, id, breach.entries, entry(breach))
    })
  }

  /** One writer at a time, so that each entry names the one before. */
  async #locked(db: Db, id: string): Promise<Breach> {
    db.send('select pg_advisory_xact_lock(72790011)')
    return this.#breach(id, await entriesOf(db, id))
  }

  async #append(db: Db, breach: string, before: Breach['entries'], entry: BreachEntry): Promise<void> {
    const now = await db.row<{ now: Date }>('select ringfence.now() as now')
    const id = randomUUID()
    const number = before.length + 1
    const last = before.at(-1)
    const signed: SignedEntry = {
      version: 1,
      breach,
      number,
      at: (now?.now ?? new Date()).toISOString(),
      previous: last ? sha256(last.jws) : null,
      entry,
    }
    const jws = this.#signer.signAs('ringfence-breach+jws', signed)
    await db.rows(
      `insert into breach_entries (id, breach_id, number, entry_sealed, at, expires_at)
       values ($1, $2, $3, $4, $5, $5::timestamptz + make_interval(hours => $6))`,
      [
        id,
        breach,
        number,
        this.#ring.installation.seal(placeOf(id), jws, { by: 'organization' }),
        signed.at,
        keptHours,
      ],
    )
  }

  #breach(id: string, rows: readonly EntryRow[]): Breach {
    const keys = [this.#signer.publicKey]
    let genuine = true
    let previous: string | null = null
    const entries = rows.map((row, at) => {
      const jws = this.#ring.installation.open(placeOf(row.id), row.entry_sealed)
      const read = signedEntry.safeParse(signedIn(jws, 'ringfence-breach+jws', keys))
      if (!read.success) return failed({ code: 'unreadable', what: 'an entry of the record of breaches' })
      const signed = read.data
      genuine &&= signed.breach === id && signed.number === at + 1 && signed.previous === previous
      previous = sha256(jws)
      return { signed, jws }
    })
    const facts = entries.flatMap(({ signed: { entry } }) => ('facts' in entry ? [entry.facts] : [])).at(-1)
    if (!facts) return failed({ code: 'not-found', what: 'breach' })
    return { id, facts, closed: entries.at(-1)?.signed.entry.kind === 'closed', entries, genuine }
  }
}

const keptHours = 'hours' in breachRecord.keep ? breachRecord.keep.hours : 0
const placeOf = (row: string) => ({ table: 'breach_entries', column: 'entry_sealed', row })
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const entriesOf = (db: Db, id: string) =>
  db.rows<EntryRow>(
    'select id, breach_id, entry_sealed from breach_entries where breach_id = $1 order by number',
    [id],
  )
