import { randomUUID } from 'node:crypto'
import { erasures } from '../../policy/erasures.ts'
import { keptHours } from '../../policy/index.ts'
import { numberHash, personHash } from '../contacts/erased.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { KeyRing, OrganizationKeys } from '../keys/contract.ts'
import type { ErasureEntry } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { type Manifest, refuse } from './manifest.ts'

/**
 * Whom the organization that an archive comes from erased, as the ledger of this installation has it. An archive from
 * before an erasure still holds the person; they do not come back by it (L-E.3).
 */
export class KnownErased {
  readonly #keys: OrganizationKeys
  readonly #numbers = new Map<string, ErasureEntry>()
  readonly #persons = new Map<string, ErasureEntry>()
  /** to be kept away from now on: hashes under the new organization's key, by erasure */
  readonly #met = new Map<ErasureEntry, Map<string, 'number' | 'person'>>()

  private constructor(keys: OrganizationKeys, entries: readonly ErasureEntry[]) {
    this.#keys = keys
    for (const entry of entries) {
      for (const hash of entry.numbers) this.#numbers.set(hash, entry)
      for (const hash of entry.persons) this.#persons.set(hash, entry)
    }
  }

  /**
   * @throws RingfenceError `setting` when people were erased after the archive was made and the keys by which the ledger
   *   knows them are gone: nobody can say any more whom to leave out
   */
  static of(ring: KeyRing, { organization, exportedAt }: Manifest): KnownErased {
    const entries = ring.erasures().filter((entry) => entry.organization === organization.id)
    const keys = ring.organization(organization.id)
    if (entries.length > 0 && !hasKeys(keys) && entries.some(({ at }) => at >= exportedAt))
      refuse('People were erased after this export was made, and who they were cannot be told any more.')
    return new KnownErased(keys, hasKeys(keys) ? entries : [])
  }

  /** @param person as the archive names them, and as the new organization does */
  isErased(
    into: Organization,
    row: { number: string | undefined; person: { was: PersonIn; is: PersonIn } | undefined },
  ): boolean {
    if (this.#numbers.size + this.#persons.size === 0) return false
    const { number, person } = row
    const byNumber = number === undefined ? undefined : this.#numbers.get(hex(numberHash(this.#keys, number)))
    if (byNumber && number !== undefined) this.#keepAway(byNumber, numberHash(into.keys, number), 'number')
    const byPerson = person && this.#persons.get(hex(personHash(this.#keys, ...person.was)))
    if (byPerson) this.#keepAway(byPerson, personHash(into.keys, ...person.is), 'person')
    return byNumber !== undefined || byPerson !== undefined
  }

  #keepAway(entry: ErasureEntry, hash: Buffer, what: 'number' | 'person'): void {
    const met = this.#met.get(entry) ?? new Map<string, 'number' | 'person'>()
    this.#met.set(entry, met.set(hex(hash), what))
  }

  /** Puts on the new organization's record who did not come in, so that its CRM does not bring them back (L-17.4). */
  async remember(db: Db): Promise<void> {
    for (const [entry, hashes] of this.#met) {
      const id = randomUUID()
      await db.rows(
        `insert into erasures (id, asked_at, cause, unreachable_at, unreadable_at, files_at, log_at, finished_at, expires_at)
         values ($1, $2, 'ledger', $2, $2, $2, $2, $2, $2::timestamptz + make_interval(hours => $3))`,
        [id, entry.at, keptHours(erasures)],
      )
      await db.rows(
        `insert into erased (hash, what, erasure_id, erased_at)
         select decode(hash, 'hex'), what, $1, $2 from unnest($3::text[], $4::text[]) as new (hash, what)`,
        [id, entry.at, [...hashes.keys()], [...hashes.values()]],
      )
    }
  }
}

type PersonIn = [connectionId: string, externalId: string]
const hex = (hash: Buffer): string => hash.toString('hex')

function hasKeys(keys: OrganizationKeys): boolean {
  try {
    keys.hash('import', '')
    return true
  } catch (error) {
    if (failureOf(error)?.code !== 'unreadable') throw error
    return false
  }
}
