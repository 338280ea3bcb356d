/** Just enough of a browser to sign in: cookies, and redirects followed by hand. */
export class BrowserSession {
  readonly #base: string
  readonly #cookies = new Map<string, string>()
  readonly #bearer: string | undefined

  /** @param bearer of a page in a frame, which has no cookies */
  constructor(base: string, bearer?: string) {
    this.#base = base
    this.#bearer = bearer
  }

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        cookie: this.#cookieHeader(),
        origin: this.#base,
        ...(this.#bearer === undefined ? {} : { authorization: `Bearer ${this.#bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    this.#keep(answer)
    const text = await answer.text()
    if (!answer.ok)
      throw new Error(`${method} ${path.split('?')[0]} answered ${answer.status}: ${text.slice(0, 200)}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  /** Follows an OAuth round trip; at the vendor's own page the given user is chosen, by id or e-mail. */
  async signIn(start: string, vendorUser: number | string): Promise<string> {
    let url = new URL(start, this.#base)
    for (let hops = 0; hops < 8; hops += 1) {
      const ours = url.origin === this.#base
      if (url.pathname.endsWith('/authorize')) url.searchParams.set('user', String(vendorUser))
      const answer = await fetch(url, {
        redirect: 'manual',
        headers: ours ? { cookie: this.#cookieHeader() } : {},
      })
      if (ours) this.#keep(answer)
      const location = answer.headers.get('location')
      if (location === null) return url.pathname + url.search
      url = new URL(location, url)
      if (url.origin === this.#base && !url.pathname.startsWith('/apps/')) return url.pathname + url.search
    }
    throw new Error('the sign-in went round in circles')
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  #keep(answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) this.#cookies.delete(pair.slice(0, at))
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
}
