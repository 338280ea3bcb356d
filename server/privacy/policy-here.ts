import { type Declaration, joinAdapters, declarations as ours } from '../../policy/index.ts'
import { loadAdapters } from '../adapters/load.ts'
import { type MadeAdapters, makeAdapters } from '../adapters/make.ts'
import type { Crm } from '../crms/contract.ts'
import { crmsOf } from '../crms/crms.ts'
import { createEgress, type Egress } from '../egress/index.ts'
import type { PhoneSystem } from '../phones/contract.ts'
import { phoneSystems } from '../phones/phone-systems.ts'
import type { Settings } from '../settings.ts'
import { currentPolicy, type PolicyContent } from './policy-content.ts'

export interface Vendors {
  phones: ReadonlyMap<string, PhoneSystem>
  crms: ReadonlyMap<string, Crm>
}

/** Ours, and those that adapters of others connect. */
export function vendorsOf(
  settings: Settings,
  egress: Egress,
  others: Pick<MadeAdapters, 'phones' | 'crms'>,
): Vendors {
  return {
    phones: new Map([...phoneSystems(settings, egress), ...others.phones]),
    crms: new Map([...crmsOf(settings, egress), ...others.crms]),
  }
}

/** What a program with these declarations says, with the operator and the services of the settings. */
export function contentOf(
  { operator, hosting, region }: Settings,
  { phones, crms }: Vendors,
  declarations: readonly Declaration[],
): PolicyContent {
  const subject = { operator, hosting, region, phones: [...phones.values()], crms: [...crms.values()] }
  return currentPolicy(subject, declarations)
}

/** What the files of this program and its adapters say. Asks nobody. */
export async function policyHere(
  settings: Settings,
): Promise<{ content: PolicyContent; declarations: readonly Declaration[] }> {
  const adapters = await loadAdapters(settings)
  const declarations = joinAdapters(ours, adapters)
  const egress = createEgress({ declared: [], privateHosts: [] })
  const others = makeAdapters(adapters, settings)
  try {
    return { content: contentOf(settings, vendorsOf(settings, egress, others), declarations), declarations }
  } finally {
    await others.close()
    await egress.close()
  }
}
