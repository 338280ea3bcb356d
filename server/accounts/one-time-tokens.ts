import type { Cluster } from '../database/cluster.ts'
import { expectOpen } from '../organizations/subscriptions.ts'
import { hashOfToken, makeToken } from './tokens.ts'

/** `oauth` may end in no organization yet: a user of a company that is known signs in without an invitation. */
export type TokenPurpose =
  | 'operator-sign-in'
  | 'oauth'
  | 'install'
  | 'user-sign-in'
  | 'phone-connect'
  | 'phone-oauth'

const minutes: Record<TokenPurpose, number> = {
  'operator-sign-in': 15,
  oauth: 15,
  install: 7 * 24 * 60,
  'user-sign-in': 2,
  'phone-connect': 2,
  'phone-oauth': 15,
}

/** Tokens that are good once and soon: sign-in links, OAuth states, invitations. */
export class OneTimeTokens {
  readonly #cluster: Cluster
  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** @param about ids that the token names: of it the whole is hashed, so nobody can exchange them. @throws RingfenceError `not-found` when the organization's subscription has ended */
  async make(purpose: TokenPurpose, organizationId?: string, about: readonly string[] = []): Promise<string> {
    const token = [...about, makeToken()].join('.')
    await this.#cluster.control.transaction(async (db) => {
      if (organizationId !== undefined) await expectOpen(db, organizationId)
      await db.rows(
        `insert into one_time_tokens (token_hash, purpose, organization_id, expires_at)
         values ($1, $2, $3, ringfence.now() + make_interval(mins => $4))`,
        [hashOfToken(token), purpose, organizationId ?? null, minutes[purpose]],
      )
    })
    return token
  }

  /** Uses it up. @returns undefined when there is none, it is over, or somebody was first */
  async take(
    purpose: TokenPurpose,
    token: string,
  ): Promise<{ organizationId: string | undefined; about: string[] } | undefined> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ organization_id: string | null }>(
        `delete from one_time_tokens where token_hash = $1 and purpose = $2 and expires_at > ringfence.now() returning organization_id`,
        [hashOfToken(token), purpose],
      ),
    )
    return row && { organizationId: row.organization_id ?? undefined, about: token.split('.').slice(0, -1) }
  }

  /** An invitation has done its work: no other is needed, and old ones must not lie about. */
  async drop(purpose: TokenPurpose, organizationId: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from one_time_tokens where purpose = $1 and organization_id = $2', [
        purpose,
        organizationId,
      ]),
    )
  }

  /** The organization's subscription has ended: no invitation and nothing that was begun leads in any more. */
  async dropAll(organizationId: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from one_time_tokens where organization_id = $1', [organizationId]),
    )
  }

  /** Looks without using it up: an invitation is used when the installation has succeeded. */
  async look(
    purpose: TokenPurpose,
    token: string,
  ): Promise<{ organizationId: string | undefined } | undefined> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ organization_id: string | null }>(
        `select organization_id from one_time_tokens where token_hash = $1 and purpose = $2 and expires_at > ringfence.now()`,
        [hashOfToken(token), purpose],
      ),
    )
    return row && { organizationId: row.organization_id ?? undefined }
  }
}
