import { type Declaration, declarations, type Recipient } from '../../policy/index.ts'
import { isDeclared } from '../egress/declared.ts'

/** Every declared recipient once. */
export function recipients(from: readonly Declaration[] = declarations): Recipient[] {
  const byName = new Map(from.flatMap((kind) => kind.recipients.map((to) => [to.name, to] as const)))
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Whom a request goes to: the recipient that declares the host, otherwise the one at the connection's own address. */
export function recipientAt(
  url: URL,
  provider: string | undefined,
  known: readonly Recipient[] = recipients(),
): Recipient | undefined {
  const atConnections = known.filter(({ hosts }) => hosts === 'connection')
  return (
    known.find(({ hosts }) => typeof hosts !== 'string' && isDeclared(url, hosts)) ??
    atConnections.find((one) => one.provider !== undefined && one.provider === provider) ??
    atConnections.find((one) => one.provider === undefined)
  )
}
