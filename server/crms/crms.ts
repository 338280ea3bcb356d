import type { Egress } from '../egress/index.ts'
import type { Settings } from '../settings.ts'
import { sentToBitrix24 } from './bitrix24/declared-fields.ts'
import { createBitrix24 } from './bitrix24/index.ts'
import type { Crm } from './contract.ts'
import { sentToPipedrive } from './pipedrive/declared-fields.ts'
import { createPipedrive } from './pipedrive/index.ts'

/** What each is sent, whether or not this installation has an app for it. */
export const sentToCrms = [sentToPipedrive, sentToBitrix24]

/** The CRMs this installation has an app for, by name. */
export function crmsOf({ pipedrive, bitrix24 }: Settings, egress: Egress): ReadonlyMap<string, Crm> {
  const crms: Crm[] = []
  if (pipedrive) crms.push(createPipedrive({ egress, ...pipedrive }))
  if (bitrix24) crms.push(createBitrix24({ egress, ...bitrix24 }))
  return new Map(crms.map((crm) => [crm.name, crm]))
}
