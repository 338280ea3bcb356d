import { createHmac, timingSafeEqual } from 'node:crypto'
import { failed } from '../../failure.ts'
import type { RawRequest } from '../contract.ts'
import type { PlacetelSettings } from './settings.ts'

/**
 * `X-PLACETEL-SIGNATURE` is the HMAC-SHA256 of the raw body in hex, keyed by the shared secret. There is no time in it,
 * so a copy is only told by its content.
 *
 * UNVERIFIED: whether what comes by a subscription is signed, and with which secret. Then a signature that is missing is
 * allowed, one that is wrong never.
 * @param secret ours, which an administrator enters in the portal
 * @throws RingfenceError `unauthorized`
 */
export function verifySignature(
  request: RawRequest,
  secret: string,
  { delivery, sharedSecret }: Pick<PlacetelSettings, 'delivery' | 'sharedSecret'>,
): void {
  const sent = request.headers['x-placetel-signature']
  if (sent === undefined && delivery === 'subscription') return
  if (typeof sent !== 'string' || !/^[0-9a-f]{64}$/.test(sent)) failed({ code: 'unauthorized' })
  const digest = Buffer.from(sent, 'hex')
  // Each is compared, whichever fits, so that the time tells nothing.
  const right = [secret, sharedSecret ?? '']
    .filter((key) => key !== '')
    .map((key) => timingSafeEqual(digest, createHmac('sha256', key).update(request.body).digest()))
  if (!right.includes(true)) failed({ code: 'unauthorized' })
}
