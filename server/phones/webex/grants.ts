import { z } from 'zod'
import { failed } from '../../failure.ts'
import { defaultTimeoutMs, hostOfStandIn, readJson, refused } from '../api-client.ts'
import type { PhoneGrants, PhoneTokens } from '../contract.ts'
import { api, type WebexOptions } from './client.ts'

/** What each is for: who one is; hearing of one's calls; placing one; one's recordings. */
const scopes = ['spark:people_read', 'spark:calls_read', 'spark:calls_write', 'spark:recordings_read']

const tokens = z.object({
  access_token: z.string().min(1).max(8_000),
  refresh_token: z.string().min(1).max(8_000),
  expires_in: z.number().positive(),
})

/** Lifetimes are an organization's own policy, so what the answer says is believed and nothing else. */
export function grantsOf(options: WebexOptions): PhoneGrants {
  const { egress, url, clientId, clientSecret, timeoutMs = defaultTimeoutMs } = options
  const { now = () => new Date() } = options
  const { provider } = api
  async function ask(parameters: Record<string, string>): Promise<PhoneTokens> {
    const answer = await egress.request({
      url: `${url}/v1/access_token`,
      base: url,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        ...parameters,
        client_id: clientId,
        client_secret: clientSecret,
      }).toString(),
      timeoutMs,
      allow: hostOfStandIn(api, url),
      provider,
      sends: api.sends,
    })
    const { status } = answer
    // A grant that is spent, old or withdrawn is refused with 400.
    if (status === 400 || status === 401) return failed({ code: 'provider-refused', provider, status: 400 })
    if (status < 200 || status >= 300) return refused(api, answer, false)
    const read = tokens.safeParse(readJson(answer.body))
    if (!read.success) return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: 60 })
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = read.data
    return { accessToken, refreshToken, expiresAt: new Date(now().getTime() + seconds * 1000) }
  }
  return {
    authorizeUrl: (state, redirectUri) =>
      `${url}/v1/authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
      })}`,
    exchange: (code, redirectUri) =>
      ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: (refreshToken) => ask({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  }
}
