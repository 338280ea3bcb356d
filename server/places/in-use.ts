import type { Recipient } from '../../policy/index.ts'
import { type App, titleOf } from '../app.ts'
import type { DirectoryConnection } from '../organizations/directory.ts'

export type Linked = Pick<DirectoryConnection, 'side' | 'adapter'>
type Titles = Pick<App, 'phones' | 'crms'>

/** A product may carry more than its maker's name. */
const isMadeBy = (title: string, name: string): boolean => title === name || title.startsWith(`${name} `)

/** Does what is sent over this connection go to that recipient? Of `known` one is "any other phone system". */
export function goesTo(
  app: Titles,
  { side, adapter }: Linked,
  to: { recipient: Recipient; known: readonly Recipient[] },
): boolean {
  const title = titleOf(app, adapter)
  const { name, hosts, provider, adapter: ofOthers } = to.recipient
  if (hosts === 'mail server') return false
  if (hosts !== 'connection' || ofOthers) return isMadeBy(title, name)
  if (provider !== undefined) return adapter === provider
  // at an address of its own: a phone system that is no recipient by name
  return side === 'phone' && !to.known.some((one) => isMadeBy(title, one.name))
}

/** Those who really may get something: the vendors of these connections, and the relay where there is one. */
export function recipientsInUse(
  app: Titles & Pick<App, 'mailer'>,
  connections: readonly Linked[],
  known: readonly Recipient[],
): Recipient[] {
  return known.filter((recipient) =>
    recipient.hosts === 'mail server'
      ? app.mailer !== undefined
      : connections.some((one) => goesTo(app, one, { recipient, known })),
  )
}
