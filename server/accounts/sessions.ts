import type { Cluster } from '../database/cluster.ts'
import { expectOpen } from '../organizations/subscriptions.ts'
import { hashOfToken, makeToken } from './tokens.ts'

/** Who is signed in. */
export type Account = { kind: 'operator' } | { kind: 'user'; organizationId: string; userId: string }

export const sessionHours = 12
const liveTokenMinutes = 10

/** By what a session is found: the hash of its token and, if it hangs on one, the installation named in that token. */
interface SessionKey {
  hash: Buffer
  installationId: string | null
}

/** A live stream of this node. */
interface OpenStream {
  account: Account
  session: SessionKey
  cut(): void
}

/**
 * Sessions that can be revoked: the browser holds a random token, the control database its hash. Asked at every request,
 * so that a session that was ended is over at once on every node.
 */
export class Sessions {
  readonly #cluster: Cluster
  readonly #live = new Map<string, { account: Account; session: SessionKey; until: number }>()
  readonly #streams = new Set<OpenStream>()

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /**
   * @param minutes how long it lasts
   * @param installationId on what it hangs: it is over as soon as the CRM does not accept that installation's grant any more
   * @throws RingfenceError `not-found` when the organization's subscription has ended
   */
  async begin(
    account: Account,
    { minutes = sessionHours * 60, installationId }: { minutes?: number; installationId?: string } = {},
  ): Promise<{ token: string; expiresAt: Date }> {
    // Named in the token, of which the whole is hashed: nobody can take the name off again.
    const token = installationId === undefined ? makeToken() : `${installationId}.${makeToken()}`
    const [organizationId, userId] =
      account.kind === 'user' ? [account.organizationId, account.userId] : [null, null]
    const row = await this.#cluster.control.transaction(async (db) => {
      if (organizationId !== null) await expectOpen(db, organizationId)
      return db.row<{ expires_at: Date }>(
        `insert into sessions (token_hash, organization_id, user_id, expires_at)
         values ($1, $2, $3, ringfence.now() + make_interval(mins => $4)) returning expires_at`,
        [hashOfToken(token), organizationId, userId, minutes],
      )
    })
    if (!row) throw new Error('unreachable: an insert returns its row')
    return { token, expiresAt: row.expires_at }
  }

  async find(token: string): Promise<Account | undefined> {
    return this.#find(keyOf(token))
  }

  async end(token: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from sessions where token_hash = $1', [hashOfToken(token)]),
    )
    const hash = hashOfToken(token)
    this.#cut(({ session }) => session.hash.equals(hash))
  }

  /** Users of an organization who have a session now. */
  async signedIn(organizationId: string): Promise<string[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<{ user_id: string }>(
        'select distinct user_id from sessions where organization_id = $1 and expires_at > ringfence.now() order by user_id',
        [organizationId],
      ),
    )
    return rows.map((row) => row.user_id)
  }

  async endOfUser(userId: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from sessions where user_id = $1', [userId]),
    )
    this.#cut(({ account }) => account.kind === 'user' && account.userId === userId)
  }

  /** Everybody of an organization, on all nodes; their streams on this one. */
  async endOfOrganization(organizationId: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from sessions where organization_id = $1', [organizationId]),
    )
    this.cutOrganization(organizationId)
  }

  /** Another node has ended them. */
  cutOrganization(organizationId: string): void {
    this.#cut(({ account }) => account.kind === 'user' && account.organizationId === organizationId)
  }

  /**
   * A short token for the live stream, which is read by `fetch` with a bearer header. Held in memory only; a screen that
   * reconnects to another node asks for a new one.
   */
  async beginLive(sessionToken: string): Promise<{ token: string; expiresAt: Date } | undefined> {
    const session = keyOf(sessionToken)
    const account = await this.#find(session)
    if (!account) return undefined
    const token = makeToken()
    const until = Date.now() + liveTokenMinutes * 60_000
    for (const [old, { until: end }] of this.#live) if (end < Date.now()) this.#live.delete(old)
    this.#live.set(token, { account, session, until })
    return { token, expiresAt: new Date(until) }
  }

  /** `keep` holds a stream until the session ends on this node, which cuts it; other nodes ask `stillValid` now and then. */
  live(
    token: string,
  ): { account: Account; stillValid(): Promise<boolean>; keep(cut: () => void): () => void } | undefined {
    const held = this.#live.get(token)
    if (!held || held.until < Date.now()) return undefined
    const { account, session } = held
    return {
      account,
      stillValid: async () => (await this.#find(session)) !== undefined,
      keep: (cut) => {
        const stream = { account, session, cut }
        this.#streams.add(stream)
        return () => void this.#streams.delete(stream)
      },
    }
  }

  #cut(ended: (of: Pick<OpenStream, 'account' | 'session'>) => boolean): void {
    for (const [token, held] of this.#live) if (ended(held)) this.#live.delete(token)
    for (const stream of this.#streams) if (ended(stream)) stream.cut()
  }

  async #find({ hash, installationId }: SessionKey): Promise<Account | undefined> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ organization_id: string | null; user_id: string | null }>(
        `select organization_id, user_id from sessions
         where token_hash = $1 and expires_at > ringfence.now()
           and ($2::uuid is null or exists (select from installations where id = $2 and state = 'active'))`,
        [hash, installationId],
      ),
    )
    if (!row) return undefined
    return row.organization_id && row.user_id
      ? { kind: 'user', organizationId: row.organization_id, userId: row.user_id }
      : { kind: 'operator' }
  }
}

function keyOf(token: string): SessionKey {
  const installationId = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\./.exec(token)?.[1] ?? null
  return { hash: hashOfToken(token), installationId }
}
