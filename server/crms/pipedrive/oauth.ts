import { z } from 'zod'
import type { Egress, EgressResponse } from '../../egress/index.ts'
import { failed, failureOf } from '../../failure.ts'
import type { Tokens } from '../contract.ts'
import { sentToPipedrive } from './declared-fields.ts'
import { provider, readJson } from './refusal.ts'

export interface OAuthOptions {
  egress: Egress
  clientId: string
  clientSecret: string
  /** https://oauth.pipedrive.com, or what stands in its place */
  oauthUrl: string
  timeoutMs: number
  now: () => Date
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  api_domain: z.string().min(1),
  /** separated by commas or blanks */
  scope: z.string().nullish().catch(undefined),
})
const errorAnswer = z.object({ error: z.string() })

/**
 * Pipedrive's OAuth 2.0. No scope is asked for: it is set on the app, and the user takes all or none.
 * @see https://pipedrive.readme.io/docs/marketplace-oauth-authorization
 */
export function createOAuth({ egress, clientId, clientSecret, oauthUrl, timeoutMs, now }: OAuthOptions) {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')

  async function post(path: string, form: Record<string, string>): Promise<EgressResponse> {
    try {
      return await egress.request({
        url: `${oauthUrl}${path}`,
        base: oauthUrl,
        method: 'POST',
        headers: {
          authorization: `Basic ${credentials}`,
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams(form).toString(),
        timeoutMs,
        allow: [new URL(oauthUrl).host],
        provider,
        sends: sentToPipedrive,
      })
    } catch (error) {
      // a token that was made and lost harms nobody: asking again is the only way on
      if (failureOf(error)?.code === 'provider-outcome-unknown') return unavailable(error)
      throw error
    }
  }

  async function grant(form: Record<string, string>): Promise<Tokens> {
    const answer = await post('/oauth/token', form)
    if (answer.status === 429 || answer.status >= 500) return unavailable()
    if (answer.status !== 200)
      return failed({ code: 'provider-refused', provider, status: refusedStatus(answer) })
    const read = tokenAnswer.safeParse(readJson(answer.body))
    if (!read.success) return unavailable()
    return {
      accessToken: read.data.access_token,
      refreshToken: read.data.refresh_token,
      expiresAt: new Date(now().getTime() + read.data.expires_in * 1000),
      apiBase: readApiBase(read.data.api_domain, oauthUrl),
      ...(read.data.scope == null ? {} : { readsDeals: /\bdeals:(read|full)\b/.test(read.data.scope) }),
    }
  }

  return {
    authorizeUrl(state: string, redirectUri: string): string {
      const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, state })
      return `${oauthUrl}/oauth/authorize?${query}`
    },
    /** @throws {RingfenceError} `provider-refused` when the code is spent, older than five minutes, or forged */
    exchange: (code: string, redirectUri: string) =>
      grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    /**
     * The answer's refresh token takes the place of the old one: Pipedrive's pages disagree on whether it rotates.
     * @throws {RingfenceError} `provider-refused` with status 400 when the grant is gone for good, 401 when the app's
     *   own credentials are wrong
     */
    refresh: (refreshToken: string) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    /** Takes the whole installation of this user away at Pipedrive, webhooks included. Unknown tokens are fine (RFC 7009). */
    async revoke(refreshToken: string): Promise<void> {
      const answer = await post('/oauth/revoke', { token: refreshToken, token_type_hint: 'refresh_token' })
      if (answer.status === 429 || answer.status >= 500) unavailable()
      if (answer.status >= 300) failed({ code: 'provider-refused', provider, status: refusedStatus(answer) })
    },
  }
}

function unavailable(cause?: unknown): never {
  return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: 30 }, cause)
}

/**
 * 400 is kept for the grant itself. UNVERIFIED whether wrong app credentials answer 400 or 401, so what is refused is told
 * by the error's name: only `invalid_grant` says something about this user.
 */
function refusedStatus(answer: EgressResponse): number {
  const { data } = errorAnswer.safeParse(readJson(answer.body))
  if (data?.error === 'invalid_grant') return 400
  return answer.status === 400 ? 401 : answer.status
}

/**
 * Where this company's data is asked for. It arrives from outside and bearer tokens will be sent there, so it must be
 * below pipedrive.com, or on the host that stands in for Pipedrive's OAuth.
 *
 * @throws {RingfenceError} `undeclared`
 */
export function readApiBase(apiDomain: string, oauthUrl: string): string {
  const url = URL.canParse(apiDomain) ? new URL(apiDomain) : undefined
  const standIn = new URL(oauthUrl)
  const vendor = url?.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.pipedrive.com')
  const sameHost = url?.protocol === standIn.protocol && url.hostname === standIn.hostname
  if (url === undefined || !(vendor || sameHost)) return failed({ code: 'undeclared', what: 'api_domain' })
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
