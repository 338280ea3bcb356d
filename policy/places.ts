/** The European Economic Area: the Union and, by the EEA agreement's decision 154/2018, Iceland, Liechtenstein, Norway. */
const eea = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(
  ' ',
)

/** `EU` is the European Economic Area; anything else is one country, by ISO 3166. */
export type Region = string

/** Is that country within the region? */
export function isWithin(country: string, region: Region): boolean {
  return region === 'EU' ? eea.includes(country) : country === region
}
