import type { Recipient } from '../../policy/index.ts'
import { isWithin, type Region } from '../../policy/places.ts'
import { recipientAt, recipients } from './recipients.ts'
import type { Transfer, Transfers } from './transfers.ts'

/** Where a recipient is, and why data may go there; no `ground`: it may not. */
export interface Placed {
  recipient: Recipient
  /** of the ground on record, otherwise as declared; undefined: unknown */
  country: string | undefined
  ground: 'in-region' | 'adequacy' | 'clauses' | undefined
  /** what the operator put on record */
  transfer: Transfer | undefined
}

/** Which recipients are within the region, or on record with a ground. Held in memory: every request asks. */
export class Places {
  readonly region: Region
  readonly #transfers: Transfers
  readonly #places: Readonly<Record<string, string>>
  readonly #own: ReadonlySet<string>
  #active = new Map<string, Transfer>()
  readonly #known = recipients()

  /**
   * @param parts.places countries that the settings tell, by the recipient's name
   * @param parts.own recipients that are this very machine
   */
  constructor(parts: {
    region: Region
    transfers: Transfers
    places?: Readonly<Record<string, string>>
    own?: readonly string[]
  }) {
    this.region = parts.region
    this.#transfers = parts.transfers
    this.#places = parts.places ?? {}
    this.#own = new Set(parts.own)
  }

  /** Reads the grounds anew. */
  async load(): Promise<void> {
    const active = (await this.#transfers.list()).filter(({ endedAt }) => endedAt === undefined)
    // The newest comes first, and is the one that counts.
    this.#active = new Map(active.reverse().map((one) => [one.recipient, one]))
  }

  of(recipient: Recipient): Placed {
    const transfer = this.#active.get(recipient.name)
    const country = transfer?.country ?? this.#places[recipient.name] ?? recipient.country
    const within = this.#own.has(recipient.name) || (country !== undefined && isWithin(country, this.region))
    return { recipient, country, ground: within ? 'in-region' : transfer?.ground, transfer }
  }

  all(): Placed[] {
    return this.#known.map((recipient) => this.of(recipient))
  }

  /** May data go there? @param provider names whose host it is, where it is a connection's */
  allows(url: URL, provider?: string): boolean {
    const recipient = recipientAt(url, provider, this.#known)
    return recipient !== undefined && this.of(recipient).ground !== undefined
  }

  allowsRecipient(name: string): boolean {
    return this.all().some((one) => one.recipient.name === name && one.ground !== undefined)
  }
}
