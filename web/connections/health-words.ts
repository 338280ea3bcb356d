import type { ConnectionView } from '../../server/http/shapes.ts'
import type { Formats } from '../languages/formats.ts'
import type { Translate } from '../languages/language.tsx'

const reasons = [
  'no-event-yet',
  'agreement-missing',
  'copying',
  'ok',
  'refused',
  'away',
  'allowance-used-up',
  'not-installed',
  'held',
  'held-soon',
  'held-unconfirmed',
  'held-away',
  'held-refused',
  'held-no-such-address',
  'held-not-allowed',
  'asked',
  'asked-soon',
  'asked-refused',
  'asked-away',
  'asked-not-ready',
  'asked-nobody',
  'asked-some-refused',
] as const

/** Health in a sentence. A reason this version has no words for falls back to the health alone. */
export function healthWords(
  connection: Pick<ConnectionView, 'health' | 'reason' | 'title' | 'endsAt' | 'ends' | 'held'>,
  t: Translate,
  formats: Formats,
): string {
  const { title, endsAt, ends } = connection
  if (connection.reason === 'probably-uninstalled' && endsAt !== undefined && ends !== undefined)
    return t(`health.reason.probably-uninstalled.${ends}`, { title, date: formats.day(endsAt) })
  const reason = reasons.find((known) => known === connection.reason)
  const since = connection.held === undefined ? '' : formats.timeOrDay(connection.held.since, Date.now())
  return reason === undefined
    ? t(`health.${connection.health}`)
    : t(`health.reason.${reason}`, { title: connection.title, since })
}
