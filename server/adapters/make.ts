import type { Crm } from '../crms/contract.ts'
import type { EgressOptions } from '../egress/index.ts'
import type { PhoneSystem } from '../phones/contract.ts'
import type { Settings } from '../settings.ts'
import type { Adapter } from './contract.ts'
import { refuseAdapter } from './load.ts'
import { partsFor } from './parts.ts'
import { faultMade } from './shape.ts'

export interface MadeAdapters {
  phones: PhoneSystem[]
  crms: Crm[]
  close(): Promise<void>
}

/** @throws RingfenceError `setting` with one sentence */
export function makeAdapters(
  adapters: readonly Adapter[],
  { adapterSettings, privateHosts }: Pick<Settings, 'adapterSettings' | 'privateHosts'>,
  record?: EgressOptions['record'],
): MadeAdapters {
  const made: MadeAdapters = { phones: [], crms: [], close: async () => undefined }
  const options = { privateHosts, ...(record ? { record } : {}) }
  const ways = adapters.map((adapter) => {
    const parts = partsFor(adapter, adapterSettings, options)
    if (adapter.kind === 'phone') made.phones.push(checked(adapter, () => adapter.create(parts)))
    else made.crms.push(checked(adapter, () => adapter.create(parts)))
    return parts.egress
  })
  made.close = async () => {
    await Promise.all(ways.map((egress) => egress.close()))
  }
  return made
}

function checked<Made>(adapter: Adapter, create: () => Made): Made {
  let made: Made
  try {
    made = create()
  } catch (error) {
    const told = error instanceof Error ? error.message.split('\n')[0]?.slice(0, 200) : ''
    return refuseAdapter(adapter.name, `cannot be made (${told})`, error)
  }
  const fault = faultMade(adapter, made)
  return fault === undefined ? made : refuseAdapter(adapter.name, fault)
}
