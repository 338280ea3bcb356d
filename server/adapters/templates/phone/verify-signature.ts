import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AdapterParts, RawRequest } from 'ringfence/adapter'

/**
 * `X-Example-Signature` is the HMAC-SHA256 of the raw body in hex. It is checked before anything parses the body, in a
 * time that does not tell how much of it was right.
 */
export function signatureVerifier({ failed }: Pick<AdapterParts, 'failed'>) {
  return (request: RawRequest, secret: string): void => {
    const sent = request.headers['x-example-signature']
    if (typeof sent !== 'string' || !/^[0-9a-f]{64}$/.test(sent) || secret === '')
      throw failed({ code: 'unauthorized' })
    const right = createHmac('sha256', secret).update(request.body).digest()
    if (!timingSafeEqual(right, Buffer.from(sent, 'hex'))) throw failed({ code: 'unauthorized' })
  }
}
