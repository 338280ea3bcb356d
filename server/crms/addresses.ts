import type { Crm, Written } from './contract.ts'
import type { Installations } from './installations.ts'

/** Links into a CRM: where a connection's company lives, held in memory for a few minutes. */
export class CrmAddresses {
  readonly #crms: ReadonlyMap<string, Crm>
  readonly #installations: Installations
  readonly #known = new Map<string, { base: { crm: Crm; apiBase: string } | undefined; until: number }>()

  constructor(crms: ReadonlyMap<string, Crm>, installations: Installations) {
    this.#crms = crms
    this.#installations = installations
  }

  /** Loads what `person` and `activity` answer from. */
  async load(connectionIds: readonly string[]): Promise<void> {
    for (const id of connectionIds) {
      if ((this.#known.get(id)?.until ?? 0) > Date.now()) continue
      const [first] = await this.#installations.ofConnection(id)
      const crm = first && this.#crms.get(first.crm)
      this.#known.set(id, {
        base: crm && first ? { crm, apiBase: first.apiBase } : undefined,
        until: Date.now() + 120_000,
      })
    }
  }

  person(connectionId: string, externalId: string): string {
    const base = this.#known.get(connectionId)?.base
    return base?.crm.mirror?.personUrl(base.apiBase, externalId) ?? ''
  }

  activity(connectionId: string, written: Written): string | undefined {
    const base = this.#known.get(connectionId)?.base
    return base?.crm.activityUrl(base.apiBase, written)
  }
}
