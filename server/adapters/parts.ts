import { z } from 'zod'
import { type SentFields, sentToAdapter } from '../../policy/index.ts'
import { parseE164, parseReported } from '../contacts/numbers.ts'
import {
  createEgress,
  type Egress,
  type EgressOptions,
  retryAfterSeconds,
  withRetries,
} from '../egress/index.ts'
import { failed, failureOf } from '../failure.ts'
import type { Adapter, AdapterEgress, AdapterParts } from './contract.ts'

type Wish = Pick<Adapter, 'kind' | 'name' | 'title' | 'declaration' | 'settings'>
/** what is set for adapters, by the whole names */
type Environment = Readonly<Record<string, string>>

/**
 * What one adapter is given. Its way out is its own: it leads to the hosts it declares, or to that of a connection, and
 * nowhere else.
 */
export function partsFor(
  adapter: Wish,
  environment: Environment,
  options: Omit<EgressOptions, 'declared'>,
): AdapterParts {
  const settings = settingsOf(adapter, environment)
  const { hosts } = adapter.declaration
  const declared = hosts === 'connection' ? [] : hosts.map(({ host }) => host)
  const inPlace = Object.values(settings).flatMap((value) => hostIn(value, options.privateHosts))
  const egress = createEgress({ ...options, declared: [...declared, ...inPlace] })
  const sends = sentToAdapter(adapter)
  return {
    egress: declaredOnly(egress, sends, { mayAllow: hosts === 'connection' }),
    sends,
    settings,
    z,
    failed,
    failureOf,
    parseReported,
    parseE164,
    withRetries,
    retryAfterSeconds,
  }
}

/** `URL` of the adapter `acme-voice` is `RINGFENCE_ADAPTER_ACME_VOICE_URL`. */
function settingsOf({ name, settings = [] }: Wish, environment: Environment): AdapterParts['settings'] {
  const prefix = `RINGFENCE_ADAPTER_${name.toUpperCase().replaceAll('-', '_')}_`
  return Object.fromEntries(settings.map((setting) => [setting, environment[`${prefix}${setting}`]]))
}

/** A stand-in that the operator put in the place of a declared host. */
function hostIn(value: string | undefined, privateHosts: readonly string[]): string[] {
  const host = URL.parse(value ?? '')?.host
  return host !== undefined && privateHosts.includes(host) ? [host] : []
}

/**
 * What it sends is what it declares. `allow` is for the host of a connection, which an adapter with hosts of its own does
 * not speak to.
 */
function declaredOnly(egress: Egress, sends: SentFields, { mayAllow }: { mayAllow: boolean }): AdapterEgress {
  const plain = <Request extends { allow?: readonly string[] }>({ allow, ...rest }: Request) => ({
    ...rest,
    ...(mayAllow && allow ? { allow } : {}),
    sends,
  })
  return {
    request: (request) => egress.request(plain(request)),
    open: (opening) => egress.open(plain(opening)),
    upload: (request) => egress.upload(plain(request)),
    connect: (opening) => egress.connect(plain(opening)),
    close: () => egress.close(),
  }
}
