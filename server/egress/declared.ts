/**
 * Is this host among the declared ones?
 *
 * An entry is a host as URLs write it: `oauth.pipedrive.com`, `pbx.example.org:8443`, or `*.pipedrive.com` for any
 * number of labels before the domain, not the domain itself. Without a port only the scheme's own port is meant.
 */
export function isDeclared(url: URL, declared: Iterable<string>): boolean {
  for (const entry of declared) if (matches(url, entry.trim().toLowerCase())) return true
  return false
}

function matches(url: URL, entry: string): boolean {
  if (entry.startsWith('*.')) return isBelow(url.host, entry.slice(1))
  // an entry may name the scheme's own port, which URLs leave out
  return url.host === entry || `${url.hostname}:${portOf(url)}` === entry
}

/** @param suffix with its leading dot, so that `evilpipedrive.com` is not below `.pipedrive.com` */
function isBelow(host: string, suffix: string): boolean {
  return suffix.length > 1 && host.endsWith(suffix) && host.length > suffix.length
}

/** The port a URL really goes to. */
export function portOf(url: URL): string {
  if (url.port !== '') return url.port
  return url.protocol === 'http:' ? '80' : '443'
}
