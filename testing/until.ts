import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Asks until there is an answer. For what happens by itself a moment later; how soon is never part of a test.
 *
 * @param what is named when nothing came within `patienceMs` (default a minute)
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  patienceMs = 60_000,
): Promise<T> {
  const end = Date.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`waited ${patienceMs / 1000} s in vain until ${what}`)
    await sleep(25)
  }
}
