import type { PortalPage } from '../../server/http/shapes.ts'
import { ApiFailure, type Bearer } from '../api/request.ts'

/** What the server has said with the page, taken out of it at once: scripts of others must not find it there. */
export function takePage(): PortalPage | undefined {
  const meta = document.querySelector('meta[name="ringfence-portal"]')
  const said = meta?.getAttribute('content')
  meta?.remove()
  return said == null ? undefined : (JSON.parse(said) as PortalPage) // written by our own server, from this very shape
}

/** Our session in the portal's frame: held in memory, and over when the server says so; opened anew there is another. */
export class PortalSession implements Bearer {
  readonly #token: string
  #over = false
  readonly #watchers = new Set<() => void>()

  constructor(token: string) {
    this.#token = token
  }

  readonly isOver = (): boolean => this.#over

  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed)
    return () => void this.#watchers.delete(changed)
  }

  async current(): Promise<string> {
    return this.#token
  }

  async renewed(): Promise<string> {
    this.#over = true
    for (const tell of this.#watchers) tell()
    throw new ApiFailure(401, { code: 'unauthorized' })
  }
}
