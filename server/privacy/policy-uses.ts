import type { Db } from '../database/transaction.ts'
import { lockVersions, numberInForce } from './policy-versions.ts'

export interface PolicyUse {
  version: string
  since: Date
}

/**
 * An organization that just came into being, or begins anew, uses the version in force, if a server has put one in force
 * yet. Whoever is there now was not told of an announced one (OC-9).
 */
export function recordFirstUse(db: Db, organizationId: string): void {
  lockVersions(db)
  db.send(
    `insert into policy_uses (organization_id, number)
     select $1, number from policy_versions where number = ${numberInForce} on conflict do nothing`,
    [organizationId],
  )
  db.send(`delete from policy_notices where organization_id = $1 and number > ${numberInForce}`, [
    organizationId,
  ])
}

/** Every organization uses what is in force, since it is. */
export function noteUses(db: Db): void {
  db.send(
    `insert into policy_uses (organization_id, number, since)
     select o.id, v.number, greatest(v.effective_at, o.created_at)
     from organizations o, policy_versions v where o.state = 'active' and v.number = ${numberInForce}
     on conflict do nothing`,
  )
}

/** The present one first. */
export async function usesOf(db: Db, organizationId: string): Promise<PolicyUse[]> {
  return db.rows<PolicyUse>(
    `select v.version, u.since from policy_uses u join policy_versions v using (number)
     where u.organization_id = $1 order by number desc`,
    [organizationId],
  )
}
