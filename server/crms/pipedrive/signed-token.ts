import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { failed } from '../../failure.ts'
import type { FrameViewer } from '../contract.ts'
import { identifier } from './identifier.ts'

/** Longer than any that Pipedrive sends; nobody makes us hash more. */
const longest = 4096
/** Clocks differ; a token lives for five minutes. */
const leewaySeconds = 10

const headerOf = z.object({ alg: z.literal('HS256'), crit: z.undefined().optional() })
/** UNVERIFIED beyond other apps' code: the names and types of the claims. Pipedrive documents only what they say. */
const claimsOf = z.object({
  userId: identifier,
  companyId: identifier,
  exp: z.number(),
  iat: z.number().optional(),
  nbf: z.number().optional(),
})

/**
 * Who looks at a page of ours inside Pipedrive, from the token Pipedrive signed for it (JWT, HMAC-SHA-256, RFC 7515).
 *
 * The algorithm is ours to say, never the token's: whatever its header names, the signature is checked as HS256, over the
 * bytes as they came and before anything in them is read. A token is good until it ends, as often as it is shown.
 *
 * @throws {RingfenceError} `unauthorized`, whatever is wrong with it
 * @see https://pipedrive.readme.io/docs/custom-ui-extensions
 */
export function readSignedToken(token: string, secret: string, now: Date): FrameViewer {
  const [header = '', payload = '', signature = '', ...more] = token.length > longest ? [] : token.split('.')
  const signed = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
  if (more.length > 0 || !isSame(signature, signed)) return failed({ code: 'unauthorized' })
  if (!headerOf.safeParse(jsonOf(header)).success) return failed({ code: 'unauthorized' })
  const { data: claims } = claimsOf.safeParse(jsonOf(payload))
  const seconds = now.getTime() / 1000
  const valid =
    claims !== undefined &&
    seconds < claims.exp + leewaySeconds &&
    Math.max(claims.iat ?? 0, claims.nbf ?? 0) <= seconds + leewaySeconds
  return valid ? { companyRef: claims.companyId, userRef: claims.userId } : failed({ code: 'unauthorized' })
}

/** As text: base64url has several spellings of the same bytes, and only one of them is signed for. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined // not JSON: refused like everything else that is wrong
  }
}
