/**
 * Where a recipient is: the country of the company that gets the data, by ISO 3166, as far as a vendor's own publication
 * says so. `unknown` counts as outside of every region.
 */
export type Place = string

/** The European Economic Area: the Union and, by the EEA agreement's decision 154/2018, Iceland, Liechtenstein, Norway. */
const eea = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(
  ' ',
)

/** `EU` is the European Economic Area; anything else is one country. */
export type Region = string

/** Is that country within the region? Nobody knows where "unknown" is. */
export function isWithin(place: Place, region: Region): boolean {
  return region === 'EU' ? eea.includes(place) : place === region
}
