import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import { addVersion } from './add-version.ts'
import { Approvals, type Approver, type ShownApproval } from './approvals.ts'
import { type PolicyContent, policyContent, versionOf } from './policy-content.ts'
import { noteUses, type PolicyUse, usesOf } from './policy-uses.ts'
import {
  insertVersion,
  lockVersions,
  type PolicyVersion,
  rowsOf,
  type VersionRow,
  versionIn,
  versionInForce,
} from './policy-versions.ts'

/** A version that waits for its date. */
export type Announced = Pick<PolicyVersion, 'version' | 'effectiveAt' | 'reasons'> & { number: number }

/** Where what a program says stands. */
export interface Adopted {
  version: string
  /** `waits for approval`: nobody has approved it yet, so it is neither in force nor announced */
  state: 'in force' | 'announced' | 'waits for approval'
  /** it was made just now */
  isNew: boolean
  /** it is announced, and takes effect then */
  waitsUntil: Date | undefined
}

const mostContents = 4

/**
 * Which policy was in force when, which are announced, and which organization used which since when (PD-10, OC-9). In the
 * control database, without personal data; a version that was made is never changed.
 *
 * In force is the latest that has reached its date. One that waits is passed over by a later one that takes effect no later.
 */
export class PolicyRecord {
  readonly #cluster: Pick<Cluster, 'control'>
  readonly #approvals: Approvals
  /** by number: a version that was made is never changed */
  readonly #contents = new Map<number, PolicyContent>()

  constructor({ cluster, ring }: { cluster: Pick<Cluster, 'control'>; ring: KeyRing }) {
    this.#cluster = cluster
    this.#approvals = new Approvals({ cluster, ring })
  }

  /**
   * A person answers for this content (GD-1): it takes effect at once, or is announced where it allows more than the version
   * in force, as long ahead as that one promises. What is in force or announced already stays as it was approved. Whoever
   * does it at the same moment waits, so that one change makes one version.
   */
  async approve(content: PolicyContent, by: Approver): Promise<Adopted> {
    return this.#adopt(content, () => by)
  }

  /**
   * Where what a program says stands. Only the very first version can be approved by a setting, by whoever sets up.
   */
  async adopt(content: PolicyContent, first?: Approver): Promise<Adopted> {
    return this.#adopt(content, (inForce) => (inForce ? undefined : first))
  }

  async #adopt(
    content: PolicyContent,
    approverOf: (inForce: VersionRow | undefined) => Approver | undefined,
  ): Promise<Adopted> {
    const version = versionOf(content)
    return this.#cluster.control.transaction(async (db) => {
      lockVersions(db)
      const known = await rowsOf(db, "state in ('in force', 'announced')")
      const same = known.find((row) => row.version === version)
      const inForce = known.find(({ state }) => state === 'in force')
      const by = approverOf(inForce)
      if (!same && !by) return { version, state: 'waits for approval', isNew: false, waitsUntil: undefined }
      const made =
        same ??
        (await addVersion(db, content, inForce, { known, approvals: this.#approvals, by: by as Approver }))
      noteUses(db)
      const announced = made.state === 'announced'
      return {
        version,
        state: announced ? 'announced' : 'in force',
        isNew: same === undefined,
        waitsUntil: announced ? made.effective_at : undefined,
      }
    })
  }

  /** Who approved these versions, and the signatures under it, as far as they are kept. By the ids of approvals. */
  async approvers(versions: readonly PolicyVersion[]): Promise<Map<string, ShownApproval>> {
    return this.#approvals.shown(versions.flatMap(({ approval }) => approval?.id ?? []))
  }

  /** Takes back every announcement, by putting what is in force into force again. @returns whether there was one */
  async withdraw(): Promise<boolean> {
    return this.#cluster.control.transaction(async (db) => {
      lockVersions(db)
      const known = await rowsOf(db, "state in ('in force', 'announced')")
      const inForce = known.find(({ state }) => state === 'in force')
      if (!inForce || known.length === 1) return false
      // Nothing new is put in force, so nobody has to answer for it anew.
      await insertVersion(db, {
        content: inForce.content,
        version: inForce.version,
        verdict: 'neutral',
        approvalId: inForce.approval_id,
      })
      noteUses(db)
      return true
    })
  }

  /** Nobody's data is handled under documents that nobody approved. @throws RingfenceError `not-approved` */
  async expectInForce(): Promise<void> {
    const version = await this.#cluster.control.transaction(versionInForce)
    if (version === undefined) failed({ code: 'not-approved', what: 'policy' })
  }

  /** Notes what came into force by its date. @returns the version in force, with what it declares; undefined before the first */
  async follow(): Promise<(PolicyVersion & PolicyContent) | undefined> {
    return this.#cluster.control.transaction(async (db) => {
      noteUses(db)
      const [row] = await rowsOf(db, `state = 'in force'`, { content: false })
      return row && this.#whole(db, row)
    })
  }

  /** All that ever were made, the latest first. */
  async versions(): Promise<PolicyVersion[]> {
    const rows = await this.#cluster.control.transaction((db) => rowsOf(db, 'true', { content: false }))
    return rows.map(versionIn)
  }

  /** One version with its words, or the one in force. One that came back is told as of the last time. */
  async read(version?: string): Promise<(PolicyVersion & PolicyContent) | undefined> {
    return this.#cluster.control.transaction(async (db) => {
      const [row] =
        version === undefined
          ? await rowsOf(db, `state = 'in force'`, { content: false })
          : await rowsOf(db, 'version = $1', { values: [version], content: false })
      return row && this.#whole(db, row)
    })
  }

  /** Anybody may ask for the public page, and the words in every language are most of a megabyte: they are read once. */
  async #whole(db: Db, row: VersionRow): Promise<PolicyVersion & PolicyContent> {
    let content = this.#contents.get(row.number)
    if (!content) {
      const stored = await db.row<{ content: unknown }>(
        'select content from policy_versions where number = $1',
        [row.number],
      )
      content = policyContent.parse(stored?.content)
      const [oldest] = this.#contents.keys()
      if (oldest !== undefined && this.#contents.size >= mostContents) this.#contents.delete(oldest)
    }
    // The one in force is asked for most: whoever leafs through earlier ones does not push it out.
    this.#contents.delete(row.number)
    this.#contents.set(row.number, content)
    return { ...versionIn(row), ...content }
  }

  /** Those that wait for their date, the latest first. */
  async announced(): Promise<Announced[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      rowsOf(db, `state = 'announced'`, { content: false }),
    )
    return rows.map((row) => ({ ...versionIn(row), number: row.number }))
  }

  /** Which versions an organization used and since when, the present one first. */
  async usesOf(organizationId: string): Promise<PolicyUse[]> {
    return this.#cluster.control.transaction((db) => usesOf(db, organizationId))
  }
}
