import type { RecordingRequest, RecordingSource } from '../contract.ts'
import { type OptimCallSettings, settings } from './settings.ts'

/**
 * OptimCall names a recording by the path and query below the tenant's own address, and names it once. Whatever could
 * lead elsewhere is refused: another scheme or host, a way up, what a browser would read as a slash, what has no place
 * in an address at all.
 */
const below = /^\/(?!\/)[\x21\x24-\x5b\x5d\x5f\x61-\x7a\x7e]*$/
const longest = 2_000

/** @returns `refused` for an address that is none below the tenant's, undefined where there is none at all */
export function recordingAddress(wire: {
  recordingUriMp3?: unknown
  recordingUriWav?: unknown
}): string | 'refused' | undefined {
  const told = wire.recordingUriMp3 ?? wire.recordingUriWav ?? undefined
  if (told === undefined || told === '') return undefined
  return typeof told === 'string' && told.length <= longest && isBelow(told) ? told : 'refused'
}

/** A percent sign may hide a slash, a dot or another percent sign, so it is looked at decoded too. */
function isBelow(address: string): boolean {
  if (!below.test(address) || address.includes('..')) return false
  try {
    const [path = ''] = address.split('?')
    const plain = decodeURIComponent(path)
    return !/\.\.|\\|%|^\/\/|[\0-\x20\x7f]/.test(plain)
  } catch {
    return false
  }
}

export const recordings = {
  attaches: (given) => read(given).recordings === 'attach',
  request: (given, address) => {
    const { baseUrl, recordingAccess } = read(given)
    return baseUrl === undefined ? undefined : requestTo(baseUrl, address, recordingAccess)
  },
} satisfies RecordingSource

const read = (given: Readonly<Record<string, unknown>>): OptimCallSettings => settings.schema.parse(given)

function requestTo(
  baseUrl: string,
  address: string,
  access: OptimCallSettings['recordingAccess'],
): RecordingRequest | undefined {
  // Was looked at when it came; what is fetched is looked at again, because between the two lies a database.
  if (!isBelow(address)) return undefined
  const base = new URL(baseUrl)
  const url = new URL(base.origin + address)
  if (url.origin !== base.origin) return undefined
  return { url: url.href, host: url.host, headers: proofOf(access) }
}

function proofOf(access: OptimCallSettings['recordingAccess']): Record<string, string> {
  switch (access?.kind) {
    case undefined:
    case 'none':
      return {}
    case 'bearer':
      return { authorization: `Bearer ${access.token}` }
    case 'basic': {
      const pair = Buffer.from(`${access.user}:${access.password}`, 'utf8').toString('base64')
      return { authorization: `Basic ${pair}` }
    }
    case 'header':
      return { [access.name.toLowerCase()]: access.value }
  }
}
