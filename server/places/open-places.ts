import { mailServer } from '../../policy/recipients.ts'
import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import type { Opened } from '../opened.ts'
import { Places } from './places.ts'
import { Refusals } from './refusals.ts'
import { Transfers } from './transfers.ts'

export interface Placing {
  places: Places
  transfers: Transfers
  refusals: Refusals
}

/**
 * Where data may go, and a record of where it did not. A relay that mail could not be sent to stops the start: otherwise
 * it would be found out on the day of a breach.
 */
export async function openPlaces(
  { settings, cluster, ring, log }: Installation,
  opened: Opened,
): Promise<Placing> {
  const { region, mail } = settings
  const transfers = new Transfers({ cluster, ring, region })
  const { name } = mailServer
  const places = new Places({
    region,
    transfers,
    places: mail?.country === undefined ? {} : { [name]: mail.country },
    own: mail?.loopback ? [name] : [],
  })
  await places.load()
  if (mail && !places.allowsRecipient(name))
    failed({
      code: 'setting',
      name: 'RINGFENCE_SMTP_URL',
      sentence: `The mail server is not known to be within ${region}: set RINGFENCE_SMTP_COUNTRY to the country it is run in, or put a ground on record with ringfence transfer add --recipient "${name}".`,
    })
  return { places, transfers, refusals: opened.keep(new Refusals(cluster, log)) }
}
