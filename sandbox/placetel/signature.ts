import { createHmac } from 'node:crypto'

/** `X-PLACETEL-SIGNATURE`: lower-case hexadecimal HMAC-SHA256 of the body as it is sent. */
export function signature(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}
