import { BlockList, isIP } from 'node:net'

/**
 * Which addresses are on the public internet.
 *
 * IPv4 is everything but the special-purpose blocks; IPv6 is global unicast (2000::/3) but its special-purpose blocks,
 * so that mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96), unique local, link-local and multicast fall out without being
 * named. 6to4 and Teredo are named, because an IPv4 address is hidden in them.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const refusedIpv4: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8], // "this network", unspecified
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, cloud metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // IETF protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // AMT
  ['192.88.99.0', 24], // 6to4 relay
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarking
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
]

const refusedWithinGlobalUnicast: readonly [network: string, prefix: number][] = [
  ['2001::', 23], // IETF protocol assignments: Teredo, ORCHID, benchmarking
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
]

const refused4 = new BlockList()
for (const [network, prefix] of refusedIpv4) refused4.addSubnet(network, prefix, 'ipv4')

const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

const refused6 = new BlockList()
for (const [network, prefix] of refusedWithinGlobalUnicast) refused6.addSubnet(network, prefix, 'ipv6')

/** @param address an IPv4 or IPv6 literal without brackets. Whatever cannot be read is not public. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !refused4.check(address, 'ipv4')
  // a zone ("fe80::1%eth0") names an interface of this machine, and is never on the internet
  if (family === 6 && !address.includes('%')) {
    return global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6')
  }
  return false
}
