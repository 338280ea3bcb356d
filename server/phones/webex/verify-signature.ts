import { createHmac, timingSafeEqual } from 'node:crypto'
import { failed } from '../../failure.ts'
import type { RawRequest } from '../contract.ts'

/** By the length of a digest in hex. */
const algorithms = { 40: 'sha1', 64: 'sha256', 128: 'sha512' } as const

/**
 * `X-Spark-Signature` is the HMAC-SHA1 of the raw body in hex. UNVERIFIED: the newer `X-Webex-Signature` carries stronger
 * digests, each bare or behind its name, with commas or semicolons between them. The strongest that is there decides;
 * there is no time in any of them.
 * @throws RingfenceError `unauthorized`
 */
export function verifySignature(request: RawRequest, secret: string): void {
  const digests = [
    ...digestsIn(request.headers['x-webex-signature']),
    ...digestsIn(request.headers['x-spark-signature']),
  ]
  const strongest = digests.toSorted((a, b) => b.length - a.length)[0]
  const algorithm = strongest && algorithms[strongest.length as keyof typeof algorithms]
  if (!strongest || !algorithm || secret === '') failed({ code: 'unauthorized' })
  const right = createHmac(algorithm, secret).update(request.body).digest()
  if (!timingSafeEqual(right, Buffer.from(strongest, 'hex'))) failed({ code: 'unauthorized' })
}

function digestsIn(header: string | string[] | undefined): string[] {
  if (typeof header !== 'string') return []
  return header
    .split(/[,;]/)
    .map((part) => part.trim().replace(/^sha(?:1|256|512)=/i, ''))
    .filter((digest) => digest.length in algorithms && /^[0-9a-f]+$/i.test(digest))
}
