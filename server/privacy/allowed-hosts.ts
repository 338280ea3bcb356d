import { type Declaration, inForce } from '../../policy/index.ts'

/**
 * The hosts that data may go to: those of all declared recipients and no other. "The host of a connection" is allowed
 * per request, by the connection it belongs to.
 * @param name of one recipient; left out: all
 */
export function allowedHosts(from: readonly Declaration[] = inForce().kinds, name?: string): string[] {
  const hosts = from.flatMap(({ kind, recipients }) =>
    recipients.flatMap((recipient) => {
      if (name !== undefined && recipient.name !== name) return []
      if (recipient.hosts === 'connection' || recipient.hosts === 'mail server') return []
      if (!Array.isArray(recipient.hosts) || recipient.hosts.length === 0)
        throw new Error(`policy: a recipient of "${kind}" has no host`)
      return recipient.hosts as readonly string[]
    }),
  )
  return [...new Set(hosts)].sort()
}
