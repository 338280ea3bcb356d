import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

/** What one person can sensibly dial, and what one company can; beyond it somebody's session has fallen into other hands. */
export const dialLimits = { userPerMinute: 10, userPerHour: 60, organizationPerMinute: 120 } as const

const windows = [
  { of: 'user', seconds: 60, most: dialLimits.userPerMinute },
  { of: 'user', seconds: 3600, most: dialLimits.userPerHour },
  { of: 'organization', seconds: 60, most: dialLimits.organizationPerMinute },
] as const

/**
 * Counts one call that is about to be asked for, in the organization's database and therefore for all nodes together. A
 * window begins with the first call in it. What is refused is not counted.
 * @throws RingfenceError `too-often`, with when the fullest window is over
 */
export async function countDial(organization: Organization, userId: string): Promise<void> {
  await organization.transaction(async (db) => {
    db.send('select from users where id = $1 for key share', [userId]) // before their counts, as their removal does
    // Nothing of a count is needed when its hour is over; whoever counts one just now keeps it.
    db.send(
      `delete from dial_counts where ctid = any(array(
         select ctid from dial_counts where begun_at <= ringfence.now() - interval '1 hour' for update skip locked))`,
    )
    const rows = await db.rows<{ window_seconds: number; own: boolean; count: number; left: number }>(
      `insert into dial_counts as c (user_id, window_seconds, begun_at, count)
       select user_id, window_seconds, ringfence.now(), 1
       from unnest($1::uuid[], $2::integer[]) as new (user_id, window_seconds)
       on conflict (user_id, window_seconds) do update set
         count = case when c.begun_at <= ringfence.now() - make_interval(secs => c.window_seconds) then 1 else c.count + 1 end,
         begun_at = case when c.begun_at <= ringfence.now() - make_interval(secs => c.window_seconds) then ringfence.now() else c.begun_at end
       returning window_seconds, user_id is not null as own, count,
         ceil(window_seconds - extract(epoch from ringfence.now() - begun_at))::integer as left`,
      [windows.map(({ of }) => (of === 'user' ? userId : null)), windows.map(({ seconds }) => seconds)],
    )
    const full = rows.filter(({ window_seconds, own, count }) =>
      windows.some(
        ({ of, seconds, most }) => seconds === window_seconds && (of === 'user') === own && count > most,
      ),
    )
    if (full.length === 0) return
    // Undoes the counting with the transaction.
    failed({
      code: 'too-often',
      what: 'dialling',
      retryAfterSeconds: Math.max(1, ...full.map(({ left }) => left)),
    })
  }, 'place a call')
}
