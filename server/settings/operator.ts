import { isWithin } from '../../policy/index.ts'
import { country, type Environment, oneLine, refuse } from './read.ts'

/** Who runs an installation; undefined: not told. */
export interface Operator {
  name: string | undefined
  contact: string | undefined
  /** the address of the seat, and its country (ISO 3166) */
  seat?: string | undefined
  country?: string | undefined
  /** in the European Union, where the seat is not (Art. 27 GDPR) */
  representative?: string | undefined
  /** the data protection officer, and how to reach them */
  officer?: string | undefined
  /** the supervisory authority, where the country does not tell it */
  authority?: { name: string; url: string } | undefined
}

export function operator(env: Environment): Operator {
  const line = (name: string) => oneLine(name, env[name])
  return {
    name: line('RINGFENCE_OPERATOR_NAME'),
    contact: line('RINGFENCE_OPERATOR_CONTACT'),
    seat: line('RINGFENCE_OPERATOR_SEAT'),
    country: country('RINGFENCE_OPERATOR_COUNTRY', env['RINGFENCE_OPERATOR_COUNTRY']),
    representative: line('RINGFENCE_OPERATOR_REPRESENTATIVE'),
    officer: line('RINGFENCE_OPERATOR_OFFICER'),
    authority: authority(line('RINGFENCE_OPERATOR_AUTHORITY')),
  }
}

/** Its name and the address of its site, with a space between them. */
function authority(text: string | undefined): Operator['authority'] {
  if (text === undefined) return undefined
  const [, name, url] = /^(.+?),? (https:\/\/\S+)$/.exec(text) ?? []
  return name && url
    ? { name, url }
    : refuse(
        'RINGFENCE_OPERATOR_AUTHORITY',
        'RINGFENCE_OPERATOR_AUTHORITY must be the name of a supervisory authority and the https:// address of its site, with a space between them.',
      )
}

export interface Place {
  /** where personal data may be: `EU`, the European Economic Area, or one country (ISO 3166) */
  region: string
  /** whose machines this installation runs on */
  hosting: { name: string | undefined; country: string | undefined }
}

/** What is stored is stored where the machines are: they have to be in the region. */
export function place(env: Environment): Place {
  const region = country('RINGFENCE_REGION', env['RINGFENCE_REGION']) ?? 'EU'
  const hosting = {
    name: oneLine('RINGFENCE_HOST_NAME', env['RINGFENCE_HOST_NAME']),
    country: country('RINGFENCE_HOST_COUNTRY', env['RINGFENCE_HOST_COUNTRY']),
  }
  if (hosting.country !== undefined && !isWithin(hosting.country, region))
    refuse(
      'RINGFENCE_HOST_COUNTRY',
      'RINGFENCE_HOST_COUNTRY lies outside RINGFENCE_REGION (default EU, the European Economic Area): run Ringfence within the region, or declare the region it is run in.',
    )
  return { region, hosting }
}
