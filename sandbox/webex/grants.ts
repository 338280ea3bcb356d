import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Org, Person } from './org.ts'
import type { WebexSettings } from './settings.ts'

/** An integration as registered with the vendor. */
export const WebexApp = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  redirectUris: z.array(z.url()).min(1),
  /** The most that may be asked for. */
  scopes: z.array(z.string()),
})
export type WebexApp = z.infer<typeof WebexApp>

/** What somebody allowed an app. */
export type Grant = {
  app: WebexApp
  org: Org
  person: Person
  scopes: string[]
  refreshToken: string
  refreshedAt: number
}
type Code = { grant: Omit<Grant, 'refreshToken' | 'refreshedAt'>; redirectUri: string; expiresAt: number }

export type WebexTokens = {
  access_token: string
  expires_in: number
  refresh_token: string
  refresh_token_expires_in: number
  token_type: 'Bearer'
  scope: string
}

/** Codes and tokens of the integrations. */
export class Grants {
  readonly #clock: Clock
  readonly #random: Random
  readonly #settings: () => WebexSettings
  #codes = new Map<string, Code>()
  #grants: Grant[] = []
  #access = new Map<string, { grant: Grant; expiresAt: number }>()

  constructor(options: { clock: Clock; random: Random; settings: () => WebexSettings }) {
    this.#clock = options.clock
    this.#random = options.random
    this.#settings = options.settings
  }

  newCode(grant: Code['grant'], redirectUri: string): string {
    const code = this.#random.hex(64)
    const expiresAt = this.#clock.now() + this.#settings().codeSeconds * 1000
    this.#codes.set(code, { grant, redirectUri, expiresAt })
    return code
  }

  /** Undefined when the code is not or no longer good; it is good once. */
  redeem(app: WebexApp, code: string, redirectUri: string): WebexTokens | undefined {
    const found = this.#codes.get(code)
    this.#codes.delete(code)
    if (found === undefined || found.expiresAt <= this.#clock.now()) return undefined
    if (found.grant.app.clientId !== app.clientId || found.redirectUri !== redirectUri) return undefined
    return this.allow(found.grant)
  }

  /** Somebody allows an app something, without the way over the browser. */
  allow(granted: Code['grant']): WebexTokens {
    const scopes = permitted(granted.person, granted.scopes)
    const refreshToken = this.#token(granted.org)
    const grant = { ...granted, scopes, refreshToken, refreshedAt: this.#clock.now() }
    this.#grants.push(grant)
    return this.#tokens(grant)
  }

  /** Undefined when the refresh token is not or no longer good. */
  refresh(app: WebexApp, refreshToken: string): WebexTokens | undefined {
    const { refreshTokenSeconds, rotateRefreshTokens } = this.#settings()
    const now = this.#clock.now()
    const grant = this.#grants.find(
      (item) => item.app.clientId === app.clientId && item.refreshToken === refreshToken,
    )
    if (grant === undefined || !grant.person.active) return undefined
    if (now - grant.refreshedAt > refreshTokenSeconds * 1000) return undefined
    grant.refreshedAt = now
    if (rotateRefreshTokens) grant.refreshToken = this.#token(grant.org)
    return this.#tokens(grant)
  }

  /** Who stands behind an access token; undefined when unknown or expired. */
  session(token: string): Grant | undefined {
    const access = this.#access.get(token)
    if (access === undefined || access.expiresAt <= this.#clock.now()) return undefined
    return access.grant.person.active ? access.grant : undefined
  }

  /** Access tokens stop working; with `refreshToo` refresh tokens as well. Nobody is told. */
  kill(which: (grant: Grant, token: string) => boolean, options: { refreshToo: boolean }): void {
    const hit = [...this.#access].filter(([token, { grant }]) => which(grant, token))
    for (const [token] of hit) this.#access.delete(token)
    if (!options.refreshToo) return
    const grants = new Set(hit.map(([, { grant }]) => grant))
    this.#grants = this.#grants.filter((grant) => !grants.has(grant) && !which(grant, ''))
  }

  clear(): void {
    this.#codes.clear()
    this.#grants = []
    this.#access.clear()
  }

  #tokens(grant: Grant): WebexTokens {
    const { accessTokenSeconds, refreshTokenSeconds } = this.#settings()
    const token = this.#token(grant.org)
    this.#access.set(token, { grant, expiresAt: this.#clock.now() + accessTokenSeconds * 1000 })
    return {
      access_token: token,
      expires_in: accessTokenSeconds,
      refresh_token: grant.refreshToken,
      refresh_token_expires_in: refreshTokenSeconds,
      token_type: 'Bearer',
      scope: grant.scopes.join(' '),
    }
  }

  #token(org: Org): string {
    return `${Buffer.from(this.#random.hex(96)).toString('base64url')}_P0A1_${org.uuid}`
  }
}

/** Scopes of administrators and compliance officers are given to nobody else. */
function permitted(person: Person, scopes: string[]): string[] {
  return person.admin ? scopes : scopes.filter((scope) => !/^spark-(admin|compliance):/.test(scope))
}
