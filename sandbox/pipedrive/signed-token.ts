import { createHmac } from 'node:crypto'

/** What a token is like: as Pipedrive makes it, or as somebody might try. */
export const tokenKinds = ['good', 'expired', 'forged', 'unsigned', 'swapped'] as const
export type TokenKind = (typeof tokenKinds)[number]

const lifeSeconds = 300

/** The token Pipedrive gives a page of an app: HS256, five minutes, the ids as integers. */
export function signedToken(
  of: { userId: number; companyId: number; secret: string; nowMs: number },
  kind: TokenKind = 'good',
): string {
  const iat = Math.floor(of.nowMs / 1000) - (kind === 'expired' ? 2 * lifeSeconds : 0)
  const [userId, companyId] =
    kind === 'swapped' ? [of.companyId, of.userId] : ([of.userId, of.companyId] as const)
  const signed = [
    { alg: kind === 'unsigned' ? 'none' : 'HS256', typ: 'JWT' },
    { userId, companyId, iat, exp: iat + lifeSeconds },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  if (kind === 'unsigned') return `${signed}.`
  const secret = kind === 'forged' ? `not ${of.secret}` : of.secret
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
