import { createHash } from 'node:crypto'

/** What is hashed, compared or stored: one spelling, whatever order a database gives the names of an object back in. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}

/** SHA-256 of it, in hexadecimal: the same for all that say the same. */
export const hashOf = (content: unknown): string =>
  createHash('sha256').update(canonical(content)).digest('hex')
