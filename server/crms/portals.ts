import type { Cluster } from '../database/cluster.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import { expectOpen } from '../organizations/subscriptions.ts'

/** A portal that tells its events at our address, and how it proves that it is the one. */
export interface KnownPortal {
  organizationId: string
  connectionId: string
  /** undefined: it has told none yet, so nothing it says is believed */
  applicationToken: string | undefined
  isSetUp: boolean
}

const placeOf = (row: string) => ({ table: 'portals', column: 'application_token_sealed', row })

/** Portals by the company's id, as an event names it before anybody knows whether it is really from there. */
export class Portals {
  readonly #cluster: Cluster
  readonly #ring: KeyRing

  constructor(parts: { cluster: Cluster; ring: KeyRing }) {
    this.#cluster = parts.cluster
    this.#ring = parts.ring
  }

  async find(crm: string, companyRef: string): Promise<KnownPortal | undefined> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{
        organization_id: string
        connection_id: string
        application_token_sealed: Buffer | null
        is_set_up: boolean
      }>(
        `select organization_id, connection_id, application_token_sealed, set_up_at is not null as is_set_up
         from portals p join organizations o on o.id = p.organization_id and o.state = 'active'
         where p.crm = $1 and p.company_ref = $2`,
        [crm, companyRef],
      ),
    )
    if (!row) return undefined
    const { application_token_sealed: sealed, connection_id: connectionId } = row
    const keys = this.#ring.organization(row.organization_id)
    return {
      organizationId: row.organization_id,
      connectionId,
      applicationToken: sealed ? keys.open(placeOf(connectionId), sealed) : undefined,
      isSetUp: row.is_set_up,
    }
  }

  /**
   * Keeps what a visit or a renewal has told, which was verified by asking the portal.
   * @param portal.applicationToken undefined: not told this time, the known one stays
   * @throws RingfenceError `conflict` when the company's portal belongs to another organization
   */
  async put(portal: {
    organizationId: string
    connectionId: string
    crm: string
    companyRef: string
    applicationToken: string | undefined
  }): Promise<void> {
    const { organizationId, connectionId, crm, companyRef, applicationToken } = portal
    const sealed =
      applicationToken === undefined
        ? null
        : this.#ring
            .organization(organizationId)
            .seal(placeOf(connectionId), applicationToken, { by: 'organization' })
    const row = await this.#cluster.control.transaction(async (db) => {
      await expectOpen(db, organizationId)
      return db.row(
        `insert into portals (connection_id, organization_id, crm, company_ref, application_token_sealed)
         values ($1, $2, $3, $4, $5)
         on conflict (connection_id) do update
           set application_token_sealed = coalesce(excluded.application_token_sealed, portals.application_token_sealed)
           where portals.company_ref = excluded.company_ref
         returning connection_id`,
        [connectionId, organizationId, crm, companyRef, sealed],
      )
    })
    if (!row) failed({ code: 'conflict', with: 'another company' })
  }

  /** Its lines and events are there; or have to be made (again). */
  async setUp(connectionId: string, done: boolean): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows(
        'update portals set set_up_at = case when $2 then ringfence.now() end where connection_id = $1',
        [connectionId, done],
      ),
    )
  }
}
