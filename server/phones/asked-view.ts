import type { ConnectionView } from '../http/shapes.ts'
import type { PhoneAccess } from './accesses.ts'
import type { PhoneSystem } from './contract.ts'

type Health = Pick<ConnectionView, 'health' | 'reason'>

/** Of a phone system that is asked by its API: does it tell us of calls, and did it tell of all? */
export function askedView(
  { api, recordings }: PhoneSystem,
  settings: Readonly<Record<string, unknown>>,
  accesses: readonly PhoneAccess[],
): Pick<ConnectionView, 'asked'> {
  if (!api) return {}
  const compared = accesses.flatMap((access) => access.compared ?? [])
  const [at] = compared.map((one) => one.at.getTime()).sort((a, b) => b - a)
  const sum = (of: 'calls' | 'missing') => compared.reduce((all, one) => all + one[of], 0)
  const own = accesses.filter(({ userId }) => userId !== undefined)
  return {
    asked: {
      access: api.access,
      ready: api.ready(settings),
      handsOut: recordings?.handsOut ?? false,
      ...(api.access === 'key' ? { told: accesses[0]?.told ?? 'not-yet' } : {}),
      ...(api.access === 'user'
        ? { connected: own.filter(isWell).length, refused: own.filter(isRefused).length }
        : {}),
      ...(at === undefined
        ? {}
        : { compared: { at: new Date(at).toISOString(), calls: sum('calls'), missing: sum('missing') } }),
    },
  }
}

/** undefined: set up by hand, so all that is known is whether calls come. */
export function askedHealth({ asked }: Pick<ConnectionView, 'asked'>): Health | undefined {
  if (!asked) return undefined
  if (asked.access === 'user') {
    if (!asked.ready) return { health: 'waiting', reason: 'asked-not-ready' }
    if (asked.refused) return { health: 'trouble', reason: 'asked-some-refused' }
    return asked.connected
      ? { health: 'healthy', reason: 'asked' }
      : { health: 'waiting', reason: 'asked-nobody' }
  }
  if (!asked.ready || asked.told === 'by-hand') return undefined
  return byTold[asked.told ?? 'not-yet']
}

const byTold: Record<Exclude<PhoneAccess['told'], 'by-hand'>, Health> = {
  'not-yet': { health: 'waiting', reason: 'asked-soon' },
  subscribed: { health: 'healthy', reason: 'asked' },
  refused: { health: 'trouble', reason: 'asked-refused' },
  away: { health: 'trouble', reason: 'asked-away' },
}

const isWell = ({ state, told }: PhoneAccess): boolean => state === 'active' && told === 'subscribed'
const isRefused = ({ state, told }: PhoneAccess): boolean => state !== 'active' || told === 'refused'
