import { hash, timingSafeEqual } from 'node:crypto'
import { failed } from '../../failure.ts'
import type { RawRequest } from '../contract.ts'

/**
 * OptimCall sends its shared secret in clear as `X-OptimCall-Key`. It is compared over hashes of equal length, so that
 * neither the content nor the length of the right one shows in the time it takes.
 * @throws RingfenceError `unauthorized`
 */
export function verifySignature(request: RawRequest, secret: string): void {
  const sent = request.headers['x-optimcall-key']
  const digest = (value: string) => hash('sha256', value, 'buffer')
  const right = typeof sent === 'string' && timingSafeEqual(digest(sent), digest(secret))
  if (!right || secret === '') failed({ code: 'unauthorized' })
}
