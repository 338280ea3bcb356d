import { createHash } from 'node:crypto'

/** Tokens live for an hour; older ones are of no use. */
const mostKept = 5_000

/**
 * Where tokens are at home: the OAuth server says it with every token, and it alone is believed. A portal that was renamed
 * is found again by this, whatever its old address answers. Only digests of tokens are held.
 */
export class Homes {
  readonly #bases = new Map<string, string>()

  learn(accessToken: string, apiBase: string): void {
    this.#bases.set(digest(accessToken), apiBase)
    for (const oldest of this.#bases.keys()) {
      if (this.#bases.size <= mostKept) return
      this.#bases.delete(oldest)
    }
  }

  /** undefined: it was told to another node, or before this one began */
  of(accessToken: string): string | undefined {
    return this.#bases.get(digest(accessToken))
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
