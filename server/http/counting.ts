import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Account } from '../accounts/sessions.ts'
import { hashOfToken } from '../accounts/tokens.ts'
import type { App } from '../app.ts'
import { sessionTokenIn } from './account.ts'

/** How long it is remembered whose a token is. It decides by whom requests are counted, never what they may. */
const rememberedMs = 60_000
/** Tokens of one address that nobody knows, in a minute: further ones are not asked for in the database. */
const mostStrange = 60
const mostRemembered = 10_000

/**
 * By whom requests are counted: by the person whose session was looked up, otherwise by the address they come from. What
 * somebody merely says of themselves counts for nothing, so invented tokens have one allowance together, and no allowance
 * but the sender's own can be used up.
 */
export class Counting {
  readonly #app: Pick<App, 'sessions' | 'url'>
  readonly #known = new Map<string, { name: string; until: number }>()
  readonly #strange = new Map<string, { count: number; until: number }>()

  constructor(app: Pick<App, 'sessions' | 'url'>) {
    this.#app = app
  }

  async by(request: FastifyRequest): Promise<string> {
    const token = sessionTokenIn(this.#app, request)
    return (token === undefined ? undefined : await this.#of(token, request)) ?? countedByAddress(request)
  }

  /** @returns undefined where nobody is known to have this token */
  async #of(token: string, request: FastifyRequest): Promise<string | undefined> {
    const live = this.#app.sessions.live(token)
    const hash = hashOfToken(token).toString('base64')
    if (live) return nameOf(live.account, hash)
    const now = performance.now()
    const known = this.#known.get(hash)
    if (known && known.until > now) return known.name
    // One that was good a while ago is asked for whatever its neighbours send.
    if (!known && this.#strangers(request, now).count >= mostStrange) return undefined
    // While the database is away the request will hear so itself, where it needs it.
    const account = await this.#app.sessions.find(token).catch(() => undefined)
    if (!account) {
      this.#known.delete(hash)
      this.#strangers(request, now).count += 1
      return undefined
    }
    const name = nameOf(account, hash)
    remember(this.#known, hash, { name, until: now + rememberedMs })
    return name
  }

  /** Those of the sender's address, in the minute that began with the first. */
  #strangers(request: FastifyRequest, now: number): { count: number } {
    const from = countedByAddress(request)
    const seen = this.#strange.get(from)
    if (seen && seen.until > now) return seen
    return remember(this.#strange, from, { count: 0, until: now + rememberedMs })
  }
}

/** Of too many the oldest go. */
function remember<Value>(into: Map<string, Value>, name: string, value: Value): Value {
  into.delete(name)
  into.set(name, value)
  const [oldest] = into.keys()
  if (into.size > mostRemembered && oldest !== undefined) into.delete(oldest)
  return value
}

/** Whoever works for an organization has one allowance, however many windows; the operator's staff are not told apart. */
const nameOf = (account: Account, hash: string): string =>
  account.kind === 'user' ? `user ${account.userId}` : `operator ${hash}`

/** Where nobody is signed in yet, a token says nothing. */
export const countedByAddress = (request: FastifyRequest): string => `from ${networkOf(request.ip)}`

/**
 * One subscriber has a whole /64 of IPv6 and may send from each of its addresses.
 * @see https://www.rfc-editor.org/rfc/rfc6177
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [plain = ''] = address.toLowerCase().split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  const [head, tail] = plain.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const left = head ?? []
  const zeros = tail === undefined ? 0 : 8 - left.length - tail.length
  const groups = [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...(tail ?? [])]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
