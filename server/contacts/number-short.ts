import type { CountryCode } from 'libphonenumber-js/max'

/** Answered in every mobile network (3GPP TS 22.101, 10.1), so never an extension. */
const emergencyEverywhere = new Set(['112', '911'])

/** Emergency numbers beside 112 and 911 (ITU-T E.161.1 and national plans), because they look like extensions. */
const emergencyIn: Readonly<Partial<Record<CountryCode, string>>> = {
  AR: '100 101 107',
  AT: '122 133 144',
  AU: '000 106',
  BE: '100 101',
  BG: '150 160 166',
  BR: '190 192 193',
  CH: '117 118 144',
  CL: '131 132 133',
  CN: '110 119 120',
  CZ: '150 155 156 158',
  DE: '110',
  DK: '114',
  EE: '110',
  ES: '061 062 080 091 092',
  FR: '15 17 18 114 115 119',
  GB: '999',
  GR: '100 166 199',
  HK: '999',
  HR: '192 193 194',
  HU: '104 105 107',
  ID: '110 113 118',
  IE: '999',
  IL: '100 101 102',
  IN: '100 101 102 108',
  IT: '113 115 118',
  JP: '110 118 119',
  KR: '119',
  LU: '113',
  LV: '110 113',
  MY: '999',
  NO: '110 113',
  NZ: '111',
  PL: '997 998 999',
  RO: '961',
  RS: '192 193 194',
  RU: '101 102 103',
  SG: '995 999',
  SI: '113',
  SK: '150 155 158',
  TR: '110 155',
  UA: '101 102 103',
  ZA: '10111 10177',
}

/**
 * Whether these digits reach a service and not a subscriber: emergency, directory (118…), the European 116… services,
 * and codes with star or hash. Such a number has no keys and is never dialled from a CRM.
 */
export function isShortCode(digits: string, country: CountryCode): boolean {
  if (/[*#]/.test(digits) || /^0{1,4}$/.test(digits)) return true
  if (/^118\d{2,3}$/.test(digits) || /^116\d{3}$/.test(digits)) return true
  return isEmergencyNumber(digits, country)
}

/** Whether exactly these digits call for help in this country. */
export function isEmergencyNumber(digits: string, country: CountryCode): boolean {
  return emergencyEverywhere.has(digits) || (emergencyIn[country] ?? '').split(' ').includes(digits)
}
