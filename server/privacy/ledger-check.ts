import type { Installation } from '../installation.ts'
import type { Organization } from '../organizations/organization.ts'

/**
 * Erasures that a database has on record and the ledger outside of it has not: a restore would bring those people back. What came
 * with an import was erased elsewhere, and is in no backup from here.
 */
export async function missingInLedger(
  { ring }: Pick<Installation, 'ring'>,
  organizations: readonly Organization[],
): Promise<string[]> {
  const told: string[] = []
  for (const organization of organizations) {
    const rows = await organization.transaction(
      (db) =>
        db.rows<{ id: string }>('select id from erasures where asked_at >= $1 order by id', [
          organization.createdAt,
        ]),
      'owner',
    )
    // Read afterwards: each was in the ledger before it was in a database.
    const known = new Set(rows.length > 0 ? ring.erasures().map(({ id }) => id) : [])
    const missing = rows.filter(({ id }) => !known.has(id)).length
    if (missing > 0)
      told.push(
        `the ledger lacks ${missing} erasures, which a restore would undo, organization ${organization.id}`,
      )
  }
  return told
}
