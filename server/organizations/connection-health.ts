import type { App } from '../app.ts'
import { allowanceShown, type BudgetRow, budgetColumns, budgetFrom } from '../crms/allowance.ts'
import type { Installation } from '../crms/installations.ts'
import type { ConnectionView } from '../http/shapes.ts'
import { askedHealth, askedView } from '../phones/asked-view.ts'
import { type HeldView, heldViews } from '../phones/held-view.ts'
import { waysOf } from '../recordings/ways.ts'
import { crmOf } from './crm-of.ts'
import type { Organization } from './organization.ts'

interface ConnectionRow extends BudgetRow {
  id: string
  side: 'phone' | 'crm'
  adapter: string
  state: 'waiting' | 'working' | 'refused' | 'away' | 'allowance-used-up'
  last_event_at: Date | null
  mirror_state: 'not-started' | 'copying' | 'complete' | 'none'
  mirror_started_at: Date | null
  mirror_completed_at: Date | null
  mirror_sees: 'everything' | 'part'
  hooks_state: 'none' | 'made' | 'refused'
  deals_without: ('deal' | 'lead')[]
  persons: string
  numbers: string
  waiting: string
}

/** Each connection as the connections page shows it: healthy or not in words, progress, allowance, what waits. */
export async function connectionViews(
  app: Pick<App, 'accesses' | 'clock' | 'cluster' | 'installations' | 'directories' | 'phones' | 'crms'>,
  organization: Organization,
  options: { withNames: boolean },
): Promise<ConnectionView[]> {
  const day = app.clock.now().toISOString().slice(0, 10)
  const { rows, counts, spent } = await organization.transaction(async (db) => {
    const [rows, counts, spent] = await Promise.all([
      db.rows<ConnectionRow>(
        `select c.id, c.side, c.adapter, c.state, c.last_event_at, c.mirror_state, c.mirror_started_at, c.mirror_completed_at,
                c.mirror_sees, c.hooks_state, c.deals_without, ${budgetColumns},
                (select count(*) from persons p where p.connection_id = c.id) as persons,
                (select count(*) from person_numbers n join persons p on p.id = n.person_id where p.connection_id = c.id) as numbers,
                (select count(*) from call_logs l where l.connection_id = c.id and l.state in ('waiting', 'sending')) as waiting
         from connections c where c.removed_at is null order by c.side desc, c.created_at, c.id`,
      ),
      db.rows<{ connection_id: string; what: string; count: string }>(
        'select connection_id, what, count from delivery_counts where day = $1 order by what',
        [day],
      ),
      db.rows<{ connection_id: string; feature: string; tokens: string }>(
        'select connection_id, feature, tokens from allowance_spent where day = $1 order by feature',
        [day],
      ),
    ])
    return { rows, counts, spent }
  }, 'log the call in the CRM')
  const directory = await app.directories.of(organization)
  const held = await heldViews(app.cluster, organization.id)
  const accesses = await app.accesses.ofOrganization(organization.id)
  return Promise.all(
    rows.map(async (row) => {
      const all = row.side === 'crm' ? await app.installations.ofConnection(row.id) : []
      const installations = all.filter((one) => one.state !== 'ending')
      const used = spent.filter((entry) => entry.connection_id === row.id)
      const phone = row.side === 'phone' ? app.phones.get(row.adapter) : undefined
      const asked = phone
        ? askedView(
            phone,
            directory.connections.get(row.id)?.settings ?? {},
            accesses.filter(({ connectionId }) => connectionId === row.id),
          )
        : {}
      const byFeature = Object.fromEntries(used.map((entry) => [entry.feature, Number(entry.tokens)]))
      return {
        id: row.id,
        side: row.side,
        adapter: row.adapter,
        title: (row.side === 'phone' ? phone?.title : app.crms.get(row.adapter)?.title) ?? row.adapter,
        ...(askedHealth(asked) ?? health(row, installations, held.get(row.id))),
        ...asked,
        ...(phone?.recordings ? { recordingWays: waysOf(phone, crmOf(directory, app.crms)) } : {}),
        ...heldPart(held.get(row.id)),
        ...(row.last_event_at ? { lastEventAt: row.last_event_at.toISOString() } : {}),
        counts: Object.fromEntries(
          counts
            .filter((entry) => entry.connection_id === row.id)
            .map((entry) => [entry.what, Number(entry.count)]),
        ),
        ...(app.crms.get(row.adapter)?.portal ? { portal: true } : {}),
        ...(row.side === 'crm' ? { ...crmPart(row, byFeature), notes: notesOf(row, installations) } : {}),
        // Who installed it is the organization's to know, not the operator's.
        installedBy: (options.withNames ? installations : []).flatMap((one) => {
          const user = [...directory.users.values()].find(
            (known) => known.connectionId === row.id && known.externalId === one.userRef,
          )
          return user ? [user.name] : []
        }),
      }
    }),
  )
}

function health(
  row: ConnectionRow,
  installations: readonly Installation[],
  held: HeldView | undefined,
): Pick<ConnectionView, 'health' | 'reason' | 'endsAt' | 'ends'> {
  if (held) return heldHealth[held.state]
  if (row.side === 'phone')
    return row.last_event_at
      ? { health: 'healthy', reason: 'ok' }
      : { health: 'waiting', reason: 'no-event-yet' }
  if (installations.length === 0) return { health: 'waiting', reason: 'not-installed' }
  const lost = installations.flatMap(({ endsAt }) => (endsAt ? [endsAt.getTime()] : []))
  if (lost.length > 0) {
    const all = lost.length === installations.length
    const endsAt = new Date(all ? Math.max(...lost) : Math.min(...lost)).toISOString()
    return { health: 'trouble', reason: 'probably-uninstalled', endsAt, ends: all ? 'company' : 'user' }
  }
  if (!installations.some((one) => one.state === 'active') || row.state === 'refused')
    return { health: 'trouble', reason: 'refused' }
  if (row.mirror_state === 'not-started') return { health: 'waiting', reason: 'agreement-missing' }
  if (row.pool_left === 0) return { health: 'trouble', reason: 'allowance-used-up' }
  if (row.state === 'away' || row.state === 'allowance-used-up')
    return { health: 'trouble', reason: row.state }
  if (row.mirror_state === 'copying') return { health: 'healthy', reason: 'copying' }
  return { health: 'healthy', reason: 'ok' }
}

/** A connection that we hold is known to be open or not; whether calls came does not matter. */
const heldHealth: Record<HeldView['state'], Pick<ConnectionView, 'health' | 'reason'>> = {
  waiting: { health: 'waiting', reason: 'held-soon' },
  connected: { health: 'healthy', reason: 'held' },
  unconfirmed: { health: 'waiting', reason: 'held-unconfirmed' },
  away: { health: 'trouble', reason: 'held-away' },
  refused: { health: 'trouble', reason: 'held-refused' },
  'no-such-address': { health: 'trouble', reason: 'held-no-such-address' },
  'not-allowed': { health: 'trouble', reason: 'held-not-allowed' },
}

function heldPart(held: HeldView | undefined): Pick<ConnectionView, 'held'> {
  if (!held) return {}
  const gaps = held.gaps.map(({ from, to }) => ({
    from: from.toISOString(),
    ...(to ? { to: to.toISOString() } : {}),
  }))
  return { held: { since: held.since.toISOString(), gaps } }
}

/** What works and should be known: it hangs on one person, or is slower or less than it could be. */
function notesOf(
  row: ConnectionRow,
  installations: readonly Installation[],
): NonNullable<ConnectionView['notes']> {
  const active = installations.filter((one) => one.state === 'active')
  if (row.mirror_state === 'not-started' || active.length === 0) return []
  return [
    ...(row.hooks_state === 'refused' ? (['hooks-refused'] as const) : []),
    ...(row.mirror_sees === 'part' ? (['sees-part'] as const) : []),
    ...dealNotes(row.deals_without),
    ...(active.length === 1 ? (['only-user'] as const) : []),
    ...(active.length > 1 && active.filter((one) => one.administrator).length === 1
      ? (['only-administrator'] as const)
      : []),
  ]
}

function dealNotes(without: ConnectionRow['deals_without']) {
  if (without.includes('deal')) return ['deals-refused'] as const
  return without.includes('lead') ? (['leads-refused'] as const) : []
}

function crmPart(
  row: ConnectionRow,
  byFeature: Record<string, number>,
): Pick<ConnectionView, 'mirror' | 'allowance' | 'waitingCalls'> {
  return {
    mirror: {
      state: row.mirror_state,
      persons: Number(row.persons),
      numbers: Number(row.numbers),
      ...(row.mirror_started_at ? { startedAt: row.mirror_started_at.toISOString() } : {}),
      ...(row.mirror_completed_at ? { completedAt: row.mirror_completed_at.toISOString() } : {}),
    },
    allowance: allowanceShown(budgetFrom(row), byFeature),
    waitingCalls: Number(row.waiting),
  }
}

export function healthOf(connections: readonly ConnectionView[]): ConnectionView['health'] {
  if (connections.some((connection) => connection.health === 'trouble')) return 'trouble'
  return connections.length === 0 || connections.some((connection) => connection.health === 'waiting')
    ? 'waiting'
    : 'healthy'
}
