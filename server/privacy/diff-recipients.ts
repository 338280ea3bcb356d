import { canonical } from './canonical.ts'
import type { DeclaredKind } from './declared.ts'
import type { KindDifference } from './differences.ts'

type Recipients = DeclaredKind['recipients']

/** A recipient is known by its name; it may be named more than once, and then has the hosts of all of them. */
interface Reach {
  hosts: string[]
  /** what else is said of it (where it is, and on what ground data may go there), in one spelling each */
  besides: ReadonlySet<string>
}

export function compareRecipients(was: Recipients, now: Recipients): KindDifference[] {
  const [old, new_] = [reachesOf(was), reachesOf(now)]
  return [
    ...[...new_].flatMap(([what, reach]): KindDifference[] => {
      const before = old.get(what)
      if (!before) return [{ way: 'less restrictive', reason: 'new recipient', what }]
      const elsewhere: KindDifference[] =
        canonical([...before.besides].sort()) === canonical([...reach.besides].sort())
          ? []
          : [{ way: 'less restrictive', reason: 'other place of recipient', what }]
      return [...hostsDiff(before.hosts, reach.hosts), ...elsewhere]
    }),
    ...[...old.keys()].flatMap((what): KindDifference[] =>
      new_.has(what) ? [] : [{ way: 'stricter', reason: 'gone recipient', what }],
    ),
  ]
}

function hostsDiff(was: readonly string[], now: readonly string[]): KindDifference[] {
  const beyond = (some: readonly string[], others: readonly string[]) =>
    some.filter((host) => !others.some((other) => covers(other, host)))
  return [
    ...beyond(now, was).map((what) => ({
      way: 'less restrictive' as const,
      reason: 'new host' as const,
      what,
    })),
    ...beyond(was, now).map((what) => ({ way: 'stricter' as const, reason: 'gone host' as const, what })),
  ]
}

/** Is whatever `host` lets through let through by `entry` too? As the network layer reads them (`egress/declared.ts`). */
function covers(entry: string, host: string): boolean {
  return entry === host || (entry.startsWith('*.') && host.endsWith(entry.slice(1)))
}

/** The part of a recipient that was allowed before: nothing, or the recipient with the hosts that both let through. */
export function commonHosts(was: Recipients, recipient: Recipients[number]): Recipients {
  const { name, hosts, ...besides } = recipient
  const before = reachesOf(was).get(name)
  if (!before || canonical([...before.besides]) !== canonical([canonical(besides)])) return []
  if (typeof hosts === 'string') return before.hosts.includes(hosts) ? [recipient] : []
  const both = [
    ...hosts.filter((host) => before.hosts.some((other) => covers(other, host))),
    ...before.hosts.filter((other) => !hosts.includes(other) && hosts.some((host) => covers(host, other))),
  ]
  return both.length > 0 ? [{ ...recipient, hosts: both }] : []
}

/** Hosts that no recipient is at. */
export function hostsBeyond(recipients: Recipients, hosts: readonly string[]): string[] {
  const named = [...reachesOf(recipients).values()].flatMap((reach) => reach.hosts)
  return hosts.filter((host) => !named.some((entry) => covers(entry, host)))
}

function reachesOf(recipients: Recipients): Map<string, Reach> {
  const reaches = new Map<string, Reach>()
  for (const { name, hosts, ...besides } of recipients) {
    const known = reaches.get(name)
    const named = typeof hosts === 'string' ? [hosts] : hosts
    const all = [...(known?.hosts ?? []), ...named.map((host) => host.trim().toLowerCase())]
    reaches.set(name, {
      hosts: [...new Set(all)],
      besides: new Set([...(known?.besides ?? []), canonical(besides)]),
    })
  }
  return reaches
}
