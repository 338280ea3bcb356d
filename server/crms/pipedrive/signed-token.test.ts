import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../failure.ts'
import { readSignedToken } from './signed-token.ts'

const secret = 'the secret of the extension'
const now = new Date('2026-11-23T06:00:00Z')
const seconds = now.getTime() / 1000
const header = { alg: 'HS256', typ: 'JWT' }
const claims = { userId: 101, companyId: 54_235_233, iat: seconds, exp: seconds + 300 }

const encoded = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** A token as somebody with a secret makes one; what is given stands in place of what is usual. */
function token(
  wish: { header?: unknown; claims?: unknown; secret?: string; hash?: string; signature?: string } = {},
): string {
  const signed = `${encoded(wish.header ?? header)}.${encoded(wish.claims ?? claims)}`
  const signature =
    wish.signature ??
    createHmac(wish.hash ?? 'sha256', wish.secret ?? secret)
      .update(signed)
      .digest('base64url')
  return `${signed}.${signature}`
}

/** Who it says is looking, or the code of the refusal. */
function read(text: string, at = now) {
  try {
    return readSignedToken(text, secret, at)
  } catch (error) {
    return failureOf(error)?.code ?? error
  }
}
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe('a token that Pipedrive signed', () => {
  it('says who is looking', () => {
    expect(read(token())).toEqual({ companyRef: '54235233', userRef: '101' })
  })

  it('may carry its ids as text, and more than we know', () => {
    expect(read(token({ claims: { ...claims, userId: '101', companyId: '54235233', extra: [1] } }))).toEqual({
      companyRef: '54235233',
      userRef: '101',
    })
  })

  it('is good until its end, and for the few seconds by which clocks differ', () => {
    expect(read(token(), later(299))).toMatchObject({ userRef: '101' })
    expect(read(token(), later(305))).toMatchObject({ userRef: '101' })
    expect(read(token(), later(-5))).toMatchObject({ userRef: '101' })
    expect(read(token(), later(311))).toBe('unauthorized')
    expect(read(token(), later(-11))).toBe('unauthorized')
  })
})

const good = token()
const [goodHeader = '', goodClaims = '', goodSignature = ''] = good.split('.')
const refused: Record<string, string> = {
  'another secret': token({ secret: 'guessed' }),
  'an empty secret': token({ secret: '' }),
  'no algorithm and no signature': token({ header: { alg: 'none' }, signature: '' }),
  'no algorithm, properly signed': token({ header: { alg: 'none' } }),
  'an algorithm of another spelling': token({ header: { alg: 'hs256' } }),
  'a longer hash': token({ header: { alg: 'HS512' }, hash: 'sha512' }),
  'a longer hash signed as ours': token({ header: { alg: 'HS512' } }),
  'a public-key algorithm signed with the secret': token({ header: { alg: 'RS256' } }),
  'an extension we must understand': token({ header: { ...header, crit: ['b64'], b64: false } }),
  'no header': token({ header: '' }),
  'a header that is no JSON': token({ header: 'HS256' }),
  'a header that is a list': token({ header: ['HS256'] }),
  'claims that are no JSON': token({ claims: 'userId=101' }),
  'no end': token({ claims: { ...claims, exp: undefined } }),
  'an end that is text': token({ claims: { ...claims, exp: String(claims.exp) } }),
  'an end beyond all numbers': token({ claims: JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999') }),
  'an end long past': token({ claims: { ...claims, iat: seconds - 600, exp: seconds - 300 } }),
  'a beginning yet to come': token({ claims: { ...claims, iat: seconds + 60 } }),
  'a time before which it is not good': token({ claims: { ...claims, nbf: seconds + 60 } }),
  'no user': token({ claims: { ...claims, userId: undefined } }),
  'no company': token({ claims: { ...claims, companyId: null } }),
  'a user that is a list': token({ claims: { ...claims, userId: [101] } }),
  'a user that is a fraction': token({ claims: { ...claims, userId: 101.5 } }),
  'claims of another token': `${goodHeader}.${encoded({ ...claims, userId: 102 })}.${goodSignature}`,
  'no signature': `${goodHeader}.${goodClaims}.`,
  'half a signature': good.slice(0, -20),
  'a signature in another spelling': `${good}=`,
  'four parts': `${good}.${goodSignature}`,
  'two parts': `${goodHeader}.${goodClaims}`,
  nothing: '',
  'dots alone': '..',
  'more than anybody sends': token({ claims: { ...claims, extra: 'x'.repeat(5_000) } }),
}

describe('a token with', () => {
  it.each(Object.entries(refused))('%s is refused', (_, text) => {
    expect(read(text)).toBe('unauthorized')
  })

  it('any character of its signature changed is refused', () => {
    for (let at = 0; at < goodSignature.length; at += 1) {
      const other = goodSignature[at] === 'A' ? 'B' : 'A'
      const changed = goodSignature.slice(0, at) + other + goodSignature.slice(at + 1)
      expect([at, read(`${goodHeader}.${goodClaims}.${changed}`)]).toEqual([at, 'unauthorized'])
    }
  })
})
