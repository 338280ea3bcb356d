import type { Cluster } from '../database/cluster.ts'
import type { KeyRing } from '../keys/contract.ts'

interface Parts {
  cluster: Pick<Cluster, 'control'>
  ring: Pick<KeyRing, 'installation'>
}

/**
 * What stays of the companies of an ended organization: a hash that only this installation can make, so that whoever
 * signs in there later is told what is so, and not that nobody knows them.
 */
export async function rememberCompanies({ cluster, ring }: Parts, organizationId: string): Promise<void> {
  await cluster.control.transaction(async (db) => {
    const companies = await db.rows<{ crm: string; company_ref: string }>(
      `select crm, company_ref from installations where organization_id = $1
       union select crm, company_ref from portals where organization_id = $1 order by crm, company_ref`,
      [organizationId],
    )
    for (const { crm, company_ref: companyRef } of companies)
      db.send(
        `insert into ended_companies (hash, organization_id) values ($1, $2)
         on conflict (hash) do update set organization_id = excluded.organization_id`,
        [hashOf(ring, crm, companyRef), organizationId],
      )
  })
}

/** Did the subscription of this company's organization end, and nobody has begun anew? */
export async function hasEnded({ cluster, ring }: Parts, crm: string, companyRef: string): Promise<boolean> {
  const row = await cluster.control.transaction((db) =>
    db.row('select 1 from ended_companies where hash = $1', [hashOf(ring, crm, companyRef)]),
  )
  return row !== undefined
}

export async function forgetCompanies(
  { cluster }: Pick<Parts, 'cluster'>,
  organizationId: string,
): Promise<void> {
  await cluster.control.transaction((db) =>
    db.rows('delete from ended_companies where organization_id = $1', [organizationId]),
  )
}

const hashOf = ({ installation }: Parts['ring'], crm: string, companyRef: string): Buffer =>
  installation.hash('ended company', `${crm}|${companyRef}`)
