import type { LookupAddress, LookupOptions } from 'node:dns'
import { lookup as systemLookup } from 'node:dns'
import { isPublicAddress } from './addresses.ts'

/** Turns a host name into addresses; the system's resolver unless a test brings its own. */
export type Resolve = (
  hostname: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** A name that leads to an address inside; no request was sent. */
export class PrivateAddressError extends Error {
  constructor() {
    super('private-address')
    this.name = 'PrivateAddressError'
  }
}

export const systemResolve: Resolve = (hostname, options, done) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => done(error, addresses))
}

type LookupDone = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

/**
 * The look-up a socket makes when it connects.
 *
 * It stands here and not before the request because a name may answer differently the second time (DNS rebinding):
 * the addresses that were checked are the ones the socket goes to. One inner address among several refuses all.
 */
export function guardedLookup(resolve: Resolve) {
  return (hostname: string, options: LookupOptions, done: LookupDone): void => {
    resolve(hostname, options, (error, addresses) => {
      if (error !== null) return done(error, [])
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return done(new PrivateAddressError(), [])
      const [first] = addresses
      if (first === undefined) return done(notFound(), [])
      if (options.all === true) return done(null, addresses)
      return done(null, first.address, first.family)
    })
  }
}

function notFound(): NodeJS.ErrnoException {
  return Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
}
