import { z } from 'zod'
import type { Db } from '../database/transaction.ts'

/** Somebody who received something of a person, and what came of telling them (Art. 19). */
export const toldRecipient = z.strictObject({
  recipient: z.string(),
  what: z.enum(['call', 'activity', 'person', 'calls']),
  /**
   * `by people`: nobody was asked by us; the organization's people do it there. `stays`: there is nothing to be done, as it
   * was right when it was written
   */
  state: z.enum(['to do', 'confirmed', 'by people', 'refused', 'stays']),
  /** why it was refused, or is left to people after we tried: a stable code */
  reason: z.string().optional(),
  count: z.int().nonnegative(),
  /** as it should be there for good by then; null: not known */
  finalBy: z.iso.datetime().nullable(),
})
export type ToldRecipient = z.infer<typeof toldRecipient>

/** The CRM's ids of what people look after there by themselves. */
export interface LeftToPeople {
  connectionId: string
  what: string
  externalId: string | undefined
  activityId: string | undefined
}

export interface Told {
  recipients: ToldRecipient[]
  left: LeftToPeople[]
}

interface Row {
  request_id: string
  connection_id: string
  recipient: string
  what: ToldRecipient['what']
  state: ToldRecipient['state']
  reason: string | null
  external_id: string | null
  activity_id: string | null
  final_at: Date | null
}

/** Ids of the CRM's that are kept because somebody still needs them. */
type KeptId = 'external_id' | 'activity_id' | 'written_by'

/**
 * Puts on record who received something, and what is to be done there.
 * @param of.from SQL of rows with `connection_id`, `adapter`, `what` and the ids that are kept; its values are `$1` on
 */
export async function addTold(
  db: Db,
  kind: 'erasure' | 'correction',
  of: {
    requestId: string
    hours: number
    state: ToldRecipient['state']
    from: string
    values: readonly unknown[]
    keep?: readonly KeptId[]
  },
): Promise<void> {
  const at = of.values.length
  const ids = (of.keep ?? []).map((column) => `${column}, `).join('')
  await db.rows(
    `insert into ${kind}_recipients (id, ${kind}_id, connection_id, recipient, what, ${ids}state, expires_at)
     select gen_random_uuid(), $${at + 1}, connection_id, adapter, what, ${ids}$${at + 2},
            ringfence.now() + make_interval(hours => $${at + 3})
     from (${of.from}) as told`,
    [...of.values, of.requestId, of.state, of.hours],
  )
}

/**
 * Who was told, by request: of all of a kind, or of one.
 * @returns what is known of a request by its id
 */
export async function readTold(
  db: Db,
  kind: 'erasure' | 'correction',
  id: string | undefined,
): Promise<(requestId: string) => Told> {
  const rows = await db.rows<Row>(
    `select ${kind}_id as request_id, connection_id, recipient, what, state, reason, external_id, activity_id, final_at
     from ${kind}_recipients where $1::uuid is null or ${kind}_id = $1 order by recipient, what, id`,
    [id ?? null],
  )
  const byRequest = Map.groupBy(rows, (row) => row.request_id)
  return (requestId) => {
    const told = byRequest.get(requestId) ?? []
    return { recipients: summed(told), left: told.flatMap(leftToPeople) }
  }
}

function leftToPeople(row: Row): LeftToPeople[] {
  const isTheirs = row.state === 'by people' || row.state === 'refused'
  if (!isTheirs || (row.external_id === null && row.activity_id === null)) return []
  return [
    {
      connectionId: row.connection_id,
      what: row.what,
      externalId: row.external_id ?? undefined,
      activityId: row.activity_id ?? undefined,
    },
  ]
}

function summed(rows: readonly Row[]): ToldRecipient[] {
  const sums = new Map<string, ToldRecipient>()
  for (const { recipient, what, state, reason, final_at } of rows) {
    const key = `${recipient} ${what} ${state} ${reason}`
    const known = sums.get(key)
    const finalBy = [known?.finalBy ?? undefined, final_at?.toISOString()].filter((one) => one !== undefined)
    sums.set(key, {
      recipient,
      what,
      state,
      ...(reason === null ? {} : { reason }),
      count: (known?.count ?? 0) + 1,
      finalBy: finalBy.sort().at(-1) ?? null,
    })
  }
  return [...sums.values()]
}
