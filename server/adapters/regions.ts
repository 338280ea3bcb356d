/** The European Economic Area, within which data moves freely (Art. 1(3) GDPR), as of 2026. */
const eea = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
)

/** Is a place, `EU` or a country, inside the region that the operator declared? */
export const isInside = (place: string, region: string): boolean =>
  place === region || (region === 'EU' && eea.includes(place))
