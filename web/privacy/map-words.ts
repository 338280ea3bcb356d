import type { DataMapView } from '../../server/http/shapes.ts'
import type { useLanguage } from '../languages/language.tsx'
import type { MapKind, MapRecipient } from './map-graph.ts'

type Words = Pick<ReturnType<typeof useLanguage>, 't' | 'formats'>

/** How long, as short as it can be said; the whole sentence stands with the facts. */
export function shortlyKept({ keep }: Pick<MapKind, 'keep'>, t: Words['t']): string {
  if ('hours' in keep) {
    const { hours } = keep
    if (hours % (365 * 24) === 0) return t('map.kept.years', { count: hours / (365 * 24) })
    return hours % 24 === 0 && hours > 48
      ? t('map.kept.days', { count: hours / 24 })
      : t('map.kept.hours', { count: hours })
  }
  switch (keep.while) {
    case 'the organization exists':
      return t('map.kept.registered')
    case 'the phone of this user is connected':
      return t('map.kept.phone')
    default:
      return t('map.kept.installed')
  }
}

/** Where a recipient is and why data may go there. */
export function placeOf({ countries, ground }: MapRecipient, { t, formats }: Words): string {
  const where = countries.map((code) => formats.country(code)).join(', ')
  return ground === undefined
    ? `${where || t('map.place.unknown')}, ${t('map.nothing')}`
    : [where, t(`map.ground.${ground}`)].filter(Boolean).join(', ')
}

/** What there is to choose from, in the policy’s own order. */
export function purposeChoices(
  { purposes }: Pick<DataMapView, 'purposes'>,
  t: Words['t'],
): { value: string; label: string }[] {
  return [
    { value: '', label: t('map.purpose.all') },
    ...purposes.map(({ id, name }) => ({ value: id, label: name })),
  ]
}
