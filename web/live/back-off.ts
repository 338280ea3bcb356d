const firstMs = 500
/** Shorter than a phone rings: who is calling while the server comes back is still seen. */
const longestMs = 8_000

/**
 * How long to wait before try number `tries` (0 is the first), in milliseconds.
 * Half of it is chance, so that a restarted server is not met by every screen at once.
 */
export function backOffMs(tries: number, random: () => number = Math.random): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(tries, 10))
  return full / 2 + (full / 2) * random()
}
