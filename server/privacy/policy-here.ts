import { crmsOf } from '../crms/crms.ts'
import { createEgress } from '../egress/index.ts'
import { phoneSystems } from '../phones/phone-systems.ts'
import type { Settings } from '../settings.ts'
import { currentPolicy, type PolicyContent } from './policy-content.ts'

/** What the files of this program say, with the operator and the services of the settings. Asks nobody. */
export async function policyHere(settings: Settings): Promise<PolicyContent> {
  const egress = createEgress({ declared: [], privateHosts: [] })
  const phones = [...phoneSystems(settings, egress).values()]
  const crms = [...crmsOf(settings, egress).values()]
  await egress.close()
  return currentPolicy({ operator: settings.operator, phones, crms })
}
