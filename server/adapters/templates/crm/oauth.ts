import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AdapterParts, Crm, RawRequest, Tokens } from 'ringfence/adapter'
import { type AppOptions, type Client, provider } from './client.ts'

/** Signing in and installing by OAuth 2, and the end of it. */
export function createOAuth(parts: AdapterParts, app: AppOptions, client: Client) {
  const { egress, failed, z } = parts
  const wireTokens = z.object({
    access_token: z.string(),
    refresh_token: z.string(),
    expires_in: z.number().positive(),
  })
  const wireMe = z.object({
    company: z.object({ id: z.string(), name: z.string(), country: z.string(), timeZone: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), admin: z.boolean(), language: z.string() }),
  })
  const wireUninstall = z.object({ company: z.string().min(1), user: z.string().min(1) })

  async function tokensFor(grant: Record<string, string>): Promise<Tokens> {
    const form = new URLSearchParams({ ...grant, client_id: app.clientId, client_secret: app.clientSecret })
    const { status, body } = await egress.request({
      url: `${app.url}/oauth/token`,
      base: app.url,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs: app.timeoutMs,
      provider,
    })
    // Spent, old or forged: somebody has to sign in again.
    if (status >= 400 && status < 500) throw failed({ code: 'provider-refused', provider, status })
    const read = status === 200 ? wireTokens.safeParse(jsonIn(body)) : undefined
    if (!read?.success) throw failed({ code: 'provider-unavailable', provider, retryAfterSeconds: 30 })
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = read.data
    return { accessToken, refreshToken, expiresAt: new Date(Date.now() + seconds * 1000), apiBase: app.url }
  }

  /** `X-Example-Signature`: HMAC-SHA256 of the raw body by the app's secret, in hex. */
  function verify({ headers, body }: RawRequest): void {
    const sent = headers['x-example-signature']
    const right = createHmac('sha256', app.clientSecret).update(body).digest()
    const isRight =
      typeof sent === 'string' &&
      /^[0-9a-f]{64}$/.test(sent) &&
      timingSafeEqual(right, Buffer.from(sent, 'hex'))
    if (!isRight) throw failed({ code: 'unauthorized' })
  }

  const signIn: NonNullable<Crm['oauth']> = {
    authorizeUrl: (state, redirectUri) =>
      `${app.url}/oauth/authorize?${new URLSearchParams({ client_id: app.clientId, state, redirect_uri: redirectUri })}`,
    exchange: (code, redirectUri) =>
      tokensFor({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    async identity(session) {
      const { company, user } = wireMe.parse(await client(session, { method: 'GET', path: '/me' }))
      return {
        companyRef: company.id,
        companyName: company.name,
        userRef: user.id,
        userName: user.name,
        administrator: user.admin,
        language: user.language,
        country: company.country,
        timeZone: company.timeZone,
      }
    },
    readUninstall(request) {
      const read = wireUninstall.safeParse(jsonIn(request.body))
      if (!read.success) throw failed({ code: 'invalid-input', field: 'body', rule: 'an uninstall' })
      verify(request)
      return { companyRef: read.data.company, userRef: read.data.user }
    },
  }
  return {
    signIn,
    refresh: (refreshToken: string) =>
      tokensFor({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  }
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
