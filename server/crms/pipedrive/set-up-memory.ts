import type { PersonSetUp } from './person-fields.ts'

const freshMs = 3_600_000

/**
 * What was last read of each company's fields, for webhooks: these name their company but arrive without a token.
 *
 * In memory only. After a restart a webhook is read with less (custom numbers only where it names the type, 3 as
 * hidden) until the next walk over the contacts has read the fields again.
 */
export class SetUpMemory {
  readonly #byAddress = new Map<string, { setUp: PersonSetUp; at: number }>()
  readonly #addressOf = new Map<string, string>()

  /** @param apiBase where the company's API is asked */
  remember(apiBase: string, setUp: PersonSetUp): void {
    this.#byAddress.set(apiBase, { setUp, at: Date.now() })
  }

  /** Read within the last hour: somebody who looks every five minutes for what changed need not ask again each time. */
  recent(apiBase: string): PersonSetUp | undefined {
    const known = this.#byAddress.get(apiBase)
    return known && known.at > Date.now() - freshMs ? known.setUp : undefined
  }

  /** The company's number, known from its own answers, for when webhooks name another host than the API's. */
  learnCompany(apiBase: string, companyId: string): void {
    this.#addressOf.set(companyId, apiBase)
  }

  /** @param host and @param companyId as a webhook names them */
  recall(host: string | undefined, companyId: string | undefined): PersonSetUp | undefined {
    const known = companyId === undefined ? undefined : this.#addressOf.get(companyId)
    const held =
      this.#byAddress.get(known ?? '') ?? this.#byAddress.get(`https://${host?.toLowerCase() ?? ''}`)
    return held?.setUp
  }
}
