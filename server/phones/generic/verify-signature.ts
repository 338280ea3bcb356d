import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { failed } from '../../failure.ts'
import type { RawRequest } from '../contract.ts'
import type { GenericSettings } from './settings.ts'

/**
 * The proof that an administrator chose. Compared over hashes of equal length, so that neither the content nor the length
 * of the right one shows in the time it takes.
 * @throws RingfenceError `unauthorized`, also while none is chosen
 */
export function verifySignature(request: RawRequest, hookSecret: string, settings: GenericSettings): void {
  const { proof, ownSecret: secret = hookSecret } = settings
  if (proof?.kind === 'address') return // whoever knows it has come this far
  const right = proof && secret !== '' ? expected(request, secret, proof) : undefined
  if (right === undefined || proof === undefined) failed({ code: 'unauthorized' })
  const sent = request.headers[proof.kind === 'basic' ? 'authorization' : proof.name.toLowerCase()]
  if (typeof sent !== 'string') failed({ code: 'unauthorized' })
  const given = proof.kind === 'basic' ? credentialsOf(sent) : sent
  // Hexadecimal digits are written in either case.
  const isHex = proof.kind === 'hmac' && proof.encoding === 'hex'
  if (!(isHex ? same(given.toLowerCase(), right.toLowerCase()) : same(given, right)))
    failed({ code: 'unauthorized' })
}

function expected(
  { body }: RawRequest,
  secret: string,
  proof: Exclude<NonNullable<GenericSettings['proof']>, { kind: 'address' }>,
): string {
  switch (proof.kind) {
    case 'header':
      return `${proof.prefix ?? ''}${secret}`
    case 'hmac':
      return `${proof.prefix ?? ''}${createHmac(proof.algorithm, secret).update(body).digest(proof.encoding)}`
    case 'basic':
      return Buffer.from(`${proof.user}:${secret}`, 'utf8').toString('base64')
  }
}

/** RFC 7617: the name of the scheme may be in either case. */
const credentialsOf = (header: string): string => (/^basic /i.test(header) ? header.slice(6) : '')

function same(sent: string, right: string): boolean {
  const digest = (value: string) => hash('sha256', value, 'buffer')
  return timingSafeEqual(digest(sent), digest(right))
}
