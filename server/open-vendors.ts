import { inForce } from '../policy/index.ts'
import type { Adapter } from './adapters/contract.ts'
import { makeAdapters } from './adapters/make.ts'
import { createEgress, type Egress, type EgressOptions } from './egress/index.ts'
import { behalf } from './egress/on-behalf.ts'
import type { Installation } from './installation.ts'
import type { Opened } from './opened.ts'
import type { Placing } from './places/open-places.ts'
import { allowedHosts } from './privacy/allowed-hosts.ts'
import { type Vendors, vendorsOf } from './privacy/policy-here.ts'

/** The only way out, and those it leads to. */
export interface OpenVendors {
  egress: Egress
  all: Vendors
  /** what goes out through an adapter of others goes by that adapter: one that nothing may go to yet is left out */
  allowed(): Vendors
}

export function openVendors(
  { settings, log, clock }: Installation,
  { places, refusals }: Placing,
  { adapters, opened }: { adapters: readonly Adapter[]; opened: Opened },
): OpenVendors {
  const record: EgressOptions['record'] = (refused) => {
    log.warn('egress-refused', { why: refused.why })
    refusals.add(refused, behalf(), clock.now())
  }
  const egress = opened.keep(
    createEgress({
      declared: (recipient) => allowedHosts(inForce().kinds, recipient),
      privateHosts: settings.privateHosts,
      inRegion: (url, provider) => places.allows(url, provider),
      record,
    }),
  )
  const { phones, crms } = opened.keep(makeAdapters(adapters, settings, record))
  return {
    egress,
    all: vendorsOf(settings, egress, { phones, crms }),
    allowed: () => vendorsOf(settings, egress, { phones: receiving(phones), crms: receiving(crms) }),
  }
}

/** Those that the policy in force names among the recipients of data. */
const receiving = <T extends { title: string }>(systems: ReadonlyMap<string, T>): Map<string, T> =>
  new Map([...systems].filter(([, { title }]) => mayReceive(title)))

const mayReceive = (title: string): boolean =>
  inForce().kinds.some(({ recipients }) => recipients.some(({ name }) => name === title))
