import { z } from 'zod'
import type { Egress, EgressResponse } from '../../egress/index.ts'
import { failed, failureOf } from '../../failure.ts'
import type { AppCredentials, Tokens } from '../contract.ts'
import type { Places } from './addresses.ts'
import { baseOf, serverOf } from './addresses.ts'
import { sentToBitrix24 } from './declared-fields.ts'
import type { Homes } from './homes.ts'
import { provider } from './refused.ts'
import { identifier, phpObject, readJson, textOrNone } from './wire.ts'

export interface OAuthOptions {
  egress: Egress
  /** the app of this installation; undefined: every portal has an app of its own */
  app: AppCredentials | undefined
  places: Places
  homes: Homes
  timeoutMs: number
  now: () => Date
}

/** What the OAuth server says of a grant. */
export interface Grant {
  tokens: Tokens
  memberId: string
  userRef: string | undefined
}

/** What the OAuth server says of an access token. All but `uri` is UNVERIFIED, so it may be missing. */
export interface TokenFacts {
  /** the portal where its app is installed */
  uri: string | undefined
  memberId: string | undefined
  clientId: string | undefined
}

const grantAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  client_endpoint: z.url(),
  member_id: z.string().min(1),
  user_id: identifier.nullish().catch(undefined),
})
const errorAnswer = z.object({ error: z.string().min(1) })
const factsAnswer = z.object({
  result: phpObject(
    z.object({
      client_id: textOrNone,
      install: z
        .object({
          uri: textOrNone,
          client_endpoint: textOrNone,
          member_id: textOrNone,
          client_id: textOrNone,
        })
        .nullish()
        .catch(undefined),
    }),
  ),
})

/** How long a success with the app's own credentials says that they are right. */
const provenMs = 12 * 3_600_000

export type OAuth = ReturnType<typeof createOAuth>

/**
 * The OAuth server of Bitrix24. Each refresh token is good for one use: whoever calls `refresh` holds a lease, and keeps the
 * answer before using it.
 *
 * @see https://apidocs.bitrix24.com/settings/oauth/index.html
 */
export function createOAuth({ egress, app: ours, places, homes, timeoutMs, now }: OAuthOptions) {
  let provenAt = 0

  async function post(
    base: string,
    path: string,
    body: string,
    contentType: string,
  ): Promise<EgressResponse> {
    try {
      return await egress.request({
        url: `${base}${path}`,
        base,
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': contentType },
        body,
        timeoutMs,
        allow: [new URL(base).host],
        provider,
        sends: sentToBitrix24,
      })
    } catch (error) {
      // what became of it cannot be asked: trying again is the only way on
      if (failureOf(error)?.code === 'provider-outcome-unknown') return unavailable(error)
      throw error
    }
  }

  /** @throws {RingfenceError} `provider-refused`, `provider-unavailable` */
  async function grant(packed: string, app: AppCredentials | undefined = ours): Promise<Grant> {
    if (app === undefined) return failed({ code: 'provider-refused', provider, status: 401 })
    const { server, token } = unpack(packed, places.oauthUrl)
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: app.clientId,
      client_secret: app.clientSecret,
      refresh_token: token,
    })
    const answer = await post(server, '/oauth/token/', form.toString(), 'application/x-www-form-urlencoded')
    const body = readJson(answer.body)
    const error = errorAnswer.safeParse(body)
    // an unknown client is told with HTTP 200
    if (error.success) return refused(error.data.error.toLowerCase(), answer.status, app)
    const read = grantAnswer.safeParse(body)
    if (answer.status !== 200 || !read.success) return unavailable()
    if (app === ours) provenAt = now().getTime()
    // Kept even where we may not go: the token that was spent for it is of no use any more.
    const apiBase = baseOf(new URL(read.data.client_endpoint))
    homes.learn(read.data.access_token, apiBase)
    return {
      tokens: {
        accessToken: read.data.access_token,
        refreshToken: pack(read.data.refresh_token, server, places.oauthUrl),
        expiresAt: new Date(now().getTime() + read.data.expires_in * 1000),
        apiBase,
      },
      memberId: read.data.member_id,
      userRef: read.data.user_id ?? undefined,
    }
  }

  /**
   * 400 is kept for the grant itself. A wrong client may mean that the app was removed there, or that our own credentials
   * are wrong for everybody: where they have just served another portal, or belong to this one alone, it is the former.
   */
  function refused(error: string, status: number, app: AppCredentials): never {
    const as = (code: number) => failed({ code: 'provider-refused', provider, status: code })
    switch (error) {
      case 'invalid_grant':
      case 'not_installed':
        return as(400)
      case 'invalid_client':
      case 'wrong_client': {
        const right = app === ours ? now().getTime() - provenAt < provenMs : true
        return as(right || app.clientId.startsWith('local.') ? 400 : 401)
      }
      case 'payment_required':
        return as(402)
      default:
        return status === 429 || status >= 500
          ? unavailable()
          : as(status < 400 || status === 400 ? 401 : status)
    }
  }

  return {
    grant,
    /**
     * The answer's refresh token takes the place of the old one, which is of no use any more.
     * @throws {RingfenceError} `provider-refused` with 400 when the grant is gone for good, 401 when the app's own
     *   credentials are wrong, 402 when nobody pays
     */
    refresh: async (refreshToken: string, app?: AppCredentials): Promise<Tokens> =>
      (await grant(refreshToken, app)).tokens,
    /** @throws {RingfenceError} `unauthorized` when this is no token of theirs */
    async factsOf(server: string, accessToken: string): Promise<TokenFacts> {
      const body = JSON.stringify({ auth: accessToken })
      const answer = await post(`${server}/rest`, '/app.info', body, 'application/json')
      if (answer.status === 429 || answer.status >= 500) return unavailable()
      const json = readJson(answer.body)
      const read = factsAnswer.safeParse(json)
      if (answer.status !== 200 || errorAnswer.safeParse(json).success || !read.success)
        return failed({ code: 'unauthorized' })
      const { install, client_id } = read.data.result
      return {
        uri: install?.uri ?? install?.client_endpoint ?? undefined,
        memberId: install?.member_id ?? undefined,
        clientId: client_id ?? install?.client_id ?? undefined,
      }
    },
    /** The OAuth server a portal named, if we know it. */
    serverOf: (endpoint: string | undefined) => serverOf(endpoint, places.oauthUrl),
  }
}

function unavailable(cause?: unknown): never {
  return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: 30 }, cause)
}

/** A refresh token is good at one OAuth server only, so one from another server than ours carries it along. */
export function pack(token: string, server: string, oauthUrl: string): string {
  return server === oauthUrl ? token : `${server} ${token}`
}

function unpack(packed: string, oauthUrl: string): { server: string; token: string } {
  const blank = packed.indexOf(' ')
  if (blank < 0) return { server: oauthUrl, token: packed }
  return { server: serverOf(packed.slice(0, blank), oauthUrl), token: packed.slice(blank + 1) }
}
