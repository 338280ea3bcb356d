import type { Organization } from '../organizations/organization.ts'
import { readTold, type Told } from './told.ts'

/** What every request of a person has on record. */
interface RequestRow {
  id: string
  asked_at: Date
  asked_by: string | null
}

/**
 * Requests of one kind with what came of telling whoever had received something, the newest first: all, or one.
 * @param wish.columns SQL of what it has beside its id, when it was asked for and by whom; `wish.view` what is made of them
 */
export async function requestsOnRecord<Row extends RequestRow, Of>(
  organization: Organization,
  kind: 'erasure' | 'correction',
  wish: { id: string | undefined; columns: string; view(row: Row, told: Told): Of },
) {
  const { id, columns, view } = wish
  return organization.transaction(async (db) => {
    const [rows, toldOf] = await Promise.all([
      db.rows<Row>(
        `select id, asked_at, asked_by, ${columns}
         from ${kind}s where $1::uuid is null or id = $1 order by asked_at desc, id limit 200`,
        [id ?? null],
      ),
      readTold(db, kind, id),
    ])
    return rows.map((row) => ({
      id: row.id,
      askedAt: row.asked_at,
      askedBy: row.asked_by ?? undefined,
      ...view(row, toldOf(row.id)),
    }))
  }, 'answer requests of people')
}
