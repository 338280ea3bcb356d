/** What came back, whatever its status. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** undefined when the body is no JSON */
  json: unknown
}

/** Just enough of a browser: cookies, its own origin, and redirects followed by hand. Never throws for a status. */
export class Client {
  readonly base: string
  /** where the page came from that asks; behind a load balancer that is not the node's own address */
  readonly origin: string
  readonly cookies = new Map<string, string>()

  constructor(base: string, origin = base) {
    this.base = base
    this.origin = origin
  }

  /** The same person, let in through another node. */
  through(base: string): Client {
    const client = new Client(base, this.origin)
    for (const [name, value] of this.cookies) client.cookies.set(name, value)
    return client
  }

  async request(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { body, headers = {} } = options
    const answer = await fetch(new URL(path, this.base), {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies.size > 0 ? { cookie: this.cookieHeader() } : {}),
        origin: this.origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    this.#keep(answer)
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, json: jsonOf(text) }
  }

  /** For what has to succeed. @throws when it does not */
  async ok<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await this.request(method, path, { ...(body === undefined ? {} : { body }), headers })
    if (answer.status >= 300)
      throw new Error(`${method} ${path.split('?')[0]} answered ${answer.status}: ${answer.text}`)
    return answer.json as T
  }

  /**
   * Follows an OAuth round trip from `start`; at the CRM's own page the given user is chosen.
   * @returns the page of ours where it ends, path and query
   */
  async signIn(
    start: string,
    vendorUser: number | string,
    decision: 'allow' | 'deny' = 'allow',
  ): Promise<string> {
    let url = new URL(start, this.base)
    for (let hops = 0; hops < 8; hops += 1) {
      const ours = url.origin === this.base
      if (url.pathname.endsWith('/authorize')) {
        url.searchParams.set('user', String(vendorUser))
        url.searchParams.set('decision', decision)
      }
      const answer = ours
        ? await this.request('GET', url.pathname + url.search)
        : await fetch(url, { redirect: 'manual' })
      const location = answer.headers.get('location')
      if (location === null) return url.pathname + url.search
      url = new URL(location, url)
      if (url.origin === this.base && !url.pathname.startsWith('/apps/')) return url.pathname + url.search
    }
    throw new Error('the sign-in went round in circles')
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  #keep(answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a page, or nothing
  }
}
