import { createHash, timingSafeEqual } from 'node:crypto'
import type { RawRequest } from '../../phones/contract.ts'

/** Basic credentials as sent to us. Digests are compared, so that neither content nor length shows in the time it takes. */
export function isAuthorised(
  { headers }: Pick<RawRequest, 'headers'>,
  { user, password }: { user: string; password: string },
): boolean {
  const given = headers['authorization']
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
