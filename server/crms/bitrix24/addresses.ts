import { failed } from '../../failure.ts'

/** Where Bitrix24 may be. */
export interface Places {
  /** https://oauth.bitrix.info, or what stands in its place, without a trailing slash */
  oauthUrl: string
  /** `host` or `host:port` of portals on a company's own servers, named by the operator */
  portalHosts: readonly string[]
}

/** The vendor's OAuth servers: everywhere, and its eastern region. No secret of ours goes anywhere else. */
const vendorServers = ['https://oauth.bitrix.info', 'https://oauth.bitrix24.tech']

/** UNVERIFIED which endings there are: a portal of the cloud is one name below bitrix24.<ending>, such as acme.bitrix24.de. */
const cloudPortal = /^[a-z0-9][a-z0-9-]*\.bitrix24\.(?:[a-z]{2,}|com?\.[a-z]{2})$/

/**
 * "https://acme.bitrix24.de/rest", under which a portal's methods are. The address arrives from outside and tokens will be
 * sent there, so it must be a portal of the cloud, one the operator named, or on the host that stands in for Bitrix24.
 *
 * @param address of the portal itself or of its methods
 * @throws {RingfenceError} `undeclared`
 */
export function readApiBase(address: string, places: Places): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !isPortal(url, places)) return failed({ code: 'undeclared', what: 'portal' })
  return baseOf(url)
}

/** The same of an address that the OAuth server has told, wherever it is. Whether we may go there is asked at each request. */
export function baseOf({ origin, pathname }: URL): string {
  const path = pathname.replace(/\/+$/, '')
  return `${origin}${path.endsWith('/rest') ? path : `${path}/rest`}`
}

function isPortal(url: URL, { oauthUrl, portalHosts }: Places): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (isStandIn(oauthUrl) && url.hostname === new URL(oauthUrl).hostname) return true
  if (portalHosts.some((host) => host.trim().toLowerCase() === url.host)) return true
  return url.protocol === 'https:' && url.port === '' && cloudPortal.test(url.hostname)
}

/** The one host a request may go to; none for an address that a stored installation should never have had. */
export function hostsOf(apiBase: string, places: Places): string[] {
  const url = URL.canParse(apiBase) ? new URL(apiBase) : undefined
  return url !== undefined && isPortal(url, places) ? [url.host] : []
}

/** Are these two the same portal? @param other its own address, or that of its methods */
export function isSamePortal(apiBase: string, other: string): boolean {
  return URL.canParse(other) && portalOf(apiBase) === portalOf(other)
}

/** "https://acme.bitrix24.de": the portal as people open it. */
export function portalOf(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname.replace(/\/+$/, '').replace(/\/rest$/, '')}`
}

/**
 * The OAuth server a portal named, if it is one that we know; otherwise the one that is set.
 * @param endpoint "https://oauth.bitrix.info/rest/", or nothing: older portals do not say
 */
export function serverOf(endpoint: string | undefined, oauthUrl: string): string {
  const named = endpoint?.replace(/\/+$/, '').replace(/\/rest$/, '')
  return !isStandIn(oauthUrl) && named !== undefined && vendorServers.includes(named) ? named : oauthUrl
}

function isStandIn(oauthUrl: string): boolean {
  return !vendorServers.includes(oauthUrl)
}
