import type { Installation } from '../installation.ts'

const loopback = ['127.0.0.1', 'localhost', '[::1]', '::1']
const isHere = (host: string): boolean => loopback.includes(host)

/**
 * Connections that are not encrypted although they leave this machine: with browsers, with vendors, with the database.
 * Vendors are spoken to by https alone, but for private hosts that the operator has named.
 */
export async function connectionFacts({
  settings,
  cluster,
}: Pick<Installation, 'settings' | 'cluster'>): Promise<string[]> {
  const told: string[] = []
  const url = settings.url ? new URL(settings.url) : undefined
  if (url ? url.protocol !== 'https:' && !isHere(url.hostname) : !isHere(settings.host))
    told.push('browsers reach this installation without encryption')
  const inner = settings.privateHosts.map((entry) => entry.split('@').at(-1) ?? entry)
  const open = inner.filter((entry) => !isHere(entry.replace(/:\d+$/, '')))
  if (open.length > 0) told.push(`${open.length} private hosts may be reached without encryption`)
  const { host, ssl } = cluster.control.target
  const row = await cluster.control.transaction((db) =>
    db.row<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()'),
  )
  const remote = !isHere(host) && !host.startsWith('/')
  if (remote && !(ssl && row?.ssl)) told.push('the database is reached without encryption')
  return told
}
